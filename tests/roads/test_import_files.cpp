// Files that are not simply one extract of one city: histories, joined files, slips of the hand.

#include <catch2/catch.hpp>

#include "dispatch/roads/osm_import.h"
#include "tests/roads/osm_text.h"

using namespace jedel;
using namespace jedel::roads;
using namespace jedel::roads::test;

namespace {

const std::string street = "highway=residential";

/// Four streets that cross in node 5, with a ban from the west into the north.
std::string nodes_of() {
    return osm_node(1, -100, 0) + osm_node(2, 100, 0) + osm_node(3, 0, -100) + osm_node(4, 0, 100) +
           osm_node(5, 0, 0) +
           osm_node(6, 50, 10, "addr:housenumber=7, addr:street=улица Абая");
}
std::string ways_of() {
    return osm_way(101, {1, 5}, street + ", name=улица Абая") + osm_way(102, {5, 2}, street) +
           osm_way(103, {3, 5}, street) + osm_way(104, {5, 4}, street);
}
std::string ban(const std::string& kind, const std::vector<std::string>& members,
                const std::string& more = "") {
    return osm_relation(201, members, "type=restriction, restriction=" + kind + more);
}
const std::vector<std::string> left{"way 101 from", "node 5 via", "way 104 to"};
std::string cross() { return nodes_of() + ways_of() + ban("no_left_turn", left); }

Result<std::pair<RoadMap, ImportSummary>> imported(const std::string& objects,
                                                   const std::string& name = "file.osm") {
    const TempFile file{name, osm_file(objects)};
    return import_osm(file.path());
}
std::string refusal(const std::string& objects, const std::string& name = "file.osm") {
    const auto result = imported(objects, name);
    return result.ok() ? "read" : result.error().message;
}
bool says(const std::string& text, const std::string& part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("two extracts joined are one map, with its bans") {
    const auto once = imported(cross());
    const auto twice = imported(cross() + cross());
    REQUIRE((once && twice));
    CHECK(twice->second.twice > 0);
    CHECK(write_roadmap(once->first) == write_roadmap(twice->first));
    CHECK(twice->first.turn_bans.size() == 1);
    // In another order, and partly.
    const auto mixed = imported(ways_of() + nodes_of() + cross());
    REQUIRE(mixed);
    CHECK(mixed->first.segments.size() == once->first.segments.size());
    CHECK(mixed->first.places.size() == once->first.places.size());
    CHECK(mixed->first.turn_bans.size() == 1);
    // Of two versions the newer: the street was named anew, the house moved.
    const auto newer = imported(
        cross() + osm_node(1, -100, 0) +
        osm_node(6, 60, 20, "addr:housenumber=9, addr:street=улица Абая", " version=\"2\"") +
        osm_way(102, {5, 2}, street + ", name=Новая", " version=\"3\""));
    REQUIRE(newer);
    CHECK(newer->first.segments.size() == 4);
    REQUIRE(newer->first.places.size() == 1);
    CHECK(newer->first.places[0].number == "9");
    for (const Segment& s : newer->first.segments) {
        if (s.source_way == 102) CHECK(newer->first.names[s.name].any == "Новая");
    }
}

TEST_CASE("history and change files are refused by name and by what they hold") {
    CHECK(says(refusal(cross(), "past.osh"), "history or change file"));
    CHECK(says(refusal(cross(), "diff.osc"), "history or change file"));
    CHECK(says(refusal(cross() + osm_way(301, {1, 2}, street) +
                       osm_way(301, {1, 3}, street, " version=\"2\"")),
               "history file"));
    CHECK(says(refusal(osm_node(1, 0, 0) + osm_node(1, 5, 5, "", " version=\"2\"") + cross()),
               "history file"));
    CHECK(says(refusal(cross() + osm_way(301, {1, 2}, street) +
                       osm_way(301, {}, "", " version=\"2\" visible=\"false\"")),
               "history file"));
    CHECK(says(refusal(cross() + osm_way(301, {1, 2}, street, " version=\"1\" action=\"delete\"")),
               "marked for deletion"));
    const auto deleted = imported(cross() + osm_way(301, {1, 4}, street,
                                                    " version=\"1\" visible=\"false\""));
    REQUIRE(deleted);
    CHECK(deleted->second.deleted == 1);
    CHECK(deleted->first.segments.size() == 4);
}

TEST_CASE("an answer that a server did not finish is refused with what it said") {
    for (const char* remark : {" runtime error: Query timed out in \"query\" at line 3 ",
                               "runtime error: Query run out of memory using about 512 MB",
                               " Timeout: the server is busy "}) {
        INFO(remark);
        const std::string text = refusal(cross() + "<remark>" + remark + "</remark>");
        CHECK(says(text, "did not finish"));
    }
    CHECK(refusal(cross() + "<remark> all is well </remark>") == "read");
    // However long the file is, wherever it stands.
    std::string much;
    for (int i = 0; i < 3000; ++i) much += osm_node(1000 + i, 10.0 * i, 50);
    CHECK(says(refusal(much + cross() + "<remark> runtime error: x</remark>"), "did not finish"));
}

TEST_CASE("a node far from all others cuts its road there and makes no residents") {
    std::string city;
    for (int i = 0; i < 20; ++i) city += osm_node(10 + i, 100.0 * i, 0);
    for (int i = 0; i < 19; ++i) city += osm_way(100 + i, {10 + i, 11 + i}, street);
    const std::string null_island = "<node id=\"9\" version=\"1\" lat=\"0.0\" lon=\"0.0\"/>";
    const auto stray = imported(city + null_island + osm_way(200, {12, 9, 14}, street));
    REQUIRE(stray);
    CHECK(stray->second.long_legs == 2);
    CHECK(stray->second.kept_km < 3);
    CHECK(stray->second.residents_estimated < 1000);
    CHECK_FALSE(stray->second.warnings().empty());
    const auto homes = imported(
        city + null_island +
        "<node id=\"7\" version=\"1\" lat=\"0.001\" lon=\"0.0\"/>"
        "<node id=\"8\" version=\"1\" lat=\"0.0\" lon=\"0.001\"/>" +
        osm_way(200, {9, 7, 8, 9}, "building=apartments, addr:housenumber=1, addr:street=A"));
    REQUIRE(homes);
    CHECK(homes->second.far_objects == 2);  // as a home and as a house
    CHECK(homes->first.places.empty());
    CHECK(says(refusal("<node id=\"1\" version=\"1\" lat=\"52\" lon=\"179.99\"/>"
                       "<node id=\"2\" version=\"1\" lat=\"52\" lon=\"-179.99\"/>" +
                       osm_way(100, {1, 2}, street)),
               "180th meridian"));
}

TEST_CASE("an estimate of residents that cannot be is said") {
    ImportSummary s;
    s.kept_km = 2000;
    s.residents_estimated = 148'735;
    CHECK(s.warnings().size() == 1);
    s.residents_estimated = 800'000;
    CHECK(s.warnings().empty());
    s.residents_estimated = 20'000'000;
    CHECK(s.warnings().size() == 1);
    s.kept_km = 100;
    s.residents_estimated = 5'000;
    CHECK(s.warnings().empty());
    s.stated_population = 40'000;
    CHECK(s.warnings().size() == 1);
}

TEST_CASE("restrictions bind an ambulance as they do a motor car, all others are counted") {
    struct Case {
        std::string kind, more;
        std::size_t bans;
        const char* counted;
    };
    for (const Case& c : std::vector<Case>{
             {"no_left_turn", "", 1, ""}, {"No_Left_Turn", "", 1, ""},
             {" no_left_turn ", "", 1, ""},
             {"no_left_turn;no_u_turn", "", 1, ""}, {"only_left_turn", "", 3, ""},
             {"no_left_turn", ", except=motorcar", 0, "other"},
             {"no_left_turn", ", except=psv;emergency", 0, "other"},
             {"no_left_turn", ", except=emergency", 0, "other"},
             {"no_left_turn", ", except=motor_vehicle", 0, "other"},
             {"no_left_turn", ", except=bicycle; motorcar", 0, "other"},
             {"no_left_turn", ", except=psv", 1, ""}, {"no_left_turn", ", except=bicycle", 1, ""},
             {"no_left_turn", ", day_on=Monday", 0, "other"},
             {"none_of_it", "", 0, "other"}, {"give_way", "", 0, "other"}}) {
        INFO(c.kind << c.more);
        const auto map = imported(nodes_of() + ways_of() + ban(c.kind, left, c.more));
        REQUIRE(map);
        CHECK(map->first.turn_bans.size() == c.bans);
        CHECK(map->second.restrictions_other == (std::string{c.counted} == "other" ? 1 : 0));
    }
    const auto bans = [](const std::string& relation) {
        const auto map = imported(nodes_of() + ways_of() + relation);
        REQUIRE(map);
        return map->first.turn_bans.size();
    };
    CHECK(bans(osm_relation(1, left, "type=restriction, restriction:motorcar=no_left_turn")) == 1);
    CHECK(bans(osm_relation(1, left, "type=restriction, restriction:hgv=no_left_turn")) == 0);
    CHECK(bans(osm_relation(1, left, "type=restriction, restriction:conditional=no_left_turn @ "
                                     "(07:00-09:00)")) == 0);
    CHECK(bans(ban("no_entry", {"way 101 from", "way 103 from", "node 5 via", "way 104 to"})) == 2);
    CHECK(bans(ban("no_exit", {"way 101 from", "node 5 via", "way 104 to", "way 102 to"})) == 2);
    CHECK(bans(ban("no_left_turn", {"way 101 From", "node 5 VIA", "way 104 to"})) == 1);
    // Two roads to leave into are no plain ban of a turn: which is meant is not known.
    CHECK(bans(ban("no_left_turn", {"way 101 from", "node 5 via", "way 104 to", "way 102 to"})) ==
          0);
}

TEST_CASE("a restriction at a node within a way that is not split there is counted as that") {
    const auto map = imported(nodes_of() + osm_way(101, {1, 5, 2}, street) +
                              osm_way(103, {3, 5}, street) + osm_way(104, {5, 4}, street) +
                              ban("no_left_turn", left));
    REQUIRE(map);
    CHECK(map->second.restrictions_unsplit == 1);
    CHECK(map->second.restrictions_broken == 0);
    CHECK(map->first.turn_bans.empty());
}

TEST_CASE("a map with none of the new things is written as it always was") {
    const auto plain = imported(cross());
    REQUIRE(plain);
    CHECK(write_roadmap(plain->first)[8] == 1);
    const auto gated = imported(cross() + osm_node(7, 0, 50, "barrier=gate") +
                                osm_way(110, {5, 7}, "highway=service, access=private"));
    REQUIRE(gated);
    const std::string bytes = write_roadmap(gated->first);
    CHECK(bytes[8] == 3);
    const auto read = read_roadmap(bytes, "roads.bin");
    REQUIRE(read);
    CHECK(write_roadmap(*read) == bytes);
    CHECK(read->segments.back().last_stretch);
    CHECK(read->segments.back().delay_s == 10);  // half of a gate at its end
}
