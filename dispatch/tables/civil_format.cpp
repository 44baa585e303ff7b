#include "dispatch/tables/civil_format.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/limits.h"
#include "base/number.h"
#include "dispatch/tables/text.h"

namespace jedel::tables {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool take_number(std::string_view& text, std::size_t digits_max, int low, int high, int& out) {
    std::size_t n = 0;
    int value = 0;
    while (n < text.size() && n < digits_max && is_digit(text[n])) {
        value = value * 10 + (text[n++] - '0');
    }
    if (n == 0 || value < low || value > high) return false;
    text.remove_prefix(n);
    out = value;
    return true;
}

struct Reading {
    CivilTime civil;
    int ms = 0;
    int hour_12 = -1;
    bool afternoon = false;
    bool half_given = false;
};

/// "AM", "pm", "a.m.", "P.M.".
bool take_half(std::string_view& text, Reading& reading) {
    for (const std::string_view half : {"a.m.", "p.m.", "am", "pm"}) {
        if (folded(text.substr(0, half.size())) != half) continue;
        reading.afternoon = half[0] == 'p';
        reading.half_given = true;
        text.remove_prefix(half.size());
        return true;
    }
    return false;
}

/// ".5", ",123456": any number of digits, cut to milliseconds.
void take_fraction(std::string_view& text, int& ms) {
    if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !is_digit(text[1])) return;
    text.remove_prefix(1);
    int unit = 100;
    ms = 0;
    while (!text.empty() && is_digit(text[0])) {
        ms += (text[0] - '0') * unit;
        unit /= 10;
        text.remove_prefix(1);
    }
}

bool take(char letter, std::string_view& text, Reading& reading) {
    CivilTime& civil = reading.civil;
    switch (letter) {
        case 'Y':
            // Four digits: "26" is no year of the first century.
            if (text.size() < 4 || !std::all_of(text.begin(), text.begin() + 4, is_digit)) {
                return false;
            }
            return take_number(text, 4, 1, 9999, civil.year);
        case 'y':
            if (!take_number(text, 2, 0, 99, civil.year)) return false;
            civil.year += civil.year < 69 ? 2000 : 1900;
            return true;
        case 'm': return take_number(text, 2, 1, 12, civil.month);
        case 'd': return take_number(text, 2, 1, 31, civil.day);
        case 'H': return take_number(text, 2, 0, 24, civil.hour);
        case 'I': return take_number(text, 2, 1, 12, reading.hour_12);
        case 'M': return take_number(text, 2, 0, 59, civil.minute);
        case 'S':
            if (!take_number(text, 2, 0, 59, civil.second)) return false;
            take_fraction(text, reading.ms);
            return true;
        case 'p': return take_half(text, reading);
        default: return false;
    }
}

std::size_t blank_at(std::string_view text) {
    for (const std::string_view blank : {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\t"}) {
        if (text.starts_with(blank)) return blank.size();
    }
    return 0;
}

bool take_blanks(std::string_view& text) {
    bool any = false;
    while (const std::size_t size = blank_at(text)) {
        text.remove_prefix(size);
        any = true;
    }
    return any;
}

/// 24:00:00 to 0:00 of the next day; false for any other time past it, and for no such day.
bool settle(Reading& reading) {
    CivilTime& c = reading.civil;
    const std::chrono::year_month_day day{std::chrono::year{c.year},
                                          std::chrono::month{static_cast<unsigned>(c.month)},
                                          std::chrono::day{static_cast<unsigned>(c.day)}};
    if (!day.ok()) return false;
    if (c.hour < 24) return true;
    if (c.minute != 0 || c.second != 0 || reading.ms != 0) return false;
    const std::chrono::year_month_day next{std::chrono::sys_days{day} + std::chrono::days{1}};
    c.year = static_cast<int>(next.year());
    c.month = static_cast<int>(static_cast<unsigned>(next.month()));
    c.day = static_cast<int>(static_cast<unsigned>(next.day()));
    c.hour = 0;
    return true;
}

/// Minutes of "Z", "+05", "+0500", "+05:00"; nullopt otherwise.
std::optional<int> read_offset(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const int sign = text[0] == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto two = [&](std::size_t at) -> std::optional<int> {
        if (!is_digit(text[at]) || !is_digit(text[at + 1])) return std::nullopt;
        return (text[at] - '0') * 10 + (text[at + 1] - '0');
    };
    const bool colon = text.size() == 5 && text[2] == ':';
    if (text.size() != 2 && text.size() != 4 && !colon) return std::nullopt;
    const auto hours = two(0);
    const auto minutes = text.size() == 2 ? std::optional{0} : two(colon ? 3 : 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<CivilTime> read_civil(std::string_view text, std::string_view format, int* ms) {
    Reading reading;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] == '%' && i + 1 < format.size()) {
            if (!take(format[++i], text, reading)) return std::nullopt;
        } else if (format[i] == ' ') {
            if (!take_blanks(text)) return std::nullopt;
        } else {
            if (text.empty() || text[0] != format[i]) return std::nullopt;
            text.remove_prefix(1);
        }
    }
    if (!text.empty()) return std::nullopt;
    if (reading.hour_12 >= 0) {
        if (!reading.half_given) return std::nullopt;
        reading.civil.hour = reading.hour_12 % 12 + (reading.afternoon ? 12 : 0);
    }
    if (!settle(reading)) return std::nullopt;
    if (ms != nullptr) *ms = reading.ms;
    return reading.civil;
}

std::optional<int> read_time_of_day(std::string_view text) {
    const std::string_view format = text.size() > 5 ? "%H:%M:%S" : "%H:%M";
    const auto civil = read_civil(text, format);
    if (!civil) return std::nullopt;
    const int next_day = civil->day == 1 ? 0 : 86'400;
    return next_day + civil->hour * 3600 + civil->minute * 60 + civil->second;
}

std::optional<Instant> read_instant(std::string_view text) {
    text = trimmed(text);
    // The offset begins with the last sign or Z behind the time; the date has its own dashes.
    if (text.size() < 17 || text.size() > 64) return std::nullopt;
    const std::size_t at = text.find_first_of("+-Zz", 11);
    if (at == std::string_view::npos) return std::nullopt;
    const auto offset = read_offset(text.substr(at));
    if (!offset) return std::nullopt;
    const std::string_view local = trimmed(text.substr(0, at));
    int ms = 0;
    for (const std::string_view format : {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S",
                                          "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"}) {
        if (const auto civil = read_civil(local, format, &ms)) {
            return from_civil(*civil, *offset) + std::chrono::milliseconds{ms};
        }
    }
    return std::nullopt;
}

std::string looks_like_time(std::string_view text) {
    text = trimmed(text);
    if (read_instant(std::string{text} + "Z")) return "the zone is missing: Z or an offset +05:00";
    const auto number = read_number<double>(text);
    if (number && *number > 20'000 && *number < 80'000) return "it looks like a day of Excel";
    if (number && *number > 3e8 && *number < 8e9) return "it looks like seconds since 1970";
    if (number && *number > 3e11 && *number < 8e12) return "it looks like milliseconds since 1970";
    for (const std::string_view format : {"%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"}) {
        if (read_civil(text, format)) return "it looks like day.month.year without a zone";
    }
    return {};
}

bool is_placeholder(const CivilTime& c) {
    constexpr std::array<std::array<int, 3>, 4> dates{
        {{1980, 1, 1}, {1980, 1, 5}, {1980, 1, 6}, {2038, 1, 19}}};
    if (c.year <= 1970 || c.year > limits::year_max) return true;
    return std::any_of(dates.begin(), dates.end(), [&](const auto& d) {
        return c.year == d[0] && c.month == d[1] && c.day == d[2];
    });
}

}  // namespace jedel::tables
