// Rows of the law's tables by name and day.

#include <algorithm>

#include "dispatch/patients/calendar.h"
#include "dispatch/patients/law.h"

namespace jedel {

const PayerRow* LawTables::payer(Payer payer, int day) const {
    for (const PayerRow& row : payers) {
        if (row.payer == payer && row.on(day)) return &row;
    }
    return nullptr;
}

const PrivilegedRow* LawTables::privilege(std::string_view number, int day) const {
    for (const PrivilegedRow& row : privileged) {
        if (row.number == number && row.on(day)) return &row;
    }
    return nullptr;
}

const WayRow* LawTables::way(std::string_view key, int day) const {
    for (const WayRow& row : ways) {
        if (row.key == key && row.on(day)) return &row;
    }
    return nullptr;
}

const DiseaseRow* LawTables::disease(std::string_view key, int day) const {
    for (const DiseaseRow& row : diseases) {
        if (row.key == key && row.on(day)) return &row;
    }
    return nullptr;
}

std::vector<const DiseaseRow*> LawTables::diseases_on(int day) const {
    std::vector<const DiseaseRow*> out;
    for (const DiseaseRow& row : diseases) {
        if (row.on(day)) out.push_back(&row);
    }
    return out;
}

std::optional<double> LawTables::base(std::string_view name, int day) const {
    for (const BaseRow& row : bases) {
        if (row.name == name && row.on(day)) return row.tenge;
    }
    return std::nullopt;
}

std::optional<double> LawTables::tenge(std::string_view pays_as, int month) const {
    const int day = first_day(month);
    for (const AmountRow& row : amounts) {
        if (row.payer != pays_as || !row.on(day)) continue;
        if (row.tenge) return row.tenge;
        const auto sum = row.known ? base(row.of, day) : std::nullopt;
        return sum ? std::optional{*sum * row.times * row.percent / 100} : std::nullopt;
    }
    return std::nullopt;
}

bool LawTables::in_treaty(std::string_view name, std::string_view country, int day) const {
    return std::any_of(treaties.begin(), treaties.end(), [&](const TreatyRow& row) {
        return row.name == name && row.on(day) &&
               std::find(row.countries.begin(), row.countries.end(), country) !=
                   row.countries.end();
    });
}

bool LawTables::working_day(int day) const {
    const int weekday = (day % 7 + 7 + 3) % 7;
    if (weekday >= 5) return work_on.contains(day);
    return !days_off.contains(day);
}

int LawTables::after_working_days(int day, int count) const {
    for (; count > 0; --count) {
        do ++day;
        while (!working_day(day));
    }
    return day;
}

}  // namespace jedel
