#pragma once
// A customizable contraction hierarchy (Dibbelt, Strasser & Wagner, ACM JEA 2016): an order and
// its shortcuts made once for a map, weights put in anew in milliseconds. Exact. Internal.
//
// Vertices are numbered by rank. Every neighbour above a vertex is one of its ancestors in the
// elimination tree, so the cost to all ancestors is one walk up the tree, without a queue, and the
// cost between two vertices is the least sum over their common ancestors.

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

    [[nodiscard]] std::uint32_t size() const {
        return static_cast<std::uint32_t>(parent.size());
    }
    [[nodiscard]] bool is_above(Rank ancestor, Rank v) const {
        return first_below[ancestor] <= v && v <= ancestor;
    }
    [[nodiscard]] std::size_t bytes() const;
};

Hierarchy build_hierarchy(const RoadMap& map, const RoadGraph& graph);

/// Costs of both directions of every upward arc.
struct Metric {
    struct Pair {
        Cost up = infinite_cost, down = infinite_cost;
    };
    std::vector<Pair> arcs;
};
Metric customize(const Hierarchy& hierarchy, const RoadGraph& graph, const Weights& weights);

/// Walks up the elimination tree from some seeds and keeps the cost to every ancestor (forward)
/// or from it (backward).
class UpwardWalk {
public:
    enum class Direction : std::uint8_t { forward, backward };
    void run(const Hierarchy& hierarchy, const Metric& metric, std::span<const Seed> seeds,
             Direction direction);
    /// Cost at a rank; infinite where the last run did not come.
    [[nodiscard]] Cost cost(Rank r) const { return r < cost_.size() ? cost_[r] : infinite_cost; }
    /// Ranks visited, ascending.
    [[nodiscard]] const std::vector<Rank>& visited() const { return visited_; }
    /// Seeds that no other seed lies below: each the bottom of one chain of ancestors.
    [[nodiscard]] const std::vector<Rank>& bottoms() const { return bottoms_; }

private:
    std::vector<Cost> cost_;
    std::vector<Rank> visited_, bottoms_, heads_;
};

}  // namespace jedel::roads
