#pragma once
// Times as logs write them, read by a format.

#include <optional>
#include <string_view>

#include "base/time.h"

namespace jedel::exercise {

/// Reads a civil time by a format of strptime's letters: %Y %y %m %d %H %I %M %S %p and literal
/// text; a space matches one or more. Numbers may lack leading zeros. %y 00–68 is 20xx, 69–99
/// 19xx (POSIX). The whole text must match and the day must exist; nullopt otherwise.
std::optional<CivilTime> read_civil(std::string_view text, std::string_view format);

/// Seconds of the day of "HH:MM" or "HH:MM:SS"; nullopt otherwise.
std::optional<int> read_time_of_day(std::string_view text);

}  // namespace jedel::exercise
