#include "dispatch/city/hours_text.h"

#include <algorithm>

namespace jedel {
namespace {

std::optional<int> weekday(std::string_view name) {
    const auto it = std::find(weekday_names.begin(), weekday_names.end(), name);
    if (it == weekday_names.end()) return std::nullopt;
    return static_cast<int>(it - weekday_names.begin());
}

/// One digit or two.
std::optional<int> small_number(std::string_view text) {
    if (text.empty() || text.size() > 2) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<std::pair<int, int>> weekdays_from(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = weekday(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : weekday(text.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    return std::pair{*first, *last};
}

std::optional<int> minute_from(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.size() != colon + 3) return std::nullopt;
    const auto hour = small_number(text.substr(0, colon));
    const auto minute = small_number(text.substr(colon + 1));
    if (!hour || !minute || *minute >= 60 || *hour * 60 + *minute > 1440) return std::nullopt;
    return *hour * 60 + *minute;
}

std::optional<std::pair<int, int>> minutes_from(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto from = minute_from(text.substr(0, dash));
    const auto to = minute_from(text.substr(dash + 1));
    if (!from || !to || *from >= *to) return std::nullopt;
    return std::pair{*from, *to};
}

}  // namespace jedel
