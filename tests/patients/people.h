#pragma once
// Made-up people and the law's tables, for the tests of this folder.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "dispatch/patients/calendar.h"
#include "dispatch/patients/entitlement.h"

namespace jedel::test {

inline const LawTables& law() {
    static const LawTablesPtr tables = [] {
        auto loaded = load_law(std::string{JEDEL_SOURCE_DIR} + "/data/law");
        INFO((loaded ? std::string{} : loaded.error().text()));
        REQUIRE(loaded);
        return std::move(loaded).value();
    }();
    return *tables;
}

inline int day(const std::string& iso) { return day_from_iso(iso).value(); }
inline int month(int year, int of_year) { return (year - 1970) * 12 + of_year - 1; }

/// Months from one to another, both included.
inline std::vector<int> months(int from, int to) {
    std::vector<int> out;
    for (int m = from; m <= to; ++m) out.push_back(m);
    return out;
}

/// A citizen of 35 years in 2026, of no stated sex.
inline RegisterRow person(Payer payer, std::vector<int> payments = {}) {
    RegisterRow row;
    row.iin = "991231500016";
    row.full_name = "Үлгібаев А.";
    row.birth_day = day("1990-03-08");
    row.citizenship = "KZ";
    row.residence = Residence::citizen;
    row.payer = payer;
    row.payments = std::move(payments);
    row.polyclinic = OrganisationId{301};
    row.as_of = from_iso("2026-01-01T00:00+05:00").value();
    return row;
}

inline RegisterRow woman(Payer payer, std::vector<int> payments = {}) {
    RegisterRow row = person(payer, std::move(payments));
    row.sex = Sex::female;
    return row;
}

inline RegisterRow privileged(const std::string& number) {
    RegisterRow row = person(Payer::none);
    row.categories = {{number, {}, {}}};
    return row;
}

inline RegisterRow stayer(const std::string& country, Payer payer = Payer::none,
                          std::vector<int> payments = {}) {
    RegisterRow row = person(payer, std::move(payments));
    row.citizenship = country;
    row.residence = Residence::temporary;
    return row;
}

inline Entitlement on(const std::optional<RegisterRow>& row, const std::string& iso,
                      const EntitlementContext& context = {}) {
    return entitlement(law(), row, "test", day(iso), Instant{}, context);
}

inline PaidBy paid_by(const Entitlement& e, Service service) {
    return e.services[static_cast<std::size_t>(service)].paid_by;
}

inline bool has(const std::vector<EntitlementLine>& lines, const std::string& key) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const EntitlementLine& l) { return l.text_key == key; });
}

inline std::vector<std::string> arguments(const std::vector<EntitlementLine>& lines,
                                          const std::string& key) {
    for (const EntitlementLine& line : lines) {
        if (line.text_key == key) return line.arguments;
    }
    return {"no such line"};
}

inline const WayBack* way(const Entitlement& e, const std::string& key) {
    for (const WayBack& w : e.ways_back) {
        if (w.key == key) return &w;
    }
    return nullptr;
}

inline bool hinted(const Entitlement& e, const std::string& key) {
    return std::any_of(e.hints.begin(), e.hints.end(),
                       [&](const EntitlementHint& h) { return h.key == key; });
}

}  // namespace jedel::test
