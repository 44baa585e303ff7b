// Areas, waterlines, places and an estimate of where people live.
//
// Residents: a building tagged as a home, or a plain building of 25–3000 m² of ground without a
// tag of another use, holds one person for each 30 m² of gross floor; where the number of floors
// is not given, one floor up to 250 m² of ground, else five (the usual panel house). Where the
// extract has no such building, people live along residential streets, 12 for each 100 m. It is a
// rough picture for drawing calls in exercises, no census.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dispatch/roads/osm_raw.h"

namespace jedel::roads {

namespace {

constexpr double residents_per_street_m = 0.12;

std::vector<FixedPoint> places_of(const RawOsm& raw, RefRun run) {
    std::vector<FixedPoint> out;
    for (std::uint64_t i = run.first; i < run.first + run.count; ++i) {
        const auto p = raw.place_of(raw.refs[i]);
        if (p && (out.empty() || out.back() != *p)) out.push_back(*p);
    }
    return out;
}

FixedPoint middle(const std::vector<FixedPoint>& ring) {
    std::int64_t lat = 0, lon = 0;
    const auto n = static_cast<std::int64_t>(ring.size());
    for (const FixedPoint& p : ring) {
        lat += p.lat_e7;
        lon += p.lon_e7;
    }
    return {static_cast<std::int32_t>(lat / n), static_cast<std::int32_t>(lon / n)};
}

/// Square metres inside a small ring (shoelace formula on a plane at its first point).
double ground_m2(const std::vector<FixedPoint>& ring) {
    constexpr double per_degree = 6'371'008.8 * std::numbers::pi / 180 * 1e-7;
    const double shrink = std::cos(ring.front().lat_e7 * 1e-7 * std::numbers::pi / 180);
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const FixedPoint a = ring[i], b = ring[(i + 1) % ring.size()];
        const auto x = [&](FixedPoint p) {
            return (static_cast<double>(p.lon_e7) - ring.front().lon_e7) * per_degree * shrink;
        };
        const auto y = [&](FixedPoint p) {
            return (static_cast<double>(p.lat_e7) - ring.front().lat_e7) * per_degree;
        };
        twice += x(a) * y(b) - x(b) * y(a);
    }
    return std::abs(twice) / 2;
}

/// The box of the roads and some way around: what lies outside serves nobody and is a slip.
class Surroundings {
public:
    explicit Surroundings(const RoadMap& map) {
        for (const FixedPoint& p : map.nodes) {
            low_ = {std::min(low_.lat_e7, p.lat_e7), std::min(low_.lon_e7, p.lon_e7)};
            high_ = {std::max(high_.lat_e7, p.lat_e7), std::max(high_.lon_e7, p.lon_e7)};
        }
    }
    [[nodiscard]] bool holds(FixedPoint p) const {
        constexpr std::int64_t margin = 3'000'000;  // 0.3 degrees
        return p.lat_e7 >= low_.lat_e7 - margin && p.lat_e7 <= high_.lat_e7 + margin &&
               p.lon_e7 >= low_.lon_e7 - margin && p.lon_e7 <= high_.lon_e7 + margin;
    }

private:
    FixedPoint low_{900'000'000, 1'800'000'000}, high_{-900'000'000, -1'800'000'000};
};

void count_area(AreaKind kind, ImportSummary& summary) {
    if (kind == AreaKind::building) ++summary.buildings;
    else if (kind == AreaKind::water) ++summary.waters;
    else if (kind == AreaKind::green) ++summary.greens;
    else ++summary.other_areas;
}

/// Stores a ring without its closing point; false when nothing is left of it.
bool add_ring(std::vector<FixedPoint> ring, AreaKind kind, RoadMap& map, ImportSummary& summary) {
    if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
    if (ring.size() < 3) return false;
    map.areas.push_back({kind, static_cast<std::uint32_t>(map.points.size()),
                         static_cast<std::uint32_t>(ring.size())});
    map.points.insert(map.points.end(), ring.begin(), ring.end());
    count_area(kind, summary);
    return true;
}

void add_multipolygon(const RawOsm& raw, const RawMultipolygon& m, RoadMap& map,
                      ImportSummary& summary) {
    // Outer ways are joined end to end; an outline that does not close is dropped.
    std::vector<std::vector<std::int64_t>> loose;
    for (const std::int64_t way : m.outer_ways) {
        const RefRun run = raw.ring_ways.at(way);
        if (run.count < 2) continue;
        loose.emplace_back(raw.refs.begin() + static_cast<std::ptrdiff_t>(run.first),
                           raw.refs.begin() + static_cast<std::ptrdiff_t>(run.first + run.count));
    }
    while (!loose.empty()) {
        std::vector<std::int64_t> ring = std::move(loose.back());
        loose.pop_back();
        for (bool grew = true; grew && ring.front() != ring.back();) {
            grew = false;
            for (std::size_t i = 0; i < loose.size() && !grew; ++i) {
                auto& piece = loose[i];
                if (piece.back() == ring.back()) std::reverse(piece.begin(), piece.end());
                if (piece.front() != ring.back()) continue;
                ring.insert(ring.end(), piece.begin() + 1, piece.end());
                loose.erase(loose.begin() + static_cast<std::ptrdiff_t>(i));
                grew = true;
            }
        }
        std::vector<FixedPoint> places;
        bool whole = ring.front() == ring.back();
        for (const std::int64_t n : ring) {
            const auto p = raw.place_of(n);
            if (p) places.push_back(*p);
            else whole = false;
        }
        if (!whole || !add_ring(std::move(places), m.kind, map, summary)) ++summary.open_rings;
    }
}

void add_areas(const RawOsm& raw, RoadMap& map, ImportSummary& summary) {
    const Surroundings city{map};
    for (const RawArea& area : raw.areas) {
        std::vector<FixedPoint> ring = places_of(raw, area.refs);
        if (ring.size() < 3) {
            ++summary.open_rings;
            continue;
        }
        if (!std::any_of(ring.begin(), ring.end(), [&](FixedPoint p) { return city.holds(p); }) ||
            (area.kind == AreaKind::building && !city.holds(middle(ring)))) {
            ++summary.far_objects;
            continue;
        }
        const double m2 = ground_m2(ring);
        const bool home_size = area.named_home || (m2 >= smallest_home_m2 && m2 <= largest_home_m2);
        const double share =
            m2 <= small_house_m2 ? area.residents_per_m2 : area.residents_per_m2_large;
        const auto residents =
            static_cast<std::uint32_t>(std::lround(home_size ? std::min(m2, 1e5) * share : 0));
        if (residents > 0) {
            map.population.push_back({middle(ring), residents});
            summary.residents_estimated += residents;
        }
        if (!add_ring(std::move(ring), area.kind, map, summary)) ++summary.open_rings;
    }
    for (const RawMultipolygon& m : raw.multipolygons) add_multipolygon(raw, m, map, summary);
}

void add_places(const RawOsm& raw, RoadMap& map, ImportSummary& summary) {
    const Surroundings city{map};
    for (const RawPlace& r : raw.places) {
        Place place = r.place;
        if (r.outline) {
            std::vector<FixedPoint> line = places_of(raw, *r.outline);
            if (line.size() > 1 && line.front() == line.back()) line.pop_back();
            if (line.empty()) continue;
            place.at = middle(line);
        }
        if (!city.holds(place.at)) {
            ++summary.far_objects;
            continue;
        }
        if (place.kind == PlaceKind::house) ++summary.houses;
        if (place.kind == PlaceKind::landmark) ++summary.landmarks;
        if (place.kind == PlaceKind::suburb) ++summary.suburbs;
        if (place.kind == PlaceKind::organisation) ++summary.organisations;
        if (!r.organisation.empty()) {
            summary.proposed.push_back(
                {r.organisation, raw.names.all()[place.name], place.at.degrees()});
        }
        // A landmark with a house number is found by either.
        if (place.kind != PlaceKind::house && !place.number.empty() && place.street != 0) {
            Place house = place;
            house.kind = PlaceKind::house;
            house.name = 0;
            ++summary.houses;
            map.places.push_back(std::move(house));
        }
        if (place.kind == PlaceKind::house || place.name != 0) map.places.push_back(place);
    }
}

void people_along_streets(RoadMap& map, ImportSummary& summary) {
    for (const Segment& s : map.segments) {
        if (s.road_class != RoadClass::residential && s.road_class != RoadClass::living) continue;
        const auto residents = static_cast<std::uint32_t>(
            std::lround(static_cast<double>(s.length_m) * residents_per_street_m));
        if (residents == 0) continue;
        const FixedPoint at =
            s.point_count > 0 ? map.points[s.first_point + s.point_count / 2]
                              : middle({map.nodes[s.from], map.nodes[s.to]});
        map.population.push_back({at, residents});
        summary.residents_estimated += residents;
    }
}

}  // namespace

void build_ground(const RawOsm& raw, RoadMap& map, ImportSummary& summary) {
    for (const std::int64_t ref : raw.refs) {
        if (!raw.place_of(ref)) ++summary.missing_ground_refs;
    }
    summary.missing_ground_refs -= summary.missing_node_refs;
    add_areas(raw, map, summary);
    for (const RawWaterline& w : raw.waterlines) {
        const std::vector<FixedPoint> line = places_of(raw, w.refs);
        if (line.size() < 2) continue;
        map.waterlines.push_back({static_cast<std::uint32_t>(map.points.size()),
                                  static_cast<std::uint32_t>(line.size()), w.width_m});
        map.points.insert(map.points.end(), line.begin(), line.end());
    }
    summary.waterlines = map.waterlines.size();
    add_places(raw, map, summary);
    if (map.population.empty()) people_along_streets(map, summary);
}

}  // namespace jedel::roads
