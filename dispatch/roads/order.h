#pragma once
// An elimination order of a graph's vertices with small separators on top. Internal.
//
// Vertices of low degree go first (they cost no more arcs than they take away); what is left is
// cut again and again in two by inertial flow (Schild & Sommer, SEA 2015): sort by a direction,
// tie the outer quarters to a source and a sink, take the least vertex cut between them.

#include <cstdint>
#include <vector>

namespace jedel::roads {

struct PlanePoint {
    float x = 0, y = 0;
};

/// Undirected, without loops; neighbours of v are heads[first[v] … first[v+1]), each once.
struct PlainGraph {
    std::vector<std::uint32_t> first, heads;
    std::vector<PlanePoint> at;
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(at.size()); }
};

/// Vertices in the order they are eliminated. The same graph gives the same order.
std::vector<std::uint32_t> elimination_order(const PlainGraph& graph,
                                             std::uint32_t greedy_degree);

}  // namespace jedel::roads
