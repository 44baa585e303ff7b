#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <random>

#include "dispatch/roads/graph.h"
#include "dispatch/roads/osm_import.h"
#include "tests/roads/maps.h"
#include "tests/shared_data.h"

using namespace jedel;
using namespace jedel::roads;
using namespace jedel::roads::test;

namespace {

/// Bans of paths of three to five segments: walks, so that some share parts, cross themselves or
/// turn back.
void add_path_bans(RoadMap& map, std::mt19937_64& random) {
    const auto below = [&](std::uint64_t n) { return static_cast<std::uint32_t>(random() % n); };
    const auto ends = static_cast<std::uint32_t>(map.segments.size() * 2);
    const std::uint32_t wanted = below(3) == 0 ? 0 : below(8);
    for (std::uint32_t i = 0; i < wanted; ++i) {
        PathBan ban{.directed = {below(ends)}};
        const std::size_t length = 3 + below(3);
        while (ban.directed.size() < length) {
            std::vector<std::uint32_t> onward;
            for (std::uint32_t d = 0; d < ends; ++d) {
                if (tail_node(map, d) == head_node(map, ban.directed.back())) onward.push_back(d);
            }
            ban.directed.push_back(onward[below(onward.size())]);  // turning back is always there
        }
        map.path_bans.push_back(ban);
        if (below(3) == 0) {  // a sister that parts from it at the end
            const std::uint32_t last = ban.directed.back();
            ban.directed.back() = last ^ 1;
            if (tail_node(map, last ^ 1) == tail_node(map, last)) map.path_bans.push_back(ban);
        }
    }
}

/// A map of random nodes, one-ways, loops, parallel roads, turn bans, classes and limits.
RoadMap random_map(std::mt19937_64& random) {
    const auto below = [&](std::uint64_t n) { return static_cast<std::uint32_t>(random() % n); };
    RoadMap map;
    map.names.push_back({});
    const std::uint32_t nodes = 1 + below(40);
    for (std::uint32_t i = 0; i < nodes; ++i) {
        map.nodes.push_back(metres(below(2000), below(2000)));
    }
    const std::uint32_t segments = 1 + below(nodes * 2 + 2);
    for (std::uint32_t i = 0; i < segments; ++i) {
        const std::uint32_t s = add_segment(map, below(nodes), below(nodes));
        const std::uint32_t way = below(6);
        map.segments[s].forward = way != 0;
        map.segments[s].backward = way != 1 && way != 2;
        map.segments[s].road_class = static_cast<RoadClass>(below(9));
        map.segments[s].max_speed_kmh = static_cast<std::uint16_t>(below(3) == 0 ? below(90) : 0);
        if (map.segments[s].from == map.segments[s].to) {  // a loop road has inner points
            map.segments[s].first_point = static_cast<std::uint32_t>(map.points.size());
            map.segments[s].point_count = 2;
            map.points.push_back(metres(below(2000), below(2000)));
            map.points.push_back(metres(below(2000), below(2000)));
            map.segments[s].length_m = static_cast<float>(below(500));
        }
    }
    for (std::uint32_t i = below(segments + 1); i > 0; --i) {
        const std::uint32_t a = below(segments), b = below(segments);
        const Segment& s = map.segments[a];
        map.turn_bans.push_back({a, below(2) == 0 ? s.from : s.to, b});
    }
    if (below(2) == 0) {
        add_path_bans(map, random);
    } else {
        for (Segment& s : map.segments) {  // private yards, and gates that cost time
            s.last_stretch = below(5) == 0;
            s.delay_s = static_cast<std::uint8_t>(below(4) == 0 ? below(60) : 0);
        }
    }
    return map;
}

SpeedTable random_speeds(std::mt19937_64& random) {
    SpeedTable t = flat_speeds(random() % 3 == 0 ? 0 : static_cast<double>(random() % 90) / 10);
    for (double& v : t.base_kmh) v = 5 + static_cast<double>(random() % 90);
    return t;
}

Snapped random_place(const RoadMap& map, std::mt19937_64& random) {
    return {.segment = static_cast<std::uint32_t>(random() % map.segments.size()),
            .along = static_cast<double>(random() % 11) / 10,
            .distance_m = 0,
            .on_road = {}};
}

bool same(const Travel& a, const Travel& b) {
    return a.reachable == b.reachable && a.time_ms == b.time_ms && a.distance_m == b.distance_m;
}

/// Both methods, from many and to many, and prepared places must say the same.
bool methods_agree(const TravelNetwork& net, std::mt19937_64& random, std::size_t places,
                   int rounds) {
    const auto scratch = net.scratch();
    std::vector<Snapped> origins(places);
    PreparedOrigins prepared{net};
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < places; ++i) {
            origins[i] = random_place(net.map(), random);
            prepared.set(i, origins[i]);
        }
        const Snapped target = random_place(net.map(), random);
        std::vector<Travel> plain(places), fast(places), ready(places);
        std::vector<std::int64_t> times(places);
        net.to_one(*scratch, origins, target, Method::plain, plain);
        net.to_one(*scratch, origins, target, Method::fast, fast);
        prepared.travels_to(target, ready);
        prepared.times_to(target, times);
        for (std::size_t i = 0; i < places; ++i) {
            if (!same(plain[i], fast[i]) || !same(plain[i], ready[i])) return false;
            if (times[i] != (plain[i].reachable ? plain[i].time_ms : -1)) return false;
        }
        net.from_one(*scratch, target, origins, Method::plain, plain);
        net.from_one(*scratch, target, origins, Method::fast, fast);
        for (std::size_t i = 0; i < places; ++i) {
            if (!same(plain[i], fast[i])) return false;
            if (net.route(*scratch, target, origins[i]).travel.time_ms != plain[i].time_ms) {
                return false;
            }
        }
    }
    return true;
}

/// The definition, written down again without any of the library's search or its states; relaxed
/// over and over until nothing changes.
std::vector<std::int64_t> by_definition(const RoadMap& map, const SpeedTable& speeds,
                                        const Snapped& from, const Snapped& to) {
    constexpr std::int64_t far = std::int64_t{1} << 50;
    const auto time = [&](std::uint32_t s) {
        double kmh = speeds.base_kmh[static_cast<std::size_t>(map.segments[s].road_class)];
        if (map.segments[s].max_speed_kmh > 0) {
            kmh = std::min<double>(kmh, map.segments[s].max_speed_kmh);
        }
        return std::llround(map.segments[s].length_m * 3600.0 / std::max(1.0, kmh)) +
               1000LL * map.segments[s].delay_s;
    };
    const auto head = [&](std::uint32_t d) {
        return d % 2 == 0 ? map.segments[d / 2].to : map.segments[d / 2].from;
    };
    const auto open = [&](std::uint32_t d) {
        return d % 2 == 0 ? map.segments[d / 2].forward : map.segments[d / 2].backward;
    };
    const auto until = [&](std::uint32_t d, double along) {
        return std::llround(static_cast<double>(time(d / 2)) * (d % 2 == 0 ? along : 1 - along));
    };
    std::map<std::uint32_t, int> ends;
    for (const Segment& s : map.segments) ++ends[s.from], ++ends[s.to];
    const auto bearing = [&](std::uint32_t d) {  // when leaving
        const Segment& s = map.segments[d / 2];
        const FixedPoint a = map.nodes[head(d ^ 1)];
        FixedPoint b = map.nodes[head(d)];
        for (std::uint32_t i = s.point_count; i-- > 0;) {
            const FixedPoint p =
                map.points[s.first_point + (d % 2 == 0 ? i : s.point_count - 1 - i)];
            if (!(p == a)) b = p;
        }
        return std::atan2((static_cast<double>(b.lon_e7) - a.lon_e7) *
                              std::cos(a.lat_e7 * 1e-7 * 3.14159265358979323846 / 180),
                          static_cast<double>(b.lat_e7) - a.lat_e7);
    };
    const auto turn = [&](std::uint32_t in, std::uint32_t out) -> std::int64_t {
        const std::uint32_t node = head(in);
        if (head(out ^ 1) != node || !open(out)) return far;
        for (const TurnBan& b : map.turn_bans) {
            if (b.from_segment == in / 2 && b.via_node == node && b.to_segment == out / 2) {
                return far;
            }
        }
        if (ends[node] < 3) return 0;
        constexpr double pi = 3.14159265358979323846;
        const double change = std::remainder(bearing(out) - bearing(in ^ 1) - pi, 2 * pi);
        return std::abs(change) > pi / 4 ? std::llround(speeds.turn_s * 1000) : 0;
    };
    // A state is the last segments driven to their ends, as many as a banned path can ask for.
    using Driven = std::vector<std::uint32_t>;
    std::size_t memory = 1;
    for (const PathBan& ban : map.path_bans) memory = std::max(memory, ban.directed.size() - 1);
    const auto onward = [&](const Driven& driven, std::uint32_t out) -> std::int64_t {
        for (const PathBan& ban : map.path_bans) {
            const std::size_t before = ban.directed.size() - 1;
            if (ban.directed.back() == out && driven.size() >= before &&
                std::equal(driven.end() - static_cast<std::ptrdiff_t>(before), driven.end(),
                           ban.directed.begin())) {
                return far;
            }
        }
        return turn(driven.back(), out);
    };
    const auto n = static_cast<std::uint32_t>(map.segments.size() * 2);
    // Out of last stretches, through, into last stretches: never back to through.
    enum class Phase { out, through, into };
    const auto is_last = [&](std::uint32_t d) { return map.segments[d / 2].last_stretch; };
    using State = std::pair<Driven, Phase>;
    std::map<State, std::int64_t> at_end;
    std::deque<State> open_ends;
    std::int64_t best = far;
    for (const std::uint32_t d : {2 * from.segment, 2 * from.segment + 1}) {
        if (!open(d)) continue;
        const State first{{d}, is_last(d) ? Phase::out : Phase::through};
        at_end[first] = time(d / 2) - until(d, from.along);
        open_ends.push_back(first);
        if (d / 2 == to.segment && until(d, to.along) >= until(d, from.along) &&
            (d % 2 == 0 ? to.along >= from.along : to.along <= from.along)) {
            best = std::min<std::int64_t>(best, until(d, to.along) - until(d, from.along));
        }
    }
    while (!open_ends.empty()) {
        const State state = open_ends.front();
        const auto& [driven, phase] = state;
        open_ends.pop_front();
        const std::int64_t now = at_end.at(state);
        for (std::uint32_t out = 0; out < n; ++out) {
            const std::int64_t t = onward(driven, out);
            if (t >= far || (phase == Phase::into && !is_last(out))) continue;
            if (out / 2 == to.segment) {
                best = std::min<std::int64_t>(best, now + t + until(out, to.along));
            }
            Driven next = driven;
            next.push_back(out);
            if (next.size() > memory) next.erase(next.begin());
            const Phase then = !is_last(out)             ? Phase::through
                               : phase == Phase::through ? Phase::into
                                                         : phase;
            const State reached{next, then};
            const auto [at, is_new] = at_end.try_emplace(reached, far);
            if (now + t + time(out / 2) >= at->second) continue;
            at->second = now + t + time(out / 2);
            open_ends.push_back(reached);
        }
    }
    return {best >= far ? -1 : best};
}

}  // namespace

TEST_CASE("plain and fast agree to the millisecond on random maps with bans and turn costs") {
    REQUIRE(rc::check([](std::uint64_t seed) {
        std::mt19937_64 random{seed};
        const auto map = shared(random_map(random));
        const auto net = TravelNetwork::build(map, random_speeds(random), 0, 0);
        RC_ASSERT(methods_agree(net, random, 6, 3));
        std::vector<SegmentChange> changes;
        for (std::uint32_t s = 0; s < map->segments.size(); s += 3) {
            changes.push_back({s, random() % 2 == 0, static_cast<double>(random() % 40) / 10});
        }
        RC_ASSERT(
            methods_agree(net.with_times(random_speeds(random), 5, 1, changes), random, 6, 3));
    }));
}

TEST_CASE("times are those of the definition, written down without a graph") {
    REQUIRE(rc::check([](std::uint64_t seed) {
        std::mt19937_64 random{seed};
        const auto map = shared(random_map(random));
        const SpeedTable speeds = random_speeds(random);
        const auto net = TravelNetwork::build(map, speeds, 0, 0);
        const auto scratch = net.scratch();
        for (int i = 0; i < 4; ++i) {
            const Snapped from = random_place(*map, random), to = random_place(*map, random);
            Travel t;
            net.to_one(*scratch, {&from, 1}, to, Method::fast, {&t, 1});
            RC_ASSERT((t.reachable ? t.time_ms : -1) ==
                      by_definition(*map, speeds, from, to).front());
        }
    }));
}

TEST_CASE("plain and fast agree on grids large enough to be cut in parts") {
    std::mt19937_64 random{7};
    for (const double turn_s : {0.0, 3.0}) {
        RoadMap map = grid_map(40, 50);
        for (Segment& s : map.segments) {
            s.road_class = static_cast<RoadClass>(random() % 9);
            if (random() % 4 == 0) s.backward = false;
        }
        SpeedTable speeds = random_speeds(random);
        speeds.turn_s = turn_s;
        const auto net = TravelNetwork::build(shared(std::move(map)), speeds, 0, 0);
        CHECK(methods_agree(net, random, 20, 10));
    }
}

TEST_CASE("plain and fast agree on the real maps") {
    for (const char* name : {"maps/almaty-2012.osm.pbf", "maps/auckland-2017.osm.pbf"}) {
        const auto path = jedel::test::shared_data(name);
        if (!path) return;
        auto imported = import_osm(*path);
        REQUIRE(imported);
        std::mt19937_64 random{11};
        const auto map = shared(std::move(imported->first));
        const auto net = TravelNetwork::build(map, random_speeds(random), 0, 0);
        CHECK(methods_agree(net, random, 20, 10));
        SpeedTable turning = random_speeds(random);
        turning.turn_s = 3;
        CHECK(methods_agree(net.with_times(turning, 0, 0), random, 20, 10));
    }
}

TEST_CASE("prepared places agree where both ends of both segments straddle one separator") {
    // Found by the property above: two chains of the origin met two chains of the target.
    for (std::uint64_t seed = 0; seed < 1500; ++seed) {
        std::mt19937_64 random{seed};
        const auto map = shared(random_map(random));
        const auto net = TravelNetwork::build(map, random_speeds(random), 0, 0);
        if (!methods_agree(net, random, 4, 2)) FAIL("seed " << seed);
    }
    std::mt19937_64 random{80396260715};
    const auto map = shared(random_map(random));
    CHECK(methods_agree(TravelNetwork::build(map, random_speeds(random), 0, 0), random, 6, 3));
}

TEST_CASE("prepared places agree while some move, some go and most stand sorted") {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        std::mt19937_64 random{seed};
        const auto map = shared(random_map(random));
        const auto net = TravelNetwork::build(map, random_speeds(random), 0, 0);
        const auto scratch = net.scratch();
        constexpr std::size_t slots = 9;
        std::array<std::optional<Snapped>, slots> where;
        PreparedOrigins prepared{net};
        prepared.set(slots - 1, random_place(*map, random));
        prepared.clear(slots - 1);
        for (int round = 0; round < 120; ++round) {
            const std::size_t slot = random() % slots;
            if (const auto what = random() % 20; what < 4) {
                where[slot] = random_place(*map, random);
                prepared.set(slot, *where[slot]);
            } else if (what == 4) {
                where[slot].reset();
                prepared.clear(slot);
            }
            const Snapped target = random_place(*map, random);
            std::array<std::int64_t, slots> ms{};
            prepared.times_to(target, ms);
            for (std::size_t i = 0; i < slots; ++i) {
                Travel t;
                if (where[i]) net.to_one(*scratch, {&*where[i], 1}, target, Method::plain, {&t, 1});
                if (ms[i] != (t.reachable ? t.time_ms : -1) || !same(prepared.way_of(i), t)) {
                    FAIL("seed " << seed << " round " << round << " slot " << i);
                }
            }
        }
    }
}

TEST_CASE("a slot that was cleared or never set is not reachable") {
    const auto net = TravelNetwork::build(shared(grid_map(3, 3)), flat_speeds(), 0, 0);
    PreparedOrigins prepared{net};
    prepared.set(2, *net.snap(metres(0, 0).degrees()));
    REQUIRE(prepared.slots() == 3);
    std::vector<std::int64_t> ms(3);
    const Snapped target = *net.snap(metres(150, 100).degrees());
    prepared.times_to(target, ms);
    CHECK(ms[0] == -1);
    CHECK(ms[2] == Approx(25'000).margin(20));
    prepared.clear(2);
    prepared.times_to(target, ms);
    CHECK(ms[2] == -1);
}
