// Each rule of insurance, I1–I9 and I16, on rows made for it.

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "base/install.h"
#include "dispatch/patients/entitlement.h"

using namespace jedel;

namespace {

const LawTables& law() {
    static const LawTablesPtr tables = [] {
        auto loaded = load_law(std::string{JEDEL_SOURCE_DIR} + "/data/law");
        INFO((loaded ? std::string{} : loaded.error().text()));
        REQUIRE(loaded);
        return std::move(loaded).value();
    }();
    return *tables;
}

int day(const char* iso) { return day_from_iso(iso).value(); }
int month(int year, int of_year) { return (year - 1970) * 12 + of_year - 1; }

RegisterRow person(std::string category, std::optional<int> last_paid = {}) {
    RegisterRow row;
    row.iin = "991231500016";
    row.full_name = "Үлгібаев А.";
    row.category = std::move(category);
    row.last_paid_month = last_paid;
    row.polyclinic = OrganisationId{301};
    row.as_of = from_iso("2026-01-01T00:00+05:00").value();
    return row;
}

RegisterRow privileged(const std::string& number) {
    RegisterRow row = person("privileged");
    row.privileged = true;
    row.privilege = number;
    return row;
}

Entitlement on(const std::optional<RegisterRow>& row, const char* iso) {
    return entitlement(law(), row, "test", day(iso), Instant{});
}

bool has(const std::vector<EntitlementLine>& lines, const std::string& key) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const EntitlementLine& l) { return l.text_key == key; });
}

std::vector<std::string> arguments(const std::vector<EntitlementLine>& lines,
                                   const std::string& key) {
    for (const EntitlementLine& line : lines) {
        if (line.text_key == key) return line.arguments;
    }
    return {"no such line"};
}

}  // namespace

TEST_CASE("I2: with no row the status is unknown, never uninsured, and the ambulance is given") {
    const Entitlement e = on(std::nullopt, "2026-01-15");
    CHECK(e.record.status == InsuranceStatus::unknown);
    CHECK_FALSE(e.record.debt_months);
    CHECK(has(e.covered, "package.ambulance"));
    CHECK(e.covered.size() == 1);
    CHECK(e.uncovered.empty());
}

TEST_CASE("I1: a temporary stayer has the guaranteed volume for dangerous diseases only") {
    RegisterRow row = person("none");
    row.participant = false;
    const Entitlement e = on(row, "2026-01-15");
    CHECK(e.record.status == InsuranceStatus::guaranteed_only);
    CHECK(e.record.rule == "I1");
    CHECK(has(e.covered, "package.ambulance"));
    CHECK(has(e.covered, "package.dangerous_disease"));
    CHECK_FALSE(has(e.covered, "package.primary_care"));
}

TEST_CASE("I3, I8: a regular payer is insured") {
    for (const char* iso : {"2026-01-01", "2026-01-31", "2026-02-28"}) {
        const Entitlement e = on(person("employee", month(2026, 1)), iso);
        CHECK(e.record.status == InsuranceStatus::insured);
        CHECK(has(e.covered, "package.specialist"));
        CHECK(e.uncovered.empty());
        CHECK(e.record.rule == "I8");
    }
    CHECK(on(person("employee", month(2024, 12)), "2024-12-31").record.rule == "I3");
}

TEST_CASE("I4: every one of the 15 privileged categories is insured, no. 14 is none of them") {
    for (const char* number : {"1", "2", "3", "4", "5", "6", "6-1", "7", "8", "9", "10", "11",
                               "12", "13", "15"}) {
        const Entitlement e = on(privileged(number), "2026-01-15");
        CHECK(e.record.status == InsuranceStatus::insured);
        CHECK(e.record.rule == "I4");
        CHECK(has(e.status, std::string{"entitlement.privileged."} + number));
    }
    const Entitlement e = on(privileged("14"), "2026-01-15");
    CHECK(e.record.status == InsuranceStatus::unknown);
}

TEST_CASE("I5: the military, special bodies and law enforcement are insured without paying") {
    for (const char* category : {"military", "special_state_body", "law_enforcement"}) {
        const Entitlement e = on(person(category), "2026-01-15");
        CHECK(e.record.status == InsuranceStatus::insured);
        CHECK(e.record.rule == "I5");
    }
}

TEST_CASE("I6: after the last payment the status is kept three months, and not a day longer") {
    for (const char* category : {"employee", "self_payer", "entrepreneur", "farm_head",
                                 "private_practice", "civil_contract"}) {
        const RegisterRow row = person(category, month(2025, 10));
        CHECK(on(row, "2025-11-30").record.status == InsuranceStatus::insured);
        const Entitlement first = on(row, "2025-12-01");
        CHECK(first.record.status == InsuranceStatus::conditional);
        CHECK(first.record.rule == "I6");
        CHECK(first.record.debt_months == 2);
        CHECK(has(first.covered, "package.specialist"));
        CHECK(arguments(first.status, "entitlement.conditional") ==
              std::vector<std::string>{"2025-10", "2026-01", "2"});
        CHECK(on(row, "2026-01-31").record.status == InsuranceStatus::conditional);
        CHECK(on(row, "2026-02-01").record.status == InsuranceStatus::uninsured);
    }
}

TEST_CASE("I6 is not for payers of the single aggregate payment") {
    const RegisterRow row = person("esp", month(2025, 10));
    CHECK(on(row, "2025-11-30").record.status == InsuranceStatus::insured);
    CHECK(on(row, "2025-12-01").record.status == InsuranceStatus::uninsured);
}

TEST_CASE("I7: the debt is the missing months, at most twelve, by the amount of that day") {
    const RegisterRow row = person("entrepreneur", month(2025, 1));
    const Entitlement e = on(row, "2025-06-10");
    CHECK(e.record.status == InsuranceStatus::uninsured);
    CHECK(e.record.rule == "I7");
    CHECK(e.record.debt_months == 5);
    CHECK(arguments(e.uncovered, "entitlement.debt") ==
          std::vector<std::string>{"5", "5950", "29750"});
    const Entitlement later = on(row, "2027-06-10");
    CHECK(later.record.debt_months == 12);
    CHECK(arguments(later.uncovered, "entitlement.debt")[2] == "71400");
    CHECK(on(person("self_payer", month(2021, 1)), "2022-05-05").record.debt_months == 12);
    CHECK(arguments(on(person("self_payer", month(2021, 1)), "2022-05-05").uncovered,
                    "entitlement.debt") == std::vector<std::string>{"12", "3000", "36000"});
    CHECK(arguments(on(person("employee", month(2021, 1)), "2022-05-05").uncovered,
                    "entitlement.debt_percent") == std::vector<std::string>{"12", "2"});
}

TEST_CASE("an amount is never shown for a day before the first row that knows it") {
    const Entitlement e = on(person("self_payer", month(2016, 1)), "2017-01-10");
    CHECK(has(e.uncovered, "entitlement.debt_unknown_sum"));
    CHECK_FALSE(has(e.uncovered, "entitlement.debt"));
}

TEST_CASE("an uninsured person has the guaranteed volume and is told the lawful ways back") {
    const Entitlement e = on(person("none"), "2026-01-15");
    CHECK(e.record.status == InsuranceStatus::uninsured);
    CHECK(has(e.covered, "package.primary_care"));
    CHECK(has(e.covered, "package.emergency_inpatient"));
    CHECK_FALSE(has(e.covered, "package.specialist"));
    CHECK(has(e.uncovered, "package.specialist"));
    CHECK(has(e.uncovered, "package.diagnostics"));
    std::set<std::string> rules;
    for (const EntitlementLine& line : e.uncovered) rules.insert(line.rule);
    for (const char* rule : {"I4", "I7", "I9", "I12"}) CHECK(rules.count(rule) == 1);
}

TEST_CASE("I13: a labour migrant is insured by payment, without the full guaranteed volume") {
    RegisterRow row = person("eaeu_migrant", month(2026, 1));
    row.participant = false;
    const Entitlement paid = on(row, "2026-01-15");
    CHECK(paid.record.status == InsuranceStatus::insured);
    CHECK(paid.record.rule == "I13");
    CHECK(has(paid.covered, "package.specialist"));
    CHECK_FALSE(has(paid.covered, "package.primary_care"));
    row.last_paid_month.reset();
    CHECK(on(row, "2026-01-15").record.status == InsuranceStatus::guaranteed_only);
}

TEST_CASE("a category the law's table does not know is unknown, not guessed") {
    const Entitlement e = on(person("astronaut"), "2026-01-15");
    CHECK(e.record.status == InsuranceStatus::unknown);
    CHECK(has(e.status, "entitlement.category_unknown"));
}

TEST_CASE("an old row of the register says how old it is") {
    const RegisterRow row = person("employee", month(2030, 1));
    CHECK_FALSE(has(on(row, "2026-01-20").status, "entitlement.old_row"));
    CHECK(arguments(on(row, "2026-03-02").status, "entitlement.old_row") ==
          std::vector<std::string>{"60"});
}

TEST_CASE("the two documents on dental care are both shown") {
    const Entitlement e = on(person("employee", month(2026, 1)), "2026-01-15");
    CHECK(has(e.covered, "entitlement.dental_long_planned"));
    CHECK(has(e.covered, "entitlement.dental_short_planned"));
}

TEST_CASE("every line has a rule, a source and a text in three languages") {
    const auto strings =
        read_file(std::string{JEDEL_SOURCE_DIR} + "/assets/strings/entitlement.toml");
    REQUIRE(strings);
    std::vector<std::optional<RegisterRow>> rows{std::nullopt, person("none"), privileged("6-1"),
                                                 privileged("14"), person("military"),
                                                 person("astronaut")};
    for (int last = month(2024, 1); last < month(2026, 2); ++last) {
        for (const char* category : {"employee", "self_payer", "esp", "eaeu_migrant"}) {
            rows.emplace_back(person(category, last));
        }
    }
    for (const auto& row : rows) {
        const Entitlement e = on(row, "2026-01-15");
        for (const auto* lines : {&e.status, &e.covered, &e.uncovered}) {
            for (const EntitlementLine& line : *lines) {
                INFO(line.text_key);
                CHECK_FALSE(line.rule.empty());
                CHECK_FALSE(line.source.empty());
                CHECK(strings->find("[\"" + line.text_key + "\"]") != std::string::npos);
            }
        }
    }
}

TEST_CASE("a folder without the law's tables is refused by the name of the missing file") {
    const auto refused = load_law("/no/such/folder");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where.find("amounts.toml") != std::string::npos);
}
