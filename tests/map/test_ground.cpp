#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <rapidcheck.h>

#include "console/map/camera.h"
#include "console/map/chains.h"
#include "console/map/ground.h"
#include "console/map/style.h"
#include "headless.h"

using namespace jedel;
using namespace jedel::console;
using jedel::test::small_city;

namespace {

double area_of(const Triangles& t) {
    double sum = 0;
    for (std::size_t i = 0; i + 2 < t.indices.size(); i += 3) {
        const MapPoint a = t.corners[t.indices[i]], b = t.corners[t.indices[i + 1]],
                       c = t.corners[t.indices[i + 2]];
        sum += std::abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
    }
    return sum;
}

bool finite(MapPoint p) { return std::isfinite(p.x) && std::isfinite(p.y); }

double length_of(const Piece& p) { return std::hypot(p.b.x - p.a.x, p.b.y - p.a.y); }

std::vector<Run> all_runs(const Ground& ground, const MapBox& seen, std::size_t level) {
    std::vector<Run> runs;
    for (const auto& layer : ground.lines[level]) ground.runs(layer, seen, runs);
    return runs;
}

}  // namespace

TEST_CASE("a place goes to the plane and back") {
    REQUIRE(rc::check([] {
        const LatLon origin{*rc::gen::inRange(-70000, 70000) / 1000.0,
                            *rc::gen::inRange(-170000, 170000) / 1000.0};
        const LatLon place{origin.lat + *rc::gen::inRange(-5000, 5000) / 10000.0,
                           origin.lon + *rc::gen::inRange(-5000, 5000) / 10000.0};
        const Projection projection(origin);
        const LatLon back = projection.to_place(projection.x(place), projection.y(place));
        RC_ASSERT(std::abs(back.lat - place.lat) < 1e-9);
        RC_ASSERT(std::abs(back.lon - place.lon) < 1e-9);
    }));
}

TEST_CASE("a metre on the plane is a metre on the ground near the middle of the city") {
    const LatLon origin{43.25, 76.95};
    const Projection projection(origin);
    for (const LatLon p : {LatLon{43.30, 76.95}, LatLon{43.25, 77.05}, LatLon{43.20, 76.90}}) {
        const double plane = std::hypot(projection.x(p), projection.y(p));
        CHECK(plane == Approx(distance_m(origin, p)).epsilon(0.004));
    }
}

TEST_CASE("the pole is drawn at 85 degrees instead of at infinity") {
    const Projection projection(LatLon{43, 77});
    CHECK(finite(projection.to_map({90, 77})));
    CHECK(finite(projection.to_map({-90, 77})));
}

TEST_CASE("a polygon of n corners becomes n - 2 triangles of the same area") {
    const std::vector<MapPoint> dented{{0, 0}, {10, 0}, {10, 10}, {5, 3}, {0, 10}};
    Triangles out;
    add_polygon(dented, out);
    CHECK(out.indices.size() == 3 * 3);
    CHECK(area_of(out) == Approx(100 - 35).epsilon(1e-5));
}

TEST_CASE("a ring that crosses itself is cut, and one without area adds nothing") {
    Triangles bow;
    add_polygon(std::vector<MapPoint>{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, bow);
    CHECK(area_of(bow) == Approx(50).epsilon(1e-4));
    Triangles none;
    add_polygon(std::vector<MapPoint>{{0, 0}, {10, 0}}, none);
    add_polygon(std::vector<MapPoint>{{0, 0}, {5, 0}, {10, 0}}, none);
    add_polygon({}, none);
    CHECK(area_of(none) == Approx(0).margin(1e-6));
}

TEST_CASE("star-shaped polygons keep their area") {
    REQUIRE(rc::check([] {
        const auto radii = *rc::gen::container<std::vector<int>>(rc::gen::inRange(10, 1000));
        RC_PRE(radii.size() >= 3);
        std::vector<MapPoint> ring;
        double area = 0;
        for (std::size_t i = 0; i < radii.size(); ++i) {
            const double angle = 2 * 3.14159265358979 * i / radii.size();
            ring.push_back({static_cast<float>(radii[i] * std::cos(angle)),
                            static_cast<float>(radii[i] * std::sin(angle))});
        }
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const MapPoint a = ring[i], b = ring[(i + 1) % ring.size()];
            area += (double{a.x} * b.y - double{b.x} * a.y) / 2;
        }
        Triangles out;
        add_polygon(ring, out);
        RC_ASSERT(out.indices.size() <= 3 * (ring.size() - 2));
        RC_ASSERT(std::abs(area_of(out) - area) < 1 + area * 1e-3);
    }));
}

TEST_CASE("simplifying keeps the ends and every bend larger than the tolerance") {
    const Line line{{0, 0}, {50, 1}, {100, 0}, {150, 30}, {200, 0}};
    const Line out = simplified(line, 4);
    REQUIRE(out.size() == 4);
    CHECK(out.front() == line.front());
    CHECK(out.back() == line.back());
    CHECK(out[2] == line[3]);
}

TEST_CASE("streets are joined straight through their crossings") {
    const auto city = small_city(6);
    const Projection projection(test::small_city_middle);
    std::vector<std::uint32_t> keys;
    for (const auto& s : city->roads->segments) keys.push_back(s.name);
    const auto chains = join_segments(*city->roads, projection, keys);
    CHECK(chains.size() == 12);  // six streets each way
    for (const auto& chain : chains) CHECK(chain.line.size() == 6);
}

TEST_CASE("every metre of road lies in the buffers, at every level, and no number is broken") {
    const auto city = small_city();
    const auto ground = build_ground(*city->roads);
    double want = 0;
    for (const auto& s : city->roads->segments) {
        const Line line = line_of(*city->roads, ground->projection, s);
        for (std::size_t i = 0; i + 1 < line.size(); ++i) want += length_of({line[i], line[i + 1]});
    }
    for (std::size_t level = 0; level < levels; ++level) {
        double found = 0;
        for (std::size_t kind = 0; kind < first_water_kind; ++kind) {
            const auto& first = ground->lines[level][kind].first;
            REQUIRE(first.size() == ground->grid.count() + 1);
            for (auto i = first.front(); i < first.back(); ++i) {
                REQUIRE((finite(ground->pieces[i].a) && finite(ground->pieces[i].b)));
                CHECK(length_of(ground->pieces[i]) <= ground->grid.side_m * 1.001);
                found += length_of(ground->pieces[i]);
            }
        }
        CHECK(found == Approx(want).epsilon(0.001));
    }
    CHECK(ground->triangles.indices.size() == 3 * (3 + 3 + 3));  // three areas of five corners
    for (const auto i : ground->triangles.indices) {
        REQUIRE(i < ground->triangles.corners.size());
        CHECK(finite(ground->triangles.corners[i]));
    }
}

TEST_CASE("an empty map gives an empty ground that can be planned") {
    const auto ground = build_ground({});
    CHECK(ground->pieces.empty());
    Camera camera;
    camera.set_size(800, 600);
    camera.set_bounds(ground->box, ground->core);
    camera.fit();
    PaintPlan plan;
    plan_ground(*ground, camera, MapPalette::light(), 1, {}, plan);
    CHECK(plan.paints.empty());
}

TEST_CASE("culling leaves out what cannot be seen and nothing that can") {
    const auto city = small_city(30);
    const auto ground = build_ground(*city->roads);
    REQUIRE(rc::check([&] {
        const float x = static_cast<float>(*rc::gen::inRange(-4000, 4000));
        const float y = static_cast<float>(*rc::gen::inRange(-4000, 4000));
        const float side = static_cast<float>(*rc::gen::inRange(10, 2000));
        const MapBox seen{x, y, x + side, y + side};
        std::vector<bool> listed(ground->pieces.size(), false);
        for (const Run r : all_runs(*ground, seen, 0)) {
            for (auto i = r.first; i < r.first + r.count; ++i) listed[i] = true;
        }
        for (std::size_t kind = 0; kind < line_kinds; ++kind) {
            const auto& first = ground->lines[0][kind].first;
            for (auto i = first.front(); i < first.back(); ++i) {
                MapBox box;
                box.add(ground->pieces[i].a);
                box.add(ground->pieces[i].b);
                if (box.meets(seen)) RC_ASSERT(listed[i]);
            }
        }
    }));
    std::size_t near = 0, all = 0;
    for (const Run r : all_runs(*ground, {0, 0, 100, 100}, 0)) near += r.count;
    for (const Run r : all_runs(*ground, ground->box, 0)) all += r.count;
    CHECK(near * 4 < all);
}

TEST_CASE("roads widen as one comes nearer, and main roads are wider than side streets") {
    using roads::RoadClass;
    for (std::size_t c = 0; c < road_classes; ++c) {
        const auto road_class = static_cast<RoadClass>(c);
        for (double m = 100; m > 0.1; m *= 0.8) {
            CHECK(road_width_px(road_class, m * 0.8, 1) >= road_width_px(road_class, m, 1));
            CHECK(road_width_px(RoadClass::primary, m, 1) >
                  road_width_px(RoadClass::residential, m, 1));
        }
    }
}

TEST_CASE("the place under the pointer stays there while zooming") {
    REQUIRE(rc::check([] {
        Camera camera;
        camera.set_size(1280, 720);
        camera.set_bounds({-20000, -20000, 20000, 20000}, {-9000, -9000, 9000, 9000});
        camera.jump_to({0, 0}, 10);
        const Camera::Point at{*rc::gen::inRange(0, 1280) * 1.0, *rc::gen::inRange(0, 720) * 1.0};
        const auto before = camera.to_map(at);
        camera.zoom_at(at, *rc::gen::inRange(1, 30) / 10.0);
        for (int i = 0; i < 200 && camera.advance(1 / 60.0); ++i) {
            const auto now = camera.to_map(at);
            RC_ASSERT(std::abs(now.x - before.x) < 0.01);
            RC_ASSERT(std::abs(now.y - before.y) < 0.01);
        }
        RC_ASSERT(camera.metres_per_px() < 10);
    }));
}

TEST_CASE("a move ends, and the screen and the plane agree") {
    Camera camera;
    camera.set_size(1280, 720);
    camera.set_bounds({-20000, -20000, 20000, 20000}, {-9000, -9000, 9000, 9000});
    camera.fit();
    camera.move_to({500, -300}, 2);
    int frames = 0;
    while (camera.advance(1 / 60.0) && frames < 1000) ++frames;
    CHECK(frames < 120);
    CHECK(camera.centre().x == Approx(500));
    CHECK(camera.centre().y == Approx(-300));
    CHECK(camera.metres_per_px() == Approx(2));
    const auto p = camera.to_map(camera.to_screen({123, 456}));
    CHECK(p.x == Approx(123));
    CHECK(p.y == Approx(456));
    CHECK(camera.to_screen({0, 1000}).y < camera.to_screen({0, 0}).y);  // north is up
}

TEST_CASE("one-way streets have arrows in their direction, others none") {
    auto map = jedel::roads::RoadMap{};
    map.names.push_back({});
    for (int i = 0; i < 4; ++i) map.nodes.push_back(roads::fixed({43.25, 76.90 + i * 0.0025}));
    for (std::uint32_t i = 0; i < 3; ++i) {
        roads::Segment s;
        s.from = i, s.to = i + 1, s.length_m = 202;
        s.forward = i != 1, s.backward = i != 0;  // east, west, both ways
        map.segments.push_back(s);
    }
    const auto ground = build_ground(map);
    REQUIRE(ground->one_ways.size() == 6);
    CHECK(ground->one_way_tiles.first.back() == 6);
    int east = 0, west = 0;
    for (const OneWay& way : ground->one_ways) {
        CHECK(std::abs(way.along_y) < 0.01F);
        (way.along_x > 0 ? east : west) += 1;
        const double lon = ground->projection.to_place(way.at.x, way.at.y).lon;
        CHECK((way.along_x > 0) == (lon < 76.9025));
        CHECK(lon < 76.905);
    }
    CHECK(east == 3);
    CHECK(west == 3);
}
