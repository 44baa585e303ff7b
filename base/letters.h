#pragma once
// Letters of UTF-8 and their case: read and folded in one place. What the address search and the
// reader of words make of a letter beyond its case (ә = а, ё = е) stands in tables of their own.

#include <cstddef>
#include <string>
#include <string_view>

namespace jedel {

/// True when the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view bytes);
/// One code point at `at`, which moves on; bad bytes and overlong forms give U+FFFD and move by
/// one.
char32_t next_letter(std::string_view text, std::size_t& at);
/// A letter without its case, by Unicode; one that folds to several stays as it is.
char32_t folded(char32_t letter);
/// Folded by Unicode for comparison: «ӘЙЕЛ» and «әйел» are the same. Bad UTF-8 stays as it is.
std::string folded(std::string_view utf8);

}  // namespace jedel
