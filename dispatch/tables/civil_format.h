#pragma once
// Times as logs, trackers and tables write them.

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace jedel::tables {

/// Reads a civil time by a format of strptime's letters: %Y %y %m %d %H %I %M %S %p and literal
/// text; a space matches one or more blanks of any kind. Numbers may lack leading zeros. %y 00–68
/// is 20xx, 69–99 19xx (POSIX). %S takes a fraction of any length behind it, into `ms`; %p also
/// "a.m."; 24:00:00 is the next midnight. The whole text must match and the day must exist;
/// nullopt otherwise.
std::optional<CivilTime> read_civil(std::string_view text, std::string_view format,
                                    int* ms = nullptr);

/// Seconds of the day of "HH:MM" or "HH:MM:SS", 24:00:00 included; nullopt otherwise.
std::optional<int> read_time_of_day(std::string_view text);

/// A time with its offset from UTC as programs write it: from_iso's forms, and besides them a
/// blank for the T, a fraction of any length (cut to milliseconds), 24:00:00, and the offsets +05
/// and +0500. nullopt for anything else.
std::optional<Instant> read_instant(std::string_view text);

/// What a time that could not be read looks like: "the zone is missing", "seconds since 1970" …;
/// empty when it looks like nothing known.
std::string looks_like_time(std::string_view text);

/// True for the dates by which programs say that there is none: 1899-12-30, 1900-01-01,
/// 1970-01-01, 1980-01-06, 9999-12-31 …, and for every time before 1971 or after 2200.
bool is_placeholder(const CivilTime& civil);

}  // namespace jedel::tables
