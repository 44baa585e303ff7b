// A road that a dispatcher closed counts from the next question on, and says what it costs.

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/install.h"
#include "dispatch/fleet/advisor.h"

using namespace jedel;

namespace {

constexpr Instant now{1'780'000'000'000};

struct Room {
    std::shared_ptr<const City> city;
    State state;
    Incident incident;
    BrigadeId brigade{1};
};

Room room() {
    Room out;
    auto city = load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training");
    REQUIRE(city);
    out.city = *city;
    Brigade b;
    b.id = out.brigade;
    b.status = BrigadeStatus::free_at_base;
    b.status_at = now;
    b.base_place = out.city->organisations.all.front().place;
    b.last_lat = b.base_place.lat;
    b.last_lon = b.base_place.lon;
    b.last_place_at = now;
    out.state.brigades.put(b);
    const OrganisationKind station = out.city->organisations.all.front().kind;
    for (const Organisation& o : out.city->organisations.all) {
        if (o.kind == station || distance_m(o.place, b.base_place) < 2500) continue;
        out.incident.lat = o.place.lat;
        out.incident.lon = o.place.lon;
        break;
    }
    out.incident.id = {1};
    out.incident.category = Category::u2;
    REQUIRE(out.incident.place());
    return out;
}

FleetTables tables() {
    auto read = load_fleet_tables(JEDEL_SOURCE_DIR);
    REQUIRE(read);
    return std::move(*read);
}

/// The segment of the map that a point in the middle of a route lies on.
std::uint32_t middle_of(const City& city, const roads::Route& route) {
    const auto speeds = roads::parse_speeds(tables().speeds_toml, "speeds.toml", 20'000);
    REQUIRE(speeds);
    const auto network = roads::TravelNetwork::build(city.roads, *speeds, 12, 0);
    REQUIRE(route.points.size() > 4);
    const auto a = route.points[route.points.size() / 2].at;
    const auto b = route.points[route.points.size() / 2 + 1].at;
    const auto snapped = network.snap({(a.lat + b.lat) / 2, (a.lon + b.lon) / 2});
    REQUIRE(snapped);
    return snapped->segment;
}

RoadChange change(const City& city, std::uint32_t segment, bool closed, double factor) {
    RoadChange out;
    out.id = {1};
    const std::uint32_t stretch[]{segment};
    out.road = pieces_of(*city.roads, stretch);
    out.closed = closed;
    out.time_factor = factor;
    out.reason = RoadReason::works;
    out.at = now;
    return out;
}

const Reason* reason(const Candidate& c, std::string_view code) {
    const auto it = std::find_if(c.reasons.begin(), c.reasons.end(),
                                 [&](const Reason& r) { return r.code == code; });
    return it == c.reasons.end() ? nullptr : &*it;
}

}  // namespace

TEST_CASE("a closed road makes the way longer from the next question on, and says by how much") {
    Room r = room();
    Adviser adviser(r.city, tables());
    const auto before = adviser.recommend_for(r.state, {}, r.incident, now);
    REQUIRE(before.ranked.size() == 1);
    const double open_s = before.ranked[0].travel_s;
    CHECK(reason(before.ranked[0], "road_detour_s") == nullptr);
    const LatLon from = r.state.brigades.find(r.brigade)->base_place;
    const auto way = adviser.route(from, *r.incident.place(), Category::u2, now);
    const std::uint32_t segment = middle_of(*r.city, way);

    r.state.road_changes.put(change(*r.city, segment, true, 1));
    const auto closed = adviser.recommend_for(r.state, {}, r.incident, now);
    REQUIRE(closed.ranked.size() == 1);
    CHECK(closed.ranked[0].travel_s > open_s);
    const Reason* detour = reason(closed.ranked[0], "road_detour_s");
    REQUIRE(detour != nullptr);
    CHECK(detour->value == Approx(closed.ranked[0].travel_s - open_s).margin(0.002));
    // The route for the crew goes round it too.
    const auto round = adviser.route(from, *r.incident.place(), Category::u2, now);
    CHECK(round.travel.time_ms > way.travel.time_ms);

    // Taken back: as before.
    r.state.road_changes.erase({1});
    const auto after = adviser.recommend_for(r.state, {}, r.incident, now);
    REQUIRE(after.ranked.size() == 1);
    CHECK(after.ranked[0].travel_s == open_s);
    CHECK(reason(after.ranked[0], "road_detour_s") == nullptr);
}

TEST_CASE("a slow road costs at most its own slowness") {
    Room r = room();
    Adviser adviser(r.city, tables());
    const double open_s = adviser.recommend_for(r.state, {}, r.incident, now).ranked.at(0).travel_s;
    const LatLon from = r.state.brigades.find(r.brigade)->base_place;
    const auto way = adviser.route(from, *r.incident.place(), Category::u2, now);
    r.state.road_changes.put(change(*r.city, middle_of(*r.city, way), false, 4));
    const auto slow = adviser.recommend_for(r.state, {}, r.incident, now).ranked.at(0);
    CHECK(slow.travel_s >= open_s);
    CHECK(slow.travel_s <= 4 * open_s);
    CHECK((reason(slow, "road_slow_s") != nullptr || reason(slow, "road_detour_s") != nullptr));
}
