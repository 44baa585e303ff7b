// Times, zones, ages, sexes and places as they are written, swept.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <ctime>
#include <string>
#include <vector>

#include "base/limits.h"
#include "dispatch/tables/civil_format.h"
#include "dispatch/tables/fields.h"
#include "dispatch/tables/posix_rule.h"
#include "dispatch/tables/zone.h"

using namespace jedel;
using namespace jedel::tables;

TEST_CASE("a time with its offset reads the same in every spelling") {
    const Instant whole = *from_iso("2026-03-11T05:00:00Z");
    struct Offset {
        const char* local;
        std::vector<const char*> spelled;
    };
    for (const auto& [local, offsets] :
         {Offset{"05:00:00", {"Z", "z", "+00", "+0000", "+00:00", "-00:00"}},
          Offset{"10:00:00", {"+05", "+0500", "+05:00"}},
          Offset{"00:30:00", {"-04:30", "-0430"}}}) {
        for (const char* offset : offsets) {
            for (const char* between : {"T", " "}) {
                for (const char* fraction : {"", ".0", ".5", ".123456", ".0000000", ",25",
                                             ".999999999999"}) {
                    for (const char* blank : {"", " ", "\n  ", "\xC2\xA0"}) {
                        const std::string text = std::string{blank} + "2026-03-11" + between +
                                                 local + fraction + offset + blank;
                        CAPTURE(text);
                        const auto read = read_instant(text);
                        REQUIRE(read);
                        REQUIRE(read->ms - whole.ms >= 0);
                        REQUIRE(read->ms - whole.ms < 1000);
                    }
                }
            }
        }
    }
    CHECK(read_instant("2026-03-11T05:00:00.5Z")->ms - whole.ms == 500);
    CHECK(read_instant("2026-03-11T24:00:00Z") == from_iso("2026-03-12T00:00:00Z"));
    CHECK(read_instant("2026-12-31T24:00:00+05") == from_iso("2026-12-31T19:00:00Z"));
    for (const char* no : {"", "2026-03-11", "2026-03-11T05:00:00", "2026-03-11T25:00:00Z",
                           "2026-03-11T24:00:01Z", "2026-02-30T05:00:00Z", "2026-03-11T05:00:60Z",
                           "2026-03-11T05:00:00+5", "2026-03-11T05:00:00+050",
                           "2026-03-11T05:00:00+15:00", "2026-03-11T05:00:00+05:60",
                           "2026-03-11T05:00:00.Z", "11.03.2026 05:00:00Z", "05:00:00Z"}) {
        CAPTURE(no);
        CHECK_FALSE(read_instant(no));
    }
}

TEST_CASE("every instant is read back from every way of writing it") {
    REQUIRE(rc::check([] {
        const Instant t{*rc::gen::inRange<std::int64_t>(limits::earliest.ms, limits::latest.ms)};
        RC_ASSERT(read_instant(to_iso(t)) == t);
        std::string spaced = to_iso(t);
        spaced[10] = ' ';
        spaced.back() = '+';
        RC_ASSERT(read_instant(spaced + "00") == t);
    }));
}

TEST_CASE("a format takes fractions, 24:00, blanks of any kind and a.m. with stops") {
    int ms = 0;
    CHECK(read_civil("2026-03-11 10:00:00.000", "%Y-%m-%d %H:%M:%S"));
    CHECK(read_civil("2026-03-11 10:00:00.123456", "%Y-%m-%d %H:%M:%S", &ms));
    CHECK(ms == 123);
    CHECK(read_civil("28.02.2026 24:00", "%d.%m.%Y %H:%M")->month == 3);
    CHECK(read_civil("31.12.2026 24:00:00", "%d.%m.%Y %H:%M:%S")->year == 2027);
    CHECK_FALSE(read_civil("31.12.2026 24:01", "%d.%m.%Y %H:%M"));
    for (const char* blank : {" ", "  ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"}) {
        for (const char* half : {"PM", "pm", "p.m.", "P.M."}) {
            const std::string text = std::string{"03/11/2026 1:05"} + blank + half;
            CAPTURE(text);
            const auto read = read_civil(text, "%m/%d/%Y %I:%M %p");
            REQUIRE(read);
            CHECK(read->hour == 13);
        }
    }
    CHECK_FALSE(read_civil("11.03.26 10:00", "%d.%m.%Y %H:%M"));  // no year of the first century
}

TEST_CASE("dates by which programs say none are known; others of the years of logs are not") {
    for (const auto& [y, m, d] : {std::array{1, 1, 1}, {1601, 1, 1}, {1753, 1, 1}, {1899, 12, 30},
                                  {1900, 1, 1}, {1904, 1, 1}, {1970, 1, 1}, {1970, 1, 2},
                                  {1980, 1, 1}, {1980, 1, 6}, {2038, 1, 19}, {2206, 3, 11},
                                  {9999, 12, 31}}) {
        CAPTURE(y, m, d);
        CHECK(is_placeholder({.year = y, .month = m, .day = d}));
    }
    for (const auto& [y, m, d] : {std::array{1971, 1, 1}, {2000, 1, 1}, {2010, 3, 27},
                                  {2024, 2, 29}, {2026, 3, 11}, {2038, 1, 20}, {2200, 12, 31}}) {
        CAPTURE(y, m, d);
        CHECK_FALSE(is_placeholder({.year = y, .month = m, .day = d}));
    }
}

TEST_CASE("what a time looks like is named") {
    CHECK(looks_like_time("2026-03-11T05:00:00").find("zone is missing") != std::string::npos);
    CHECK(looks_like_time("46092.4166666667").find("Excel") != std::string::npos);
    CHECK(looks_like_time("1773205200").find("1970") != std::string::npos);
    CHECK(looks_like_time("1773205200000").find("milliseconds") != std::string::npos);
    CHECK(looks_like_time("11.03.2026 10:00:00").find("day.month.year") != std::string::npos);
    CHECK(looks_like_time("soon").empty());
}

TEST_CASE("Kazakhstan is at +05 after 2024-03-01 by the system's tables, in all of its zones") {
    for (const char* name : {"Asia/Almaty", "Asia/Qostanay", "Asia/Qyzylorda", "Asia/Aqtobe",
                             "Asia/Aqtau", "Asia/Atyrau", "Asia/Oral"}) {
        const auto zone = Zone::named(name);
        CAPTURE(name);
        REQUIRE(zone.ok());
        for (const char* day : {"2024-03-02", "2024-07-01", "2026-01-15", "2026-11-28",
                                "2039-06-01"}) {
            CHECK(zone->offset_minutes(*from_iso(day)) == 300);
        }
    }
    const auto almaty = Zone::named("Asia/Almaty");
    CHECK(almaty->offset_minutes(*from_iso("2024-02-29T17:59:59Z")) == 360);
    CHECK(almaty->offset_minutes(*from_iso("2024-02-29T18:00:00Z")) == 300);
    const CivilTime twice{.year = 2024, .month = 2, .day = 29, .hour = 23, .minute = 30};
    CHECK(to_iso(almaty->to_utc(twice)) == "2024-02-29T17:30:00Z");
    REQUIRE(almaty->second_reading(twice));
    CHECK(to_iso(*almaty->second_reading(twice)) == "2024-02-29T18:30:00Z");
    CHECK_FALSE(almaty->second_reading({.year = 2024, .month = 2, .day = 29, .hour = 22}));
}

TEST_CASE("zones agree with the system's own clock functions, hour by hour through the changes") {
    const char* before = std::getenv("TZ");
    const std::string kept = before == nullptr ? "" : before;
    for (const char* name : {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe",
                             "Asia/Almaty", "Asia/Tehran", "Africa/Casablanca", "Pacific/Apia",
                             "America/Sao_Paulo", "Asia/Kathmandu", "Europe/Dublin"}) {
        const auto zone = Zone::named(name);
        CAPTURE(name);
        REQUIRE(zone.ok());
        ::setenv("TZ", name, 1);
        ::tzset();
        int wrong = 0;
        for (std::int64_t s = 31'536'000; s < 4'000'000'000; s += 3600 * 17) {
            const std::time_t at = s;
            std::tm local{};
            ::localtime_r(&at, &local);
            wrong += zone->offset_minutes({s * 1000}) == local.tm_gmtoff / 60 ? 0 : 1;
        }
        CHECK(wrong == 0);
    }
    if (before == nullptr) ::unsetenv("TZ");
    else ::setenv("TZ", kept.c_str(), 1);
    ::tzset();
}

TEST_CASE("a name leads nowhere but to the tables; damaged tables are named") {
    for (const char* no : {"../../../etc/passwd", "/etc/localtime", "Asia/../Asia/Almaty",
                           "Nowhere/City", "", "tzdata.zi", "zone.tab", "Asia", "+25:00", "+5",
                           "+05:99"}) {
        CAPTURE(no);
        CHECK_FALSE(Zone::named(no).ok());
    }
    for (const char* yes : {"+05:00", "+0500", "+05", "-06:30", "UTC", "Etc/UTC"}) {
        CHECK(Zone::named(yes).ok());
    }
    REQUIRE(rc::check([](const std::vector<std::uint8_t>& bytes) {
        std::string text{"TZif2"};
        text.append(bytes.begin(), bytes.end());
        (void)Zone::from_bytes("x", text);  // an error or a zone, never a crash
    }));
    CHECK_FALSE(Zone::from_bytes("x", "TZif2").ok());
    for (const char* no : {"E5", "EST", "EST5EDT,M3", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2.0",
                           "EST5EDT,M3.2.0,M11.1.0x", "<+05-5"}) {
        CHECK_FALSE(parse_posix_rule(no));
    }
    CHECK(parse_posix_rule("<+0545>-5:45")->standard_s == 20'700);
}

TEST_CASE("ages in three languages are years; what can mean two things is not read") {
    const auto years = [](const char* text) { return read_age_years(text).value_or(-1); };
    for (const char* text : {"61", "61 лет", "61лет", "61 год.", "61 г.", "61 жас", "61 жаста",
                             "61 years", "61 y.o.", "61,0", " 61 ", "61 ЛЕТ", "61 y"}) {
        CAPTURE(text);
        CHECK(years(text) == 61);
    }
    for (const char* text : {"5 мес", "5 месяцев", "5 мес.", "5мес", "5 ай", "5 айлық",
                             "5 months", "5 mo"}) {
        CAPTURE(text);
        CHECK(years(text) == Approx(5.0 / 12));
    }
    CHECK(years("10 күн") == Approx(10 / 365.25));
    CHECK(years("10 дней") == Approx(10 / 365.25));
    CHECK(years("3 апта") == Approx(21 / 365.25));
    CHECK(years("1,5") == 1.5);
    CHECK(years("1.5 года") == 1.5);
    CHECK(years("1 год 6 мес") == 1.5);
    CHECK(years("2 г. 3 мес.") == 2.25);
    CHECK(years("новорождённый") == 0);
    for (const char* no : {"3 м", "61 ж", "60-70", "61+", "взрослый", "-5", "лет", "6 мес 1 год",
                           "1 2", "1,5,5", "", "nan", "inf", "0x10", "61 лет лет"}) {
        CAPTURE(no);
        CHECK_FALSE(read_age_years(no));
    }
    CHECK(read_weeks("12 нед") == 12);
    CHECK(read_weeks("12") == 12);
    CHECK(read_weeks("12 апта") == 12);
    CHECK_FALSE(read_weeks("12,5"));
    CHECK_FALSE(read_weeks("3 мес"));
}

TEST_CASE("plain words for a sex are read in any case; bare numbers are not") {
    for (const char* text : {"м", "М.", "муж", "Муж.", "мужской", "МУЖСКОЙ", "мужчина", "мальчик",
                             "m", "M", "Male", "MALE", "ер", "Ер", "еркек", "ұл", " м "}) {
        CAPTURE(text);
        CHECK(read_sex_word(text) == SexWord::male);
    }
    for (const char* text : {"ж", "Ж.", "жен", "ЖЕН.", "женский", "Женщина", "девочка", "f",
                             "Female", "әйел", "ӘЙЕЛ", "қыз", "Қыз бала"}) {
        CAPTURE(text);
        CHECK(read_sex_word(text) == SexWord::female);
    }
    for (const char* text : {"неизвестно", "не указан", "белгісіз", "Unknown", "?"}) {
        CHECK(read_sex_word(text) == SexWord::unknown);
    }
    for (const char* no : {"1", "2", "0", "мж", "да", "x", "м/ж"}) {
        CAPTURE(no);
        CHECK(read_sex_word(no) == SexWord::none);
    }
}

TEST_CASE("degrees with a point or a comma; other ways of writing them are named") {
    for (const char* text : {"48.62", "48,62", "+48.62", " 48.62 ", "48.62°", "4.862E+01",
                             "48.62\xC2\xA0"}) {
        CAPTURE(text);
        CHECK(read_degrees(text).value_or(0) == Approx(48.62));
    }
    CHECK(read_degrees("\xE2\x88\x92" "70.55").value_or(0) == Approx(-70.55));
    for (const char* no : {"nan", "inf", "", "48°37'12\"N", "1,234.5", "48,62,1", "north"}) {
        CHECK_FALSE(read_degrees(no));
    }
    const auto says = [](const char* text, const char* what) {
        return looks_like_degrees(text, 90).find(what) != std::string::npos;
    };
    CHECK(says("48°37'12\"N", "minutes and seconds"));
    CHECK(says("4837.200", "NMEA"));
    CHECK(says("48620000", "decimal point"));
    CHECK(says("north", "no number"));
    CHECK(says("95", "more than 90"));
}
