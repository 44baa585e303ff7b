#pragma once
// Reads which seat may do what.

#include <string>
#include <string_view>

#include "base/result.h"
#include "dispatch/core/people/rights.h"

namespace jedel {

namespace right {
/// To erase a person's rows for good.
inline constexpr std::string_view erase_person = "erase_person";
}  // namespace right

/// Rows of a text like data/law/rights.toml. Errors name file, line and key: not TOML, an unknown
/// seat, a date that is none, a command or right that the program does not know, a key it does not
/// read.
Result<Rights> parse_rights(std::string_view text, const std::string& file);

/// The installed table.
Result<Rights> load_rights(const std::string& install_folder);

}  // namespace jedel
