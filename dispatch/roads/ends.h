#pragma once
// The ends of a drive: from a place inside a segment to the graph's states and back. Internal.

#include <array>
#include <vector>

#include "dispatch/roads/graph.h"
#include "dispatch/roads/travel.h"

namespace jedel::roads {

struct Seed {
    StateId state = 0;
    Cost cost = 0;
};

/// Cost from the beginning of a directed segment to a place `along` it (as Snapped counts it).
Cost cost_until(const Weights& weights, DirectedId d, double along);

/// Where a drive may be once it has left the segment it begins on; at most two.
void leave(const RoadGraph& graph, const Weights& weights, const Snapped& origin,
           std::vector<Seed>& out);
/// From where, and at what cost, a drive reaches a place inside a segment.
void reach_into(const RoadMap& map, const RoadGraph& graph, const Weights& weights,
                const Snapped& target, std::vector<Seed>& out);
/// Driving straight from one place to the other on the same segment; infinite when one cannot.
Cost along_segment(const RoadGraph& graph, const Weights& weights, const Snapped& from,
                   const Snapped& to);

Travel travel_of(Cost cost);
bool fits(const RoadMap& map, const Snapped& place);

}  // namespace jedel::roads
