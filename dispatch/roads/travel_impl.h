#pragma once
// What a TravelNetwork holds. Internal.

#include "dispatch/roads/climb.h"
#include "dispatch/roads/dijkstra.h"
#include "dispatch/roads/snap.h"
#include "dispatch/roads/weights.h"

namespace jedel::roads {

/// Roads that cannot be driven, to be found by place as the others are.
struct Beyond {
    explicit Beyond(const RoadMap& map);
    RoadMap roads;  ///< a segment for each of RoadMap::beyond, in its order
    SnapGrid grid;
};

/// Made once for a map, shared by every network on it.
struct Topology {
    std::shared_ptr<const RoadMap> map;
    std::shared_ptr<const SnapGrid> grid;
    std::shared_ptr<const Beyond> beyond;
    RoadGraph graph;
    Hierarchy hierarchy;
};

struct TravelNetwork::Impl {
    std::shared_ptr<const Topology> topology;
    Weights weights;
    Metric metric;
};

struct TravelNetwork::Scratch {
    Dijkstra dijkstra;
    UpwardWalk walk;
    DownwardSweep sweep;
    std::vector<Seed> seeds, ends;
    std::vector<StateId> wanted;
};

}  // namespace jedel::roads
