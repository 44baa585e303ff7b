// Geometry of a way with its street names.

#include <algorithm>
#include <cassert>
#include <cmath>

#include "dispatch/roads/travel_impl.h"

namespace jedel::roads {

namespace {

/// The piece of a segment between two shares of its length, in the order driven.
void append_piece(const RoadMap& map, std::uint32_t segment, double from, double to,
                  std::vector<RoutePoint>& out) {
    const std::uint32_t name = map.segments[segment].name;
    const auto add = [&](LatLon p) {
        if (!out.empty() && distance_m(out.back().at, p) < 0.01) {
            out.back().name = name;  // the street from here on
            return;
        }
        out.push_back({p, name});
    };
    const std::vector<FixedPoint> line = polyline(map, segment);
    std::vector<double> share(line.size(), 0);
    for (std::size_t i = 1; i < line.size(); ++i) {
        share[i] = share[i - 1] + distance_m(line[i - 1].degrees(), line[i].degrees());
    }
    const double whole = share.back();
    for (double& s : share) s = whole > 0 ? s / whole : 0;
    const auto at = [&](double x) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            if (share[i] < x && i + 1 < line.size()) continue;
            const LatLon a = line[i - 1].degrees(), b = line[i].degrees();
            const double width = share[i] - share[i - 1];
            const double t = width > 0 ? std::clamp((x - share[i - 1]) / width, 0.0, 1.0) : 0;
            return LatLon{a.lat + (b.lat - a.lat) * t, a.lon + (b.lon - a.lon) * t};
        }
        return line.front().degrees();
    };
    add(at(from));
    if (from <= to) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (share[i] > from && share[i] < to) add(line[i].degrees());
        }
    } else {
        for (std::size_t i = line.size(); i-- > 0;) {
            if (share[i] < from && share[i] > to) add(line[i].degrees());
        }
    }
    add(at(to));
}

/// The end (0 or 1) of the first segment by which a drive leaves it for its first state at the
/// least cost.
double way_out(const RoadGraph& graph, const Weights& weights, const Snapped& from,
               StateId first) {
    double end = 1;
    Cost least = infinite_cost;
    for (const DirectedId d : {2 * from.segment, 2 * from.segment + 1}) {
        if (graph.head_state[d] != first || weights.at_end(d) >= infinite_cost) continue;
        const Cost cost = weights.at_end(d) - cost_until(weights, d, from.along);
        if (cost < least) {
            least = cost;
            end = d % 2 == 0 ? 1 : 0;
        }
    }
    return end;
}

/// Likewise the end by which a drive enters the last segment from its last state.
double way_in(const RoadGraph& graph, const Weights& weights, const Snapped& to, StateId last) {
    double start = 0;
    Cost least = infinite_cost;
    for (const Arc& arc : graph.arcs_from(last)) {
        if (arc.directed / 2 != to.segment) continue;
        const Cost cost =
            cost_until(weights, arc.directed, to.along) + (arc.turn ? weights.turn : 0);
        if (cost < least) {
            least = cost;
            start = arc.directed % 2 == 0 ? 0 : 1;
        }
    }
    return start;
}

}  // namespace

Route TravelNetwork::route(Scratch& scratch, const Snapped& from, const Snapped& to) const {
    assert(fits(map(), from) && fits(map(), to));
    const RoadGraph& graph = impl_->topology->graph;
    const Weights& weights = impl_->weights;
    Route route;
    const Cost direct = along_segment(graph, weights, from, to);
    leave(graph, weights, from, scratch.seeds);
    reach_into(map(), graph, weights, to, scratch.ends);
    scratch.wanted.clear();
    for (const Seed& end : scratch.ends) scratch.wanted.push_back(end.state);
    Cost best = direct;
    const Seed* last = nullptr;
    if (!scratch.wanted.empty()) {
        scratch.dijkstra.run(graph, weights, scratch.seeds, Dijkstra::Direction::forward,
                             scratch.wanted);
        for (const Seed& end : scratch.ends) {
            const Cost cost = end.cost + scratch.dijkstra.cost(end.state);
            if (cost < best) {
                best = cost;
                last = &end;
            }
        }
    }
    route.travel = travel_of(best);
    if (!route.travel.reachable) return route;
    if (last == nullptr) {
        append_piece(map(), from.segment, from.along, to.along, route.points);
        return route;
    }
    std::vector<DirectedId> driven;
    StateId s = last->state;
    for (std::uint32_t arc = scratch.dijkstra.by_arc(s); arc != no_index;
         arc = scratch.dijkstra.by_arc(s)) {
        driven.push_back(graph.arcs[arc].directed);
        s = graph.arcs[arc].tail;
    }
    std::reverse(driven.begin(), driven.end());
    append_piece(map(), from.segment, from.along, way_out(graph, weights, from, s),
                 route.points);
    for (const DirectedId d : driven) {
        append_piece(map(), d / 2, d % 2 == 0 ? 0 : 1, d % 2 == 0 ? 1 : 0, route.points);
    }
    append_piece(map(), to.segment, way_in(graph, weights, to, last->state), to.along,
                 route.points);
    return route;
}

}  // namespace jedel::roads
