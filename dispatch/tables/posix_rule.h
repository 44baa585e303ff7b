#pragma once
// The rule at the end of a TZif file, "EST5EDT,M3.2.0,M11.1.0": what holds after its last change.

#include <cstdint>
#include <optional>
#include <string_view>

namespace jedel::tables {

struct PosixRule {
    struct Day {
        char kind = 'M';  ///< M month.week.day, J day 1–365 without 29 February, 0 day 0–365
        int month = 0, week = 0, day = 0;
        int at_s = 7200;  ///< of local time, may be negative or past a day
    };
    int standard_s = 0;  ///< east of UTC
    bool saves = false;
    int saving_s = 0;
    Day begins, ends;

    /// Seconds east of UTC at a UTC time in seconds since 1970.
    [[nodiscard]] int offset_at(std::int64_t utc_s) const;
};

/// nullopt when it is not such a rule.
std::optional<PosixRule> parse_posix_rule(std::string_view text);

}  // namespace jedel::tables
