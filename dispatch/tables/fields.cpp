#include "dispatch/tables/fields.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "dispatch/tables/text.h"

namespace jedel::tables {
namespace {

using Words = std::initializer_list<std::string_view>;

bool among(std::string_view word, Words words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Folded, without blanks around and without one full stop behind.
std::string plain(std::string_view text) {
    std::string out = folded(trimmed(text));
    if (out.ends_with('.')) out.pop_back();
    return out;
}

enum class Unit { none, years, months, weeks, days, hours };

Unit unit_of(std::string_view word) {
    if (among(word, {"л", "лет", "лeт", "г", "год", "года", "годa", "годов", "y", "yr", "yrs",
                     "year", "years", "yo", "y/o", "y.o", "жас", "жаста", "жасар", "жастағы",
                     "жыл"})) {
        return Unit::years;
    }
    if (among(word, {"мес", "мес-в", "месяц", "месяца", "месяцев", "mo", "mos", "mth", "mths",
                     "month", "months", "ай", "айлық"})) {
        return Unit::months;
    }
    if (among(word, {"н", "нед", "недель", "недели", "неделя", "w", "wk", "wks", "week", "weeks",
                     "апта", "апталық"})) {
        return Unit::weeks;
    }
    if (among(word, {"д", "дн", "день", "дня", "дней", "сут", "сутки", "суток", "d", "day",
                     "days", "күн", "күндік"})) {
        return Unit::days;
    }
    if (among(word, {"ч", "час", "часа", "часов", "h", "hr", "hrs", "hour", "hours", "сағ",
                     "сағат"})) {
        return Unit::hours;
    }
    return Unit::none;
}

double years_of(double count, Unit unit) {
    switch (unit) {
        case Unit::months: return count / 12;
        case Unit::weeks: return count * 7 / 365.25;
        case Unit::days: return count / 365.25;
        case Unit::hours: return count / 24 / 365.25;
        case Unit::years:
        case Unit::none: break;
    }
    return count;
}

bool is_number_part(char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; }

/// A number and its unit off the front of a folded text; nullopt when there is none.
struct Amount {
    double count = 0;
    Unit unit = Unit::none;
    bool bare = false;
};
std::optional<Amount> take_amount(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && is_number_part(text[n])) ++n;
    const auto count = read_decimal(text.substr(0, n));
    if (n == 0 || !count) return std::nullopt;
    text = trimmed(text.substr(n));
    std::size_t end = 0;
    while (end < text.size() && text[end] != ' ' && !(text[end] >= '0' && text[end] <= '9')) ++end;
    std::string_view word = text.substr(0, end);
    text = trimmed(text.substr(end));
    while (word.ends_with('.') || word.ends_with(',')) word.remove_suffix(1);
    Amount out{.count = *count, .unit = unit_of(word), .bare = word.empty()};
    if (!out.bare && out.unit == Unit::none) return std::nullopt;
    return out;
}

}  // namespace

std::optional<double> read_decimal(std::string_view text) {
    std::string plain_text{trimmed(text)};
    if (plain_text.starts_with("\xE2\x88\x92")) plain_text.replace(0, 3, "-");
    if (plain_text.starts_with('+')) plain_text.erase(0, 1);
    const auto commas = std::count(plain_text.begin(), plain_text.end(), ',');
    if (commas > 1 || (commas == 1 && plain_text.find('.') != std::string::npos)) {
        return std::nullopt;
    }
    std::replace(plain_text.begin(), plain_text.end(), ',', '.');
    const auto value = read_number<double>(plain_text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> read_degrees(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with("°")) text.remove_suffix(std::string_view{"°"}.size());
    return read_decimal(text);
}

std::string looks_like_degrees(std::string_view text, double limit) {
    const auto value = read_degrees(text);
    const bool parts = text.find("°") != text.npos || text.find('\'') != text.npos ||
                       text.find("′") != text.npos;
    if (!value && parts) return "it looks like degrees, minutes and seconds";
    if (!value) return "it is no number";
    const double size = std::abs(*value);
    if (size <= limit) return "it lies on Earth";
    const double minutes = size - std::floor(size / 100) * 100;
    if (size > 100'000) return "it looks like degrees without their decimal point";
    if (size >= 100 && size / 100 <= limit && minutes < 60) {
        return "it looks like NMEA's degrees and minutes";
    }
    return "it is more than " + std::to_string(static_cast<int>(limit)) + " degrees";
}

SexWord read_sex_word(std::string_view text) {
    const std::string word = plain(text);
    if (among(word, {"m", "male", "man", "boy", "м", "муж", "мужч", "мужской", "мужск", "мужчина",
                     "мужской пол", "мальчик", "мал", "е", "ер", "ер адам", "ер кісі", "еркек",
                     "ер жынысты", "ұл", "ұл бала", "ер бала"})) {
        return SexWord::male;
    }
    if (among(word, {"f", "female", "woman", "girl", "ж", "жен", "женщ", "женский", "женск",
                     "женщина", "женский пол", "девочка", "дев", "ә", "әйел", "әйел адам",
                     "әйел кісі", "әйел жынысты", "қыз", "қыз бала"})) {
        return SexWord::female;
    }
    if (among(word, {"u", "unknown", "n/a", "-", "?", "н/д", "н/и", "неизвестно", "неизвестен",
                     "неизв", "не указан", "не указано", "белгісіз", "көрсетілмеген"})) {
        return SexWord::unknown;
    }
    return SexWord::none;
}

std::optional<double> read_age_years(std::string_view text) {
    const std::string words = folded(trimmed(text));
    if (among(plain(words), {"newborn", "новорожденный", "новорождённый", "новорожденная",
                             "новорождённая", "нәресте", "жаңа туған"})) {
        return 0.0;
    }
    std::string_view rest = words;
    double years = 0;
    Unit before = Unit::none;
    for (int part = 0; part < 3 && !rest.empty(); ++part) {
        const auto amount = take_amount(rest);
        if (!amount) return std::nullopt;
        const Unit unit = amount->bare ? Unit::years : amount->unit;
        // "1 год 6 мес": each part with its unit, from the greater to the less.
        const bool fits = part == 0 ? !amount->bare || rest.empty() : unit > before;
        if (!fits || (part > 0 && amount->bare)) return std::nullopt;
        years += years_of(amount->count, unit);
        before = unit;
    }
    return rest.empty() && !words.empty() ? std::optional{years} : std::nullopt;
}

std::optional<int> read_weeks(std::string_view text) {
    const std::string words = folded(trimmed(text));
    std::string_view rest = words;
    const auto amount = take_amount(rest);
    if (!amount || !rest.empty() || (!amount->bare && amount->unit != Unit::weeks)) {
        return std::nullopt;
    }
    const double whole = std::floor(amount->count);
    return amount->count == whole && whole < 1000 ? std::optional{static_cast<int>(whole)}
                                                  : std::nullopt;
}

}  // namespace jedel::tables
