#pragma once
// Russian and English words that are spelled as they should be, so that none is taken for a
// mistyped trouble: "Manila" is no "mania", "наркотик" no "наркоз".

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "triage/words/stems.h"

namespace jedel::triage::words {

/// The Snowball stems of a dictionary's words; a word is known when its stem is among them.
/// Immutable once closed; an empty one knows no word.
class SpelledRight {
public:
    /// A ".dic" file in hunspell's format, UTF-8: one word a line, "/" and flags behind it; lines
    /// that are no single word are passed over.
    void add(std::string_view text, Snowball& snowball);
    void close();

    [[nodiscard]] std::size_t size() const { return stems_.size(); }
    /// `stem` of a folded word, by the stemmer of its letters.
    [[nodiscard]] bool knows(std::string_view stem) const;
    /// A folded Russian word as the dictionary lists it: a noun's nominative, a verb's infinitive.
    [[nodiscard]] bool headword(std::string_view word) const;
    [[nodiscard]] bool has_headwords() const { return !headwords_.empty(); }
    /// A word of seven letters or more that begins as some word of the dictionary does and differs
    /// in its last letters: "посмотрите" beside "посмотреть", which have no stem in common.
    [[nodiscard]] bool knows_beginning(std::string_view word) const;

private:
    std::vector<std::uint64_t> stems_;       ///< hashes, in order
    std::vector<std::uint64_t> headwords_;   ///< Russian, as the dictionary has them
    std::vector<std::uint64_t> beginnings_;  ///< of words, of five letters and more
};

}  // namespace jedel::triage::words
