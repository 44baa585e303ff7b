#pragma once
// The plain method: Dijkstra's search (1959) over the states. Internal.

#include <functional>
#include <vector>

#include "dispatch/roads/ends.h"

namespace jedel::roads {

/// One search's memory; grows to the graph's size at the first use.
class Dijkstra {
public:
    enum class Direction : std::uint8_t { forward, backward };

    /// Searches from the seeds until the queue is empty, a cost above `limit` is met, or every
    /// one of `wanted` is settled (an empty `wanted` means all).
    void run(const RoadGraph& graph, const Weights& weights, std::span<const Seed> seeds,
             Direction direction, std::span<const StateId> wanted, Cost limit = infinite_cost);
    /// Cost of a state settled or reached by the last run; infinite otherwise.
    [[nodiscard]] Cost cost(StateId s) const {
        return s < stamp_.size() && stamp_[s] == run_ ? cost_[s] : infinite_cost;
    }
    /// Index of the arc by which the last run reached the state; no_index at a seed.
    [[nodiscard]] std::uint32_t by_arc(StateId s) const { return by_arc_[s]; }
    /// States the last run settled, nearest first.
    [[nodiscard]] const std::vector<StateId>& settled() const { return settled_; }

private:
    struct Entry {
        Cost cost;
        StateId state;
        bool operator>(const Entry& o) const { return cost > o.cost; }
    };
    void start(std::size_t states);
    void offer(StateId s, Cost c, std::uint32_t arc);

    std::uint32_t run_ = 0;
    std::vector<std::uint32_t> stamp_, wanted_stamp_;
    std::vector<Cost> cost_;
    std::vector<std::uint32_t> by_arc_;
    std::vector<Entry> heap_;
    std::vector<StateId> settled_;
};

}  // namespace jedel::roads
