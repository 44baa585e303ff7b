#include "dispatch/tables/posix_rule.h"

#include <chrono>

namespace jedel::tables {
namespace {

using namespace std::chrono;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<int> number(std::string_view& text, int high) {
    int value = 0;
    std::size_t n = 0;
    while (n < text.size() && n < 4 && is_digit(text[n])) value = value * 10 + (text[n++] - '0');
    if (n == 0 || value > high) return std::nullopt;
    text.remove_prefix(n);
    return value;
}

/// "EST" or "<+05>".
bool take_name(std::string_view& text) {
    std::size_t n = 0;
    if (text.starts_with('<')) {
        n = text.find('>');
        if (n == std::string_view::npos) return false;
        ++n;
    } else {
        while (n < text.size() && ((text[n] | 0x20) >= 'a' && (text[n] | 0x20) <= 'z')) ++n;
    }
    text.remove_prefix(n);
    return n >= 3;
}

/// "[+-]hh[:mm[:ss]]" in seconds.
std::optional<int> take_time(std::string_view& text) {
    int sign = 1;
    if (text.starts_with('-') || text.starts_with('+')) {
        sign = text[0] == '-' ? -1 : 1;
        text.remove_prefix(1);
    }
    const auto hours = number(text, 167);
    if (!hours) return std::nullopt;
    int seconds = *hours * 3600;
    for (const int unit : {60, 1}) {
        if (!text.starts_with(':')) break;
        text.remove_prefix(1);
        const auto part = number(text, 59);
        if (!part) return std::nullopt;
        seconds += *part * unit;
    }
    return sign * seconds;
}

bool take_day(std::string_view& text, PosixRule::Day& day) {
    if (!text.starts_with(',')) return false;
    text.remove_prefix(1);
    day.kind = text.starts_with('M') ? 'M' : text.starts_with('J') ? 'J' : '0';
    if (day.kind != '0') text.remove_prefix(1);
    const auto first = number(text, day.kind == 'M' ? 12 : day.kind == 'J' ? 365 : 365);
    if (!first) return false;
    if (day.kind == 'M') {
        if (*first < 1) return false;
        day.month = *first;
        for (int* part : {&day.week, &day.day}) {
            if (!text.starts_with('.')) return false;
            text.remove_prefix(1);
            const auto value = number(text, part == &day.week ? 5 : 6);
            if (!value) return false;
            *part = *value;
        }
        if (day.week < 1) return false;
    } else {
        day.day = *first;
    }
    if (text.starts_with('/')) {
        text.remove_prefix(1);
        const auto at = take_time(text);
        if (!at) return false;
        day.at_s = *at;
    }
    return true;
}

/// Local seconds since 1970 at which a rule's day and time come in a year.
std::int64_t moment(const PosixRule::Day& day, int y) {
    sys_days at;
    if (day.kind == 'M') {
        const auto m = year{y} / month{static_cast<unsigned>(day.month)};
        const weekday wanted{static_cast<unsigned>(day.day)};
        at = day.week == 5 ? sys_days{m / wanted[last]}
                           : sys_days{m / wanted[static_cast<unsigned>(day.week)]};
    } else {
        int offset = day.kind == 'J' ? day.day - 1 : day.day;
        if (day.kind == 'J' && year{y}.is_leap() && day.day >= 60) ++offset;
        at = sys_days{year{y} / 1 / 1} + days{offset};
    }
    return std::int64_t{at.time_since_epoch().count()} * 86'400 + day.at_s;
}

}  // namespace

int PosixRule::offset_at(std::int64_t utc_s) const {
    if (!saves) return standard_s;
    const auto day = floor<days>(sys_seconds{seconds{utc_s + standard_s}});
    const int y = static_cast<int>(year_month_day{day}.year());
    const std::int64_t from = moment(begins, y) - standard_s;
    const std::int64_t to = moment(ends, y) - saving_s;
    const bool saving = from < to ? utc_s >= from && utc_s < to : utc_s >= from || utc_s < to;
    return saving ? saving_s : standard_s;
}

std::optional<PosixRule> parse_posix_rule(std::string_view text) {
    PosixRule out;
    if (!take_name(text)) return std::nullopt;
    const auto west = take_time(text);
    if (!west) return std::nullopt;
    out.standard_s = -*west;
    if (text.empty()) return out;
    if (!take_name(text)) return std::nullopt;
    out.saves = true;
    out.saving_s = out.standard_s + 3600;
    if (!text.starts_with(',')) {
        const auto saving_west = take_time(text);
        if (!saving_west) return std::nullopt;
        out.saving_s = -*saving_west;
    }
    if (!take_day(text, out.begins) || !take_day(text, out.ends) || !text.empty()) {
        return std::nullopt;
    }
    return out;
}

}  // namespace jedel::tables
