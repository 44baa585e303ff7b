#pragma once
// Numbers and times as the screen writes them.

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace jedel::console {

/// A running clock: "3:07", "59:59", then "1:02:07".
std::string clock_text(std::int64_t ms);
/// Time of day "08:05".
std::string time_of_day(Instant t, int utc_offset_minutes);
/// The last time it was "HH:MM" before `now`: today, else yesterday; nullopt: not a time.
std::optional<Instant> past_time(std::string_view text, Instant now, int utc_offset_minutes);
/// "23.11.2026 08:05:30".
std::string date_and_time(Instant t, int utc_offset_minutes);
/// "2.4" kilometres of metres.
std::string kilometres(double metres);
/// A number without trailing zeros.
std::string number_text(double value);

/// "3", "0,5", "8 мес", "8 ай", "8 m", "10 дн", "10 күн", "10 d" → years; nullopt otherwise.
std::optional<double> parse_age(std::string_view text);
/// A whole number, nothing else.
std::optional<int> parse_whole(std::string_view text);
/// How a language shortens months and days.
struct AgeWords {
    std::string_view months, days;
};
/// Years as the age field writes them: "34", "8 м" below two years, "10 дн" below a month; never
/// rounded up.
std::string age_text(double years, const AgeWords& words);

}  // namespace jedel::console
