// One word → the symbols it stands for: exact form, Russian, Kazakh and English stems, then words
// run together, then Latin letters for Cyrillic, then one typing mistake.
#include <algorithm>
#include <optional>

#include "triage/words/reading.h"
#include "triage/words/vouch.h"

namespace jedel::triage::words {
namespace {

/// A dictionary's stem shorter than this is no proof that a word is spelled right.
constexpr std::size_t stem_to_trust = 3;

/// Stems read into one Kazakh word.
constexpr int hits_max = 6;

struct Hit {
    const Term* term = nullptr;
    bool negated = false;
    std::size_t length = 0;  ///< letters of the stem
};

bool neutral(const Tables& t, const Term& term) {
    return std::find(term.symbols.begin(), term.symbols.end(), t.known.neutral) !=
           term.symbols.end();
}

/// Every Kazakh stem of the word whose rest is a lawful chain of suffixes, the longest first. A
/// stem marked as neutral (@x) hides the shorter ones: "баста" (begin) is not "бас" (head). A word
/// that the dictionary knows is taken at its letters: "тосап" (jam) has no "төс" (chest) in it.
/// `spelled` is empty where the text has no Kazakh letters at all, as people type without them.
int kazakh(const Tables& t, std::string_view word, std::string_view spelled, Hit* hits, int most) {
    std::uint64_t hashes[28];
    const std::size_t n = word.size();
    if (n > 27) return 0;
    std::uint64_t h = hash_step(hash_seed, static_cast<char>(Space::kazakh));
    for (std::size_t k = 0; k < n; ++k) hashes[k] = h = hash_step(h, word[k]);
    int found = 0;
    std::optional<std::size_t> vouched;  // letters that the dictionary vouches for
    for (std::size_t length = n; length >= 2 && found < most; --length) {
        const Term* term = t.find(hashes[length - 1]);
        if (term == nullptr) continue;
        const Suffixes s = kazakh_suffixes(word.substr(length));
        if (!s.lawful) continue;
        bool hides = false;
        for (; term != nullptr && found < most;
             term = term->next < 0 ? nullptr : &t.terms[static_cast<std::size_t>(term->next)]) {
            if (!spelled.empty() && !term->spelled_as(spelled.substr(0, length))) {
                if (!vouched) vouched = t.dictionary.stem_of(spelled, word);
                if (*vouched >= stem_to_trust &&
                    !term->spelled_as(spelled.substr(0, std::min(length, *vouched))))
                    continue;
            }
            hits[found++] = {term, s.negated, length};
            hides |= neutral(t, *term);
        }
        if (hides) break;
    }
    return found;
}

void take(Reading& r, Word& w, const Term& term, bool negated = false) {
    for (const Symbol s : term.symbols) {
        bool known = false;
        for (std::size_t k = w.first; k < w.first + w.count; ++k) known |= r.symbols[k] == s;
        if (known) continue;
        r.symbols.push_back(s);
        r.symbol_negated.push_back(negated);
        ++w.count;
    }
    const auto n = r.t.number_words.find(term_hash(term.space, term.stem));
    if (n != r.t.number_words.end() && !w.is_number) {
        w.is_number = true;
        w.number = n->second;
    }
}

/// Every exact reading of a word; false when there is none.
bool exact(Reading& r, Word& w, std::string_view letters, std::string_view spelled) {
    const std::string vowels = fold_vowels(letters);
    bool any = false;
    if (const Term* e = r.t.find(Space::exact, vowels)) {
        take(r, w, *e), any = true;
        if (neutral(r.t, *e)) return true;  // "=fitted" is no "fit"
    }
    if (is_cyrillic(letters[0])) {
        // Words with letters that only Kazakh has are never Russian.
        if (!w.kazakh)
            if (const Term* ru = r.t.find(Space::russian, r.snow.russian(letters)))
                take(r, w, *ru), any = true;
        Hit hits[hits_max];
        const int count = kazakh(r.t, vowels, spelled, hits, hits_max);
        for (int k = 0; k < count; ++k) {
            take(r, w, *hits[k].term, hits[k].negated);
            any = true;
        }
    } else if (const Term* en = r.t.find(Space::english, r.snow.english(letters))) {
        take(r, w, *en);
        any = true;
    }
    return any;
}

/// Kazakh or Russian on a Latin keyboard; short stems must be the whole word.
bool typed_in_latin(Reading& r, Word& w, std::string_view letters) {
    const std::string vowels = fold_vowels(letters);
    bool any = false;
    const std::string_view stem = r.snow.russian(letters);
    const bool long_enough = stem.size() >= 4 || (stem.size() == 3 && letters.size() >= 5);
    if (const Term* ru = long_enough ? r.t.find(Space::russian, stem) : nullptr)
        take(r, w, *ru), any = true;
    Hit hits[hits_max];
    const int count = kazakh(r.t, vowels, {}, hits, hits_max);
    for (int k = 0; k < count; ++k) {
        if (hits[k].length < 4 && hits[k].length != vowels.size()) continue;
        take(r, w, *hits[k].term, hits[k].negated);
        any = true;
    }
    return any;
}

bool mistyped(Reading& r, Word& w, std::string_view letters) {
    if (letters.size() < 5 || letters.size() > 24) return false;
    if (!is_cyrillic(letters[0])) {
        const Term* en = r.t.near(Space::english, r.snow.english(letters));
        if (en != nullptr) take(r, w, *en);
        return en != nullptr;
    }
    const std::string vowels = fold_vowels(letters);
    const Term* ru = w.kazakh ? nullptr : r.t.near(Space::russian, r.snow.russian(letters));
    if (ru != nullptr) {
        take(r, w, *ru);
        return true;
    }
    const std::size_t shortest =
        std::max<std::size_t>(4, vowels.size() > 8 ? vowels.size() - 8 : 0);
    for (std::size_t length = vowels.size(); length >= shortest; --length) {
        const Suffixes s = kazakh_suffixes(std::string_view{vowels}.substr(length));
        if (!s.lawful) continue;
        const Term* kk = r.t.near(Space::kazakh, std::string_view{vowels}.substr(0, length));
        if (kk == nullptr) continue;
        take(r, w, *kk, s.negated);
        return true;
    }
    return false;
}

/// Short words are left out: "dem" is Kazakh on a Latin keyboard, whatever English knows.
bool spelled_right(Reading& r, const Word& w, std::string_view letters) {
    if (w.kazakh || letters.size() < 5) return false;
    return r.t.spelled_right.knows(is_cyrillic(letters[0]) ? r.snow.russian(letters)
                                                           : r.snow.english(letters));
}

bool denies(const Tables& t, const Term& term) {
    const Known& k = t.known;
    return std::any_of(term.symbols.begin(), term.symbols.end(), [&](Symbol x) {
        return x == k.neg_next || x == k.neg_phrase || x == k.neg_both;
    });
}

/// "неболит", "болитживот" → two words; the first keeps the place, the second is new.
bool run_together(Reading& r, std::size_t at, std::string_view letters,
                  std::string_view spelled) {
    if (letters.size() < 6 || letters.size() > 24) return false;
    Word& w = r.words[at];
    for (std::size_t cut = letters.size() - 2; cut >= 2; --cut) {
        const std::string_view left = letters.substr(0, cut);
        const std::string_view right = letters.substr(cut);
        // "ребенокне": so must a short right half, and the left one is no short word then.
        if (right.size() < 4) {
            const Term* small = r.t.find(Space::exact, fold_vowels(right));
            if (cut < 4 || r.tokens.kazakh || small == nullptr || !denies(r.t, *small)) continue;
        }
        // A short left half must deny ("не", "no"); "порвал" is no "по рвал".
        if (cut < 4) {
            const Term* small = r.t.find(Space::exact, fold_vowels(left));
            if (small == nullptr && is_cyrillic(left[0]))
                small = r.t.find(Space::russian, r.snow.russian(left));
            if (small == nullptr || !denies(r.t, *small)) continue;
        }
        Word second = w;
        w.first = static_cast<std::uint16_t>(r.symbols.size());
        if (!exact(r, w, left, spelled.substr(0, std::min(cut, spelled.size())))) continue;
        second.first = static_cast<std::uint16_t>(r.symbols.size());
        second.gap = Gap::none;
        second.joint = 0;
        if (!exact(r, second, right, spelled.substr(std::min(cut, spelled.size())))) {
            r.symbols.resize(w.first);
            r.symbol_negated.resize(w.first);
            w.count = 0;
            continue;
        }
        const bool wide = is_cyrillic(letters[0]);
        const auto bytes = static_cast<std::uint32_t>(wide ? cut * 2 : cut);
        if (w.begin + bytes < w.end) {  // letters of other widths keep the whole word's span
            second.begin = w.begin + bytes;
            w.end = second.begin;
        }
        r.words.push_back(second);
        return true;
    }
    return false;
}

}  // namespace

bool Reading::has(std::size_t word, Symbol s) const {
    const Word& w = words[word];
    for (std::size_t k = w.first; k < static_cast<std::size_t>(w.first) + w.count; ++k)
        if (symbols[k] == s) return true;
    return false;
}

void Reading::clear_sentence() {
    for (const Instance& i : instances) heads[i.symbol] = -1;
    words.clear();
    symbols.clear();
    symbol_negated.clear();
    instances.clear();
    matches.clear();
    measured_cool = false;
}

void analyse(Reading& r, std::size_t at, std::size_t token) {
    const std::string_view letters = r.tokens.word(r.tokens.list[token]);
    std::string_view spelled = r.tokens.spelling(r.tokens.list[token]);
    Word& w = r.words[at];
    w.first = static_cast<std::uint16_t>(r.symbols.size());
    if (!r.tokens.kazakh || r.t.dictionary.empty()) spelled = {};
    if (exact(r, w, letters, spelled)) return;
    // A word that a dictionary knows is neither of another alphabet, nor two words, nor a mistake.
    if (spelled_right(r, w, letters)) return;
    if (!is_cyrillic(letters[0]) && letters.size() >= 3) {
        const std::string cyrillic = from_latin(letters);
        if (!cyrillic.empty() && typed_in_latin(r, w, cyrillic)) return;
    }
    const auto known = [&] { return r.t.dictionary.stem_of(spelled, fold_vowels(letters)); };
    if (!spelled.empty() && known() > stem_to_trust) return;
    if (run_together(r, at, letters, spelled)) return;
    if (mistyped(r, r.words[at], letters)) {
        r.words[at].typed = Typed::guessed;
        r.words[at].corrected = true;
        return;
    }
    r.words[at].unread =
        !r.t.spelled_right.knows_beginning(letters) &&
        !like_a_word(r.t, r.snow, letters, r.tokens.spelling(r.tokens.list[token]));
}

}  // namespace jedel::triage::words
