// The tables of data/law: read, sound, and refused where they are not.

#include <filesystem>
#include <unistd.h>
#include <fstream>

#include "base/install.h"
#include "dispatch/patients/law.h"
#include "tests/patients/people.h"

using namespace jedel;
using namespace jedel::test;

namespace {

namespace fs = std::filesystem;

/// A copy of the tables with one text changed.
class Changed {
public:
    Changed(const std::string& file, const std::string& what, const std::string& into) {
        folder_ = fs::temp_directory_path() /
                  ("jedel-law-" + std::to_string(::getpid()) + "-" + std::to_string(++number_));
        fs::remove_all(folder_);
        fs::copy(fs::path{JEDEL_SOURCE_DIR} / "data/law", folder_);
        std::string text = read_file((folder_ / file).string()).value();
        const auto at = text.find(what);
        REQUIRE(at != std::string::npos);
        text.replace(at, what.size(), into);
        std::ofstream{folder_ / file, std::ios::binary} << text;
    }
    ~Changed() { fs::remove_all(folder_); }
    Changed(const Changed&) = delete;
    Changed& operator=(const Changed&) = delete;
    [[nodiscard]] std::string folder() const { return folder_.string(); }
    [[nodiscard]] std::vector<LawFault> faults() const {
        const auto law = load_law(folder());
        INFO((law ? std::string{} : law.error().text()));
        REQUIRE(law);
        return lint_law(**law, {"fever", "injury"});
    }
    [[nodiscard]] bool finds(const std::string& kind, const std::string& words) const {
        for (const LawFault& f : faults()) {
            if (f.kind == kind && f.message.find(words) != std::string::npos && f.line > 0) {
                return true;
            }
        }
        return false;
    }

private:
    static inline int number_ = 0;
    fs::path folder_;
};

}  // namespace

TEST_CASE("the tables have no overlap, no gap, no unread key and no row that never fires") {
    for (const LawFault& fault : lint_law(law(), {})) {
        FAIL_CHECK(fault.file << ':' << fault.line << ": " << fault.kind << ": " << fault.message);
    }
}

TEST_CASE("the linter finds what it is there for") {
    CHECK(Changed{"amounts.toml", "to = \"2018-12-31\"\ntenge = 28284",
                  "to = \"2019-02-01\"\ntenge = 28284"}
              .finds("overlap", "base minimum_wage"));
    CHECK(Changed{"amounts.toml", "from = \"2026-01-01\"\nto = \"open\"\ntenge = 4325",
                  "from = \"2026-02-01\"\nto = \"open\"\ntenge = 4325"}
              .finds("gap", "2026-01-01 to 2026-01-31"));
    CHECK(Changed{"amounts.toml", "cap_times = 10.0", "tenge_per_month_max = 12000"}
              .finds("unread", "tenge_per_month_max"));
    CHECK(Changed{"amounts.toml", "payer = \"esp_village\"", "payer = \"esp_hamlet\""}
              .finds("never", "esp_hamlet"));
    CHECK(Changed{"insurance.toml", "number = \"12\"", "number = \"120\""}
              .finds("never", "no privileged category 12"));
    CHECK(Changed{"diseases.toml", "\"psychosis_signs\"", "\"psychosis_sings\""}
              .finds("never", "psychosis_sings"));
    CHECK(Changed{"packages.toml", "from = \"2020-01-01\"\nto = \"open\"\nrule = \"I1\"",
                  "from = \"2020-01-01\"\nto = \"2019-01-01\"\nrule = \"I1\""}
              .finds("never", "ends before it begins"));
}

TEST_CASE("a table that cannot be right is refused by file, line and field") {
    struct Case {
        const char *file, *what, *into, *field;
    };
    const std::vector<Case> cases{
        {"amounts.toml", "tenge = 2828\n", "tenge = 2900\n", "tenge"},
        {"amounts.toml", "percent = 5.0", "percent = -5.0", "percent"},
        {"amounts.toml", "from = \"2018-01-01\"", "from = \"2018-13-01\"", "from"},
        {"insurance.toml", "residence = \"permit\"", "residence = \"visa\"", "residence"},
        {"insurance.toml", "pays_as = \"self\"", "pays_as = \"own\"", "pays_as"},
        {"packages.toml", "key = \"blood\"", "key = \"bood\"", "key"},
        {"diseases.toml", "package = \"insurance\"", "package = \"disputed\"", "package"}};
    for (const Case& c : cases) {
        const Changed changed{c.file, c.what, c.into};
        const auto refused = load_law(changed.folder());
        INFO(c.file << ' ' << c.into);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().where.find(c.file) != std::string::npos);
        CHECK(refused.error().line > 0);
        CHECK(refused.error().field == c.field);
    }
    const auto missing = load_law("/no/such/folder");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().where.find("amounts.toml") != std::string::npos);
}

TEST_CASE("working days leave out weekends, holidays and the days moved for them") {
    const auto works = [](const char* iso) { return law().working_day(day(iso)); };
    CHECK(works("2026-01-05"));
    for (const char* off : {"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-07", "2026-03-09",
                            "2026-03-23", "2026-03-24", "2026-03-25", "2026-05-11", "2026-05-27",
                            "2026-10-26", "2025-01-03", "2025-10-27", "2021-12-17"}) {
        CAPTURE(off);
        CHECK_FALSE(works(off));
    }
    CHECK(works("2026-03-26"));
    CHECK(works("2026-12-17"));  // one day since 2022
    CHECK(law().after_working_days(day("2026-03-20"), 2) == day("2026-03-27"));
    CHECK(law().after_working_days(day("2026-01-15"), 0) == day("2026-01-15"));
}

TEST_CASE("days, months and ages are those of the calendar") {
    for (const char* iso : {"1899-12-31", "1970-01-01", "2000-02-29", "2026-11-28", "2099-12-31"}) {
        CHECK(day_text(day(iso)) == iso);
    }
    for (int d = day("1990-01-01"); d < day("2030-01-01"); ++d) {
        REQUIRE(day(day_text(d)) == d);
        REQUIRE(first_day(month_of_day(d)) <= d);
        REQUIRE(last_day(month_of_day(d)) >= d);
    }
    CHECK(add_months(day("2026-01-31"), 1) == day("2026-02-28"));
    CHECK(age_years(day("2008-02-29"), day("2026-02-28")) == 17);
    CHECK(age_years(day("2008-02-29"), day("2026-03-01")) == 18);
}
