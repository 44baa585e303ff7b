#include "dispatch/exercise/civil_format.h"

#include <chrono>

namespace jedel::exercise {
namespace {

bool take_number(std::string_view& text, std::size_t digits_max, int low, int high, int& out) {
    std::size_t n = 0;
    int value = 0;
    while (n < text.size() && n < digits_max && text[n] >= '0' && text[n] <= '9') {
        value = value * 10 + (text[n++] - '0');
    }
    if (n == 0 || value < low || value > high) return false;
    text.remove_prefix(n);
    out = value;
    return true;
}

struct Reading {
    CivilTime civil;
    int hour_12 = -1;
    bool afternoon = false;
    bool half_given = false;
};

bool take_half(std::string_view& text, Reading& reading) {
    if (text.size() < 2 || (text[1] != 'M' && text[1] != 'm')) return false;
    const char c = text[0];
    if (c != 'A' && c != 'a' && c != 'P' && c != 'p') return false;
    reading.afternoon = c == 'P' || c == 'p';
    reading.half_given = true;
    text.remove_prefix(2);
    return true;
}

bool take(char letter, std::string_view& text, Reading& reading) {
    CivilTime& civil = reading.civil;
    switch (letter) {
        case 'Y': return take_number(text, 4, 1900, 9999, civil.year);
        case 'y':
            if (!take_number(text, 2, 0, 99, civil.year)) return false;
            civil.year += civil.year < 69 ? 2000 : 1900;
            return true;
        case 'm': return take_number(text, 2, 1, 12, civil.month);
        case 'd': return take_number(text, 2, 1, 31, civil.day);
        case 'H': return take_number(text, 2, 0, 23, civil.hour);
        case 'I': return take_number(text, 2, 1, 12, reading.hour_12);
        case 'M': return take_number(text, 2, 0, 59, civil.minute);
        case 'S': return take_number(text, 2, 0, 59, civil.second);
        case 'p': return take_half(text, reading);
        default: return false;
    }
}

}  // namespace

std::optional<CivilTime> read_civil(std::string_view text, std::string_view format) {
    Reading reading;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] == '%' && i + 1 < format.size()) {
            if (!take(format[++i], text, reading)) return std::nullopt;
        } else if (format[i] == ' ') {
            if (text.empty() || text[0] != ' ') return std::nullopt;
            while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
        } else {
            if (text.empty() || text[0] != format[i]) return std::nullopt;
            text.remove_prefix(1);
        }
    }
    if (!text.empty()) return std::nullopt;
    CivilTime& civil = reading.civil;
    if (reading.hour_12 >= 0) {
        if (!reading.half_given) return std::nullopt;
        civil.hour = reading.hour_12 % 12 + (reading.afternoon ? 12 : 0);
    }
    const std::chrono::year_month_day day{
        std::chrono::year{civil.year}, std::chrono::month{static_cast<unsigned>(civil.month)},
        std::chrono::day{static_cast<unsigned>(civil.day)}};
    if (!day.ok()) return std::nullopt;
    return civil;
}

std::optional<int> read_time_of_day(std::string_view text) {
    const std::string_view format = text.size() > 5 ? "%H:%M:%S" : "%H:%M";
    const auto civil = read_civil(text, format);
    if (!civil) return std::nullopt;
    return civil->hour * 3600 + civil->minute * 60 + civil->second;
}

}  // namespace jedel::exercise
