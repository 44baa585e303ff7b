#include "triage/words/vouch.h"

#include <algorithm>

#include "triage/words/fold.h"
#include "triage/words/sounds.h"

namespace jedel::triage::words {
namespace {

/// A stem of the Kazakh dictionary that is shorter vouches for its own word alone.
constexpr std::size_t kazakh_stem_min = 3;

bool in_lexicon(const Tables& t, Snowball& snow, std::string_view letters) {
    if (t.find(Space::exact, fold_vowels(letters)) != nullptr) return true;
    return is_cyrillic(letters[0]) ? t.find(Space::russian, snow.russian(letters)) != nullptr
                                   : t.find(Space::english, snow.english(letters)) != nullptr;
}

bool in_kazakh_lexicon(const Tables& t, std::string_view letters, std::string_view spelled) {
    const std::string vowels = fold_vowels(letters);
    for (std::size_t length = vowels.size(); length >= kazakh_stem_min; --length) {
        const Term* term = t.find(Space::kazakh, std::string_view{vowels}.substr(0, length));
        for (; term != nullptr;
             term = term->next < 0 ? nullptr : &t.terms[static_cast<std::size_t>(term->next)])
            if (term->spelled_as(spelled.substr(0, length)) &&
                kazakh_suffixes(std::string_view{vowels}.substr(length)).lawful)
                return true;
    }
    return false;
}

}  // namespace

bool spelled_as_a_word(const Tables& t, Snowball& snow, std::string_view letters,
                       std::string_view spelled) {
    if (letters.empty()) return false;
    const bool cyrillic = is_cyrillic(letters[0]);
    const bool kazakh = letters != spelled;
    if (!kazakh) {
        if (in_lexicon(t, snow, letters)) return true;
        if (t.spelled_right.knows(cyrillic ? snow.russian(letters) : snow.english(letters)))
            return true;
    }
    if (!cyrillic) return false;
    const std::size_t stem = t.dictionary.stem_of(spelled, fold_vowels(letters));
    return stem >= kazakh_stem_min || (stem > 0 && stem == letters.size()) ||
           in_kazakh_lexicon(t, letters, spelled);
}

bool like_a_word(const Tables& t, Snowball& snow, std::string_view letters,
                 std::string_view spelled) {
    if (spelled_as_a_word(t, snow, letters, spelled)) return true;
    if (is_cyrillic(letters[0])) return t.dictionary.knows_folded(fold_vowels(letters));
    const std::string cyrillic = from_latin(letters);
    return !cyrillic.empty() && (spelled_as_a_word(t, snow, cyrillic, cyrillic) ||
                                 t.dictionary.knows_folded(fold_vowels(cyrillic)));
}

bool meant_as_it_stands(const Tables& t, Snowball& snow, const Tokens& tokens, const Token& word,
                        const Vital::Form& form) {
    const std::string_view letters = tokens.word(word);
    const std::string_view spelled = tokens.spelling(word);
    const auto sounds = [](std::string_view x) {
        std::string out;
        append_sounds(out, x);
        return out;
    };
    const bool by_ear = std::any_of(form.words.begin(), form.words.end(), [&](const auto& w) {
        return w != letters && sounds(w) == sounds(letters);
    });
    if (!by_ear && form.words.size() > 1 && in_lexicon(t, snow, letters)) return true;
    if (form.words.size() == 1) {
        return spelled_as_a_word(t, snow, letters, spelled) ||
               (form.language == "kk" && !tokens.kazakh && like_a_word(t, snow, letters, spelled));
    }
    if (form.language == "en")
        return t.spelled_right.knows(snow.english(letters));
    if (!is_cyrillic(letters[0])) return t.spelled_right.knows(snow.english(letters));
    if (letters == spelled && t.spelled_right.knows(snow.russian(letters))) return true;
    const std::string vowels = fold_vowels(letters);
    const std::size_t stem = t.dictionary.stem_of(spelled, vowels);
    if (stem > 0 && stem == letters.size()) return true;
    if (form.language == "ru") return letters != spelled && stem >= kazakh_stem_min;
    return stem >= kazakh_stem_min || (!tokens.kazakh && t.dictionary.knows_folded(vowels));
}

}  // namespace jedel::triage::words
