// Trackers' files as they really come: GPX and CSV in their many spellings, wrong clocks, other
// formats.

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <unistd.h>

#include <filesystem>
#include <fmt/format.h>
#include <fstream>

#include "base/install.h"
#include "base/limits.h"
#include "dispatch/calibration/fix_order.h"
#include "dispatch/calibration/gpx.h"
#include "dispatch/calibration/trips.h"

using namespace jedel;
using namespace jedel::calibration;
namespace fs = std::filesystem;

namespace {

class TempFile {
public:
    TempFile(const std::string& name, const std::string& text)
        : path_(fs::temp_directory_path() / (std::to_string(::getpid()) + name)) {
        std::ofstream{path_, std::ios::binary} << text;
    }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    ~TempFile() { fs::remove(path_); }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    fs::path path_;
};

constexpr int count = 60;
const Instant begin = *from_iso("2026-03-11T05:00:00Z");

Instant time_of(int i) { return begin + std::chrono::seconds{5 * i}; }

/// A track of `count` fixes; `spell` writes the time of each.
template <class Spell>
std::string gpx_with(Spell spell, const std::string& lat = "48.62") {
    std::string out = "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\"><trk><trkseg>\n";
    for (int i = 0; i < count; ++i) {
        out += fmt::format("<trkpt lat=\"{}\" lon=\"70.55\">{}</trkpt>\n", lat, spell(i));
    }
    return out + "</trkseg></trk></gpx>\n";
}

std::string element(const std::string& time) { return "<time>" + time + "</time>"; }

std::string local(int i, int offset_minutes) {
    const CivilTime c = to_civil(time_of(i), offset_minutes);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", c.year, c.month, c.day, c.hour,
                       c.minute, c.second);
}

std::size_t fixes_in(const Tracks& tracks) {
    std::size_t n = 0;
    for (const auto& segment : tracks.segments) n += segment.size();
    return n;
}

Tracks tracks_of(const std::string& text, const std::string& name = "-t.gpx") {
    const TempFile file(name, text);
    auto read = read_gpx(file.path());
    if (!read) FAIL(read.error().text());
    return *std::move(read);
}

const roads::TravelNetwork& network() {
    static const auto city = load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training");
    static const auto built = [] {
        const std::string path = std::string{JEDEL_SOURCE_DIR} + "/data/law/speeds.toml";
        return roads::TravelNetwork::build(
            (*city)->roads, roads::parse_speeds(read_file(path).value(), path, 20'500).value(), 0,
            0);
    }();
    return built;
}

std::vector<TimedFix> steady(int n) {
    std::vector<TimedFix> out;
    for (int i = 0; i < n; ++i) {
        TimedFix fix;
        fix.fix.at = {48.62, 70.55};
        fix.fix.time = time_of(i);
        fix.line = i + 1;
        out.push_back(fix);
    }
    return out;
}

}  // namespace

TEST_CASE("every spelling of a fix's time gives the same track") {
    for (const int offset : {0, 300, -270}) {
        for (const std::string fraction : {"", ".0", ".5", ".123456", ".0000000"}) {
            for (const std::string blank : {"", " ", "\n   "}) {
                const std::string sign = offset < 0 ? "-" : "+";
                const int size = std::abs(offset);
                std::vector<std::string> offsets{
                    fmt::format("{}{:02}:{:02}", sign, size / 60, size % 60),
                    fmt::format("{}{:02}{:02}", sign, size / 60, size % 60)};
                if (size % 60 == 0) offsets.push_back(fmt::format("{}{:02}", sign, size / 60));
                if (offset == 0) offsets.emplace_back("Z");
                for (const std::string& zone : offsets) {
                    CAPTURE(offset, fraction, blank, zone);
                    const Tracks tracks = tracks_of(gpx_with([&](int i) {
                        return element(blank + local(i, offset) + fraction + zone + blank);
                    }));
                    REQUIRE(fixes_in(tracks) == count);
                    REQUIRE(tracks.unreadable_count == 0);
                    const Instant first = tracks.segments[0][0].fix.time;
                    REQUIRE((first >= begin && first < begin + std::chrono::seconds{1}));
                }
            }
        }
    }
}

TEST_CASE("what makes a whole file unreadable is named by line, field and reason") {
    struct Slip {
        std::string text;
        const char* field;
        const char* says;
    };
    const auto iso = [](int i) { return element(to_iso(time_of(i))); };
    for (const auto& [text, field, says] :
         {Slip{gpx_with([](int i) { return element(local(i, 0)); }), "time", "zone is missing"},
          Slip{gpx_with([](int) { return std::string{}; }), "time", "found none"},
          Slip{gpx_with([](int) { return element("yesterday"); }), "time", "yesterday"},
          Slip{gpx_with([](int) { return element("1773205200"); }), "time", "1970"},
          Slip{gpx_with(iso, "48,62"), "lat, lon", "comma"},
          Slip{gpx_with(iso, "NaN"), "lat, lon", "NaN"}, Slip{gpx_with(iso, ""), "lat, lon", "''"},
          Slip{gpx_with(iso, "148.62"), "lat, lon", "swapped"}}) {
        CAPTURE(text.substr(0, 200));
        const TempFile file("-s.gpx", text);
        const auto read = read_gpx(file.path());
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().field == field);
        CHECK(read.error().line == 3);
        CHECK(read.error().message.find(says) != std::string::npos);
    }
}

TEST_CASE("complaints stop at ten, the count does not") {
    const Tracks tracks = tracks_of(gpx_with([](int i) {
        return element(i % 2 == 0 ? to_iso(time_of(i)) : "never");
    }));
    CHECK(tracks.unreadable.size() == limits::named_max);
    CHECK(tracks.unreadable_count == count / 2);
    CHECK(fixes_in(tracks) == count / 2);
}

TEST_CASE("a wrong clock costs its own fix, wherever it stands and however wrong it is") {
    for (const int n : {3, 10, 61}) {
        for (int bad = 0; bad < n; ++bad) {
            for (const char* wrong : {"2038-01-01T00:00:00Z", "2036-03-11T05:00:00Z",
                                      "2006-07-26T05:00:00Z", "2026-03-10T05:00:00Z",
                                      "2026-03-12T05:00:00Z"}) {
                auto fixes = steady(n);
                fixes[static_cast<std::size_t>(bad)].fix.time = *from_iso(wrong);
                CAPTURE(n, bad, wrong);
                const auto dropped = put_in_order(fixes, "f");
                REQUIRE(dropped.size() == 1);
                CHECK(dropped[0].line == bad + 1);
                CHECK(dropped[0].field == "time");
                CHECK(fixes.size() == static_cast<std::size_t>(n - 1));
            }
        }
    }
}

TEST_CASE("the order of fixes always rises, and no fix is lost without a word") {
    REQUIRE(rc::check([](const std::vector<std::uint16_t>& seconds) {
        std::vector<TimedFix> fixes;
        for (const std::uint16_t s : seconds) {
            TimedFix fix;
            fix.fix.time = begin + std::chrono::seconds{s};
            fixes.push_back(fix);
        }
        const auto dropped = put_in_order(fixes, "f");
        RC_ASSERT(fixes.size() + dropped.size() == seconds.size());
        for (std::size_t i = 1; i < fixes.size(); ++i) {
            RC_ASSERT(fixes[i - 1].fix.time < fixes[i].fix.time);
        }
    }));
    auto newest_first = steady(60);
    std::reverse(newest_first.begin(), newest_first.end());
    CHECK(put_in_order(newest_first, "f").empty());
    CHECK(newest_first.size() == 60);
}

TEST_CASE("GPX is known by what stands in it, whatever the file is called") {
    const std::string text = gpx_with([](int i) { return element(to_iso(time_of(i))); });
    for (const char* name : {"-n.gpx", "-n.GPX", "-n.Gpx", "-n.xml", "-n.csv", "-n"}) {
        const TempFile file(name, text);
        CAPTURE(name);
        CHECK(trips_from_fixes(file.path(), network()).ok());
    }
}

TEST_CASE("other formats are named for what they are") {
    struct Kind {
        const char* text;
        const char* says;
    };
    for (const auto& [text, says] :
         {Kind{"$GPRMC,050000.00,A,4837.2,N,07033.0,E,0,0,110326,,,A*6C\n", "NMEA"},
          Kind{"$GNGGA,050000.00,4837.2,N\n", "NMEA"},
          Kind{"REG;1773205200;70.55;48.62\n", "Wialon"},
          Kind{"#L#2.0;103;NA;BB2B\r\n", "Wialon"}, Kind{"#SD#110326;050000\r\n", "Wialon"},
          Kind{"<?xml version=\"1.0\"?><kml><Document/></kml>", "KML"},
          Kind{"<!-- x --><kml/>", "KML"}, Kind{"<TrainingCenterDatabase/>", "TCX"},
          Kind{"<!DOCTYPE html><html></html>", "web page"}, Kind{"{\"type\":\"Feature\"}", "JSON"},
          Kind{"PK\x03\x04", "Excel"}, Kind{"\xD0\xCF\x11\xE0", "Excel"}, Kind{"%PDF-1.7", "PDF"},
          Kind{"<osm/>", "OpenStreetMap"}}) {
        for (const char* name : {"-k.gpx", "-k.csv", "-k.txt"}) {
            const TempFile file(name, text);
            CAPTURE(text, name);
            const auto read = trips_from_fixes(file.path(), network());
            REQUIRE_FALSE(read.ok());
            CHECK(read.error().message.find(says) != std::string::npos);
            if (std::string_view{name} == "-k.gpx") CHECK_FALSE(read_gpx(file.path()).ok());
        }
    }
}

TEST_CASE("a table of fixes in its many spellings gives the same fixes") {
    const auto table = [](const std::string& header, char delimiter, bool comma, bool spaced) {
        std::string out = header + "\n";
        const std::string part = std::string{delimiter} + (spaced ? " " : "");
        const char* lat = comma ? "48,62" : "48.62";
        const char* lon = comma ? "70,55" : "70.55";
        for (int i = 0; i < count; ++i) {
            out += "103-7" + part + to_iso(time_of(i)) + part + lat + part + lon + "\n";
        }
        return out;
    };
    for (const std::string& text :
         {table("vehicle,time,lat,lon", ',', false, false),
          table("Vehicle,Time,LAT,Lon", ',', false, true),
          table("vehicle, time, lat, lon", ',', false, false),
          table("vehicle;time;lat;lon", ';', false, false),
          table("vehicle;time;lat;lon", ';', true, false),
          table("vehicle\ttime\tlat\tlon", '\t', true, false),
          table("sep=;\nvehicle;time;lat;lon", ';', true, true),
          table("vehicle,timestamp,latitude,longitude", ',', false, false),
          "\xEF\xBB\xBF" + table("vehicle,time,lat,lon", ',', false, false)}) {
        const TempFile file("-v.csv", text);
        CAPTURE(text.substr(0, 120));
        const auto read = trips_from_fixes(file.path(), network());
        if (!read) FAIL(read.error().text());
        CHECK(read->left_out.counts().count(LeftOut::unreadable) == 0);
    }
}

TEST_CASE("swapped places of a whole file are refused as such") {
    const LatLon in = network().snap({48.62, 70.55})->on_road;
    std::string gpx = "<gpx><trk><trkseg>\n", csv = "vehicle,time,lat,lon\n";
    for (int i = 0; i < count; ++i) {
        gpx += fmt::format("<trkpt lat=\"{}\" lon=\"{}\">{}</trkpt>\n", in.lon, in.lat,
                           element(to_iso(time_of(i))));
        csv += fmt::format("7,{},{},{}\n", to_iso(time_of(i)), in.lon, in.lat);
    }
    for (const std::string& text : {gpx + "</trkseg></trk></gpx>", csv}) {
        const TempFile file("-w", text);
        const auto read = trips_from_fixes(file.path(), network());
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().message.find("swapped") != std::string::npos);
    }
}

TEST_CASE("depth, entities and long elements are refused and not held in memory") {
    std::string deep = "<gpx>";
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    std::string wide = "<gpx><trk><name>x</name><trkseg><trkpt lat=\"";
    wide += std::string(3 * limits::line_bytes_max, '4') + "\"";
    std::string bomb = "<!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\">";
    for (char c = 'b'; c < 'l'; ++c) {
        const std::string before(1, static_cast<char>(c - 1));
        std::string body;
        for (int i = 0; i < 10; ++i) body += "&" + before + ";";
        bomb += std::string{"<!ENTITY "} + c + " \"" + body + "\">";
    }
    bomb += "]><gpx><trk><name>&k;</name></trk></gpx>";
    for (const std::string& text : {deep, wide, bomb}) {
        const TempFile file("-d.gpx", text);
        CHECK_FALSE(read_gpx(file.path()).ok());
    }
}

TEST_CASE("only a point's own time counts, not that of its extensions") {
    const std::string other = "<extensions><time>2031-01-01T00:00:00Z</time></extensions>";
    for (const bool before : {false, true}) {
        const Tracks tracks = tracks_of(gpx_with([&](int i) {
            const std::string own = element(to_iso(time_of(i)));
            return before ? other + own : own + other;
        }));
        REQUIRE(fixes_in(tracks) == count);
        CHECK(tracks.segments[0][0].fix.time == begin);
    }
}

TEST_CASE("points within a time, and times within a time, are no points with that time") {
    const TempFile file("-p.gpx", "<gpx><trk><trkseg><trkpt lat=\"48.62\" lon=\"70.55\"><time>2026"
                                  "<trkpt lat=\"48.62\" lon=\"70.55\">-03-11T05:00:00Z</trkpt>"
                                  "<time>x</time></time></trkpt></trkseg></trk></gpx>");
    const auto read = read_gpx(file.path());
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().field == "time");
}

TEST_CASE("GPX in an encoding that the parser does not know itself") {
    std::string text = gpx_with([](int i) { return element(to_iso(time_of(i))); });
    text.replace(0, std::string{"<?xml version=\"1.0\"?>"}.size(),
                 "<?xml version=\"1.0\" encoding=\"windows-1251\"?><!-- \xC1\xF0\xE8\xE3 -->");
    CHECK(fixes_in(tracks_of(text)) == count);
}
