#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <osmium/io/pbf_output.hpp>
#include <osmium/io/writer.hpp>
#include <osmium/io/xml_input.hpp>

#include "base/install.h"
#include "dispatch/roads/osm_import.h"
#include "dispatch/roads/strong.h"
#include "dispatch/roads/travel.h"
#include "tests/roads/maps.h"
#include "tests/shared_data.h"

using namespace jedel;
using namespace jedel::roads;

namespace {

/// A temporary file that goes with the test.
class TempFile {
public:
    TempFile(const std::string& name, const std::string& bytes)
        : path_(std::filesystem::temp_directory_path() /
                ("jedel-import-" + std::to_string(::getpid()) + "-" + name)) {
        std::ofstream{path_, std::ios::binary} << bytes;
    }
    ~TempFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

std::string node(int id, double east, double north, const std::string& tags = "") {
    const LatLon at = roads::test::metres(east, north).degrees();
    return "<node id=\"" + std::to_string(id) + "\" version=\"1\" lat=\"" +
           std::to_string(at.lat) + "\" lon=\"" + std::to_string(at.lon) + "\">" + tags +
           "</node>";
}
std::string tag(const std::string& k, const std::string& v) {
    return "<tag k=\"" + k + "\" v=\"" + v + "\"/>";
}
std::string way(int id, const std::vector<int>& refs, const std::string& tags) {
    std::string out = "<way id=\"" + std::to_string(id) + "\" version=\"1\">";
    for (const int r : refs) out += "<nd ref=\"" + std::to_string(r) + "\"/>";
    return out + tags + "</way>";
}
std::string restriction(int id, const std::string& kind, int from, int via, int to,
                        const std::string& tags = "") {
    return "<relation id=\"" + std::to_string(id) + "\" version=\"1\"><member type=\"way\" ref=\"" +
           std::to_string(from) + "\" role=\"from\"/><member type=\"node\" ref=\"" +
           std::to_string(via) + "\" role=\"via\"/><member type=\"way\" ref=\"" +
           std::to_string(to) + "\" role=\"to\"/>" + tag("type", "restriction") +
           tag("restriction", kind) + tags + "</relation>";
}

/// A crossing at node 5 with arms 1 (west), 2 (east), 3 (south), 4 (north) tied by a ring road,
/// a private yard, a footpath, an island and a way into nowhere.
std::string tiny_city() {
    const std::string street = tag("highway", "residential");
    std::string x = "<?xml version=\"1.0\"?><osm version=\"0.6\">";
    x += node(1, -100, 0) + node(2, 100, 0) + node(3, 0, -100) + node(4, 0, 100) + node(5, 0, 0);
    x += node(6, 50, 50) + node(7, 3000, 3000) + node(8, 3100, 3000);
    x += node(9, 20, 5, tag("addr:housenumber", "12/3") + tag("addr:street", "улица Абая"));
    x += node(10, 30, 30, tag("amenity", "hospital") + tag("name", "Больница") +
                              tag("name:kk", "Аурухана"));
    x += node(11, 0, 0, tag("place", "suburb") + tag("name", "Самал"));
    x += node(20, 10, 10) + node(21, 30, 10) + node(22, 30, 20) + node(23, 10, 20);
    x += way(101, {1, 5}, tag("highway", "primary") + tag("name", "улица Абая") +
                              tag("name:kk", "Абай көшесі") + tag("old_name", "Головной") +
                              tag("maxspeed", "50"));
    x += way(102, {5, 2}, tag("highway", "primary") + tag("name", "улица Абая") +
                              tag("maxspeed", "30 mph"));
    x += way(103, {3, 5}, street + tag("bridge", "yes"));
    x += way(104, {5, 4}, street + tag("tunnel", "yes"));
    x += way(105, {1, 4, 2, 3, 1}, tag("highway", "tertiary") + tag("junction", "roundabout"));
    x += way(106, {2, 6, 4}, tag("highway", "service") + tag("oneway", "-1"));
    x += way(107, {5, 6}, tag("highway", "service") + tag("access", "private"));
    x += way(108, {5, 6}, tag("highway", "service") + tag("access", "private") +
                              tag("emergency", "yes"));
    x += way(109, {5, 20}, tag("highway", "footway"));
    x += way(110, {7, 8}, street);
    x += way(111, {4, 999, 8}, street);
    x += way(120, {20, 21, 22, 23, 20}, tag("building", "apartments") +
                                            tag("building:levels", "9"));
    x += way(121, {20, 22}, tag("waterway", "river"));
    x += restriction(201, "no_left_turn", 101, 5, 104);
    x += restriction(202, "only_straight_on", 103, 5, 104);
    x += restriction(203, "no_right_turn", 101, 5, 103, tag("except", "psv;emergency"));
    x += restriction(204, "no_right_turn", 101, 777, 103);
    return x + "</osm>";
}

std::vector<const Segment*> of_way(const RoadMap& map, std::uint64_t id) {
    std::vector<const Segment*> out;
    for (const Segment& s : map.segments) {
        if (s.source_way == id) out.push_back(&s);
    }
    return out;
}

}  // namespace

TEST_CASE("tags of a small extract become roads, bans, names, places and ground") {
    const TempFile file{"tiny.osm", tiny_city()};
    const auto imported = import_osm(file.path());
    REQUIRE(imported);
    const auto& [map, summary] = *imported;
    CHECK(read_roadmap(write_roadmap(map), "roads.bin").ok());

    REQUIRE(of_way(map, 101).size() == 1);
    const Segment& abay = *of_way(map, 101)[0];
    CHECK(abay.road_class == RoadClass::primary);
    CHECK(abay.max_speed_kmh == 50);
    CHECK(of_way(map, 102)[0]->max_speed_kmh == 48);
    CHECK(map.names[abay.name].kk == "Абай көшесі");
    CHECK(map.names[abay.name].old == std::vector<std::string>{"Головной"});
    CHECK(abay.length_m == Approx(100).margin(0.1));
    CHECK(of_way(map, 103)[0]->bridge);
    CHECK(of_way(map, 104)[0]->tunnel);
    CHECK(of_way(map, 105).size() == 4);  // split at every shared node
    CHECK(of_way(map, 105)[0]->roundabout);
    CHECK_FALSE(of_way(map, 105)[0]->backward);
    // -1: driven from 4 to 2 only; split at 6, where the emergency way ends.
    REQUIRE(of_way(map, 106).size() == 2);
    CHECK_FALSE(of_way(map, 106)[0]->forward);
    // A private yard is the first or the last stretch of a drive, never a way through.
    REQUIRE(of_way(map, 107).size() == 1);
    CHECK(of_way(map, 107)[0]->last_stretch);
    CHECK_FALSE(of_way(map, 108)[0]->last_stretch);
    CHECK(of_way(map, 108).size() == 1);
    CHECK(of_way(map, 110).empty());
    CHECK(summary.private_ways == 1);
    CHECK(summary.dropped_no_access == 0);
    CHECK(summary.dropped_not_driven == 1);
    CHECK(summary.dropped_segments == 1);
    CHECK(summary.missing_node_refs == 1);
    CHECK(summary.road_ways_cut == 1);

    // no_left_turn: one ban. only_straight_on at six ends: all but the one to go.
    CHECK(summary.restrictions_read == 4);
    CHECK(summary.restrictions_other == 1);
    CHECK(summary.restrictions_broken == 1);
    CHECK(map.turn_bans.size() == 1 + 5);

    CHECK(summary.houses == 1);
    CHECK(summary.suburbs == 1);
    REQUIRE(summary.proposed.size() == 1);
    CHECK(summary.proposed[0].kind == "hospital");
    CHECK(summary.proposed[0].name.kk == "Аурухана");
    const auto house = std::find_if(map.places.begin(), map.places.end(),
                                    [](const Place& p) { return p.kind == PlaceKind::house; });
    REQUIRE(house != map.places.end());
    CHECK(house->number == "12/3");
    CHECK(map.names[house->street].any == "улица Абая");
    CHECK(summary.buildings == 1);
    CHECK(summary.waterlines == 1);
    // 200 m² of ground, nine floors, 30 m² a person.
    CHECK(summary.residents_estimated == 60);
}

TEST_CASE("a turn restriction by way of other roads becomes the path that must not be driven") {
    // Carriageways 1-2-3 east and 6-5-4 west, tied at both ends; link 2-7-5 of two ways between.
    const auto city = [](const std::string& kind, const std::vector<int>& via) {
        const std::string street = tag("highway", "residential");
        const std::string oneway = street + tag("oneway", "yes");
        std::string x = "<?xml version=\"1.0\"?><osm version=\"0.6\">";
        x += node(1, 0, 0) + node(2, 100, 0) + node(3, 300, 0) + node(4, 0, 20) +
             node(5, 100, 20) + node(6, 300, 20) + node(7, 100, 10);
        x += way(101, {1, 2}, oneway) + way(102, {2, 3}, oneway) + way(103, {3, 6}, oneway) +
             way(104, {6, 5}, oneway) + way(105, {5, 4}, oneway) + way(106, {4, 1}, oneway);
        x += way(107, {2, 7}, street) + way(108, {7, 5}, tag("highway", "tertiary"));
        x += "<relation id=\"201\" version=\"1\"><member type=\"way\" ref=\"101\" role=\"from\"/>";
        for (const int w : via) {
            x += "<member type=\"way\" ref=\"" + std::to_string(w) + "\" role=\"via\"/>";
        }
        return x + "<member type=\"way\" ref=\"105\" role=\"to\"/>" +
               tag("type", "restriction") + tag("restriction", kind) + "</relation></osm>";
    };
    const auto ways_of = [](const RoadMap& map, const PathBan& ban) {
        std::vector<std::uint64_t> ways;
        for (const std::uint32_t d : ban.directed) ways.push_back(map.segments[d / 2].source_way);
        return ways;
    };
    {
        const TempFile file{"via.osm", city("no_u_turn", {107, 108})};
        const auto imported = import_osm(file.path());
        REQUIRE(imported);
        const auto& [map, summary] = *imported;
        CHECK(summary.restrictions_via_way == 1);
        CHECK(summary.restrictions_broken == 0);
        REQUIRE(map.path_bans.size() == 1);
        CHECK(ways_of(map, map.path_bans[0]) == std::vector<std::uint64_t>{101, 107, 108, 105});
        CHECK(read_roadmap(write_roadmap(map), "roads.bin")->path_bans.size() == 1);
    }
    {
        const TempFile file{"only.osm", city("only_u_turn", {107, 108})};
        const auto imported = import_osm(file.path());
        REQUIRE(imported);
        // The way on is 105: turning back into the link is what is left to forbid.
        const auto& [map, summary] = *imported;
        REQUIRE(map.path_bans.size() == 1);
        CHECK(ways_of(map, map.path_bans[0]) == std::vector<std::uint64_t>{101, 107, 108, 108});
    }
    for (const auto& via : {std::vector<int>{107}, {108, 107}, {999}}) {
        const TempFile file{"broken.osm", city("no_u_turn", via)};
        const auto imported = import_osm(file.path());
        REQUIRE(imported);
        CHECK(imported->second.restrictions_broken == 1);
        CHECK(imported->first.path_bans.empty());
    }
}

TEST_CASE("the date of an extract is the header's, else its newest node's, else not known") {
    const auto text = [](const std::string& attributes) {
        return "<osm version=\"0.6\"><node id=\"1\" lat=\"43.2\" lon=\"76.9\"" + attributes +
               "/><node id=\"2\" lat=\"43.21\" lon=\"76.9\"/>"
               "<way id=\"5\"><nd ref=\"1\"/><nd ref=\"2\"/>"
               "<tag k=\"highway\" v=\"primary\"/></way></osm>";
    };
    const auto date_of = [&](const std::string& attributes) {
        const TempFile file{"dated.osm", text(attributes)};
        const auto imported = import_osm(file.path());
        REQUIRE(imported);
        return imported->second.extract_date;
    };
    const std::string stamped = " version=\"1\" timestamp=\"2012-03-17T10:00:00Z\"";
    CHECK(date_of(stamped) == "2012-03-17");
    CHECK(date_of("").empty());
    // The same extract with a header that says when it was made.
    const TempFile plain{"plain.osm", text(stamped)};
    const TempFile dated{"dated.osm.pbf", ""};
    osmium::io::Header header;
    header.set("osmosis_replication_timestamp", "2020-05-01T00:00:00Z");
    osmium::io::Reader reader{plain.path()};
    osmium::io::Writer writer{dated.path(), header, osmium::io::overwrite::allow};
    while (osmium::memory::Buffer buffer = reader.read()) writer(std::move(buffer));
    writer.close();
    const auto imported = import_osm(dated.path());
    REQUIRE(imported);
    CHECK(imported->second.extract_date == "2020-05-01");
    CHECK(imported->second.date_from_header);
}

TEST_CASE("an import says how much memory it may take and refuses what does not fit") {
    const TempFile file{"tiny2.osm", tiny_city()};
    std::vector<std::string> phases;
    REQUIRE(import_osm(file.path(), [&](const ImportProgress& p) {
        if (phases.empty() || phases.back() != p.phase) phases.push_back(p.phase);
        if (p.phase == "plan") CHECK(p.note.find("MB of memory") != std::string::npos);
    }));
    CHECK(phases == std::vector<std::string>{"plan", "relations", "ways", "nodes", "roads",
                                             "done"});
    const auto refused = import_osm(file.path(), {}, 1000);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("needs") == 0);
}

TEST_CASE("missing, empty, foreign and roadless files are refused in one clear line") {
    const auto message = [](const std::string& path) {
        const auto result = import_osm(path);
        REQUIRE_FALSE(result);
        CHECK(result.error().where == path);
        CHECK(result.error().text().find('\n') == std::string::npos);
        return result.error().message;
    };
    CHECK(message("/nonexistent/x.osm.pbf").find("cannot be read") == 0);
    const TempFile empty{"empty.osm.pbf", ""};
    CHECK(message(empty.path()).find("empty file") == 0);
    const TempFile foreign{"foreign.osm.pbf", std::string(5000, 'x')};
    CHECK(message(foreign.path()).find("not a whole OpenStreetMap extract") == 0);
    const TempFile text{"foreign.txt", "hello"};
    CHECK(message(text.path()).find("not a whole OpenStreetMap extract") == 0);
    const TempFile cut{"cut.osm", tiny_city().substr(0, 900)};
    CHECK(message(cut.path()).find("not a whole OpenStreetMap extract") == 0);
    const TempFile bare{"bare.osm", "<osm version=\"0.6\">" + node(1, 0, 0) + "</osm>"};
    CHECK(message(bare.path()).find("holds no connected roads") == 0);
}

TEST_CASE("the real extracts import cleanly and every kept node can be driven to") {
    for (const char* name : {"maps/almaty-2012.osm.pbf", "maps/auckland-2017.osm.pbf"}) {
        const auto path = jedel::test::shared_data(name);
        if (!path) return;
        const auto imported = import_osm(*path);
        REQUIRE(imported);
        const auto& [map, summary] = *imported;
        for (const auto& [what, count] : summary.rows()) INFO(what << ": " << count);
        CHECK(summary.segments > 1000);
        CHECK(summary.turn_bans == (summary.restrictions_read == 0 ? 0 : 178));
        const auto kept = largest_strong_part(map);
        CHECK(std::count(kept.begin(), kept.end(), true) ==
              static_cast<std::ptrdiff_t>(map.nodes.size()));
        CHECK(read_roadmap(write_roadmap(map), name).ok());
        CHECK(summary.memory_bytes_estimated <=
              summary.nodes_read * 1024 + (std::uint64_t{64} << 20));
    }
}

TEST_CASE("a real extract that was cut short is refused") {
    const auto path = jedel::test::shared_data("maps/almaty-2012.osm.pbf");
    if (!path) return;
    const auto bytes = read_file(*path);
    REQUIRE(bytes);
    for (const std::size_t size : {std::size_t{10}, std::size_t{5000}, bytes->size() / 2,
                                   bytes->size() - 1}) {
        const TempFile cut{"cut.osm.pbf", bytes->substr(0, size)};
        CHECK_FALSE(import_osm(cut.path()).ok());
    }
}
