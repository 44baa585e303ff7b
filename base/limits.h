#pragma once
// How much any input from outside may ask for. One table: every reader of a file, a line or a
// socket takes its limits from here, refuses what is past them by line and field, and reads the
// rest. None of them is near what an honest input needs; they bound memory and time.

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace jedel::limits {

inline constexpr std::size_t line_bytes_max = 1'000'000;  ///< one line, row, command or record
inline constexpr std::size_t depth_max = 64;              ///< lists and tables within each other
inline constexpr std::size_t list_max = 10'000;           ///< entries of one list in a record
inline constexpr std::size_t text_max = 10'000;           ///< characters of one field of text
inline constexpr std::size_t columns_max = 1'024;         ///< fields of one row of a table
inline constexpr std::size_t named_max = 10;              ///< complaints shown before a count
inline constexpr int year_min = 1900;                     ///< first civil year of any time
inline constexpr int year_max = 2200;                     ///< last one

/// The first and the last instant of the years above, in UTC.
inline constexpr Instant earliest{
    std::int64_t{std::chrono::sys_days{std::chrono::year{year_min} / 1 / 1}
                     .time_since_epoch()
                     .count()} *
    86'400'000};
inline constexpr Instant latest{
    std::int64_t{std::chrono::sys_days{std::chrono::year{year_max + 1} / 1 / 1}
                     .time_since_epoch()
                     .count()} *
        86'400'000 -
    1};
constexpr bool within_years(Instant t) { return earliest <= t && t <= latest; }

}  // namespace jedel::limits
