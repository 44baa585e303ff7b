#include "triage/words/row_names.h"

#include <map>

namespace jedel::triage::words {
namespace {

/// A name is as long as this, or it is a word that stands in many texts.
constexpr std::size_t letters_min = 3;
constexpr std::uint32_t several = 0;

std::uint64_t hash_of(const Tokens& tokens) {
    std::uint64_t h = hash_seed;
    std::size_t letters = 0;
    for (const Token& t : tokens.list) {
        if (t.kind == TokenKind::mark) continue;
        h = hash_step(h, ' ');
        if (t.kind == TokenKind::number) {
            h = hash_step(h, static_cast<char>(static_cast<long>(t.number) % 100));
            continue;
        }
        for (const char c : tokens.word(t)) h = hash_step(h, fold_vowel(c));
        letters += t.length;
    }
    return letters >= letters_min ? h : 0;
}

}  // namespace

RowNames RowNames::learn(std::span<const Rule> rules) {
    std::map<std::uint64_t, std::uint32_t> names;
    Tokens tokens;
    for (const Rule& rule : rules) {
        if (rule.formula.empty()) continue;  // no row of the order
        for (const std::string* name : {&rule.name.kk, &rule.name.ru, &rule.name.en}) {
            tokenize(*name, tokens);
            const std::uint64_t hash = hash_of(tokens);
            const auto category = static_cast<std::uint32_t>(rule.category);
            if (hash == 0) continue;
            const auto [at, fresh] = names.try_emplace(hash, category);
            if (!fresh && at->second != category) at->second = several;
        }
    }
    RowNames out;
    out.names_.build({names.begin(), names.end()});
    return out;
}

std::optional<Category> RowNames::category_of(const Tokens& tokens) const {
    const std::uint64_t hash = hash_of(tokens);
    const std::int32_t at = hash == 0 ? -1 : names_.find(hash);
    if (at <= static_cast<std::int32_t>(several)) return std::nullopt;
    return static_cast<Category>(at);
}

}  // namespace jedel::triage::words
