#pragma once
// Points in time as UTC milliseconds. Nothing here reads a clock: the time is always handed in.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jedel {

/// A point in time, milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t ms = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant t, std::chrono::milliseconds d) {
        return {t.ms + d.count()};
    }
    friend constexpr Instant operator-(Instant t, std::chrono::milliseconds d) {
        return {t.ms - d.count()};
    }
    friend constexpr std::chrono::milliseconds operator-(Instant a, Instant b) {
        return std::chrono::milliseconds{a.ms - b.ms};
    }
};

/// A civil date and time in some zone; weekday 0 = Monday … 6 = Sunday.
struct CivilTime {
    int year = 1970;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int weekday = 3;
    friend constexpr auto operator<=>(const CivilTime&, const CivilTime&) = default;
};

/// Civil time at a fixed offset from UTC.
CivilTime to_civil(Instant t, int utc_offset_minutes);
/// The instant of a civil time at a fixed offset (weekday ignored).
Instant from_civil(const CivilTime& c, int utc_offset_minutes);

/// Kazakhstan's offset in minutes: +05:00 in the whole country since 2024-03-01, +06:00 in its
/// east before (practice: Clocks).
int kazakhstan_offset_minutes(Instant t);
/// Hour of the civil week in Kazakhstan, 0 = Monday 00–01.
int hour_of_week(Instant t);

/// "2026-01-31T23:59:59.123Z"; milliseconds are left out when zero.
std::string to_iso(Instant t);
/// Reads "YYYY-MM-DD" (midnight UTC) or "YYYY-MM-DDTHH:MM[:SS[.mmm]](Z|±HH:MM)"; nullopt otherwise.
std::optional<Instant> from_iso(std::string_view text);

/// A civil day as days since 1970-01-01, for dated table rows; nullopt unless "YYYY-MM-DD".
std::optional<int> day_from_iso(std::string_view text);
/// The civil day of an instant at a fixed offset, as days since 1970-01-01.
int day_of(Instant t, int utc_offset_minutes);

}  // namespace jedel
