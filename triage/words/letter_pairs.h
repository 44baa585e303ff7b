#pragma once
// Which Cyrillic letters stand beside one another in words of Russian and Kazakh, so that bytes of
// another encoding are no words: "ЛЮКЭВХЙЮ", "ёЄрыр".

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jedel::triage::words {

struct Tokens;

/// Pairs of folded letters, and how a word begins. Immutable once closed; one that was given no
/// dictionary finds nothing improbable.
class LetterPairs {
public:
    /// A ".dic" file in hunspell's format, UTF-8; lines that are no single Cyrillic word are passed
    /// over.
    void add(std::string_view dictionary);
    void close();

    struct Count {
        std::size_t pairs = 0, improbable = 0;
        /// Slips make a few such pairs; in a short text, many.
        [[nodiscard]] bool no_language() const {
            return pairs >= 8 && improbable >= 3 && improbable * 8 > pairs;
        }
    };
    /// Of the Cyrillic words of three letters and more.
    [[nodiscard]] Count count(const Tokens& tokens) const;

private:
    static constexpr std::size_t letters = 33;  ///< 32 folded ones, and the beginning of a word
    using Counts = std::array<std::uint32_t, letters * letters>;
    /// Calls `take(pair)` for the pairs of a folded Cyrillic word.
    template <class F>
    static void each(std::string_view word, F&& take);

    Counts seen_{};  ///< parts in a million, of the dictionary that has the pair more often
    std::bitset<letters * letters> improbable_;
};

}  // namespace jedel::triage::words
