#include "triage/words/cases.h"

#include <algorithm>
#include <string>
#include <vector>

#include "triage/words/fold.h"

namespace jedel::triage::words {
namespace {

std::vector<std::string> folded(std::initializer_list<std::string_view> list) {
    std::vector<std::string> out;
    for (const std::string_view s : list) out.push_back(fold(s));
    return out;
}

bool ends(std::string_view word, const std::vector<std::string>& endings) {
    return std::any_of(endings.begin(), endings.end(), [&](const std::string& e) {
        return word.size() > e.size() + 1 && word.ends_with(e);
    });
}

/// The word with its last `cut` letters replaced is in the dictionary.
bool headword(const SpelledRight& words, std::string_view word, std::size_t cut,
              std::string_view ending) {
    return words.headword(std::string{word.substr(0, word.size() - cut)} + std::string{ending});
}

struct Endings {
    std::vector<std::string> adjective = folded({"ой", "ого", "его", "ых", "их"});
    std::vector<std::string> nominative_adjective = folded({"ая", "яя", "ое", "ые", "ие", "ый"});
    std::vector<std::string> genitive = folded({"а", "я", "ы", "и", "ей", "ов", "ев"});
    std::vector<std::string> a = folded({"а", "я"});
    std::vector<std::string> y = folded({"ы", "и"});
    std::vector<std::string> plural = folded({"ов", "ев", "ей"});
    std::vector<std::string> past = folded({"ла", "ло", "ли"});
    std::vector<std::string> reflexive = folded({"ся", "сь"});
    std::string t = fold("ть"), chi = fold("чь"), o = fold("о"), letter_a = fold("а"),
                ya = fold("я"), ka = fold("ка"), e = fold("е"), ie = fold("ие"), soft = fold("ь"),
                ij = fold("ий");
    std::vector<std::string> fleeting = folded({"ок", "ек"});
};

/// "судорог", "схваток", "повреждений".
bool genitive_plural(const SpelledRight& words, const Endings& e, std::string_view word) {
    if (ends(word, e.plural)) return true;
    if (word.ends_with(e.ij)) return headword(words, word, 2, e.ie);
    if (ends(word, e.fleeting)) return headword(words, word, 2, e.ka);
    return !words.headword(word) &&
           (headword(words, word, 0, e.letter_a) || headword(words, word, 0, e.o));
}

/// "кашля" of "кашель", "куска" of "кусок": the dictionary lists such genitives as well.
bool fleeting_vowel(const SpelledRight& words, const Endings& e, std::string_view word) {
    if (word.size() < 4) return false;
    const std::string_view stem = word.substr(0, word.size() - 1);
    const std::string begin{stem.substr(0, stem.size() - 1)};
    const std::string last = stem.back() + (word.ends_with(e.ya) ? e.soft : std::string{});
    return words.headword(begin + e.e + last) || words.headword(begin + e.o + last);
}

}  // namespace

Case case_of(const SpelledRight& words, std::string_view word) {
    static const Endings e;
    if (word.size() < 3) return Case::other;
    if (!words.has_headwords()) return ends(word, e.genitive) ? Case::genitive : Case::other;
    if (ends(word, e.adjective) && !words.headword(word)) return Case::adjective;
    if (ends(word, e.nominative_adjective) || ends(word, e.reflexive)) return Case::other;
    const bool noun_in_l = headword(words, word, 1, "") || headword(words, word, 1, e.o) ||
                           headword(words, word, 1, e.soft);
    if (ends(word, e.past) && !noun_in_l &&
        (headword(words, word, 2, e.t) || headword(words, word, 2, e.chi)))
        return Case::other;  // "упала", "потеряли"
    if (ends(word, e.a))
        return words.headword(word) && !fleeting_vowel(words, e, word) ? Case::other
                                                                       : Case::genitive;
    if (ends(word, e.y)) {
        // "отеки" are many of "отек", "рвоты" is of "рвота", "крови" of "кровь".
        const bool feminine = headword(words, word, 1, e.letter_a) ||
                              headword(words, word, 1, e.ya) || headword(words, word, 1, e.soft);
        const bool masculine = headword(words, word, 1, "");
        return masculine && !feminine ? Case::other : Case::genitive;
    }
    return genitive_plural(words, e, word) ? Case::genitive : Case::other;
}

}  // namespace jedel::triage::words
