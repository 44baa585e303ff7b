#include "dispatch/roads/weights.h"

#include <algorithm>
#include <cmath>

namespace jedel::roads {

namespace {

constexpr std::uint64_t most_ms = (std::uint64_t{1} << 28) - 1;  // three days for one segment

Cost segment_cost(const Segment& s, double kmh, double time_factor) {
    const double ms = static_cast<double>(s.length_m) * 3600.0 / kmh * time_factor;
    const double cm = static_cast<double>(s.length_m) * 100;
    return cost_of(
        std::min(most_ms, static_cast<std::uint64_t>(std::llround(std::min(ms, 1e12)))),
        std::min<std::uint64_t>(0xfff'ffff,
                                static_cast<std::uint64_t>(std::llround(std::min(cm, 1e12)))));
}

}  // namespace

Weights make_weights(const RoadMap& map, const SpeedTable& speeds, int hour_of_week, int urgency,
                     std::span<const SegmentChange> changes) {
    const auto hour = static_cast<std::size_t>(((hour_of_week % 168) + 168) % 168);
    const auto category = static_cast<std::size_t>(std::clamp(urgency, 0, 4));
    const double factor = speeds.hour_factor[hour] * speeds.urgency_factor[category];
    Weights w;
    w.turn = cost_of(static_cast<std::uint64_t>(
                         std::llround(std::clamp(speeds.turn_s, 0.0, 3600.0) * 1000)),
                     0);
    w.directed.resize(map.segments.size() * 2);
    for (std::size_t i = 0; i < map.segments.size(); ++i) {
        const Segment& s = map.segments[i];
        double kmh = speeds.base_kmh[static_cast<std::size_t>(s.road_class)];
        if (s.max_speed_kmh > 0) kmh = std::min<double>(kmh, s.max_speed_kmh);
        const Cost cost = segment_cost(s, std::max(1.0, kmh * factor), 1) +
                          cost_of(std::uint64_t{s.delay_s} * 1000, 0);
        w.directed[2 * i] = cost;
        w.directed[2 * i + 1] = cost;
    }
    if (changes.empty()) return w;
    const std::vector<Cost> unchanged = w.directed;
    w.at_ends = w.directed;
    for (const SegmentChange& change : changes) {
        if (change.segment >= map.segments.size()) continue;
        for (const std::size_t d : {2 * std::size_t{change.segment},
                                    2 * std::size_t{change.segment} + 1}) {
            if (change.closed) {
                w.directed[d] = infinite_cost;
                continue;
            }
            const Cost base = unchanged[d];
            const double ms = static_cast<double>(base >> 32) * std::max(0.05, change.time_factor);
            const Cost slowed = cost_of(
                std::min(most_ms, static_cast<std::uint64_t>(std::llround(std::min(ms, 1e12)))),
                base & 0xffff'ffff);
            w.at_ends[d] = slowed;
            if (w.directed[d] < infinite_cost) w.directed[d] = slowed;
        }
    }
    return w;
}

}  // namespace jedel::roads
