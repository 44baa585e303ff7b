#include "dispatch/roads/travel.h"

#include <algorithm>
#include <cassert>

#include "dispatch/roads/travel_impl.h"

namespace jedel::roads {

namespace {

std::shared_ptr<const Topology> make_topology(std::shared_ptr<const RoadMap> map,
                                              std::shared_ptr<const SnapGrid> grid,
                                              std::shared_ptr<const Beyond> beyond,
                                              bool with_turns) {
    auto topology = std::make_shared<Topology>();
    topology->grid = grid ? std::move(grid) : std::make_shared<const SnapGrid>(*map);
    topology->beyond = beyond ? std::move(beyond) : std::make_shared<const Beyond>(*map);
    topology->graph = build_graph(*map, with_turns);
    topology->hierarchy = build_hierarchy(*map, topology->graph);
    topology->map = std::move(map);
    return topology;
}

}  // namespace

void TravelNetwork::ScratchDeleter::operator()(Scratch* scratch) const { delete scratch; }

TravelNetwork::TravelNetwork(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TravelNetwork::TravelNetwork(TravelNetwork&&) noexcept = default;
TravelNetwork& TravelNetwork::operator=(TravelNetwork&&) noexcept = default;
TravelNetwork::~TravelNetwork() = default;

TravelNetwork TravelNetwork::build(std::shared_ptr<const RoadMap> map, const SpeedTable& speeds,
                                   int hour_of_week, int urgency) {
    assert(map);
    auto impl = std::make_unique<Impl>();
    impl->weights = make_weights(*map, speeds, hour_of_week, urgency, {});
    impl->topology = make_topology(std::move(map), nullptr, nullptr, impl->weights.turn > 0);
    impl->metric = customize(impl->topology->hierarchy, impl->topology->graph, impl->weights);
    return TravelNetwork{std::move(impl)};
}

TravelNetwork TravelNetwork::with_times(const SpeedTable& speeds, int hour_of_week, int urgency,
                                        std::span<const SegmentChange> changes) const {
    auto impl = std::make_unique<Impl>();
    const Topology& old = *impl_->topology;
    impl->weights = make_weights(*old.map, speeds, hour_of_week, urgency, changes);
    const bool with_turns = impl->weights.turn > 0;
    impl->topology = old.graph.with_turns == with_turns
                         ? impl_->topology
                         : make_topology(old.map, old.grid, old.beyond, with_turns);
    impl->metric = customize(impl->topology->hierarchy, impl->topology->graph, impl->weights);
    return TravelNetwork{std::move(impl)};
}

TravelNetwork::ScratchPtr TravelNetwork::scratch() const { return ScratchPtr{new Scratch}; }

std::optional<Snapped> TravelNetwork::snap(LatLon place) const {
    return impl_->topology->grid->nearest(*impl_->topology->map, place);
}

std::vector<Snapped> TravelNetwork::snap_all(LatLon place, double radius_m) const {
    return impl_->topology->grid->within(*impl_->topology->map, place, radius_m);
}

const RoadMap& TravelNetwork::map() const { return *impl_->topology->map; }

NetworkFigures TravelNetwork::figures() const {
    const Topology& t = *impl_->topology;
    return {.nodes = t.map->nodes.size(),
            .segments = t.map->segments.size(),
            .states = t.graph.states(),
            .arcs = t.graph.arcs.size(),
            .hierarchy_arcs = t.hierarchy.up.size(),
            .triangles = t.hierarchy.triangles,
            .depth = t.hierarchy.levels,
            .shared_bytes = t.graph.bytes() + t.hierarchy.bytes() + t.grid->bytes(),
            .own_bytes =
                impl_->metric.bytes() +
                (impl_->weights.directed.size() + impl_->weights.at_ends.size()) * sizeof(Cost)};
}

void TravelNetwork::to_one(Scratch& scratch, std::span<const Snapped> origins,
                           const Snapped& target, Method method, std::span<Travel> out) const {
    assert(origins.size() == out.size() && fits(map(), target));
    const RoadGraph& graph = impl_->topology->graph;
    const Weights& weights = impl_->weights;
    if (method == Method::fast) {
        const Hierarchy& h = impl_->topology->hierarchy;
        reach_into(map(), graph, weights, target, scratch.seeds);
        scratch.walk.run(h, impl_->metric.backward, scratch.seeds);
        scratch.sweep.start(h, impl_->metric.forward, scratch.walk);
        for (std::size_t i = 0; i < origins.size(); ++i) {
            assert(fits(map(), origins[i]));
            leave(graph, weights, origins[i], scratch.ends);
            Cost best = along_segment(graph, weights, origins[i], target);
            for (const Seed& end : scratch.ends) {
                best = std::min(best, end.cost + scratch.sweep.cost(h, impl_->metric.forward,
                                                                    h.rank_of[end.state]));
            }
            out[i] = travel_of(best);
        }
        return;
    }
    scratch.wanted.clear();
    for (const Snapped& origin : origins) {
        assert(fits(map(), origin));
        leave(graph, weights, origin, scratch.ends);
        for (const Seed& end : scratch.ends) scratch.wanted.push_back(end.state);
    }
    reach_into(map(), graph, weights, target, scratch.seeds);
    if (!scratch.wanted.empty()) {
        scratch.dijkstra.run(graph, weights, scratch.seeds, Dijkstra::Direction::backward,
                             scratch.wanted);
    }
    for (std::size_t i = 0; i < origins.size(); ++i) {
        Cost best = along_segment(graph, weights, origins[i], target);
        leave(graph, weights, origins[i], scratch.ends);
        for (const Seed& end : scratch.ends) {
            best = std::min(best, end.cost + scratch.dijkstra.cost(end.state));
        }
        out[i] = travel_of(best);
    }
}

void TravelNetwork::from_one(Scratch& scratch, const Snapped& origin,
                             std::span<const Snapped> targets, Method method,
                             std::span<Travel> out) const {
    assert(targets.size() == out.size() && fits(map(), origin));
    const RoadGraph& graph = impl_->topology->graph;
    const Weights& weights = impl_->weights;
    if (method == Method::fast) {
        const Hierarchy& h = impl_->topology->hierarchy;
        leave(graph, weights, origin, scratch.seeds);
        scratch.walk.run(h, impl_->metric.forward, scratch.seeds);
        scratch.sweep.start(h, impl_->metric.backward, scratch.walk);
        for (std::size_t i = 0; i < targets.size(); ++i) {
            assert(fits(map(), targets[i]));
            reach_into(map(), graph, weights, targets[i], scratch.ends);
            Cost best = along_segment(graph, weights, origin, targets[i]);
            for (const Seed& end : scratch.ends) {
                best = std::min(best, end.cost + scratch.sweep.cost(h, impl_->metric.backward,
                                                                    h.rank_of[end.state]));
            }
            out[i] = travel_of(best);
        }
        return;
    }
    scratch.wanted.clear();
    for (const Snapped& target : targets) {
        assert(fits(map(), target));
        reach_into(map(), graph, weights, target, scratch.ends);
        for (const Seed& end : scratch.ends) scratch.wanted.push_back(end.state);
    }
    leave(graph, weights, origin, scratch.seeds);
    if (!scratch.wanted.empty()) {
        scratch.dijkstra.run(graph, weights, scratch.seeds, Dijkstra::Direction::forward,
                             scratch.wanted);
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        Cost best = along_segment(graph, weights, origin, targets[i]);
        reach_into(map(), graph, weights, targets[i], scratch.ends);
        for (const Seed& end : scratch.ends) {
            best = std::min(best, end.cost + scratch.dijkstra.cost(end.state));
        }
        out[i] = travel_of(best);
    }
}

}  // namespace jedel::roads
