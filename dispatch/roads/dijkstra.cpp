#include "dispatch/roads/dijkstra.h"

#include <algorithm>
#include <functional>

namespace jedel::roads {

void Dijkstra::start(std::size_t states) {
    if (stamp_.size() != states || run_ == no_index) {
        stamp_.assign(states, 0);
        wanted_stamp_.assign(states, 0);
        cost_.resize(states);
        by_arc_.resize(states);
        run_ = 0;
    }
    ++run_;
    heap_.clear();
    settled_.clear();
}

void Dijkstra::offer(StateId s, Cost c, std::uint32_t arc) {
    if (stamp_[s] == run_ && cost_[s] <= c) return;
    stamp_[s] = run_;
    cost_[s] = c;
    by_arc_[s] = arc;
    heap_.push_back({c, s});
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
}

void Dijkstra::run(const RoadGraph& graph, const Weights& weights, std::span<const Seed> seeds,
                   Direction direction, std::span<const StateId> wanted, Cost limit) {
    start(graph.states());
    std::size_t missing = 0;
    for (const StateId s : wanted) {
        if (wanted_stamp_[s] != run_) ++missing;
        wanted_stamp_[s] = run_;
    }
    for (const Seed& seed : seeds) offer(seed.state, seed.cost, no_index);
    while (!heap_.empty()) {
        const Entry top = heap_.front();
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
        heap_.pop_back();
        if (top.cost > cost_[top.state]) continue;  // a better way was found meanwhile
        if (top.cost > limit) break;
        settled_.push_back(top.state);
        if (wanted_stamp_[top.state] == run_ && --missing == 0) break;
        const auto relax = [&](std::uint32_t index, StateId next) {
            const Cost c = top.cost + weights.of(graph.arcs[index]);
            if (c < infinite_cost) offer(next, c, index);
        };
        if (direction == Direction::forward) {
            for (std::uint32_t i = graph.out[top.state]; i < graph.out[top.state + 1]; ++i) {
                relax(i, graph.arcs[i].head);
            }
        } else {
            for (const std::uint32_t i : graph.arcs_to(top.state)) relax(i, graph.arcs[i].tail);
        }
    }
}

}  // namespace jedel::roads
