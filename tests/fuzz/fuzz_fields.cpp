// Any bytes as a time, an age, degrees, a zone's table or rule: a value within its bounds, or none.

#include <cstdint>
#include <string_view>

#include "dispatch/tables/civil_format.h"
#include "dispatch/tables/fields.h"
#include "dispatch/tables/posix_rule.h"
#include "dispatch/tables/zone.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jedel::tables;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto at = read_instant(text)) {
        if (read_instant(jedel::to_iso(*at)) != at) __builtin_trap();
    }
    (void)looks_like_time(text);
    (void)read_civil(text, "%d.%m.%y %I:%M:%S %p");
    if (const auto s = read_time_of_day(text)) {
        if (*s < 0 || *s > 86'400) __builtin_trap();
    }
    if (const auto years = read_age_years(text)) {
        if (!(*years >= 0)) __builtin_trap();
    }
    (void)read_weeks(text);
    (void)read_sex_word(text);
    (void)read_degrees(text);
    (void)looks_like_degrees(text, 90);
    if (const auto rule = parse_posix_rule(text)) (void)rule->offset_at(1'790'000'000);
    if (const auto zone = Zone::from_bytes("fuzz", text)) {
        (void)zone->offset_minutes({1'790'000'000'000});
        (void)zone->to_utc({.year = 2026, .month = 11, .day = 1, .hour = 1});
    }
    return 0;
}
