#pragma once
// Small maps and speeds for the tests of roads.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dispatch/roads/travel.h"

namespace jedel::roads::test {

/// Every class 36 km/h (10 m/s), no factors, free turns.
inline SpeedTable flat_speeds(double turn_s = 0) {
    SpeedTable t;
    t.row = "test";
    t.base_kmh.fill(36);
    t.hour_factor.fill(1);
    t.urgency_factor.fill(1);
    t.turn_s = turn_s;
    return t;
}

/// A point so many metres east and north of 43.25 N, 76.95 E.
inline FixedPoint metres(double east, double north) {
    constexpr double per_degree = 6'371'008.8 * 3.14159265358979323846 / 180;
    return fixed({43.25 + north / per_degree,
                  76.95 + east / (per_degree * std::cos(43.25 * 3.14159265358979323846 / 180))});
}

/// Adds a straight segment; its length is the distance of its nodes.
inline std::uint32_t add_segment(RoadMap& map, std::uint32_t from, std::uint32_t to,
                                 bool forward = true, bool backward = true) {
    Segment s;
    s.from = from;
    s.to = to;
    s.forward = forward;
    s.backward = backward;
    s.length_m =
        static_cast<float>(distance_m(map.nodes[from].degrees(), map.nodes[to].degrees()));
    map.segments.push_back(s);
    return static_cast<std::uint32_t>(map.segments.size() - 1);
}

inline std::shared_ptr<const RoadMap> shared(RoadMap map) {
    if (map.names.empty()) map.names.push_back({});
    return std::make_shared<const RoadMap>(std::move(map));
}

/// A grid of crossings `step_m` apart, node = row * columns + column.
inline RoadMap grid_map(std::uint32_t rows, std::uint32_t columns, double step_m = 100) {
    RoadMap map;
    map.names.push_back({});
    for (std::uint32_t r = 0; r < rows; ++r) {
        for (std::uint32_t c = 0; c < columns; ++c) {
            map.nodes.push_back(metres(c * step_m, r * step_m));
        }
    }
    for (std::uint32_t r = 0; r < rows; ++r) {
        for (std::uint32_t c = 0; c < columns; ++c) {
            const std::uint32_t n = r * columns + c;
            if (c + 1 < columns) add_segment(map, n, n + 1);
            if (r + 1 < rows) add_segment(map, n, n + columns);
        }
    }
    return map;
}

}  // namespace jedel::roads::test
