#include <catch2/catch.hpp>

#include "base/install.h"
#include "dispatch/tables/civil_format.h"
#include "dispatch/exercise/mapping.h"
#include "dispatch/exercise/unit_times.h"
#include "dispatch/tables/zone.h"

using namespace jedel;
using namespace jedel::exercise;
using tables::read_civil;
using tables::read_time_of_day;
using tables::Zone;

namespace {

std::string error_of(const std::string& toml) {
    const auto mapping = parse_mapping(toml, "m.toml");
    return mapping.ok() ? std::string{} : mapping.error().text();
}

const std::string head = "name = \"x\"\n[time]\nzone = \"UTC\"\n[columns]\nreceived = \"t\"\n";

}  // namespace

TEST_CASE("the mappings of the project are sound") {
    for (const std::string name : {"lancaster", "montgomery"}) {
        const std::string path = std::string{JEDEL_SOURCE_DIR} + "/data/mappings/" + name + ".toml";
        const auto text = read_file(path);
        REQUIRE(text.ok());
        const auto mapping = parse_mapping(*text, path);
        if (!mapping) FAIL(mapping.error().text());
        CHECK(mapping->codes.size() > 40);
        for (const CodeRule& rule : mapping->codes) {
            INFO(path << ":" << rule.line);
            if (rule.medical) CHECK_FALSE(rule.words_kk.empty());
            if (rule.medical) CHECK_FALSE(rule.words_ru.empty());
        }
    }
}

TEST_CASE("a mapping's errors name file, line and field") {
    CHECK(error_of("name = 1") == "m.toml:1: field 'name': expected a text in quotes");
    CHECK(error_of("name = \"x\"\n[time]\nzone = \"Mars/Base\"\n[columns]\nreceived = \"t\"\n") ==
          "m.toml:3: field 'zone': expected a time zone such as \"Asia/Almaty\" or \"+05:00\", "
          "found \"Mars/Base\"");
    CHECK(error_of(head + "recieved = \"t\"\n").starts_with("m.toml:6: field 'recieved': unknown"));
    CHECK(error_of(head + "[codes]\nrows = [\n {code = \"A\", card = 3},\n]\n") ==
          "m.toml:8: field 'code': expected exactly one of code, starts or card");
    CHECK(error_of("name = \"x\"\n[time]\nzone = \"UTC\"\n[columns]\nid = \"t\"\n") ==
          "m.toml: field 'columns.received': missing; expected when the call was received, handed "
          "over or dispatched");
    CHECK(error_of("name = \"x\"\n[time\n").starts_with("m.toml:2: not TOML: "));
    CHECK(error_of(head + "[place]\noutside = \"scale\"\n").starts_with("m.toml:6: field 'box'"));
}

TEST_CASE("a determinant is digits, a letter, digits and a suffix") {
    const auto d = parse_determinant("29D2P");
    REQUIRE(d);
    CHECK(d->card == 29);
    CHECK(d->level == 'D');
    CHECK(d->number == 2);
    CHECK(d->suffix == "P");
    CHECK(parse_determinant("33C2"));
    for (const char* no : {"", "GRASFIRE", "29", "D2", "29D", "C13F", "29d2", "29D2pp"}) {
        CHECK_FALSE(parse_determinant(no));
    }
}

TEST_CASE("of several rows of the code table the most particular one holds") {
    const auto mapping = parse_mapping(head + R"([codes]
rows = [
  {card = 6, words_ru = "bare"},
  {card = 6, levels = "D", words_ru = "level"},
  {card = 6, levels = "D", numbers = [2], words_ru = "number"},
  {code = "6D4", words_ru = "exact"},
  {starts = "EMS: CARDIAC", words_ru = "short"},
  {starts = "EMS: CARDIAC ARREST", words_ru = "long"},
]
)", "m.toml");
    if (!mapping) FAIL(mapping.error().text());
    const auto words = [&](std::string_view code) {
        const auto rule = rule_for(*mapping, code);
        return rule ? mapping->codes[*rule].words_ru : std::string{"none"};
    };
    CHECK(words("6A1") == "bare");
    CHECK(words("6D1") == "level");
    CHECK(words("6D2M") == "number");
    CHECK(words("6D4") == "exact");
    CHECK(words("EMS: CARDIAC EMERGENCY") == "short");
    CHECK(words("EMS: CARDIAC ARREST - x") == "long");
    CHECK(words("7A1") == "none");
}

TEST_CASE("civil times are read by their format and nothing else") {
    const auto t = read_civil("1/2/10 12:05 AM", "%m/%d/%y %I:%M %p");
    REQUIRE(t);
    CHECK((t->year == 2010 && t->month == 1 && t->day == 2 && t->hour == 0 && t->minute == 5));
    CHECK(read_civil("12/31/15 12:00 PM", "%m/%d/%y %I:%M %p")->hour == 12);
    CHECK_FALSE(read_civil("2/30/15 1:00 AM", "%m/%d/%y %I:%M %p"));
    CHECK_FALSE(read_civil("1/2/10 13:05 AM", "%m/%d/%y %I:%M %p"));
    CHECK_FALSE(read_civil("1/2/10 12:05 AM x", "%m/%d/%y %I:%M %p"));
    CHECK(read_time_of_day("06:51:33") == 6 * 3600 + 51 * 60 + 33);
    CHECK(read_time_of_day("24:00:00") == 86'400);  // the next midnight
    for (const char* no : {"24:00:01", "24:01", "25:00:00"}) CHECK_FALSE(read_time_of_day(no));
}

TEST_CASE("named zones follow daylight saving, fixed offsets do not") {
    const auto chicago = Zone::named("America/Chicago");
    REQUIRE(chicago.ok());
    const auto utc = [&](int month, int day, int hour, int minute) {
        return to_iso(chicago->to_utc({.year = 2015, .month = month, .day = day, .hour = hour,
                                       .minute = minute, .second = 0, .weekday = 0}));
    };
    CHECK(utc(1, 15, 12, 0) == "2015-01-15T18:00:00Z");
    CHECK(utc(7, 15, 12, 0) == "2015-07-15T17:00:00Z");
    // 8 March 2015, 02:30 never was; 1 November, 01:30 was twice and means the first.
    CHECK(utc(3, 8, 2, 30) == "2015-03-08T08:30:00Z");
    CHECK(utc(11, 1, 1, 30) == "2015-11-01T06:30:00Z");
    const auto fixed = Zone::named("+05:00");
    REQUIRE(fixed.ok());
    CHECK(fixed->offset_minutes({0}) == 300);
    CHECK_FALSE(Zone::named("Nowhere/City").ok());
    CHECK_FALSE(Zone::named("").ok());
}

TEST_CASE("lists of unit times roll over midnight and find the leading unit") {
    std::vector<UnitTimes> units;
    std::vector<std::string> bad;
    add_unit_list("A1=23:50:00, M6=00:03:00", UnitMoment::dispatched, units, bad);
    add_unit_list("M6=00:10:00, A1=23:59:00", UnitMoment::on_scene, units, bad);
    add_unit_list("M6=00:30:00", UnitMoment::left_scene, units, bad);
    CHECK(bad.empty());
    roll_over(units);
    REQUIRE(units.size() == 2);
    CHECK(units[0].at(UnitMoment::dispatched) == 23 * 3600 + 50 * 60);
    CHECK(units[1].at(UnitMoment::dispatched) == 86'400 + 3 * 60);
    CHECK(units[1].at(UnitMoment::left_scene) == 86'400 + 30 * 60);
    REQUIRE(leading_unit(units) != nullptr);
    CHECK(leading_unit(units)->unit == "M6");
    add_unit_list("X=99:00:00, =1:00:00, Y", UnitMoment::free, units, bad);
    CHECK(bad == std::vector<std::string>{"X=99:00:00", "=1:00:00", "Y"});
}
