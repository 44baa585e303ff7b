#include "dispatch/city/generator/assemble.h"

#include <algorithm>

namespace jedel::generator {
namespace {

using roads::RoadMap;

roads::FixedPoint fixed_place(Vec p) { return roads::fixed(place_on_earth(p)); }

std::uint32_t add_points(RoadMap& map, const std::vector<Vec>& points) {
    const auto first = static_cast<std::uint32_t>(map.points.size());
    for (const Vec p : points) map.points.push_back(fixed_place(p));
    return first;
}

void add_area(RoadMap& map, roads::AreaKind kind, const std::vector<Vec>& ring) {
    map.areas.push_back({kind, add_points(map, ring), static_cast<std::uint32_t>(ring.size())});
}

std::uint16_t max_speed_kmh(roads::RoadClass road_class) {
    switch (road_class) {
        case roads::RoadClass::trunk: return 80;
        case roads::RoadClass::primary:
        case roads::RoadClass::secondary: return 60;
        case roads::RoadClass::living:
        case roads::RoadClass::service: return 20;
        default: return 0;
    }
}

void add_segments(RoadMap& map, const Network& network) {
    for (const Vec p : network.nodes) map.nodes.push_back(fixed_place(p));
    for (std::size_t i = 0; i < network.edges.size(); ++i) {
        const Edge& e = network.edges[i];
        roads::Segment s;
        s.from = e.from;
        s.to = e.to;
        s.first_point = add_points(map, e.inner);
        s.point_count = static_cast<std::uint32_t>(e.inner.size());
        LatLon last = map.nodes[e.from].degrees();
        double total = 0;
        for (std::uint32_t k = 0; k < s.point_count; ++k) {
            const LatLon p = map.points[s.first_point + k].degrees();
            total += distance_m(last, p);
            last = p;
        }
        total += distance_m(last, map.nodes[e.to].degrees());
        // To a tenth of a metre: the last bit of a sine does not reach the file.
        s.length_m = static_cast<float>(std::round(total * 10) / 10);
        s.max_speed_kmh = max_speed_kmh(e.road_class);
        s.road_class = e.road_class;
        s.backward = !e.one_way;
        s.bridge = e.bridge;
        s.roundabout = e.roundabout;
        s.name = e.name;
        s.source_way = i + 1;
        map.segments.push_back(s);
    }
}

/// No left turn from one main road into another at some busy crossings.
void add_turn_bans(RoadMap& map, const Network& network) {
    std::vector<std::vector<std::uint32_t>> arms(network.nodes.size());
    for (std::size_t i = 0; i < network.edges.size(); ++i) {
        const Edge& e = network.edges[i];
        arms[e.from].push_back(static_cast<std::uint32_t>(i));
        arms[e.to].push_back(static_cast<std::uint32_t>(i));
    }
    const auto away = [&](std::uint32_t edge, std::uint32_t node) {
        const Edge& e = network.edges[edge];
        const bool out = e.from == node;
        const Vec next = e.inner.empty() ? network.nodes[out ? e.to : e.from]
                                         : (out ? e.inner.front() : e.inner.back());
        return unit(next - network.nodes[node]);
    };
    for (std::uint32_t node = 0; node < network.nodes.size() && map.turn_bans.size() < 24;
         ++node) {
        if (arms[node].size() != 4) continue;
        const bool main = std::all_of(arms[node].begin(), arms[node].end(), [&](std::uint32_t i) {
            const Edge& e = network.edges[i];
            return e.road_class <= roads::RoadClass::tertiary && !e.one_way && !e.roundabout;
        });
        if (!main) continue;
        const std::uint32_t in = arms[node][0];
        const Vec heading = away(in, node) * -1;
        for (const std::uint32_t out : arms[node]) {
            if (out != in && cross(heading, away(out, node)) > 0.8) {
                map.turn_bans.push_back({in, node, out});
            }
        }
    }
}

std::vector<Vec> district_ring(const District& d) {
    std::vector<Vec> ring;
    const auto add = [&](double nominal, double angle) {
        Vec p = polar(ring_radius(nominal, angle), angle);
        const bool north = d.sector < 6;
        const double bank = river_y(p.x) + (north ? 1 : -1) * river_width_m / 2;
        if (north ? p.y < bank : p.y > bank) p.y = bank;
        ring.push_back(rounded(p));
    };
    const auto from = [&](double r) { return radial_angle(d.sector, r) - (d.sector == 0 ? 9 : 0); };
    const auto to = [&](double r) {
        return radial_angle(d.sector + 1, r) + (d.sector == 5 ? 12 : 0);
    };
    const double i = d.inner_m;
    const double o = d.outer_m;
    constexpr int steps = 12;
    for (int k = 0; k <= steps; ++k) add(i, from(i) + (to(i) - from(i)) * k / steps);
    for (int k = 1; k < 6; ++k) add(i + (o - i) * k / 6, to(i + (o - i) * k / 6));
    for (int k = steps; k >= 0; --k) add(o, from(o) + (to(o) - from(o)) * k / steps);
    for (int k = 5; k > 0; --k) add(i + (o - i) * k / 6, from(i + (o - i) * k / 6));
    return ring;
}

void add_ground(RoadMap& map, const Plan& plan, const Furniture& furniture) {
    std::vector<Vec> old_town;
    for (int a = 0; a < 360; a += 6) old_town.push_back(polar(ring_radius(ring_a_m, a), a));
    add_area(map, roads::AreaKind::residential, old_town);
    for (const District& d : plan.districts) {
        if (d.sector < 0 || d.type == DistrictType::village) continue;
        const bool industry = d.type == DistrictType::industry;
        add_area(map, industry ? roads::AreaKind::industrial : roads::AreaKind::residential,
                 district_ring(d));
    }
    for (const Park& p : plan.parks) {
        std::vector<Vec> ring;
        for (int a = 0; a < 360; a += 20) {
            const double wobble = 0.93 + 0.05 * std::sin(a * pi / 60);
            ring.push_back(rounded(p.at + polar(p.radius_m * wobble, a)));
        }
        add_area(map, p.lake ? roads::AreaKind::water : roads::AreaKind::green, ring);
    }
    for (const House& h : furniture.houses) {
        if (!h.drawn) continue;
        const Vec u = h.along * (h.length_m / 2);
        const Vec v = left_of(h.along) * (h.depth_m / 2);
        add_area(map, roads::AreaKind::building, {h.at + u + v, h.at - u + v, h.at - u - v,
                                                  h.at + u - v});
    }
    roads::Waterline river;
    river.first_point = add_points(map, plan.river);
    river.point_count = static_cast<std::uint32_t>(plan.river.size());
    river.width_m = static_cast<float>(river_width_m);
    map.waterlines.push_back(river);
}

}  // namespace

LatLon place_on_earth(Vec p) {
    const Vec bent{p.x + 60 * std::sin(p.y / 1100 + 0.4), p.y + 50 * std::sin(p.x / 1300 - 0.8)};
    return to_earth(bent);
}

RoadMap assemble(const Plan& plan, const Network& network, const Furniture& furniture,
                 const std::vector<PeopleAt>& people) {
    RoadMap map;
    map.names = plan.names;
    add_segments(map, network);
    add_turn_bans(map, network);
    add_ground(map, plan, furniture);
    for (const House& h : furniture.houses) {
        map.places.push_back({.kind = roads::PlaceKind::house,
                              .at = fixed_place(h.at),
                              .name = 0,
                              .street = h.street,
                              .number = h.number});
    }
    for (const Landmark& l : furniture.landmarks) {
        map.places.push_back({.kind = l.suburb ? roads::PlaceKind::suburb
                                               : roads::PlaceKind::landmark,
                              .at = fixed_place(l.at),
                              .name = l.name,
                              .street = 0,
                              .number = {}});
    }
    for (const PeopleAt& p : people) map.population.push_back({fixed_place(p.at), p.residents});
    return map;
}

}  // namespace jedel::generator
