#include "triage/words/dictionary.h"

#include <algorithm>
#include <string>

#include "triage/words/fold.h"
#include "triage/words/stems.h"
#include "triage/words/tables.h"

namespace jedel::triage::words {
namespace {

constexpr std::size_t stem_letters_min = 2;
constexpr std::size_t word_letters_max = 40;

std::uint64_t mixed(std::uint64_t hash) {
    hash ^= hash >> 31;
    return hash == 0 ? 1 : hash;
}

/// Folded as the suffix rules want it: Kazakh letters as Russian ones, ы→и, э→е.
std::string folded_suffixes(std::string_view spelled) {
    static const std::string codes = spelling("әғқңөүұһі");
    static const std::string letters = fold("әғқңөүұһі");
    std::string out{spelled};
    for (char& c : out) {
        const auto at = codes.find(c);
        if (at != std::string::npos) c = letters[at];
    }
    return fold_vowels(out);
}

}  // namespace

void Dictionary::add(std::string_view stem) {
    if (stem.size() < stem_letters_min || stem.size() > word_letters_max) return;
    if ((count_ + 1) * 2 > slots_.size()) {
        std::vector<std::uint64_t> old(std::max<std::size_t>(1024, slots_.size() * 2));
        old.swap(slots_);
        for (const std::uint64_t h : old) {
            if (h == 0) continue;
            std::size_t i = h & (slots_.size() - 1);
            while (slots_[i] != 0) i = (i + 1) & (slots_.size() - 1);
            slots_[i] = h;
        }
    }
    std::uint64_t h = hash_seed;
    for (const char c : stem) h = hash_step(h, c);
    h = mixed(h);
    std::size_t i = h & (slots_.size() - 1);
    while (slots_[i] != 0 && slots_[i] != h) i = (i + 1) & (slots_.size() - 1);
    if (slots_[i] == 0) ++count_;
    slots_[i] = h;
}

bool Dictionary::has(std::uint64_t hash) const {
    const std::uint64_t h = mixed(hash);
    std::size_t i = h & (slots_.size() - 1);
    while (slots_[i] != 0 && slots_[i] != h) i = (i + 1) & (slots_.size() - 1);
    return slots_[i] == h;
}

Dictionary Dictionary::read(std::string_view text) {
    Dictionary out;
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
        const std::string_view word = tokens.spelled;
        if (!is_cyrillic(tokens.letters[0])) continue;
        out.add(word);
        const std::string_view stem = word.substr(0, word.size() - 1);
        if (word.size() > 3 && word.ends_with(infinitive)) out.add(stem);
        if (word.size() > 2 && word.ends_with(soft_infinitive))  // "құю" → "құй"
            out.add(std::string{stem} + soft_stem);
    }
    return out;
}

std::size_t Dictionary::stem_of(std::string_view spelled) const {
    if (empty() || spelled.size() < stem_letters_min || spelled.size() > word_letters_max) return 0;
    std::uint64_t hashes[word_letters_max];
    std::uint64_t h = hash_seed;
    for (std::size_t k = 0; k < spelled.size(); ++k) hashes[k] = h = hash_step(h, spelled[k]);
    std::string folded;
    for (std::size_t length = spelled.size(); length >= stem_letters_min; --length) {
        if (!has(hashes[length - 1])) continue;
        if (length == spelled.size()) return length;
        if (folded.empty()) folded = folded_suffixes(spelled);
        if (kazakh_suffixes(std::string_view{folded}.substr(length)).lawful) return length;
    }
    return 0;
}

}  // namespace jedel::triage::words
