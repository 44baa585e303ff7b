// What can be reached in a time: from one place (isochrone), or from the nearest of many
// (coverage).

#include <algorithm>
#include <cassert>
#include <tuple>

#include "dispatch/roads/travel_impl.h"

namespace jedel::roads {

namespace {

/// One entry for each way a segment is driven: the earliest.
void keep_earliest(std::vector<Reached>& all) {
    const auto key = [](const Reached& r) {
        return std::tuple{r.segment, r.from_along > r.to_along, r.from_along, r.from_ms};
    };
    std::sort(all.begin(), all.end(),
              [&](const Reached& a, const Reached& b) { return key(a) < key(b); });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Reached& a, const Reached& b) {
                              return a.segment == b.segment && a.from_along == b.from_along &&
                                     (a.from_along > a.to_along) == (b.from_along > b.to_along);
                          }),
              all.end());
}

}  // namespace

std::vector<Reached> TravelNetwork::reach(Scratch& scratch, const Snapped& origin,
                                          std::int64_t limit_ms) const {
    return reach(scratch, std::span{&origin, 1}, limit_ms);
}

std::vector<Reached> TravelNetwork::reach(Scratch& scratch, std::span<const Snapped> origins,
                                          std::int64_t limit_ms) const {
    const RoadGraph& graph = impl_->topology->graph;
    const Weights& weights = impl_->weights;
    std::vector<Reached> out;
    if (limit_ms < 0 || origins.empty()) return out;
    const Cost limit = cost_of(static_cast<std::uint64_t>(limit_ms), 0xffff'ffff);
    scratch.seeds.clear();
    for (const Snapped& origin : origins) {
        assert(fits(map(), origin));
        leave(graph, weights, origin, scratch.ends);
        scratch.seeds.insert(scratch.seeds.end(), scratch.ends.begin(), scratch.ends.end());
    }
    scratch.dijkstra.run(graph, weights, scratch.seeds, Dijkstra::Direction::forward, {}, limit);
    const auto add = [&](DirectedId d, double from, Cost begins, Cost whole, Cost spent_before) {
        const std::int64_t begin_ms = cost_ms(begins);
        const std::int64_t rest_ms = cost_ms(whole) - cost_ms(spent_before);
        const std::int64_t left_ms = limit_ms - begin_ms;
        const double end = d % 2 == 0 ? 1 : 0;
        const double share = rest_ms <= left_ms || rest_ms == 0
                                 ? 1
                                 : static_cast<double>(left_ms) / static_cast<double>(rest_ms);
        out.push_back({.segment = d / 2,
                       .from_along = from,
                       .to_along = from + (end - from) * share,
                       .from_ms = begin_ms,
                       .to_ms = begin_ms + std::min(rest_ms, left_ms)});
    };
    for (const Snapped& origin : origins) {
        for (const DirectedId d : {2 * origin.segment, 2 * origin.segment + 1}) {
            if (graph.head_state[d] == no_index || weights.at_end(d) >= infinite_cost) continue;
            add(d, origin.along, 0, weights.at_end(d), cost_until(weights, d, origin.along));
        }
    }
    for (const StateId s : scratch.dijkstra.settled()) {
        for (const Arc& arc : graph.arcs_from(s)) {
            const Cost whole = weights.directed[arc.directed];
            if (whole >= infinite_cost) continue;
            const Cost begins = scratch.dijkstra.cost(s) + (arc.turn ? weights.turn : 0);
            if (cost_ms(begins) > limit_ms) continue;
            add(arc.directed, arc.directed % 2 == 0 ? 0 : 1, begins, whole, 0);
        }
    }
    keep_earliest(out);
    return out;
}

}  // namespace jedel::roads
