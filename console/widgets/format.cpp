#include "console/widgets/format.h"

#include <array>
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/letters.h"
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
    if (unit.empty()) return value;
    // Whole words only: "34 муж" is no age in months.
    const std::string word = folded(unit.ends_with('.') ? unit.substr(0, unit.size() - 1) : unit);
    const auto is = [&](std::initializer_list<std::string_view> words) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (is({"м", "мес", "месяц", "месяца", "месяцев", "ай", "айлық", "m", "mo", "month",
            "months"})) {
        return value / 12;
    }
    if (is({"н", "нед", "неделя", "недели", "недель", "ап", "апта", "w", "week", "weeks"})) {
        return value * 7 / 365.25;
    }
    if (is({"д", "дн", "день", "дня", "дней", "кү", "күн", "күндік", "d", "day", "days"})) {
        return value / 365.25;
    }
    if (is({"г", "год", "года", "л", "лет", "ж", "жас", "жыл", "y", "yr", "year", "years"})) {
        return value;
    }
    return {};
}

std::string age_text(double years, const AgeWords& words) {
    // Never up: 2.96 years are not yet 3, 11.9 months not yet 12.
    constexpr double slack = 1e-6;  // of months that were typed whole
    const auto whole = [&](double value) { return std::floor(value + slack); };
    if (std::abs(years - std::round(years)) < slack && (years >= 2 || years <= 0)) {
        return number_text(std::round(years));
    }
    if (years >= 3) return number_text(whole(years * 10) / 10);
    if (years * 12 >= 1 - slack) {
        return printed("%.0f ", whole(years * 12)) + std::string{words.months};
    }
    return printed("%.0f ", whole(years * 365.25)) + std::string{words.days};
}

std::optional<Instant> past_time(std::string_view text, Instant now, int utc_offset_minutes) {
    // "14:20", "14.20", "1420", "920".
    const std::size_t colon = text.find_first_of(":.-");
    const bool bare = colon == std::string_view::npos && (text.size() == 3 || text.size() == 4);
    if (!bare && (colon == std::string_view::npos || text.size() - colon != 3)) return std::nullopt;
    const std::size_t hours = bare ? text.size() - 2 : colon;
    const auto hour = parse_whole(text.substr(0, hours));
    const auto minute = parse_whole(text.substr(bare ? hours : hours + 1));
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
