#pragma once
// Weekdays and hours as the tables write them: "mon-fri" or "sat", "08:00", "08:00-18:00".

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace jedel {

/// Monday first.
inline constexpr std::array<std::string_view, 7> weekday_names{"mon", "tue", "wed", "thu",
                                                               "fri", "sat", "sun"};

/// The first and the last day, 0 = Monday; the last may stand before the first.
std::optional<std::pair<int, int>> weekdays_from(std::string_view text);
/// Minutes since midnight; "24:00" is the end of the day.
std::optional<int> minute_from(std::string_view text);
/// The first minute and the one after the last, of one day; nullopt where it would be empty.
std::optional<std::pair<int, int>> minutes_from(std::string_view text);

}  // namespace jedel
