#pragma once
// Numbers, places, ages and sexes as people and programs write them into tables.

#include <optional>
#include <string>
#include <string_view>

namespace jedel::tables {

/// A finite number with a decimal point or comma: "48.62", "48,62", "+5", "−3", "1e2", with blanks
/// around it. Nothing that groups thousands; nullopt otherwise.
std::optional<double> read_decimal(std::string_view text);

/// Degrees: a decimal, also with "°" behind it. nullopt otherwise; whether it lies on Earth is
/// not asked.
std::optional<double> read_degrees(std::string_view text);

/// Why a field is no degrees within ±limit: "degrees, minutes and seconds", "NMEA's degrees and
/// minutes" …; always says something.
std::string looks_like_degrees(std::string_view text, double limit);

enum class SexWord { none, male, female, unknown };  ///< none: not a word for it
/// Words and letters for a person's sex in Kazakh, Russian and English, in any case, with or
/// without a full stop. Bare numbers are no words: the codes of systems differ.
SexWord read_sex_word(std::string_view text);

/// Years of an age in words: "61", "61 лет", "1,5", "5 мес", "8 ай", "10 күн", "1 год 6 мес",
/// "newborn". Not what can mean two things ("3 м": months or a man of 3). nullopt otherwise.
std::optional<double> read_age_years(std::string_view text);

/// Whole weeks: "12", "12 нед", "12 апта".
std::optional<int> read_weeks(std::string_view text);

}  // namespace jedel::tables
