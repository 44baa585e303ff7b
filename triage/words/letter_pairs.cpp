#include "triage/words/letter_pairs.h"

#include <algorithm>

#include "triage/words/fold.h"

namespace jedel::triage::words {
namespace {

/// A pair that is rarer than this (parts in a million) in both languages. Of the complaints of
/// `data/complaints` and `tests/words` none has more than a tenth of its pairs so rare; read in a
/// wrong encoding nine tenths of them have more than a seventh.
constexpr std::uint32_t rare = 100;
constexpr std::size_t word_min = 3;

}  // namespace

template <class F>
void LetterPairs::each(std::string_view word, F&& take) {
    if (word.size() < word_min) return;
    std::size_t before = letters - 1;
    for (const char c : word) {
        if (!is_cyrillic(c)) return;
        const std::size_t here = (static_cast<unsigned char>(c) - 0xC0U) % (letters - 1);
        take(before * letters + here);
        before = here;
    }
}

void LetterPairs::add(std::string_view dictionary) {
    Counts counts{};
    std::uint64_t all = 0;
    Tokens tokens;
    for (std::size_t at = 0; at < dictionary.size();) {
        const std::size_t end = std::min(dictionary.find('\n', at), dictionary.size());
        const std::string_view line = dictionary.substr(at, end - at);
        at = end + 1;
        tokenize(line.substr(0, line.find('/')), tokens);
        if (tokens.list.size() != 1 || tokens.list[0].kind != TokenKind::word) continue;
        each(tokens.letters, [&](std::size_t pair) { ++counts[pair], ++all; });
    }
    if (all == 0) return;
    for (std::size_t pair = 0; pair < counts.size(); ++pair)
        seen_[pair] = std::max(seen_[pair],
                               static_cast<std::uint32_t>(counts[pair] * 1'000'000ULL / all));
}

void LetterPairs::close() {
    const bool any = std::any_of(seen_.begin(), seen_.end(), [](auto n) { return n > 0; });
    for (std::size_t pair = 0; any && pair < seen_.size(); ++pair)
        improbable_[pair] = seen_[pair] < rare;
}

LetterPairs::Count LetterPairs::count(const Tokens& tokens) const {
    Count out;
    for (const Token& t : tokens.list) {
        if (t.kind != TokenKind::word) continue;
        each(tokens.word(t), [&](std::size_t pair) {
            ++out.pairs;
            out.improbable += improbable_[pair];
        });
    }
    return out;
}

}  // namespace jedel::triage::words
