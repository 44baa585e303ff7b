#pragma once
// Civil days and months as numbers: days since 1970-01-01, months since 1970-01.

#include <string>

namespace jedel {

/// Year, month 1–12 and day of a civil day.
struct CivilDate {
    int year = 1970, month = 1, day = 1;
};
CivilDate civil_date(int day);
int day_of_date(const CivilDate& date);

int month_of_day(int day);
int first_day(int month);
int last_day(int month);
/// The same day of the month `months` later; the last day where the month is shorter.
int add_months(int day, int months);
/// Full years between a birth and a day; negative before the birth. Born on 29 February, a year
/// is full on 1 March of a common year.
int age_years(int birth_day, int on_day);
/// The day on which a person born then is `years` old.
int birthday(int birth_day, int years);

std::string month_text(int month);  ///< "2025-11"
std::string day_text(int day);      ///< "2025-11-28"

}  // namespace jedel
