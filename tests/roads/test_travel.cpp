#include <catch2/catch.hpp>
#include <cmath>

#include "tests/roads/maps.h"

using namespace jedel;
using namespace jedel::roads;
using namespace jedel::roads::test;

namespace {

Travel one(const TravelNetwork& net, const Snapped& from, const Snapped& to,
           Method method = Method::plain) {
    const auto scratch = net.scratch();
    Travel out;
    net.to_one(*scratch, {&from, 1}, to, method, {&out, 1});
    return out;
}

Snapped on(std::uint32_t segment, double along) {
    return {.segment = segment, .along = along, .distance_m = 0, .on_road = {}};
}

}  // namespace

TEST_CASE("a place snaps to the nearest segment by projection with its distance") {
    const auto net = TravelNetwork::build(shared(grid_map(3, 3)), flat_speeds(), 0, 0);
    const auto snapped = net.snap(metres(130, 12).degrees());
    REQUIRE(snapped);
    CHECK(snapped->segment == 2);  // node 1 to node 2
    CHECK(snapped->along == Approx(0.3).margin(0.001));
    CHECK(snapped->distance_m == Approx(12).margin(0.05));
    const auto far = net.snap(metres(130, -900).degrees());
    REQUIRE(far);
    CHECK(far->distance_m > doubtful_snap_m);
    CHECK_FALSE(net.snap({91, 0}));
}

TEST_CASE("a far place and an empty map do not hang the search for a road") {
    const auto net = TravelNetwork::build(shared(grid_map(3, 3)), flat_speeds(), 0, 0);
    CHECK(net.snap({-43, -100})->distance_m > 1e6);
    const auto empty = TravelNetwork::build(shared({}), flat_speeds(), 0, 0);
    CHECK_FALSE(empty.snap({43.25, 76.95}));
}

TEST_CASE("the grid finds the same segment as a look at every segment") {
    const auto map = shared(grid_map(12, 9, 170));
    const auto net = TravelNetwork::build(map, flat_speeds(), 0, 0);
    for (int i = 0; i < 200; ++i) {
        const LatLon at = metres(-300 + (i * 37) % 2000, -300 + (i * 91) % 2600).degrees();
        const auto all = net.snap_all(at, 4000);
        REQUIRE(all.size() == map->segments.size());
        const auto nearest = net.snap(at);
        REQUIRE(nearest);
        CHECK(nearest->segment == all.front().segment);
        CHECK(nearest->distance_m == all.front().distance_m);
    }
}

TEST_CASE("time counts the parts of the first and the last segment") {
    const auto net = TravelNetwork::build(shared(grid_map(1, 4)), flat_speeds(), 0, 0);
    const Travel t = one(net, on(0, 0.25), on(2, 0.5));
    REQUIRE(t.reachable);
    CHECK(t.time_ms == Approx(22'500).margin(5));
    CHECK(t.distance_m == Approx(225).margin(0.1));
    CHECK(one(net, on(1, 0.2), on(1, 0.7)).time_ms == Approx(5'000).margin(2));
    CHECK(one(net, on(1, 0.7), on(1, 0.2)).time_ms == Approx(5'000).margin(2));
    CHECK(one(net, on(1, 0.7), on(1, 0.7)).time_ms == 0);
}

TEST_CASE("a one-way is not driven against its direction") {
    RoadMap map;
    map.nodes = {metres(0, 0), metres(100, 0), metres(100, 100), metres(0, 100)};
    for (std::uint32_t i = 0; i < 4; ++i) add_segment(map, i, (i + 1) % 4, true, false);
    const auto net = TravelNetwork::build(shared(std::move(map)), flat_speeds(), 0, 0);
    CHECK(one(net, on(0, 0.5), on(0, 0.6)).time_ms == Approx(1'000).margin(2));
    CHECK(one(net, on(0, 0.6), on(0, 0.5)).time_ms == Approx(39'000).margin(10));
}

TEST_CASE("a banned turn is driven around and only by legal turns") {
    RoadMap map = grid_map(3, 3);
    // From 3-4 (west to the middle) into 4-7 (north) is banned: around by a neighbour.
    std::uint32_t into = 0, out = 0;
    for (std::uint32_t i = 0; i < map.segments.size(); ++i) {
        if (map.segments[i].from == 3 && map.segments[i].to == 4) into = i;
        if (map.segments[i].from == 4 && map.segments[i].to == 7) out = i;
    }
    map.turn_bans.push_back({into, 4, out});
    RoadMap open = map;
    open.turn_bans.clear();
    const auto banned = TravelNetwork::build(shared(std::move(map)), flat_speeds(), 0, 0);
    const auto free = TravelNetwork::build(shared(std::move(open)), flat_speeds(), 0, 0);
    // Shortest without the ban: 50 m + 50 m. With it the quickest legal way turns round at a
    // neighbouring node, or starts the other way round the block.
    CHECK(one(free, on(into, 0.5), on(out, 0.5)).time_ms == Approx(10'000).margin(4));
    CHECK(one(banned, on(into, 0.5), on(out, 0.5)).time_ms == Approx(30'000).margin(10));
    CHECK(one(banned, on(out, 0.5), on(into, 0.5)).time_ms == Approx(10'000).margin(4));
}

TEST_CASE("a banned path is driven around, and its parts and its last road stay free") {
    // Two carriageways, east along the south and west along the north, with a link in the middle:
    // turning back by the link is banned, crossing at the east end is not.
    RoadMap map;
    map.nodes = {metres(0, 0),    metres(100, 0),  metres(300, 0), metres(0, 20),
                 metres(100, 20), metres(300, 20), metres(100, 320)};
    const std::uint32_t in = add_segment(map, 0, 1, true, false);
    add_segment(map, 1, 2, true, false);
    add_segment(map, 2, 5, true, false);
    add_segment(map, 5, 4, true, false);
    const std::uint32_t out = add_segment(map, 4, 3, true, false);
    add_segment(map, 3, 0, true, false);
    const std::uint32_t link = add_segment(map, 1, 4, true, false);
    const std::uint32_t north = add_segment(map, 4, 6);
    RoadMap free_map = map;
    map.path_bans.push_back({{2 * in, 2 * link, 2 * out}});
    const auto banned = TravelNetwork::build(shared(std::move(map)), flat_speeds(), 0, 0);
    const auto free = TravelNetwork::build(shared(std::move(free_map)), flat_speeds(), 0, 0);
    for (const Method method : {Method::plain, Method::fast}) {
        CHECK(one(free, on(in, 0.5), on(out, 0.5), method).time_ms == Approx(12'000).margin(10));
        // On to the end and back: 50 + 200 + 20 + 200 + 50 m. Turning round in the north, which is
        // allowed, would take 50 + 20 + 300 + 300 + 50.
        CHECK(one(banned, on(in, 0.5), on(out, 0.5), method).time_ms ==
              Approx(52'000).margin(10));
        CHECK(one(banned, on(in, 0.5), on(north, 0.5), method).time_ms ==
              Approx(22'000).margin(10));
        CHECK(one(banned, on(link, 0.5), on(out, 0.5), method).time_ms ==
              Approx(6'000).margin(10));
    }
    const auto scratch = banned.scratch();
    const Route route = banned.route(*scratch, on(in, 0.5), on(out, 0.5));
    CHECK(route.travel.time_ms == Approx(52'000).margin(10));
    const auto by_link = banned.reach(*scratch, on(in, 0.5), 14'000);
    CHECK(std::none_of(by_link.begin(), by_link.end(),
                       [&](const Reached& p) { return p.segment == out; }));
}

TEST_CASE("a turn costs its time where at least three roads meet, and straight on costs none") {
    const auto net = TravelNetwork::build(shared(grid_map(3, 5)), flat_speeds(4), 0, 0);
    const auto at = [&](double east, double north) {
        return *net.snap(metres(east, north).degrees());
    };
    CHECK(one(net, at(50, 100), at(350, 100)).time_ms == Approx(30'000).margin(10));
    CHECK(one(net, at(150, 100), at(200, 150)).time_ms == Approx(10'000 + 4'000).margin(6));
    // The corner of the grid is a bend of one road, not a junction.
    CHECK(one(net, at(50, 0), at(0, 50)).time_ms == Approx(10'000).margin(6));
}

TEST_CASE("an island that no road reaches is not reachable") {
    RoadMap map;
    map.nodes = {metres(0, 0), metres(100, 0), metres(5000, 0), metres(5100, 0)};
    add_segment(map, 0, 1);
    add_segment(map, 2, 3);
    const auto net = TravelNetwork::build(shared(std::move(map)), flat_speeds(), 0, 0);
    CHECK_FALSE(one(net, on(0, 0.5), on(1, 0.5)).reachable);
}

TEST_CASE("the route follows the geometry and names each street where it begins") {
    RoadMap map = grid_map(2, 3);
    map.names = {{}, {.any = "Абай", .kk = {}, .ru = {}, .en = {}, .old = {}},
                 {.any = "Сейфуллин", .kk = {}, .ru = {}, .en = {}, .old = {}}};
    for (Segment& s : map.segments) s.name = s.to == s.from + 1 ? 1 : 2;
    const auto net = TravelNetwork::build(shared(std::move(map)), flat_speeds(), 0, 0);
    const auto scratch = net.scratch();
    const Snapped from = *net.snap(metres(50, 0).degrees());
    const Snapped to = *net.snap(metres(200, 50).degrees());
    const Route route = net.route(*scratch, from, to);
    CHECK(route.travel.time_ms == one(net, from, to).time_ms);
    REQUIRE(route.points.size() >= 3);
    CHECK(route.points.front().name == 1);
    CHECK(route.points.back().name == 2);
    double length = 0;
    for (std::size_t i = 1; i < route.points.size(); ++i) {
        length += distance_m(route.points[i - 1].at, route.points[i].at);
    }
    CHECK(length == Approx(route.travel.distance_m).margin(0.5));
    CHECK(distance_m(route.points.front().at, from.on_road) < 0.1);
    CHECK(distance_m(route.points.back().at, to.on_road) < 0.1);
}

TEST_CASE("speeds follow the class, a lower posted limit, the hour and the siren") {
    RoadMap map = grid_map(1, 2, 1000);
    map.segments[0].road_class = RoadClass::primary;
    map.segments[0].max_speed_kmh = 18;
    SpeedTable speeds = flat_speeds();
    speeds.hour_factor[17] = 0.5;
    speeds.urgency_factor[1] = 2;
    const auto shared_map = shared(std::move(map));
    const auto net = TravelNetwork::build(shared_map, speeds, 0, 0);
    CHECK(one(net, on(0, 0), on(0, 1)).time_ms == Approx(200'000).margin(100));
    CHECK(one(net.with_times(speeds, 17, 0), on(0, 0), on(0, 1)).time_ms ==
          Approx(400'000).margin(200));
    CHECK(one(net.with_times(speeds, 17, 1), on(0, 0), on(0, 1)).time_ms ==
          Approx(200'000).margin(100));
}

TEST_CASE("a drawn closure holds from the next query and still lets one reach what lies on it") {
    const auto net = TravelNetwork::build(shared(grid_map(2, 3)), flat_speeds(), 0, 0);
    const auto at = [&](double east, double north) {
        return *net.snap(metres(east, north).degrees());
    };
    const Snapped from = at(10, 0), to = at(190, 0), middle = at(150, 0);
    const SegmentChange closed{.segment = middle.segment, .closed = true};
    const auto changed = net.with_times(flat_speeds(), 0, 0, {&closed, 1});
    const Snapped up = at(200, 60);
    CHECK(one(net, from, up).time_ms == Approx(25'000).margin(20));
    CHECK(one(changed, from, up).time_ms == Approx(9'000 + 10'000 + 10'000 + 4'000).margin(20));
    CHECK(one(changed, from, middle).reachable);
    CHECK(one(changed, middle, from).reachable);
    CHECK(one(changed, from, to).reachable);
    const SegmentChange slow{.segment = middle.segment, .closed = false, .time_factor = 1.5};
    CHECK(one(net.with_times(flat_speeds(), 0, 0, {&slow, 1}), from, up).time_ms ==
          Approx(30'000).margin(20));
}

TEST_CASE("reach gives every piece of road within the time and nothing beyond it") {
    const auto net = TravelNetwork::build(shared(grid_map(1, 11)), flat_speeds(), 0, 0);
    const auto scratch = net.scratch();
    const Snapped origin = on(5, 0.5);
    double metres_reached = 0;
    for (const Reached& r : net.reach(*scratch, origin, 25'000)) {
        CHECK(r.to_ms <= 25'000);
        CHECK(r.from_ms <= r.to_ms);
        metres_reached += std::abs(r.to_along - r.from_along) * 100;
    }
    CHECK(metres_reached >= 499);
    CHECK(net.reach(*scratch, origin, -1).empty());
}

TEST_CASE("reach from many is, at every place, the earliest of the reaches from each") {
    std::mt19937_64 random{3};
    RoadMap map = grid_map(7, 8);
    for (Segment& s : map.segments) {
        if (random() % 4 == 0) s.backward = false;
    }
    const auto net = TravelNetwork::build(shared(std::move(map)), flat_speeds(2), 0, 0);
    const auto scratch = net.scratch();
    const auto earliest = [](const std::vector<Reached>& all, std::uint32_t segment, double x) {
        double best = 1e18;
        for (const Reached& r : all) {
            if (r.segment != segment) continue;
            if (x < std::min(r.from_along, r.to_along) || x > std::max(r.from_along, r.to_along)) {
                continue;
            }
            const double width = r.to_along - r.from_along;
            const double t = width != 0 ? (x - r.from_along) / width : 0;
            best = std::min(best, static_cast<double>(r.from_ms) +
                                      t * static_cast<double>(r.to_ms - r.from_ms));
        }
        return best;
    };
    constexpr std::int64_t limit_ms = 45'000;
    int reached = 0, missed = 0;
    for (int round = 0; round < 20; ++round) {
        std::vector<Snapped> origins;
        std::vector<std::vector<Reached>> each;
        for (std::uint64_t i = 0; i < 1 + random() % 4; ++i) {
            origins.push_back(on(static_cast<std::uint32_t>(random() % 97), 0.25));
            each.push_back(net.reach(*scratch, origins.back(), limit_ms));
        }
        const auto all = net.reach(*scratch, origins, limit_ms);
        for (std::uint32_t segment = 0; segment < 97; ++segment) {
            for (const double x : {0.1, 0.5, 0.9}) {
                double best = 1e18;
                for (const auto& one : each) best = std::min(best, earliest(one, segment, x));
                const double found = earliest(all, segment, x);
                CHECK(std::abs(found - best) <= 2);  // each piece rounds to a millisecond
                (best < 1e18 ? reached : missed) += 1;
            }
        }
    }
    CHECK(reached > 1000);
    CHECK(missed > 100);
    CHECK(net.reach(*scratch, std::span<const Snapped>{}, limit_ms).empty());
}
