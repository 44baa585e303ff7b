// Closed and slow roads in the adviser: they hold from the next question, and say what they cost.

#include "dispatch/fleet/road_changes.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "base/install.h"
#include "dispatch/fleet/advisor.h"

using namespace jedel;

namespace {

const Instant now = from_iso("2026-03-04T05:00:00Z").value();

std::shared_ptr<const City> training_city() {
    static const auto city = load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training");
    REQUIRE(city);
    return *city;
}

struct Town {
    std::shared_ptr<const City> city = training_city();
    Adviser adviser{city, load_fleet_tables(JEDEL_SOURCE_DIR).value()};
    State state;
    Incident incident;

    /// Free brigades at the roster's bases; the call lies off the middle of the town.
    Town() {
        for (const RosterBrigade& r : city->organisations.roster) {
            const Organisation* base = city->organisations.find(r.base);
            if (base == nullptr || state.brigades.size() == 12) continue;
            Brigade b;
            b.id = r.id;
            b.kind = BrigadeKind::feldsher;
            b.status = BrigadeStatus::free_at_base;
            b.base_place = base->place;
            b.last_lat = base->place.lat;
            b.last_lon = base->place.lon;
            b.last_place_at = now;
            state.brigades.put(b);
        }
        incident.id = {1};
        incident.category = Category::u2;
        const LatLon middle{(city->low.lat + city->high.lat) / 2,
                            (city->low.lon + city->high.lon) / 2};
        incident.lat = middle.lat + 0.004;
        incident.lon = middle.lon + 0.005;
    }
    Recommendation ask() { return adviser.recommend_for(state, {}, incident, now); }
    void draw(std::vector<RoadPiece> road, bool closed, double factor) {
        if (state.ids.empty()) state.ids.push_back({});
        const RoadChangeId id{++state.ids[0].road_change};
        RoadChange c;
        c.id = id;
        c.road = std::move(road);
        c.closed = closed;
        c.time_factor = factor;
        c.reason = RoadReason::works;
        c.at = now;
        state.road_changes.put(std::move(c));
    }
};

const Reason* reason(const Candidate& c, std::string_view code) {
    const auto it = std::find_if(c.reasons.begin(), c.reasons.end(),
                                 [&](const Reason& r) { return r.code == code; });
    return it == c.reasons.end() ? nullptr : &*it;
}

/// The segments a route drives whole, without those it begins and ends on.
std::vector<std::uint32_t> inner_segments(const City& city, const roads::Route& route) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < city.roads->segments.size(); ++i) {
        const auto& s = city.roads->segments[i];
        const auto on = [&](std::uint32_t node) {
            const LatLon p = city.roads->nodes[node].degrees();
            return std::any_of(route.points.begin() + 1, route.points.end() - 1,
                               [&](const auto& q) { return distance_m(p, q.at) < 0.5; });
        };
        if (on(s.from) && on(s.to)) out.push_back(i);
    }
    return out;
}

}  // namespace

TEST_CASE("a closure on the way holds from the next question and says what the detour costs") {
    Town town;
    const Recommendation before = town.ask();
    REQUIRE(before.ranked.size() > 2);
    const Candidate first = before.ranked.front();
    CHECK(reason(first, "road_detour_s") == nullptr);
    const LatLon from = town.state.brigades.find(first.brigade)->base_place;
    const auto way = town.adviser.route(from, *town.incident.place(), Category::u2, now);
    const auto inner = inner_segments(*town.city, way);
    REQUIRE(inner.size() > 2);
    const std::uint32_t closed = inner[inner.size() / 2];
    town.draw(pieces_of(*town.city->roads, std::vector{closed}), true, 1);

    const Recommendation after = town.ask();
    const auto it = std::find_if(after.ranked.begin(), after.ranked.end(), [&](const Candidate& c) {
        return c.brigade == first.brigade;
    });
    REQUIRE(it != after.ranked.end());
    CHECK(it->travel_s > first.travel_s);
    const Reason* detour = reason(*it, "road_detour_s");
    REQUIRE(detour != nullptr);
    CHECK(detour->value == Approx(it->travel_s - first.travel_s));
    CHECK(it->cost_s - it->travel_s == Approx(first.cost_s - first.travel_s));  // said, not added
    const auto around = town.adviser.route(from, *town.incident.place(), Category::u2, now);
    CHECK(around.travel.time_ms == std::llround(it->travel_s * 1000));
    for (const Candidate& c : after.ranked) {
        const auto old = std::find_if(before.ranked.begin(), before.ranked.end(),
                                      [&](const Candidate& o) { return o.brigade == c.brigade; });
        REQUIRE(old != before.ranked.end());
        const double lost_s = c.travel_s - old->travel_s;
        CHECK(lost_s >= 0);
        CHECK((lost_s >= 1) == (reason(c, "road_detour_s") || reason(c, "road_slow_s")));
    }

    town.state.road_changes.erase({1});
    CHECK(town.ask().ranked.front().travel_s == first.travel_s);
    CHECK(reason(town.ask().ranked.front(), "road_detour_s") == nullptr);
}

TEST_CASE("a slow road that is still the best way is no detour") {
    Town town;
    const Candidate first = town.ask().ranked.front();
    const LatLon from = town.state.brigades.find(first.brigade)->base_place;
    const auto way = town.adviser.route(from, *town.incident.place(), Category::u2, now);
    const auto inner = inner_segments(*town.city, way);
    // Everything on the way a little slower: any other way is longer still.
    for (const std::uint32_t s : inner) {
        town.draw(pieces_of(*town.city->roads, std::vector{s}), false, 1.02);
    }
    const Recommendation after = town.ask();
    const auto it = std::find_if(after.ranked.begin(), after.ranked.end(), [&](const Candidate& c) {
        return c.brigade == first.brigade;
    });
    REQUIRE(it != after.ranked.end());
    REQUIRE(it->travel_s - first.travel_s >= 1);
    CHECK(it->distance_m == first.distance_m);
    CHECK(reason(*it, "road_slow_s") != nullptr);
    CHECK(reason(*it, "road_detour_s") == nullptr);
}

TEST_CASE("closed wins over slow, a brigade cut off says so, roads of nowhere are named") {
    Town town;
    const roads::RoadMap& map = *town.city->roads;
    const Candidate first = town.ask().ranked.front();
    // Close every road that touches the brigade's own segment's ends, slow them too.
    const LatLon place = town.state.brigades.find(first.brigade)->base_place;
    const auto net = roads::TravelNetwork::build(
        town.city->roads,
        roads::parse_speeds(*read_file(std::string{JEDEL_SOURCE_DIR} + "/data/law/speeds.toml"),
                            "speeds.toml", 20'500)
            .value(),
        10, 2);
    const std::uint32_t own = net.snap(place)->segment;
    const auto ends = {map.segments[own].from, map.segments[own].to};
    for (std::uint32_t i = 0; i < map.segments.size(); ++i) {
        const auto touches = [&](std::uint32_t n) {
            return map.segments[i].from == n || map.segments[i].to == n;
        };
        if (i == own || std::none_of(ends.begin(), ends.end(), touches)) continue;
        town.draw(pieces_of(map, std::vector{i}), true, 1);
        town.draw(pieces_of(map, std::vector{i}), false, 4);
    }
    town.draw({{.way = 5, .street = "Нигде", .line = {{10, 10}, {10, 10.01}}}}, true, 1);
    const auto& now_roads = town.adviser.take_up_roads(town.state, now);
    REQUIRE(now_roads.not_here == std::vector{RoadChangeId{town.state.ids_of(0).road_change}});
    CHECK(std::all_of(now_roads.times.begin(), now_roads.times.end(),
                      [](const auto& t) { return t.closed; }));
    CHECK(now_roads.marks.size() == 2 * now_roads.times.size());
    const Recommendation after = town.ask();
    const auto it = std::find_if(after.excluded.begin(), after.excluded.end(),
                                 [&](const Excluded& e) { return e.brigade == first.brigade; });
    REQUIRE(it != after.excluded.end());
    CHECK(it->why == Exclusion::cut_off);
}

TEST_CASE("a stretch is written as one piece for each way and street, in the order drawn") {
    roads::RoadMap map;
    map.names = {{}, {"Абая", {}, {}, {}, {}}};
    for (int i = 0; i < 5; ++i) map.nodes.push_back({432500000, 769000000 + i * 10000});
    for (std::uint32_t i = 0; i < 4; ++i) {
        roads::Segment s;
        s.from = i % 2 == 0 ? i : i + 1;  // every other one lies the other way round
        s.to = i % 2 == 0 ? i + 1 : i;
        s.name = i < 3 ? 1 : 0;
        s.source_way = i < 2 ? 7 : 0;
        map.segments.push_back(s);
    }
    const auto pieces = pieces_of(map, std::vector<std::uint32_t>{0, 1, 2, 3});
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0].way == 7U);
    const std::vector<LinePoint> line{{43.25, 76.9}, {43.25, 76.901}, {43.25, 76.902}};
    CHECK(pieces[0].line == line);
    CHECK_FALSE(pieces[1].way);
    CHECK(pieces[1].street == "Абая");
    CHECK(pieces[2].street.empty());
    CHECK(pieces[2].line.back() == LinePoint{43.25, 76.904});
    const auto back = pieces_of(map, std::vector<std::uint32_t>{3, 2, 1, 0});
    CHECK(back.front().line.front() == LinePoint{43.25, 76.904});
    CHECK(back.back().line.back() == LinePoint{43.25, 76.9});
    CHECK(length_m(pieces) == Approx(length_m(back)));
}

TEST_CASE("coverage is what the nearest free brigade reaches; the unknown are counted") {
    Town town;
    const auto all = town.adviser.coverage(town.state, {}, Category::u1, now, 5);
    const std::size_t count = town.state.brigades.size();
    REQUIRE(count >= 3);
    CHECK(all.free == count);
    CHECK(all.unknown == 0);
    REQUIRE_FALSE(all.roads.empty());
    const auto row = town.state.brigades.rows().front();
    const auto alone = town.adviser.reach_from(row->base_place, Category::u1, now, 5);
    CHECK(alone.size() < all.roads.size());
    const auto& rows = town.state.brigades.rows();
    const BrigadeId unknown = rows[0]->id, placeless = rows[1]->id, specialty = rows[2]->id;
    town.state.brigades.edit(unknown, [](Brigade& b) { b.status = BrigadeStatus::unknown; });
    town.state.brigades.edit(placeless, [](Brigade& b) { b.last_lat.reset(); });
    town.state.brigades.edit(specialty, [](Brigade& b) { b.kind = BrigadeKind::polyclinic; });
    const auto fewer = town.adviser.coverage(town.state, {}, Category::u1, now, 5);
    CHECK(fewer.free == count - 3);
    CHECK(fewer.unknown == 2);
}
