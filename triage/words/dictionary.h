#pragma once
// The words of a Kazakh dictionary, in hunspell's format: which words are spelled as they should
// be, so that nothing else is read into them.
//
// The dictionary gives the stems and our suffix rules what may follow them; hunspell's own affix
// rules know no chains of more than two suffixes, where Kazakh callers use four.

#include <cstddef>
#include <string_view>

#include "triage/words/hash_index.h"

namespace jedel::triage::words {

/// Immutable after reading; an empty one knows no word.
class Dictionary {
public:
    Dictionary() = default;
    /// A ".dic" file: one word a line, "/" and flags behind it; lines that are no single Cyrillic
    /// word are passed over. A verb stands there with -у and is kept without it as well.
    static Dictionary read(std::string_view text);

    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::size_t size() const { return count_; }
    /// Length of the longest stem of the dictionary that the word begins with and whose rest is a
    /// lawful chain of suffixes; 0 = the dictionary does not know the word. `spelled` as
    /// `spelling` gives it, `folded` the same word as `fold_vowels(fold(…))` does.
    [[nodiscard]] std::size_t stem_of(std::string_view spelled, std::string_view folded) const;

    /// The same for a word typed without Kazakh letters: some stem of four letters or more folds
    /// to its beginning.
    [[nodiscard]] bool knows_folded(std::string_view folded) const;

private:
    HashIndex stems_;
    HashIndex folded_;
    std::size_t count_ = 0;
};

}  // namespace jedel::triage::words
