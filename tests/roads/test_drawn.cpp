// Lines drawn along roads: found again on the same map and on another import of it.

#include "dispatch/roads/drawn.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <random>

#include "dispatch/roads/osm_import.h"
#include "dispatch/roads/snap.h"
#include "maps.h"
#include "tests/shared_data.h"

using namespace jedel;
using namespace jedel::roads;
using namespace jedel::roads::test;

namespace {

DrawnLine line_of(const RoadMap& map, std::uint32_t segment) {
    DrawnLine out;
    out.way = map.segments[segment].source_way;
    out.street = map.names[map.segments[segment].name].any;
    for (const FixedPoint p : polyline(map, segment)) out.line.push_back(p.degrees());
    return out;
}

TravelNetwork network_of(RoadMap map) {
    return TravelNetwork::build(shared(std::move(map)), flat_speeds(), 0, 0);
}

using Segments = std::vector<std::uint32_t>;

/// Moved as a whole by up to so many metres each way, as new aerial pictures move roads; ways are
/// numbered anew.
DrawnLine as_of_another_import(DrawnLine drawn, std::mt19937_64& random, double moved_m) {
    std::uniform_real_distribution<double> off{-moved_m, moved_m};
    const double north = off(random) / 111'195, east = off(random) / 80'000;
    drawn.way += 1'000'000'000;
    for (LatLon& p : drawn.line) p = {p.lat + north, p.lon + east};
    return drawn;
}

}  // namespace

TEST_CASE("a line between two crossings is that segment, not its neighbours or cross streets") {
    const auto net = network_of(grid_map(4, 6, 20));
    const RoadMap& map = net.map();
    for (std::uint32_t i = 0; i < map.segments.size(); ++i) {
        CHECK(segments_under(net, line_of(map, i)) == Segments{i});
    }
}

TEST_CASE("a stretch over several segments finds them all, in a map cut otherwise the whole one") {
    RoadMap fine;
    fine.names.push_back({});
    for (int i = 0; i <= 4; ++i) fine.nodes.push_back(metres(i * 100, 0));
    for (std::uint32_t i = 0; i < 4; ++i) add_segment(fine, i, i + 1);
    RoadMap coarse;
    coarse.names.push_back({});
    coarse.nodes = {metres(0, 0), metres(400, 0)};
    add_segment(coarse, 0, 1);
    const auto net = network_of(fine);
    const auto other = network_of(coarse);
    DrawnLine drawn;
    drawn.line = {metres(100, 0).degrees(), metres(300, 0).degrees()};
    CHECK(segments_under(net, drawn) == Segments{1, 2});
    CHECK(segments_under(other, drawn) == Segments{0});  // half of it is closed: all of it
    drawn.line[1] = metres(190, 0).degrees();
    CHECK(segments_under(net, drawn) == Segments{1});
}

TEST_CASE("way and street tell close parallel roads apart; a road that is not there is not found") {
    RoadMap map;
    map.names = {{}, {"Абая", {}, {}, {}, {}}, {"Сатпаева", {}, {}, {}, {"Ленина"}}};
    map.nodes = {metres(0, 0), metres(200, 0), metres(0, 9), metres(200, 9)};
    for (const std::uint32_t n : {0U, 2U}) {
        auto& s = map.segments[add_segment(map, n, n + 1)];
        s.name = n / 2 + 1;
        s.source_way = 70 + n;
    }
    const auto net = network_of(map);
    DrawnLine drawn;
    drawn.line = {metres(0, 4).degrees(), metres(200, 4).degrees()};
    CHECK(segments_under(net, drawn) == Segments{0, 1});
    drawn.way = 72;
    CHECK(segments_under(net, drawn) == Segments{1});
    drawn.way = 99;
    drawn.street = "Ленина";  // its old name
    CHECK(segments_under(net, drawn) == Segments{1});
    drawn.street = "Тимирязева";
    drawn.line = {metres(0, -8).degrees(), metres(200, -8).degrees()};
    CHECK(segments_under(net, drawn).empty());
    drawn.line = {metres(0, 900).degrees(), metres(200, 900).degrees()};
    CHECK(segments_under(net, drawn).empty());
    drawn.line.pop_back();
    CHECK(segments_under(net, drawn).empty());
}

TEST_CASE("every road of the real maps is found by its own line, on another import nearly so") {
    for (const char* name : {"maps/almaty-2012.osm.pbf", "maps/auckland-2017.osm.pbf"}) {
        const auto path = jedel::test::shared_data(name);
        if (!path) return;
        auto imported = import_osm(*path);
        REQUIRE(imported);
        const auto net = network_of(std::move(imported->first));
        const RoadMap& map = net.map();
        std::mt19937_64 random{5};
        std::size_t asked = 0, exact = 0, found_again = 0, only_it = 0;
        for (std::uint32_t i = 0; i < map.segments.size(); i += 37) {
            if (map.segments[i].length_m < 1) continue;  // no length to lie under
            ++asked;
            const auto under = segments_under(net, line_of(map, i));
            exact += under == Segments{i} ? 1 : 0;
            CHECK(std::count(under.begin(), under.end(), i) == 1);
            const auto again =
                segments_under(net, as_of_another_import(line_of(map, i), random, 2));
            found_again += std::count(again.begin(), again.end(), i) == 1 ? 1 : 0;
            only_it += again == Segments{i} ? 1 : 0;
        }
        INFO(name << ": of " << asked << " exactly " << exact << ", after another import "
                  << found_again << ", nothing else " << only_it);
        CHECK(exact * 1000 >= asked * 990);
        CHECK(found_again * 1000 >= asked * 990);
        CHECK(only_it * 1000 >= asked * 850);
    }
}

TEST_CASE("a stretch between two places keeps to the street and takes the shortest way") {
    // Three rows of five crossings; the middle row is one street, the others are nameless.
    RoadMap map = grid_map(3, 5);
    map.names.push_back({"Абая", {}, {}, {}, {}});
    const auto in_row = [&](std::uint32_t row) {
        Segments out;
        for (std::uint32_t i = 0; i < map.segments.size(); ++i) {
            const auto& s = map.segments[i];
            if (s.from / 5 == row && s.to / 5 == row) out.push_back(i);
        }
        return out;
    };
    const Segments middle = in_row(1);
    for (const std::uint32_t i : middle) map.segments[i].name = 1;
    const StretchFinder finder{shared(std::move(map))};
    CHECK(finder.between(middle[0], middle[3]) == middle);
    CHECK(finder.between(middle[3], middle[0]) == Segments{middle.rbegin(), middle.rend()});
    CHECK(finder.between(middle[2], middle[2]) == Segments{middle[2]});
    CHECK(finder.between(middle[0], 100'000).empty());
    CHECK(finder.beyond(Segments{middle[1]}, true) == middle[2]);
    CHECK(finder.beyond(Segments{middle[1]}, false) == middle[0]);
    CHECK(finder.beyond(Segments{middle[1], middle[0]}, false) == middle[2]);
    CHECK(finder.beyond(middle, true) == std::nullopt);  // the edge of the map: only turns
    CHECK(finder.end_node(Segments{middle[1], middle[0]}, true) == 5);
}

TEST_CASE("no stretch leads to an island") {
    RoadMap map;
    map.nodes = {metres(0, 0), metres(100, 0), metres(0, 500), metres(100, 500)};
    add_segment(map, 0, 1);
    add_segment(map, 2, 3);
    const StretchFinder finder{shared(std::move(map))};
    CHECK(finder.between(0, 1).empty());
}
