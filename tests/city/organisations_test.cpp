#include "dispatch/city/organisations.h"

#include <catch2/catch.hpp>

using namespace jedel;

namespace {

constexpr const char* sound = R"(
[[organisation]]
id = 301
kind = "polyclinic"
name_kk = "№1 қалалық емхана"
name_ru = "Городская поликлиника №1"
lat = 48.1
lon = 70
residents = 12000
passes_u4_to = 302
mobile_brigades = 1
hours = [
  { days = "mon-fri", from = "08:00", to = "20:00" },
  { days = "sat", from = "09:00", to = "14:00" },
]
service_area = [[48.0, 70.0], [48.0, 70.1], [48.2, 70.1], [48.2, 70.0]]

[[organisation]]
id = 102
kind = "substation"
name_ru = "Подстанция \"Восток\""
lat = 48.15
lon = 70.05

[[organisation]]
id = 302
kind = "polyclinic"
name_ru = "Поликлиника 2"
lat = 48.1
lon = 70.15
service_area = [[48.0, 70.1], [48.0, 70.2], [48.2, 70.2], [48.2, 70.1]]

[[brigade]]
id = 21
name = "21"
kind = "feldsher"
base = 102
shift_start = "08:00"
shift_hours = 24
)";

std::string error_of(const std::string& toml) {
    const auto parsed = parse_organisations(toml, "organisations.toml");
    REQUIRE_FALSE(parsed);
    return parsed.error().text();
}

std::string replaced(std::string_view what, std::string_view with) {
    std::string text = sound;
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

CivilTime at(int weekday, int hour, int minute) {
    return {.hour = hour, .minute = minute, .weekday = weekday};
}

}  // namespace

TEST_CASE("organisations are read in order of their ids") {
    const auto parsed = parse_organisations(sound, "f");
    REQUIRE(parsed);
    REQUIRE(parsed->all.size() == 3);
    CHECK(parsed->all[0].id == OrganisationId{102});
    const Organisation* p = parsed->find(OrganisationId{301});
    REQUIRE(p != nullptr);
    CHECK(p->name_kk == "№1 қалалық емхана");
    CHECK(p->place == LatLon{48.1, 70});
    CHECK(p->residents == 12000);
    CHECK(p->passes_u4_to == OrganisationId{302});
    CHECK(p->service_area.size() == 4);
    CHECK(p->hours.size() == 2);
    REQUIRE(parsed->roster.size() == 1);
    CHECK(parsed->roster[0].base == OrganisationId{102});
    CHECK(parsed->roster[0].shift_start_min == 480);
    CHECK(parsed->find(OrganisationId{999}) == nullptr);
}

TEST_CASE("writing and reading organisations gives the same again") {
    const auto first = parse_organisations(sound, "f");
    REQUIRE(first);
    const std::string written = write_organisations(*first, "a comment\nof two lines");
    CHECK(written.starts_with("# a comment\n# of two lines\n"));
    const auto second = parse_organisations(written, "g");
    REQUIRE(second);
    CHECK(write_organisations(*second, "a comment\nof two lines") == written);
    CHECK(second->find(OrganisationId{102})->name_ru == "Подстанция \"Восток\"");
    CHECK_FALSE(second->all[0].proposed);
}

TEST_CASE("a place on the border of two service areas belongs to one polyclinic") {
    const auto parsed = parse_organisations(sound, "f");
    REQUIRE(parsed);
    CHECK(parsed->polyclinic_for({48.1, 70.05})->id == OrganisationId{301});
    CHECK(parsed->polyclinic_for({48.1, 70.15})->id == OrganisationId{302});
    CHECK(parsed->polyclinic_for({48.1, 70.3}) == nullptr);
    const LatLon border{48.1, 70.1};
    CHECK(contains(parsed->find(OrganisationId{301})->service_area, border) !=
          contains(parsed->find(OrganisationId{302})->service_area, border));
    CHECK_FALSE(contains({}, border));
}

TEST_CASE("opening hours begin with their first minute and end before their last") {
    const auto parsed = parse_organisations(sound, "f");
    REQUIRE(parsed);
    const Organisation& p = *parsed->find(OrganisationId{301});
    CHECK_FALSE(is_open(p, at(0, 7, 59)));
    CHECK(is_open(p, at(0, 8, 0)));
    CHECK(is_open(p, at(4, 19, 59)));
    CHECK_FALSE(is_open(p, at(4, 20, 0)));
    CHECK(is_open(p, at(5, 9, 0)));
    CHECK_FALSE(is_open(p, at(5, 14, 0)));
    CHECK_FALSE(is_open(p, at(6, 12, 0)));
    CHECK(is_open(*parsed->find(OrganisationId{102}), at(6, 3, 0)));
}

TEST_CASE("hours over midnight belong to the day they began on") {
    Organisation o;
    o.hours = {{4, 5, 20 * 60, 8 * 60}};  // Friday and Saturday evening to the morning
    CHECK_FALSE(is_open(o, at(4, 7, 0)));
    CHECK(is_open(o, at(4, 20, 0)));
    CHECK(is_open(o, at(5, 7, 59)));
    CHECK(is_open(o, at(6, 7, 59)));
    CHECK_FALSE(is_open(o, at(6, 20, 0)));
    o.hours = {{6, 0, 0, 1440}};  // Sunday and Monday, over the end of the week
    CHECK(is_open(o, at(6, 12, 0)));
    CHECK(is_open(o, at(0, 12, 0)));
    CHECK_FALSE(is_open(o, at(1, 0, 0)));
}

TEST_CASE("errors in organisations name file, line, field and what was expected") {
    CHECK(error_of("x = [") .starts_with("organisations.toml:1: "));
    CHECK(error_of(replaced("\"polyclinic\"", "\"clinic\"")) ==
          "organisations.toml:4: field 'kind': expected station, substation, polyclinic, hospital, "
          "police, airfield or dispensary, found 'clinic'");
    CHECK(error_of(replaced("lat = 48.1", "lat = 148.1")) ==
          "organisations.toml:7: field 'lat': expected degrees from -90 to 90");
    CHECK(error_of(replaced("residents = 12000", "residents = \"many\"")) ==
          "organisations.toml:9: field 'residents': expected a whole number from 0 to 100000000");
    CHECK(error_of(replaced("residents =", "resident =")) ==
          "organisations.toml:9: field 'resident': unknown field");
    CHECK(error_of(replaced("passes_u4_to = 302", "passes_u4_to = 303")) ==
          "organisations.toml:10: field 'passes_u4_to': no organisation has this id");
    CHECK(error_of(replaced("id = 102", "id = 301")) ==
          "organisations.toml:19: field 'id': another organisation has this id");
    CHECK(error_of(replaced("base = 102", "base = 103")) ==
          "organisations.toml:37: field 'base': no organisation has this id");
    CHECK(error_of(replaced("\"mon-fri\"", "\"mon-fry\"")).find("field 'hours'") !=
          std::string::npos);
    CHECK(error_of(replaced("\"20:00\"", "\"25:00\"")).find("field 'hours'") != std::string::npos);
    CHECK(error_of(replaced("[48.0, 70.0], [48.0, 70.1],", "")).find("three points") !=
          std::string::npos);
    CHECK(error_of(replaced("shift_hours = 24", "shift_hours = 25")).find("from 1 to 24") !=
          std::string::npos);
}
