#include "base/time.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace jedel {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t day_ms = 86'400'000;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return text.empty() ? std::nullopt : std::optional{value};
}

std::optional<sys_days> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = digits(text.substr(0, 4));
    const auto m = digits(text.substr(5, 2));
    const auto d = digits(text.substr(8, 2));
    if (!y || !m || !d) return std::nullopt;
    const std::chrono::year_month_day ymd{std::chrono::year{*y},
                                          std::chrono::month{static_cast<unsigned>(*m)},
                                          std::chrono::day{static_cast<unsigned>(*d)}};
    return ymd.ok() ? std::optional{sys_days{ymd}} : std::nullopt;
}

}  // namespace

CivilTime to_civil(Instant t, int utc_offset_minutes) {
    const std::int64_t local_ms = t.ms + utc_offset_minutes * 60'000LL;
    const std::int64_t day = floor_div(local_ms, day_ms);
    const auto in_day = static_cast<int>((local_ms - day * day_ms) / 1000);
    const sys_days date{days{day}};
    const std::chrono::year_month_day ymd{date};
    const std::chrono::weekday weekday{date};
    return {.year = static_cast<int>(ymd.year()),
            .month = static_cast<int>(static_cast<unsigned>(ymd.month())),
            .day = static_cast<int>(static_cast<unsigned>(ymd.day())),
            .hour = in_day / 3600,
            .minute = in_day / 60 % 60,
            .second = in_day % 60,
            .weekday = static_cast<int>(weekday.iso_encoding()) - 1};
}

Instant from_civil(const CivilTime& c, int utc_offset_minutes) {
    const sys_days date{std::chrono::year{c.year} / c.month / c.day};
    const std::int64_t seconds = c.hour * 3600LL + c.minute * 60LL + c.second;
    return {date.time_since_epoch().count() * day_ms + seconds * 1000 -
            utc_offset_minutes * 60'000LL};
}

int kazakhstan_offset_minutes(Instant t) {
    // 2024-02-29T18:00:00Z is midnight of 1 March at +06:00, when the clocks went back an hour.
    constexpr Instant change{1'709'229'600'000};
    return t < change ? 360 : 300;
}

int hour_of_week(Instant t) {
    const CivilTime c = to_civil(t, kazakhstan_offset_minutes(t));
    return c.weekday * 24 + c.hour;
}

std::string to_iso(Instant t) {
    const CivilTime c = to_civil(t, 0);
    const int ms = static_cast<int>(t.ms - floor_div(t.ms, 1000) * 1000);
    std::array<char, 40> buffer{};
    const int n =
        ms == 0 ? std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ",
                                c.year, c.month, c.day, c.hour, c.minute, c.second)
                : std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                                c.year, c.month, c.day, c.hour, c.minute, c.second, ms);
    return {buffer.data(), static_cast<std::size_t>(n)};
}

std::optional<Instant> from_iso(std::string_view text) {
    const auto date = parse_day(text.substr(0, 10));
    if (!date) return std::nullopt;
    Instant at{date->time_since_epoch().count() * day_ms};
    if (text.size() == 10) return at;
    if (text.size() < 17 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':') {
        return std::nullopt;
    }
    const auto hour = digits(text.substr(11, 2));
    const auto minute = digits(text.substr(14, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    at.ms += *hour * 3'600'000LL + *minute * 60'000LL;
    std::string_view rest = text.substr(16);
    if (rest.starts_with(':')) {
        const auto second = rest.size() < 3 ? std::nullopt : digits(rest.substr(1, 2));
        if (!second || *second > 59) return std::nullopt;
        at.ms += *second * 1000LL;
        rest.remove_prefix(3);
        if (rest.starts_with('.')) {
            const auto ms = rest.size() < 4 ? std::nullopt : digits(rest.substr(1, 3));
            if (!ms) return std::nullopt;
            at.ms += *ms;
            rest.remove_prefix(4);
        }
    }
    if (rest == "Z") return at;
    if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') {
        return std::nullopt;
    }
    const auto oh = digits(rest.substr(1, 2));
    const auto om = digits(rest.substr(4, 2));
    if (!oh || !om || *oh > 14 || *om > 59) return std::nullopt;
    const std::int64_t offset_ms = (*oh * 60LL + *om) * 60'000LL;
    at.ms += rest[0] == '+' ? -offset_ms : offset_ms;
    return at;
}

std::optional<int> day_from_iso(std::string_view text) {
    const auto date = parse_day(text);
    if (!date) return std::nullopt;
    return static_cast<int>(date->time_since_epoch().count());
}

int day_of(Instant t, int utc_offset_minutes) {
    return static_cast<int>(floor_div(t.ms + utc_offset_minutes * 60'000LL, day_ms));
}

}  // namespace jedel
