// Whether the road found for a place is the road to it.

#include <algorithm>

#include "dispatch/roads/travel_impl.h"

namespace jedel::roads {

namespace {

/// The roads beyond reach as a map of their own, so that one grid serves both.
RoadMap map_of(const RoadMap& map) {
    RoadMap out;
    for (const BeyondRoad& road : map.beyond) {
        Segment s;
        s.from = static_cast<std::uint32_t>(out.nodes.size());
        s.to = s.from + 1;
        s.first_point = static_cast<std::uint32_t>(out.points.size());
        s.point_count = road.point_count - 2;
        s.name = road.name;
        const auto first = map.points.begin() + road.first_point;
        out.nodes.push_back(*first);
        out.points.insert(out.points.end(), first + 1, first + road.point_count - 1);
        out.nodes.push_back(*(first + road.point_count - 1));
        out.segments.push_back(s);
    }
    return out;
}

/// Twice the signed area of the triangle, in units of 1e-14 square degrees.
double side_of(FixedPoint a, FixedPoint b, FixedPoint p) {
    return (static_cast<double>(b.lon_e7) - a.lon_e7) * (static_cast<double>(p.lat_e7) - a.lat_e7) -
           (static_cast<double>(b.lat_e7) - a.lat_e7) * (static_cast<double>(p.lon_e7) - a.lon_e7);
}

bool cross(FixedPoint a, FixedPoint b, FixedPoint c, FixedPoint d) {
    if (std::max(a.lat_e7, b.lat_e7) < std::min(c.lat_e7, d.lat_e7) ||
        std::max(c.lat_e7, d.lat_e7) < std::min(a.lat_e7, b.lat_e7) ||
        std::max(a.lon_e7, b.lon_e7) < std::min(c.lon_e7, d.lon_e7) ||
        std::max(c.lon_e7, d.lon_e7) < std::min(a.lon_e7, b.lon_e7)) {
        return false;
    }
    return (side_of(a, b, c) > 0) != (side_of(a, b, d) > 0) &&
           (side_of(c, d, a) > 0) != (side_of(c, d, b) > 0);
}

/// True where the straight line from the place to its road crosses water too wide to step over.
bool across_water(const RoadMap& map, FixedPoint a, FixedPoint b) {
    constexpr float widest_step_m = 4;
    const auto crossed = [&](std::uint32_t first, std::uint32_t count, bool ring) {
        for (std::uint32_t i = 0; i + (ring ? 0 : 1) < count; ++i) {
            const FixedPoint c = map.points[first + i], d = map.points[first + (i + 1) % count];
            if (cross(a, b, c, d)) return true;
        }
        return false;
    };
    for (const Waterline& w : map.waterlines) {
        if (w.width_m > widest_step_m && crossed(w.first_point, w.point_count, false)) return true;
    }
    for (const Area& area : map.areas) {
        if (area.kind != AreaKind::water) continue;
        if (crossed(area.first_point, area.point_count, true)) return true;
    }
    return false;
}

}  // namespace

Beyond::Beyond(const RoadMap& map) : roads(map_of(map)), grid(roads) {}

std::vector<PlaceDoubt> TravelNetwork::doubts(LatLon place, const Snapped& snapped) const {
    std::vector<PlaceDoubt> out;
    const Topology& t = *impl_->topology;
    if (snapped.distance_m > doubtful_snap_m) {
        out.push_back({.doubt = Doubt::far_from_road, .distance_m = snapped.distance_m});
    }
    if (snapped.distance_m <= at_road_m) return out;
    const auto nearer = t.beyond->grid.nearest(t.beyond->roads, place);
    if (nearer && nearer->distance_m < snapped.distance_m) {
        const BeyondRoad& road = t.map->beyond[nearer->segment];
        out.push_back({.doubt = Doubt::nearer_road,
                       .why = road.why,
                       .name = road.name,
                       .distance_m = nearer->distance_m});
    }
    if (across_water(*t.map, fixed(place), fixed(snapped.on_road))) {
        out.push_back({.doubt = Doubt::across_water, .distance_m = snapped.distance_m});
    }
    return out;
}

}  // namespace jedel::roads
