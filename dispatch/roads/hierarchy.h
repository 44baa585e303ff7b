#pragma once
// A customizable contraction hierarchy (Dibbelt, Strasser & Wagner, ACM JEA 2016): an order and
// its shortcuts made once for a map, weights put in anew in milliseconds. Exact. Internal.
//
// Vertices are numbered by rank. Every neighbour above a vertex is one of its ancestors in the
// elimination tree, so the cost to all ancestors is one walk up the tree, without a queue, and the
// cost between two vertices is the least sum over their common ancestors.

#include <span>
#include <vector>

#include "dispatch/roads/ends.h"
#include "dispatch/roads/order.h"

namespace jedel::roads {

using Rank = std::uint32_t;

struct Hierarchy {
    std::vector<Rank> rank_of;              ///< by state
    std::vector<std::uint32_t> first_up;    ///< by rank, plus one past the end
    std::vector<Rank> up;                   ///< heads of upward arcs, ascending
    std::vector<std::uint32_t> first_down;  ///< by rank: arcs that come from below
    std::vector<std::uint32_t> down;        ///< indices of upward arcs, by head, ascending tail
    std::vector<Rank> down_tail;            ///< beside `down`
    std::vector<Rank> parent;               ///< by rank; no_index at a root
    std::vector<std::uint32_t> depth;       ///< by rank; 0 at a root
    std::vector<Rank> first_below;          ///< least rank in the subtree (ranks are a postorder)
    std::vector<std::uint32_t> arc_of;      ///< by graph arc: 2 × upward arc, +1 when it leads
                                            ///< down; no_index for a loop
    std::uint32_t levels = 0;               ///< greatest depth + 1
    std::uint64_t triangles = 0;

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(parent.size()); }
    [[nodiscard]] bool is_above(Rank ancestor, Rank v) const {
        return first_below[ancestor] <= v && v <= ancestor;
    }
    [[nodiscard]] std::size_t bytes() const;
};

Hierarchy build_hierarchy(const RoadMap& map, const RoadGraph& graph);

/// A way up that a shortest drive may need.
struct Climb {
    Cost cost = infinite_cost;
    Rank to = 0;
    std::uint32_t depth = 0;  ///< of `to`
};
/// The ways up from each rank in one direction of driving.
struct Climbs {
    std::vector<std::uint32_t> first;  ///< of `all`, by rank, plus one past the end
    std::vector<Climb> all;
    [[nodiscard]] std::span<const Climb> from(Rank r) const {
        return {all.data() + first[r], all.data() + first[r + 1]};
    }
};

/// One set of times. Only what lies on some shortest drive is kept: an arc dearer than the
/// cheapest way between its ends is needed by none (Dibbelt, Strasser & Wagner, "perfect
/// customization"), and many arcs of a hierarchy are. In a
/// map without main roads all are kept: there finding them costs more than it saves.
struct Metric {
    Climbs forward, backward;
    [[nodiscard]] std::size_t bytes() const;
};
Metric customize(const Hierarchy& hierarchy, const RoadGraph& graph, const Weights& weights);

}  // namespace jedel::roads
