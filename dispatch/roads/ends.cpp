#include "dispatch/roads/ends.h"

#include <algorithm>
#include <cmath>

namespace jedel::roads {

Cost cost_until(const Weights& weights, DirectedId d, double along) {
    const double share = d % 2 == 0 ? along : 1 - along;
    const Cost whole = weights.at_end(d);
    const auto part = [&](Cost v) {
        return static_cast<std::uint64_t>(std::llround(static_cast<double>(v) * share));
    };
    return cost_of(part(whole >> 32), part(whole & 0xffff'ffff));
}

void leave(const RoadGraph& graph, const Weights& weights, const Snapped& origin,
           std::vector<Seed>& out) {
    out.clear();
    for (const DirectedId d : {2 * origin.segment, 2 * origin.segment + 1}) {
        if (graph.head_state[d] == no_index || weights.at_end(d) >= infinite_cost) continue;
        // Both halves of the cost shrink by the part before the place: no borrow can happen.
        out.push_back({graph.head_state[d],
                       weights.at_end(d) - cost_until(weights, d, origin.along)});
    }
}

void reach_into(const RoadMap& map, const RoadGraph& graph, const Weights& weights,
                const Snapped& target, std::vector<Seed>& out) {
    out.clear();
    for (const DirectedId d : {2 * target.segment, 2 * target.segment + 1}) {
        if (graph.head_state[d] == no_index || weights.at_end(d) >= infinite_cost) continue;
        const Cost until = cost_until(weights, d, target.along);
        const std::uint32_t node = tail_node(map, d);
        for (StateId s = graph.first_state[node]; s < graph.first_state[node + 1]; ++s) {
            for (const Arc& arc : graph.arcs_from(s)) {
                if (arc.directed != d) continue;
                out.push_back({s, until + (arc.turn ? weights.turn : 0)});
            }
        }
    }
}

Cost along_segment(const RoadGraph& graph, const Weights& weights, const Snapped& from,
                   const Snapped& to) {
    if (from.segment != to.segment) return infinite_cost;
    Cost best = infinite_cost;
    for (const DirectedId d : {2 * from.segment, 2 * from.segment + 1}) {
        if (graph.head_state[d] == no_index || weights.at_end(d) >= infinite_cost) continue;
        const bool ahead = d % 2 == 0 ? from.along <= to.along : from.along >= to.along;
        if (!ahead) continue;
        best = std::min(best, cost_until(weights, d, to.along) -
                                  cost_until(weights, d, from.along));
    }
    return best;
}

Travel travel_of(Cost cost) {
    if (cost >= infinite_cost) return {};
    return {.reachable = true, .time_ms = cost_ms(cost), .distance_m = cost_m(cost)};
}

bool fits(const RoadMap& map, const Snapped& place) {
    return place.segment < map.segments.size() && place.along >= 0 && place.along <= 1;
}

}  // namespace jedel::roads
