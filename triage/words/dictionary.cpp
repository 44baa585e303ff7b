#include "triage/words/dictionary.h"

#include <algorithm>
#include <string>

#include "triage/words/fold.h"
#include "triage/words/stems.h"

namespace jedel::triage::words {
namespace {

constexpr std::size_t stem_letters_min = 2;
constexpr std::size_t folded_letters_min = 4;
constexpr std::size_t word_letters_max = 40;

using Stems = std::vector<std::pair<std::uint64_t, std::uint32_t>>;

void add(Stems& stems, std::string_view stem) {
    if (stem.size() < stem_letters_min || stem.size() > word_letters_max) return;
    std::uint64_t h = hash_seed;
    for (const char c : stem) h = hash_step(h, c);
    stems.emplace_back(h, 0);
}

}  // namespace

Dictionary Dictionary::read(std::string_view text) {
    Stems stems;
    Stems folded;
    Tokens tokens;
    static const std::string infinitive = fold("у");
    static const std::string soft_infinitive = fold("ю");
    static const std::string soft_stem = fold("й");
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        line = line.substr(0, line.find('/'));
        tokenize(line, tokens);
        if (tokens.list.size() != 1 || tokens.list[0].kind != TokenKind::word) continue;
        if (!is_cyrillic(tokens.letters[0])) continue;
        const auto take = [&](Stems& to, std::string_view word) {
            add(to, word);
            const std::string_view stem = word.substr(0, word.size() - 1);
            if (word.size() > 3 && word.ends_with(infinitive)) add(to, stem);
            if (word.size() > 2 && word.ends_with(soft_infinitive))  // "құю" → "құй"
                add(to, std::string{stem} + soft_stem);
        };
        take(stems, tokens.spelled);
        take(folded, fold_vowels(tokens.letters));
    }
    for (Stems* list : {&stems, &folded}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    Dictionary out;
    out.stems_.build(stems);
    out.folded_.build(folded);
    out.count_ = stems.size();
    return out;
}

bool Dictionary::knows_folded(std::string_view folded) const {
    if (empty() || folded.size() > word_letters_max) return false;
    std::uint64_t hashes[word_letters_max];
    std::uint64_t h = hash_seed;
    for (std::size_t k = 0; k < folded.size(); ++k) hashes[k] = h = hash_step(h, folded[k]);
    for (std::size_t length = folded.size(); length >= folded_letters_min; --length)
        if (folded_.find(hashes[length - 1]) >= 0 && kazakh_suffixes(folded.substr(length)).lawful)
            return true;
    return false;
}

std::size_t Dictionary::stem_of(std::string_view spelled, std::string_view folded) const {
    if (empty() || spelled.size() < stem_letters_min || spelled.size() > word_letters_max) return 0;
    std::uint64_t hashes[word_letters_max];
    std::uint64_t h = hash_seed;
    for (std::size_t k = 0; k < spelled.size(); ++k) hashes[k] = h = hash_step(h, spelled[k]);
    for (std::size_t length = spelled.size(); length >= stem_letters_min; --length) {
        if (stems_.find(hashes[length - 1]) < 0) continue;
        if (kazakh_suffixes(folded.substr(length)).lawful) return length;
    }
    return 0;
}

}  // namespace jedel::triage::words
