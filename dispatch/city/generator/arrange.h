#pragma once
// Lines on a plan → a road network: cut at every crossing, joined where ends nearly meet.

#include <cstdint>
#include <vector>

#include "dispatch/city/generator/layout.h"

namespace jedel::generator {

struct Edge {
    std::uint32_t from = 0, to = 0;  ///< indices of nodes
    std::vector<Vec> inner;          ///< geometry between them
    roads::RoadClass road_class = roads::RoadClass::residential;
    std::uint32_t name = 0;
    bool one_way = false;  ///< from → to only
    bool bridge = false, roundabout = false;
    bool keep_end = false;
    int district = -1;
    std::uint32_t line = 0;   ///< index of the line it was cut from
    double along_m = 0;       ///< where on that line it begins
};

struct Network {
    std::vector<Vec> nodes;
    std::vector<Edge> edges;
};

double length_m(const Network& network, const Edge& edge);

/// Cuts, joins, trims stubs, makes roundabouts, keeps the largest strongly connected part.
Network arrange(const Plan& plan);

}  // namespace jedel::generator
