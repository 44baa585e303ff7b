#include "console/widgets/format.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "base/number.h"

namespace jedel::console {

namespace {

template <class... Arguments>
std::string printed(const char* pattern, Arguments... arguments) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), pattern, arguments...);
    return buffer.data();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string clock_text(std::int64_t ms) {
    const long long seconds = ms < 0 ? 0 : ms / 1000;
    if (seconds < 3600) return printed("%lld:%02lld", seconds / 60, seconds % 60);
    return printed("%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string time_of_day(Instant t, int offset) {
    const CivilTime c = to_civil(t, offset);
    return printed("%02d:%02d", c.hour, c.minute);
}

std::string date_and_time(Instant t, int offset) {
    const CivilTime c = to_civil(t, offset);
    return printed("%02d.%02d.%04d %02d:%02d:%02d", c.day, c.month, c.year, c.hour, c.minute,
                   c.second);
}

std::string kilometres(double metres) { return printed("%.1f", metres / 1000); }

std::string number_text(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e9) return printed("%.0f", value);
    return printed("%.1f", value);
}

std::optional<int> parse_whole(std::string_view text) {
    return read_number<int>(trimmed(text));
}

std::optional<double> parse_age(std::string_view text) {
    text = trimmed(text);
    double value = 0;
    std::size_t used = 0;
    double scale = 0;
    for (; used < text.size(); ++used) {
        const char c = text[used];
        if (c >= '0' && c <= '9') {
            if (scale == 0) {
                value = value * 10 + (c - '0');
            } else {
                value += (c - '0') * scale;
                scale /= 10;
            }
        } else if ((c == '.' || c == ',') && scale == 0 && used > 0) {
            scale = 0.1;
        } else {
            break;
        }
    }
    if (used == 0) return {};
    const std::string_view unit = trimmed(text.substr(used));
    const auto starts = [&](std::initializer_list<std::string_view> words) {
        for (const std::string_view word : words) {
            if (unit.starts_with(word)) return true;
        }
        return false;
    };
    if (starts({"м", "М", "ай", "АЙ", "m", "M"})) return value / 12;
    if (starts({"н", "Н", "ап", "АП", "w", "W"})) return value * 7 / 365.25;
    if (starts({"д", "Д", "кү", "КҮ", "d", "D"})) return value / 365.25;
    if (unit.empty() || starts({"г", "Г", "л", "Л", "ж", "Ж", "y", "Y"})) return value;
    return {};
}

std::string age_text(double years, std::string_view months_word) {
    if (years >= 2 || years <= 0) return number_text(std::round(years * 10) / 10);
    return printed("%.0f ", std::round(years * 12)) + std::string{months_word};
}

std::optional<Instant> past_time(std::string_view text, Instant now, int utc_offset_minutes) {
    const std::size_t colon = text.find_first_of(":.-");
    if (colon == std::string_view::npos || text.size() - colon != 3) return std::nullopt;
    const auto hour = parse_whole(text.substr(0, colon));
    const auto minute = parse_whole(text.substr(colon + 1));
    if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) {
        return std::nullopt;
    }
    CivilTime civil = to_civil(now, utc_offset_minutes);
    civil.hour = *hour;
    civil.minute = *minute;
    civil.second = 0;
    Instant at = from_civil(civil, utc_offset_minutes);
    at.ms -= at.ms % 1000;
    if (at > now) at.ms -= 24 * 3'600'000;
    return at;
}

}  // namespace jedel::console
