#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "dispatch/roads/matching.h"
#include "dispatch/roads/osm_import.h"
#include "tests/roads/maps.h"
#include "tests/shared_data.h"

using namespace jedel;
using namespace jedel::roads;
using namespace jedel::roads::test;

namespace {

struct Sample {
    LatLon truth;
    GpsFix fix;
};

/// A drive along a route at 36 km/h with a fix every `every_s`, each off by a normal error.
std::vector<Sample> drive(const Route& route, double every_s, double error_m,
                          std::mt19937_64& random) {
    std::normal_distribution<double> noise{0, error_m};
    std::vector<Sample> out;
    double next_m = 0, done_m = 0;
    for (std::size_t i = 1; i < route.points.size(); ++i) {
        const LatLon a = route.points[i - 1].at, b = route.points[i].at;
        const double leg = distance_m(a, b);
        while (leg > 0 && next_m <= done_m + leg) {
            const double t = (next_m - done_m) / leg;
            Sample s;
            s.truth = {a.lat + (b.lat - a.lat) * t, a.lon + (b.lon - a.lon) * t};
            s.fix.at = {s.truth.lat + noise(random) / 111'195,
                        s.truth.lon + noise(random) / (111'195 * std::cos(a.lat * 0.0174533))};
            s.fix.time = Instant{static_cast<std::int64_t>(next_m / 10 * 1000) + 1};
            out.push_back(s);
            next_m += every_s * 10;
        }
        done_m += leg;
    }
    return out;
}

struct Quality {
    int right = 0, nearest_right = 0, all = 0;
};

/// Counts fixes put on the segment really driven, or on another one of the same street.
void judge(const TravelNetwork& net, const std::vector<Sample>& samples, Quality& quality) {
    MapMatcher matcher{net};
    for (const Sample& s : samples) {
        const auto matched = matcher.add(s.fix);
        const auto nearest = net.snap(s.fix.at);
        const auto on_true_road = [&](std::uint32_t segment) {
            for (const Snapped& road : net.snap_all(s.truth, 2)) {
                const std::uint32_t name = net.map().segments[segment].name;
                if (road.segment == segment) return true;
                if (name != 0 && net.map().segments[road.segment].name == name) return true;
            }
            return false;
        };
        ++quality.all;
        if (matched && on_true_road(matched->place.segment)) ++quality.right;
        if (nearest && on_true_road(nearest->segment)) ++quality.nearest_right;
    }
}

}  // namespace

TEST_CASE("a noisy drive between close parallel streets stays on its street") {
    std::mt19937_64 random{3};
    RoadMap map = grid_map(30, 30, 45);
    for (std::uint32_t i = 1; i <= 60; ++i) {
        map.names.push_back({.any = std::to_string(i), .kk = {}, .ru = {}, .en = {}, .old = {}});
    }
    for (Segment& s : map.segments) {
        s.name = s.to == s.from + 1 ? 1 + s.from / 30 : 31 + s.from % 30;
    }
    const auto net = TravelNetwork::build(shared(std::move(map)), flat_speeds(2), 0, 0);
    const auto scratch = net.scratch();
    Quality quality;
    for (int i = 0; i < 12; ++i) {
        const auto at = [&] {
            return *net.snap(metres(static_cast<double>(random() % 1300),
                                    static_cast<double>(random() % 1300)).degrees());
        };
        judge(net, drive(net.route(*scratch, at(), at()), 5, 12, random), quality);
    }
    REQUIRE(quality.all > 100);
    INFO(quality.right << " and by nearest " << quality.nearest_right << " of " << quality.all);
    // Half the fixes lie nearer to a crossing street than the error: the past must help.
    CHECK(quality.right > 1.1 * quality.nearest_right);
}

TEST_CASE("synthetic drives on the real city are matched to the roads driven") {
    const auto path = jedel::test::shared_data("maps/almaty-2012.osm.pbf");
    if (!path) return;
    auto imported = import_osm(*path);
    REQUIRE(imported);
    std::mt19937_64 random{5};
    const auto net = TravelNetwork::build(shared(std::move(imported->first)), flat_speeds(3), 0, 0);
    const auto scratch = net.scratch();
    Quality quality;
    for (int i = 0; i < 10; ++i) {
        const auto at = [&] {
            return Snapped{.segment = static_cast<std::uint32_t>(random() %
                                                                 net.map().segments.size()),
                           .along = 0.5,
                           .distance_m = 0,
                           .on_road = {}};
        };
        judge(net, drive(net.route(*scratch, at(), at()), 10, 8, random), quality);
    }
    REQUIRE(quality.all > 300);
    INFO(quality.right << " and by nearest " << quality.nearest_right << " of " << quality.all);
    CHECK(quality.right > quality.nearest_right);
    CHECK(quality.right > 0.96 * quality.all);
}

TEST_CASE("heading follows the way driven, and on a one-way its direction") {
    RoadMap map = grid_map(1, 4, 200);
    map.segments[2].backward = false;
    const auto net = TravelNetwork::build(shared(std::move(map)), flat_speeds(), 0, 0);
    MapMatcher matcher{net};
    const auto fix = [&](double east, double north, int s) {
        return GpsFix{metres(east, north).degrees(), Instant{s * 1000 + 1}, {}, {}};
    };
    REQUIRE(matcher.add(fix(300, 5, 0)));
    const auto west = matcher.add(fix(200, -5, 10));
    REQUIRE(west);
    CHECK(west->heading_deg == Approx(270).margin(1));
    CHECK(west->speed_kmh == Approx(36).margin(3));
    CHECK(matcher.add(fix(500, 3, 60))->heading_deg == Approx(90).margin(1));
    CHECK_FALSE(matcher.add(fix(500, 3, 60)));   // not later
    CHECK_FALSE(matcher.add(fix(500, 300, 70))); // no road near
    const auto again = matcher.add(fix(100, 3, 1000));
    REQUIRE(again);
    CHECK(again->confidence > 0.9);
}

TEST_CASE("an old fix has a growing radius") {
    CHECK(fix_radius_m(10, 60) == fix_radius_m(60, 60));
    CHECK(fix_radius_m(90, 60) == Approx(15 + 30 * 60 / 3.6));
    CHECK(fix_radius_m(120, 60) > fix_radius_m(90, 60));
    CHECK(fix_radius_m(120, std::nullopt) > fix_radius_m(60, std::nullopt));
    CHECK(fix_radius_m(1e9, 60) == 20'000);
}
