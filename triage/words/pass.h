#pragma once
// One text, as it was typed or as it was meant, read once.

#include <vector>

#include "triage/words/other_keys.h"
#include "triage/words/reading.h"

namespace jedel::triage::words {

/// Letters that a text needs before their share tells the language.
inline constexpr std::size_t strange_letters = 8;

struct Pass {
    /// `meant`: the text stands for one that was typed with other keys.
    Pass(const Tables& tables, std::string_view text, const Meant* meant);
    void run();

    /// A text that is mostly signs of other alphabets, or UTF-8 read as windows-1251
    /// ("Р‘РѕР»РёС‚"), or has many signs and capitals inside words ("сєЄ√ыъющ").
    [[nodiscard]] bool other_alphabet() const;
    /// Words of the three languages, or the pairs of letters that they are made of, are so rare
    /// that the text is in none of them.
    [[nodiscard]] bool strange() const {
        return (words > 0 && known * 5 < words * 2) || pairs.no_language() ||
               (letters >= strange_letters && known_letters * 2 < letters);
    }

    Reading r;
    std::vector<Suspect> suspects;  ///< words that may be a slip of vital ones
    std::vector<Suspect> unread;    ///< words that nothing knows
    std::size_t words = 0, known = 0;
    /// Of each word but the first two: short words are words of some language by chance.
    std::size_t letters = 0, known_letters = 0;
    LetterPairs::Count pairs;       ///< of the words as they were typed
    std::size_t bytes = 0;          ///< of the text
    bool trouble = false;           ///< some mark names one

private:
    void sentence(std::size_t from, std::size_t to);

    Mark ailing_;
};

}  // namespace jedel::triage::words
