// Logs as they really come: each kind of slip is read, or listed by line and field; none silently.

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "base/install.h"
#include "base/limits.h"
#include "base/toml_limits.h"
#include "dispatch/exercise/log_reader.h"
#include "dispatch/exercise/recorded.h"
#include "tests/shared_data.h"

using namespace jedel;
using namespace jedel::exercise;

namespace {

Mapping mapping_of(const std::string& time, const std::string& file = "",
                   const std::string& more = "") {
    auto mapping = parse_mapping("name = \"x\"\n[file]\n" + file + "\n[time]\n" + time + R"(
[columns]
id = "id"
received = "received"
handed_over = "handed"
departed = "departed"
on_scene = "scene"
free = "free"
age_years = "age"
sex = "sex"
lat = "lat"
lon = "lon"
words = "words"
)" + more, "m.toml");
    if (!mapping) FAIL(mapping.error().text());
    return *std::move(mapping);
}

const std::string header = "id,received,handed,departed,scene,free,age,sex,lat,lon,words\n";

/// A row of one day in March 2026, each time given as it is to be written.
std::string row(const std::string& id, const std::string& received, const std::string& handed,
                const std::string& departed, const std::string& scene, const std::string& free,
                const std::string& place = "48.62,70.55") {
    return id + "," + received + "," + handed + "," + departed + "," + scene + "," + free +
           ",61,m," + place + ",болит в груди\n";
}

std::string at(const char* time) { return std::string{"2026-03-11 "} + time; }

std::string good(const std::string& id, int minute = 0) {
    const std::string m = (minute < 10 ? "0" : "") + std::to_string(minute);
    return row(id, at(("10:" + m + ":00").c_str()), at(("10:" + m + ":30").c_str()),
               at(("11:" + m + ":00").c_str()), at(("11:" + m + ":30").c_str()),
               at(("12:" + m + ":00").c_str()));
}

RecordedLog read(const std::string& csv, const Mapping& mapping) {
    auto log = read_log_text(csv, "log.csv", mapping);
    if (!log) FAIL(log.error().text());
    return *std::move(log);
}

bool listed(const RecordedLog& log, long line, const std::string& field,
            const std::string& words = "") {
    return std::any_of(log.problems.begin(), log.problems.end(), [&](const LogProblem& p) {
        return p.line == line && (field.empty() || p.field == field) &&
               p.message.find(words) != std::string::npos;
    });
}

const std::string plain_time = "zone = \"+05:00\"";

}  // namespace

TEST_CASE("placeholder dates are listed row by row and make no years of simulation") {
    for (const char* day : {"1900-01-01", "1970-01-01", "9999-12-31", "1899-12-30", "0001-01-01",
                            "1980-01-06", "2206-03-11", "1753-01-01"}) {
        for (const char* time : {"00:00:00", "10:02:00", "23:59:59"}) {
            const std::string bad = std::string{day} + " " + time;
            CAPTURE(bad);
            const auto mapping = mapping_of(plain_time);
            const auto whole =
                read(header + row("1", bad, bad, bad, bad, bad) + good("2"), mapping);
            REQUIRE(whole.calls.size() == 1);
            CHECK(listed(whole, 2, "received"));
            const auto part = read(header + row("1", bad, at("10:02:00"), at("10:03:00"),
                                                at("10:11:00"), at("10:40:00")) + good("2"),
                                   mapping);
            REQUIRE(part.calls.size() == 2);
            CHECK(listed(part, 2, "received"));
            const auto span = part.calls.back().begins() - part.calls.front().begins();
            CHECK(span < std::chrono::hours{24});
        }
    }
}

TEST_CASE("a call years from the others is listed; when many are, the log is refused") {
    const auto mapping = mapping_of(plain_time);
    for (const char* year : {"2062", "2016", "1999", "2036"}) {
        const auto far = [&](const std::string& id) {
            return row(id, std::string{year} + "-03-11 10:00:00", "", "", "", "");
        };
        CAPTURE(year);
        const auto log = read(header + far("1") + good("2") + good("3", 5) + good("4", 9), mapping);
        CHECK(log.calls.size() == 3);
        CHECK(listed(log, 2, "received", "days"));
        CHECK(log.rows_lost == 1);
        const auto refused = read_log_text(
            header + far("1") + far("2") + good("3") + good("4"), "log.csv", mapping);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().line > 0);
        CHECK(refused.error().message.find("gap_days_max") != std::string::npos);
        const auto meant = mapping_of(plain_time + "\ngap_days_max = 20000");
        CHECK(read(header + far("1") + far("2") + good("3") + good("4"), meant).calls.size() == 4);
    }
}

TEST_CASE("of a row's times the most that fit each other are believed, the others listed") {
    const auto mapping = mapping_of(plain_time);
    const std::vector<std::string> times{at("10:00:00"), at("10:02:00"), at("10:03:00"),
                                         at("10:11:00"), at("10:40:00")};
    const std::vector<std::string> names{"received", "handed", "departed", "scene", "free"};
    // Each time in turn hours too early, days too late, and beyond the longest interval.
    for (std::size_t bad = 0; bad < times.size(); ++bad) {
        for (const char* wrong : {"2026-03-11 03:00:00", "2026-03-13 10:00:00",
                                  "2026-03-10 10:00:00"}) {
            auto t = times;
            t[bad] = wrong;
            CAPTURE(names[bad], wrong);
            // The first may well have come in hours before it was handed over.
            const bool possible = bad == 0 && std::string_view{wrong} == "2026-03-11 03:00:00";
            const auto log = read(header + row("1", t[0], t[1], t[2], t[3], t[4]), mapping);
            REQUIRE(log.calls.size() == 1);
            CHECK(log.fields_lost == (possible ? 0 : 1));
            CHECK(listed(log, 2, names[bad]) != possible);
            const RecordedCall& call = log.calls[0];
            if (bad != 1 && bad != 2) CHECK(call.turnout_ms.value == 60'000);
            if (bad != 2 && bad != 3) CHECK(call.travel_ms.value == 8 * 60'000);
        }
    }
}

TEST_CASE("an hour that the clocks showed twice takes the reading that fits, and says so") {
    const auto mapping = mapping_of("zone = \"Asia/Almaty\"\nwall_clock = false");
    const auto on = [](const char* time) { return std::string{"2024-02-29 "} + time; };
    const auto log = read(header + row("1", on("23:58:00"), on("23:59:00"), on("23:59:30"),
                                       on("23:10:00"), on("23:50:00")) +
                              row("2", on("21:00:00"), on("21:02:00"), on("21:03:00"),
                                  on("22:11:00"), "2024-03-01 00:40:00"),
                          mapping);
    REQUIRE(log.calls.size() == 2);
    CHECK(log.fields_lost == 0);
    CHECK(listed(log, 2, "scene", "second"));
    CHECK(listed(log, 2, "received", "first"));
    CHECK_FALSE(listed(log, 3, ""));
    CHECK(log.calls[1].travel_ms.value == (10 * 60 + 30) * 1000);
    CHECK(to_iso(log.calls[1].received.value) == "2024-02-29T17:58:00Z");
}

TEST_CASE("times as programs write them are the same times") {
    struct Way {
        const char* received;
        const char* free;
        const char* format;
    };
    for (const auto& [received, free, format] :
         {Way{"2026-03-11T05:00:00Z", "2026-03-11T05:40:00Z", ""},
          Way{"2026-03-11 10:00:00+05", "2026-03-11 10:40:00+0500", ""},
          Way{"2026-03-11 10:00:00.000", "2026-03-11 10:40:00.5", ""},
          Way{"2026-03-11 10:00", "2026-03-11 10:40", ""},
          Way{"2026-03-11 10:00:00.1234567", "2026-03-11 10:40:00", "%Y-%m-%d %H:%M:%S"},
          Way{"11.03.2026 10:00:00", "11.03.2026 10:40:00", "%d.%m.%Y %H:%M:%S"},
          Way{"11.03.2026 10:00:00", "2026-03-11T05:40:00Z", "%d.%m.%Y %H:%M:%S"}}) {
        CAPTURE(received, format);
        const std::string f = format;
        const auto mapping = mapping_of(
            plain_time + "\nwall_clock = false" +
            (f.empty() ? "" : "\ntime_format = \"" + f + "\""));
        const auto log = read(header + row("1", received, "", "", "", free), mapping);
        REQUIRE(log.calls.size() == 1);
        CHECK(log.fields_lost == 0);
        CHECK(to_iso(log.calls[0].received.value).substr(0, 19) == "2026-03-11T05:00:00");
    }
    const auto night = read(header + row("1", at("23:58:00"), at("24:00:00"),
                                         "2026-03-12 00:01:00", "2026-03-12 00:10:00", ""),
                            mapping_of(plain_time));
    CHECK(night.fields_lost == 0);
    CHECK(night.calls[0].turnout_ms.value == 60'000);
    const auto bare = read(header + row("1", at("23:55:00"), "23:57", "23:58", "00:08", "00:50"),
                           mapping_of(plain_time));
    CHECK(bare.fields_lost == 0);
    CHECK(bare.calls[0].travel_ms.value == 600'000);
}

TEST_CASE("rows that repeat an id are listed, or joined where the mapping says so") {
    const std::string rows = header + good("7") + good("8", 2) + good("7", 4) + good("7", 6);
    const auto log = read(rows, mapping_of(plain_time));
    CHECK(log.calls.size() == 4);
    CHECK(log.notes == 2);
    CHECK(listed(log, 4, "id", "line 2"));
    CHECK(listed(log, 5, "id", "line 2"));
    const auto joined = read(rows, mapping_of(plain_time, "same_id = \"join\""));
    REQUIRE(joined.calls.size() == 2);
    CHECK(joined.rows_joined == 2);
    CHECK(joined.calls[0].units == 3);
    CHECK(joined.notes == 0);
    // Two days apart it is another call, whatever its number.
    std::string later = good("7");
    for (auto p = later.find("03-11"); p != std::string::npos; p = later.find("03-11", p)) {
        later.replace(p, 5, "03-13");
    }
    const auto apart = read(header + good("7") + later + good(""),
                            mapping_of(plain_time, "same_id = \"join\""));
    CHECK(apart.calls.size() == 3);
    CHECK(apart.notes == 1);
}

TEST_CASE("the row of the first brigade there leads a call that was joined") {
    const auto log = read(header +
                              row("7", at("10:00:00"), at("10:02:00"), at("10:04:00"),
                                  at("10:30:00"), at("11:00:00")) +
                              row("7", at("10:00:00"), at("10:05:00"), at("10:06:00"),
                                  at("10:12:00"), at("10:50:00")),
                          mapping_of(plain_time, "same_id = \"join\""));
    REQUIRE(log.calls.size() == 1);
    CHECK(log.calls[0].travel_ms.value == 6 * 60'000);
    CHECK(log.calls[0].first_arrival_ms.value == 10 * 60'000);
}

TEST_CASE("places that are none, or swapped, or outside are named") {
    const LatLon low{48.5, 70.4}, high{48.7, 70.7};
    const auto mapping = mapping_of(plain_time);
    struct Slip {
        const char* place;
        const char* says;
    };
    for (const auto& [place, says] :
         {Slip{"70.55,48.62", "swapped"}, Slip{"0,0", "0, 0"}, Slip{"0.000,0.000", "0, 0"},
          Slip{"43.2,76.9", "outside"}, Slip{"nan,nan", "no number"}, Slip{"4837.2,7033.0", "NMEA"},
          Slip{"48620000,70550000", "decimal point"}, Slip{"120.5,48.62", "swapped"}}) {
        CAPTURE(place);
        auto log = read(header + row("1", at("10:00:00"), "", "", "", "", place), mapping);
        check_places(log, mapping, low, high);
        REQUIRE(log.calls.size() == 1);
        CHECK(log.fields_lost == 1);
        CHECK(listed(log, 2, "", says));
    }
    for (const char* place : {"48.62,70.55", "\"48,62\",\"70,55\"", "+48.62,70.55°"}) {
        CAPTURE(place);
        auto log = read(header + row("1", at("10:00:00"), "", "", "", "", place), mapping);
        check_places(log, mapping, low, high);
        CHECK(log.fields_lost == 0);
        CHECK(log.calls[0].place.value.lon == Approx(70.55));
    }
}

TEST_CASE("what a spreadsheet adds to a log costs no call") {
    const auto mapping = mapping_of(plain_time);
    const std::string body = good("1") + good("2", 2) + good("3", 4);
    const auto semicolons = [](std::string text) {
        std::replace(text.begin(), text.end(), ',', ';');
        return text;
    };
    const auto ends = [](std::string text, const std::string& end) {
        for (std::size_t p = 0; (p = text.find('\n', p)) != std::string::npos; p += end.size()) {
            text.replace(p, 1, end);
        }
        return text;
    };
    const std::string upper = "ID, RECEIVED ,Handed,departed,scene,free,age,sex,lat,lon,words\n";
    for (const std::string& text :
         {header + body, "\xEF\xBB\xBF" + header + body, ends(header + body, "\r\n"),
          ends(header + body, "\r"), semicolons(header + body),
          "sep=;\n" + semicolons(header + body),
          "Журнал вызовов за 11.03.2026\n\n" + header + body, upper + body,
          header + ",,,,,,,,,,\n" + body + ",,,,,,,,,,\n", header + body + "\x1A",
          ends(header + body, ",\n"), header + body + "Итого: 3\n", header + body + header,
          header + "1,2,3\n" + body}) {
        CAPTURE(text);
        const auto log = read(text, mapping);
        CHECK(log.calls.size() == 3);
        CHECK(log.rows == 3 + log.rows_lost);
    }
}

TEST_CASE("a header with a name twice is refused by it") {
    const auto log = read_log_text("id,received,received\n1,2026-03-11 10:00:00,x\n", "log.csv",
                                   *parse_mapping("name = \"x\"\n[time]\nzone = \"+05:00\"\n"
                                                  "[columns]\nreceived = \"received\"\n",
                                                  "m.toml"));
    REQUIRE_FALSE(log.ok());
    CHECK(log.error().field == "received");
    CHECK(log.error().message.find("twice") != std::string::npos);
}

TEST_CASE("what is past the limits is refused by line and field, and the rest read") {
    const auto mapping = mapping_of(plain_time);
    const std::string wide(limits::text_max + 1, 'a');
    std::string long_field = good("1");
    long_field.replace(long_field.find("болит"), std::string{"болит"}.size(), wide);
    const auto fields = read(header + long_field + good("2"), mapping);
    CHECK(fields.calls.size() == 1);
    CHECK(listed(fields, 2, "words", "longer than"));
    std::string most = good("1");
    most.replace(most.find("болит в груди"), std::string{"болит в груди"}.size(),
                 std::string(limits::text_max, 'a'));
    CHECK(read(header + most + good("2"), mapping).calls.size() == 2);
    const std::string line(3 * limits::line_bytes_max, 'x');
    const auto lines = read(header + "1," + line + "\n" + good("2") + "\"" + line + good("3"),
                            mapping);
    CHECK(lines.calls.size() == 1);
    CHECK(listed(lines, 2, ""));
    const auto many = read(header + std::string(2000, ',') + "\n" + good("2"), mapping);
    CHECK(many.calls.size() == 1);
}

TEST_CASE("a mapping nested to no end is refused by its line before it is parsed") {
    const std::string start = "name = \"x\"\n";
    const std::string a(100'000, '['), b(100'000, '{');
    std::string dots = "a";
    for (int i = 0; i < 100'000; ++i) dots += ".a";
    for (const std::string& text :
         {start + "x = " + a, start + "x = " + b, start + dots + " = 1", start + "[" + dots + "]",
          start + "x = " + std::string(2 * limits::line_bytes_max, '1')}) {
        const auto mapping = parse_mapping(text, "m.toml");
        REQUIRE_FALSE(mapping.ok());
        CHECK(mapping.error().line == 2);
    }
    CHECK_FALSE(check_toml_limits("a = \"[[[[\" # [[[[\nb = '''\n[[[\n'''\n[c.d]\n", "m.toml"));
}

TEST_CASE("the logs of the cases are read or refused, and none makes years or hangs") {
    const auto base = test::shared_data("../cases/csv/00_base.csv");
    if (!base) return;
    int tried = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator{std::filesystem::path{*base}.parent_path()}) {
        if (entry.path().extension() != ".csv") continue;
        auto mapping_path = entry.path();
        mapping_path.replace_extension(".toml");
        const auto text = read_file(mapping_path.string());
        if (!text) continue;
        CAPTURE(entry.path().string());
        const auto mapping = parse_mapping(*text, mapping_path.string());
        if (!mapping) {
            CHECK_FALSE(mapping.error().message.empty());
            continue;
        }
        ++tried;
        const auto log = read_log(entry.path().string(), *mapping);
        if (!log || log->calls.empty()) continue;
        CHECK(log->calls.back().begins() - log->calls.front().begins() < std::chrono::hours{72});
    }
    CHECK(tried > 50);
}
