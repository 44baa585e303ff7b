#include <catch2/catch.hpp>

#include "dispatch/roads/roadmap.h"
#include "tests/roads/maps.h"

using namespace jedel;
using namespace jedel::roads;

namespace {

RoadMap example() {
    RoadMap map = test::grid_map(3, 4);
    map.names = {{}, {.any = "көше", .kk = "Абай", .ru = "Абая", .en = "Abay", .old = {"Ленин"}}};
    map.points = {fixed({43.2, 76.9}), fixed({43.21, 76.91}), fixed({43.22, 76.9})};
    map.segments[1].first_point = 1;
    map.segments[1].point_count = 2;
    map.segments[1].name = 1;
    map.segments[2].backward = false;
    map.segments[2].bridge = true;
    map.segments[2].max_speed_kmh = 60;
    map.segments[2].source_way = 0xffff'ffff'ffff'fff0U;
    map.segments[3].road_class = RoadClass::track;
    map.turn_bans = {{0, 1, 2}};
    map.areas = {{AreaKind::green, 0, 3}};
    map.waterlines = {{1, 2, 4.5F}};
    map.places = {{PlaceKind::house, fixed({43.2, 76.9}), 0, 1, "12/3"}};
    map.population = {{fixed({43.2, 76.9}), 40}};
    return map;
}

}  // namespace

TEST_CASE("a road map read back is written as the same bytes") {
    const std::string bytes = write_roadmap(example());
    const auto map = read_roadmap(bytes, "roads.bin");
    REQUIRE(map);
    CHECK(write_roadmap(*map) == bytes);
    CHECK(map->names[1].old == std::vector<std::string>{"Ленин"});
    CHECK(map->segments[2].max_speed_kmh == 60);
    CHECK_FALSE(map->segments[2].backward);
    CHECK(map->segments[2].source_way == 0xffff'ffff'ffff'fff0U);
    CHECK(map->segments[1].point_count == 2);
    CHECK(map->places[0].number == "12/3");
    CHECK(map->nodes == example().nodes);
}

TEST_CASE("bans of paths come back from the file, and a map without them is of the first version") {
    RoadMap map = example();
    CHECK(write_roadmap(map)[8] == 1);
    map.path_bans = {{{0, 1, 0}}, {{2, 3, 2, 3}}};
    const std::string bytes = write_roadmap(map);
    CHECK(bytes[8] == 2);
    const auto read = read_roadmap(bytes, "roads.bin");
    REQUIRE(read);
    REQUIRE(read->path_bans.size() == 2);
    CHECK(read->path_bans[0].directed == std::vector<std::uint32_t>{0, 1, 0});
    CHECK(read->path_bans[1].directed == std::vector<std::uint32_t>{2, 3, 2, 3});
    CHECK(write_roadmap(*read) == bytes);
    for (std::size_t size = bytes.size() - 30; size < bytes.size(); ++size) {
        CHECK_FALSE(read_roadmap(std::string_view{bytes}.substr(0, size), "r").ok());
    }
}

TEST_CASE("an empty map can be written and read") {
    const auto map = read_roadmap(write_roadmap({}), "roads.bin");
    REQUIRE(map);
    CHECK(map->nodes.empty());
    CHECK(map->names.size() == 1);
}

TEST_CASE("a foreign, empty, newer or cut file is refused in one clear line") {
    const std::string bytes = write_roadmap(example());
    CHECK(read_roadmap("", "r").error().text() == "r: empty file; expected a road map");
    CHECK(read_roadmap("PK\3\4 zip", "r").error().message.find("not a road map") == 0);
    std::string newer = bytes;
    newer[8] = 9;
    CHECK(read_roadmap(newer, "r").error().message.find("version 9") != std::string::npos);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(read_roadmap(std::string_view{bytes}.substr(0, size), "r").ok());
    }
    CHECK_FALSE(read_roadmap(bytes + "x", "r").ok());
}

TEST_CASE("any changed byte is noticed") {
    const std::string bytes = write_roadmap(example());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string bad = bytes;
        bad[i] = static_cast<char>(bad[i] ^ 0x41);
        CHECK_FALSE(read_roadmap(bad, "r").ok());
    }
}

TEST_CASE("a damaged payload under a right checksum is refused or read as a map in order") {
    const std::string bytes = write_roadmap(example());
    constexpr std::size_t header = 24, crc_at = 20;
    const auto crc32 = [](std::string_view text) {  // CRC-32 of ISO 3309, bit by bit
        std::uint32_t crc = 0xffff'ffffU;
        for (const char c : text) {
            crc ^= static_cast<unsigned char>(c);
            for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb8'8320U : 0);
        }
        return ~crc;
    };
    int refused = 0;
    for (std::size_t at = header; at < bytes.size(); ++at) {
        for (const unsigned char value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
            std::string bad = bytes;
            bad[at] = static_cast<char>(value);
            const std::uint32_t crc = crc32(std::string_view{bad}.substr(header));
            for (std::size_t i = 0; i < 4; ++i) {
                bad[crc_at + i] = static_cast<char>(crc >> (8 * i));
            }
            const auto map = read_roadmap(bad, "r");
            refused += map.ok() ? 0 : 1;
            if (!map) continue;
            for (const Segment& s : map->segments) {
                REQUIRE(s.from < map->nodes.size());
                REQUIRE(s.to < map->nodes.size());
                REQUIRE(s.first_point + std::uint64_t{s.point_count} <= map->points.size());
            }
        }
    }
    CHECK(refused > 100);
}

TEST_CASE("an index that points nowhere is refused by list and record") {
    const auto refused = [](auto&& damage) {
        RoadMap map = example();
        damage(map);
        const auto read = read_roadmap(write_roadmap(map), "r");
        return read.ok() ? std::string{} : read.error().field;
    };
    CHECK(refused([](RoadMap& m) { m.segments[0].to = 99; }) == "segments");
    CHECK(refused([](RoadMap& m) { m.segments[0].name = 9; }) == "segments");
    CHECK(refused([](RoadMap& m) { m.segments[1].point_count = 9; }) == "segments");
    CHECK(refused([](RoadMap& m) { m.segments[1].length_m = -1; }) == "segments");
    CHECK(refused([](RoadMap& m) { m.turn_bans[0].via_node = 99; }) == "turn_bans");
    CHECK(refused([](RoadMap& m) { m.path_bans = {{{0, 1, 99}}}; }) == "path_bans");
    CHECK(refused([](RoadMap& m) { m.path_bans = {{{0, 1}}, {{0, 1, 0, 1}}}; }) == "path_bans");
    CHECK(refused([](RoadMap& m) { m.areas[0].first_point = 7; }) == "areas");
    CHECK(refused([](RoadMap& m) { m.waterlines[0].point_count = 7; }) == "waterlines");
    CHECK(refused([](RoadMap& m) { m.places[0].street = 7; }) == "places");
    CHECK(refused([](RoadMap& m) { m.nodes[0].lat_e7 = 2'000'000'000; }) == "nodes");
}
