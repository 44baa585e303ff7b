// What closes a road, and for whom: each tag of access, each barrier, each limit of size. One small
// town in which a short cut is driven or not.

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/install.h"
#include "dispatch/roads/access.h"
#include "dispatch/roads/osm_import.h"
#include "dispatch/roads/travel.h"
#include "tests/roads/osm_text.h"

using namespace jedel;
using namespace jedel::roads;
using namespace jedel::roads::test;

namespace {

/// South end 5, corner 1, the cut 1-9-2, corner 2, north end 6; the long way round by 3 and 4.
std::string town(const std::string& way_tags, const std::string& node_tags = "",
                 const std::string& more = "") {
    const std::string street = "highway=residential";
    return osm_file(osm_node(1, 0, 0) + osm_node(2, 0, 1000) + osm_node(3, -500, 0) +
                    osm_node(4, -500, 1000) + osm_node(5, 0, -100) + osm_node(6, 0, 1100) +
                    osm_node(9, 0, 500, node_tags) + osm_way(101, {5, 1}, street) +
                    osm_way(102, {1, 3, 4, 2}, street) + osm_way(103, {2, 6}, street) +
                    osm_way(110, {1, 9, 2}, way_tags + ", name=Cut") + more);
}

struct Town {
    explicit Town(const std::string& text) {
        const TempFile file{"closures.osm", text};
        auto imported = import_osm(file.path());
        INFO((imported ? std::string{} : imported.error().text()));
        REQUIRE(imported);
        summary = imported->second;
        map = std::make_shared<const RoadMap>(std::move(imported->first));
        REQUIRE(read_roadmap(write_roadmap(*map), "roads.bin").ok());
    }
    std::int64_t ms(double from_east, double from_north, double to_east, double to_north) const {
        const auto net = TravelNetwork::build(map, flat_speeds(), 0, 0);
        const auto from = net.snap(metres(from_east, from_north).degrees());
        const auto to = net.snap(metres(to_east, to_north).degrees());
        REQUIRE((from && to));
        const auto scratch = net.scratch();
        Travel fast, plain;
        net.to_one(*scratch, {&*from, 1}, *to, Method::fast, {&fast, 1});
        net.to_one(*scratch, {&*from, 1}, *to, Method::plain, {&plain, 1});
        REQUIRE(fast.reachable == plain.reachable);
        CHECK(fast.time_ms == plain.time_ms);
        return fast.reachable ? fast.time_ms : -1;
    }
    std::int64_t whole_s(double from_east, double from_north, double to_east,
                         double to_north) const {
        return (ms(from_east, from_north, to_east, to_north) + 500) / 1000;
    }
    /// Seconds from the south end to the north end: 120 by the cut, 220 around.
    std::int64_t north_s() const { return whole_s(0, -100, 0, 1100); }
    std::int64_t south_s() const { return whole_s(0, 1100, 0, -100); }
    std::vector<PlaceDoubt> doubts(double east, double north) const {
        const auto net = TravelNetwork::build(map, flat_speeds(), 0, 0);
        const LatLon at = metres(east, north).degrees();
        return net.doubts(at, *net.snap(at));
    }
    ImportSummary summary;
    std::shared_ptr<const RoadMap> map;
};

constexpr std::int64_t cut_s = 120, around_s = 220;

AccessRules rules() {
    const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/access.toml";
    const auto rules = parse_access(*read_file(file), file, 20'000);
    INFO((rules ? std::string{} : rules.error().text()));
    REQUIRE(rules);
    return *rules;
}

}  // namespace

TEST_CASE("every barrier of the table closes a road, costs its seconds, or does neither") {
    int closed = 0;
    for (const auto& [name, rule] : rules().barriers) {
        INFO(name);
        const Town town_of{town("highway=residential", "barrier=" + name)};
        if (rule.pass == Pass::closed) {
            ++closed;
            CHECK(town_of.north_s() == around_s);
            CHECK(town_of.south_s() == around_s);
            CHECK(town_of.summary.nodes_closed.at("barrier=" + name) == 1);
            // Both stumps are still there to be reached.
            CHECK(town_of.ms(0, -100, 0, 300) == town_of.ms(0, 300, 0, -100));
        } else {
            CHECK(town_of.north_s() == cut_s + (rule.pass == Pass::slow ? rule.seconds : 0));
            CHECK(town_of.summary.nodes_closed.empty());
        }
    }
    CHECK(closed > 40);
    const Town unknown{town("highway=residential", "barrier=portcullis")};
    CHECK(unknown.north_s() == around_s);
    CHECK(unknown.summary.barriers_unknown == 1);
    CHECK(unknown.summary.warnings().size() == 1);
}

TEST_CASE("what a node says of access goes before what stands there") {
    struct Case {
        const char* tags;
        std::int64_t seconds;
    };
    for (const Case& c :
         {Case{"barrier=gate", cut_s + 20}, {"barrier=gate, access=no", around_s},
          {"barrier=gate, access=private", around_s}, {"barrier=gate, locked=yes", around_s},
          {"barrier=gate, access=private, emergency=yes", cut_s + 20},
          {"barrier=gate, locked=yes, emergency=yes", cut_s + 20},
          {"barrier=gate, motor_vehicle=no", around_s}, {"barrier=gate, vehicle=private", around_s},
          {"barrier=gate, access=no, motorcar=yes", cut_s + 20},
          {"barrier=gate, access=residents", around_s}, {"barrier=gate, access=permit", around_s},
          {"barrier=gate, access=destination", cut_s + 20},
          {"barrier=gate, emergency=no", around_s},
          {"barrier=lift_gate", cut_s + 10}, {"barrier=lift_gate, access=private", around_s},
          {"barrier=bollard, foot=yes, bicycle=yes", around_s},
          {"barrier=bollard, access=yes", around_s}, {"barrier=bollard, emergency=yes", cut_s + 30},
          {"barrier=bollard, motor_vehicle=yes", cut_s + 30}, {"barrier=Bollard ", around_s},
          {"barrier=height_restrictor, maxheight=2", around_s},
          {"barrier=height_restrictor", around_s},
          {"barrier=height_restrictor, maxheight=3.5", cut_s},
          {"barrier=height_restrictor, maxheight=2, emergency=yes", around_s},
          {"barrier=entrance", cut_s}, {"barrier=cattle_grid", cut_s + 3},
          {"barrier=debris", around_s}, {"barrier=jersey_barrier", around_s},
          {"highway=crossing, motor_vehicle=no", around_s}, {"maxwidth=1.8", around_s},
          {"shop=yes, access=no", cut_s}, {"highway=traffic_signals", cut_s}}) {
        INFO(c.tags);
        const Town town_of{town("highway=residential", c.tags)};
        CHECK(town_of.north_s() == c.seconds);
        CHECK(town_of.south_s() == c.seconds);
    }
}

TEST_CASE("tags of a road close it, or one of its directions, or let an ambulance in") {
    struct Case {
        const char* tags;
        bool north, south;
    };
    const std::string street = "highway=residential, ";
    for (const Case& c : {
             Case{"access=yes", true, true}, {"access=private", false, false},
             {"access=no", false, false}, {"motor_vehicle=no", false, false},
             {"vehicle=no", false, false}, {"motorcar=no", false, false},
             {"access=no, emergency=designated", true, true},
             {"access=private, emergency=yes", true, true}, {"emergency=no", false, false},
             {"access=no, motor_vehicle=yes", true, true}, {"motor_vehicle=private", false, false},
             {"access=permit", false, false}, {"access=forestry", false, false},
             {"access=private;customers", false, false}, {"access=destination", true, true},
             {"access=customers", true, true}, {"access=sorcerers", false, false},
             {"service=emergency_access, access=no", true, true},
             {"vehicle:backward=no", true, false}, {"motor_vehicle:forward=no", false, true},
             {"access:backward=no", true, false}, {"motorcar:backward=no", true, false},
             {"motor_vehicle:backward=no, emergency=yes", true, true},
             {"access=no, motor_vehicle:forward=yes", true, false},
             {"oneway=yes", true, false}, {"oneway=-1", false, true}, {"oneway=Yes", true, false},
             {"oneway= 1 ", true, false}, {"oneway=no", true, true},
             {"oneway:motor_vehicle=yes", true, false}, {"oneway:motorcar=yes", true, false},
             {"oneway:vehicle=-1", false, true}, {"oneway=yes, oneway:emergency=no", true, true},
             {"oneway=yes, oneway:motor_vehicle=no", true, true},
             {"oneway=yes, oneway:bicycle=no", true, false}, {"oneway=sometimes", true, false},
             {"oneway=reversible", true, true}, {"oneway=alternating", true, true},
             {"maxheight=2.0", false, false}, {"maxheight=2 m", false, false},
             {"maxheight=6'7\"", false, false}, {"maxheight=3.5", true, true},
             {"maxheight=default", true, true}, {"maxheight=below_default", true, true},
             {"maxheight:physical=2.2", false, false}, {"maxwidth=1.8", false, false},
             {"maxwidth=3", true, true}, {"maxweight=2", false, false},
             {"maxweight=2.5 t", false, false}, {"maxweight=3500 kg", true, true},
             {"maxweight=7.5", true, true}, {"maxlength=5", false, false},
             {"maxheight=2.0, emergency=yes", false, false},
             {"smoothness=impassable", false, false}, {"smoothness=very_bad", true, true},
             {"impassable=yes", false, false}, {"construction=minor", false, false},
             {"construction=yes", false, false}, {"construction=no", true, true},
             {"abandoned=yes", false, false}, {"ice_road=yes", false, false},
             {"seasonal=winter", false, false}, {"status=closed", false, false},
             {"barrier=bollard", false, false}, {"barrier=fence", true, true},
             {"barrier=block, emergency=yes", true, true}}) {
        INFO(c.tags);
        std::string tags = street + c.tags;
        for (std::size_t at; (at = tags.find('"')) != std::string::npos;) {
            tags.replace(at, 1, "&quot;");
        }
        const Town town_of{town(tags)};
        CHECK(town_of.north_s() == (c.north ? cut_s : around_s));
        CHECK(town_of.south_s() == (c.south ? cut_s : around_s));
    }
    for (const char* open :
         {"highway=pedestrian, emergency=yes", "highway=footway, emergency=designated",
          "highway=cycleway, emergency=yes", "highway=path, motor_vehicle=yes",
          "highway=pedestrian, access=no, emergency=yes", "highway=Residential",
          "highway=busway, emergency=yes", "highway=residential;service"}) {
        INFO(open);
        CHECK(Town{town(open)}.north_s() == cut_s);
    }
    for (const char* shut : {"highway=pedestrian", "highway=footway", "highway=path",
                             "highway=steps, emergency=yes", "highway=construction",
                             "highway=pedestrian, motor_vehicle=private",
                             "highway=footway, emergency=fire_hydrant"}) {
        INFO(shut);
        CHECK(Town{town(shut)}.north_s() == around_s);
    }
}

TEST_CASE("speed limits in words, zones and units are read; of several the least holds") {
    const AccessRules r = rules();
    struct Case {
        const char* text;
        std::optional<double> kmh;
    };
    for (const Case& c :
         {Case{"50", 50}, {"walk", 7}, {"KZ:urban", 60}, {"KZ:living_street", 20},
          {"RU:zone20", 20}, {"DE:zone:30", 30}, {"30 mph", 48.28}, {"30mph", 48.28},
          {"20 км/ч", 20}, {"20,5", 20.5}, {"10 knots", 18.52}, {"60;40", 40}, {"20|40", 20},
          {"3", 5}, {" 20 ", 20}, {"none", 0}, {"signals", {}}, {"0", {}}, {"-20", {}},
          {"999", {}}, {"fast", {}}, {"", {}}, {"50 furlongs", {}}, {"50;fast", {}}}) {
        INFO(c.text);
        const auto kmh = kmh_of(c.text, r);
        REQUIRE(kmh.has_value() == c.kmh.has_value());
        if (kmh) CHECK(*kmh == Approx(*c.kmh).margin(0.01));
    }
    const Town slow{town("highway=residential, maxspeed=walk")};
    CHECK(slow.summary.speed_limits == 1);
    CHECK(slow.north_s() == around_s);
    const Town unread{town("highway=residential, maxspeed=signals")};
    CHECK(unread.summary.unread_speed_limits == 1);
}

TEST_CASE("a private road is driven to its house and from it, never through") {
    const Town town_of{town("highway=service, access=private")};
    CHECK(town_of.north_s() == around_s);
    // A house half-way along it: 100 m and 400 m, from either side.
    CHECK(town_of.whole_s(0, -100, 10, 400) == 50);
    CHECK(town_of.whole_s(10, 400, 0, 1100) == 70);
    CHECK(town_of.whole_s(10, 400, 10, 700) == 30);
    CHECK(town_of.doubts(10, 400).empty());
    CHECK(town_of.summary.private_ways == 1);
    // A gate in it costs its seconds; one that is private makes what lies behind it private.
    const Town gated{town("highway=service, access=private", "barrier=gate")};
    CHECK(gated.ms(0, -100, 0, 700) >= 80'000);
    const std::string estate =
        osm_node(20, 300, 0) + osm_node(21, 400, 0, "barrier=gate, access=private") +
        osm_node(22, 600, 0) + osm_way(120, {1, 20}, "highway=residential") +
        osm_way(121, {20, 21, 22}, "highway=residential, name=Estate");
    const Town behind{town("highway=residential", "", estate)};
    CHECK(behind.whole_s(0, 0, 600, 5) == 60 + 30);
    CHECK(behind.summary.last_stretches == 2);  // the stretch behind the gate, and the gate
}

TEST_CASE("who lives on a road that cannot be driven is not simply at the next one") {
    const auto only = [](const Town& t, double east, double north, NoDrive why, const char* name) {
        const auto doubts = t.doubts(east, north);
        REQUIRE(doubts.size() == 1);
        CHECK(doubts[0].doubt == Doubt::nearer_road);
        CHECK(doubts[0].why == why);
        CHECK(t.map->names[doubts[0].name].any == name);
    };
    const auto island = [](const std::string& link) {
        return osm_node(30, 300, 500) + osm_node(31, 400, 500) + osm_node(32, 400, 600) +
               osm_way(130, {30, 31, 32, 30}, "highway=residential, name=Island") + link;
    };
    const std::string plain = "highway=residential";
    only(Town{town(plain, "", island(""))}, 310, 500, NoDrive::no_way, "Island");
    only(Town{town(plain, "", island(osm_way(140, {9, 30}, "route=ferry")))}, 310, 500,
         NoDrive::ferry, "Island");
    only(Town{town(plain, "", island(osm_node(33, 200, 500, "barrier=block") +
                                     osm_way(140, {9, 33, 30}, plain)))},
         310, 500, NoDrive::barrier, "Island");
    only(Town{town("highway=residential, maxheight=2")}, 0, 500, NoDrive::too_small, "Cut");
    only(Town{town("highway=residential, construction=yes")}, 0, 500, NoDrive::impassable, "Cut");
    only(Town{town("highway=residential, access=no")}, 0, 500, NoDrive::no_access, "Cut");
    const std::string dead_end = osm_node(40, 300, 0) + osm_way(
        140, {1, 40}, "highway=residential, oneway=yes, name=Trap");
    only(Town{town(plain, "", dead_end)}, 290, 0, NoDrive::no_way, "Trap");
    // Beside a road that is driven nothing is doubtful, whatever lies there too.
    CHECK(Town{town("highway=residential, access=no")}.doubts(10, 0).empty());
    // Over the river.
    const std::string river = osm_node(50, 100, -500) + osm_node(51, 100, 1500) +
                              osm_way(150, {50, 51}, "waterway=river");
    const auto wet = Town{town(plain, "", river)}.doubts(150, 500);
    REQUIRE(wet.size() == 1);
    CHECK(wet[0].doubt == Doubt::across_water);
    CHECK(Town{town(plain, "", river)}.doubts(90, 500).empty());
    const Town far{town(plain)};
    REQUIRE(far.doubts(900, 500).size() == 1);
    CHECK(far.doubts(900, 500)[0].doubt == Doubt::far_from_road);
}
