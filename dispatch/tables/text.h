#pragma once
// Texts of fields: blanks, case, and how much of one is shown.

#include <string>
#include <string_view>

#include "base/letters.h"

namespace jedel::tables {

using jedel::folded;
using jedel::is_utf8;

/// Code points of well-formed UTF-8.
std::size_t characters(std::string_view utf8);
/// Without the blanks around it: also no-break and thin spaces, line ends, byte order marks.
std::string_view trimmed(std::string_view utf8);
/// At most 60 bytes of what was found, cut between characters, without control characters.
std::string shortened(std::string_view utf8);

}  // namespace jedel::tables
