#pragma once
// Roads joined into long lines, so that they can be simplified and named as a whole.

#include <cstdint>
#include <span>
#include <vector>

#include "console/map/projection.h"
#include "dispatch/roads/roadmap.h"

namespace jedel::console {

using Line = std::vector<MapPoint>;

/// The way of one segment on the plane, from its first node to its last.
Line line_of(const roads::RoadMap& map, const Projection& projection,
             const roads::Segment& segment);

/// Segments of one key (`keys` runs along `map.segments`; `no_key` = left out) joined end to end:
/// at a crossing the straightest continuation is taken. Every keyed segment is in one chain.
struct Chain {
    std::uint32_t key = 0;
    Line line;
};
inline constexpr std::uint32_t no_key = 0xffffffff;
std::vector<Chain> join_segments(const roads::RoadMap& map, const Projection& projection,
                                 std::span<const std::uint32_t> keys);

/// The part of a line between two shares of its length, in that order.
Line part_of(const Line& line, float from, float to);

/// The line without points that lie closer than `tolerance_m` to the rest (Douglas, Peucker
/// 1973). First and last point stay.
Line simplified(const Line& line, float tolerance_m);

}  // namespace jedel::console
