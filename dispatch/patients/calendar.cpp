#include "dispatch/patients/calendar.h"

#include <algorithm>
#include <cstdio>

namespace jedel {

namespace {

constexpr int days_in_era = 146'097;  // 400 years

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
    static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : lengths[month - 1];
}

int floor_div(int a, int b) { return a >= 0 ? a / b : (a - b + 1) / b; }

}  // namespace

// Proleptic Gregorian, years counted from 1 March so that the leap day comes last.
CivilDate civil_date(int day) {
    const int z = day + 719'468;
    const int era = floor_div(z, days_in_era);
    const int of_era = z - era * days_in_era;
    const int year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const int of_year = of_era - (365 * year + year / 4 - year / 100);
    const int shifted = (5 * of_year + 2) / 153;
    const int month = shifted < 10 ? shifted + 3 : shifted - 9;
    return {.year = year + era * 400 + (month <= 2 ? 1 : 0), .month = month,
            .day = of_year - (153 * shifted + 2) / 5 + 1};
}

int day_of_date(const CivilDate& date) {
    const int year = date.year - (date.month <= 2 ? 1 : 0);
    const int era = floor_div(year, 400);
    const int of_era_year = year - era * 400;
    const int shifted = date.month > 2 ? date.month - 3 : date.month + 9;
    const int of_year = (153 * shifted + 2) / 5 + date.day - 1;
    const int of_era = of_era_year * 365 + of_era_year / 4 - of_era_year / 100 + of_year;
    return era * days_in_era + of_era - 719'468;
}

int month_of_day(int day) {
    const CivilDate date = civil_date(day);
    return (date.year - 1970) * 12 + date.month - 1;
}

int first_day(int month) {
    const int year = floor_div(month, 12);
    return day_of_date({.year = 1970 + year, .month = month - year * 12 + 1, .day = 1});
}

int last_day(int month) { return first_day(month + 1) - 1; }

int add_months(int day, int months) {
    const CivilDate date = civil_date(day);
    const int first = first_day(month_of_day(day) + months);
    const CivilDate target = civil_date(first);
    return first + std::min(date.day, days_in_month(target.year, target.month)) - 1;
}

int birthday(int birth_day, int years) {
    const CivilDate born = civil_date(birth_day);
    const int year = born.year + years;
    if (born.month == 2 && born.day == 29 && !leap(year)) {
        return day_of_date({.year = year, .month = 3, .day = 1});
    }
    return day_of_date({.year = year, .month = born.month, .day = born.day});
}

int age_years(int birth_day, int on_day) {
    const int years = civil_date(on_day).year - civil_date(birth_day).year;
    return birthday(birth_day, years) <= on_day ? years : years - 1;
}

std::string month_text(int month) {
    const CivilDate date = civil_date(first_day(month));
    char out[24];
    std::snprintf(out, sizeof out, "%04d-%02d", date.year, date.month);
    return out;
}

std::string day_text(int day) {
    const CivilDate date = civil_date(day);
    char out[36];
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", date.year, date.month, date.day);
    return out;
}

}  // namespace jedel
