#include "dispatch/roads/graph.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <unordered_set>

#include "dispatch/roads/path_bans.h"

namespace jedel::roads {

namespace {

constexpr double turn_threshold_rad = std::numbers::pi / 4;

/// Bearing in radians from a to b, near enough for short distances.
double bearing(FixedPoint a, FixedPoint b) {
    const double east = (static_cast<double>(b.lon_e7) - a.lon_e7) *
                        std::cos(a.lat_e7 * 1e-7 * std::numbers::pi / 180);
    const double north = static_cast<double>(b.lat_e7) - a.lat_e7;
    return std::atan2(east, north);
}

/// Bearing when leaving the tail of a directed segment.
double bearing_at_tail(const RoadMap& map, DirectedId d) {
    const Segment& s = map.segments[d / 2];
    const FixedPoint start = map.nodes[tail_node(map, d)];
    const auto inner = [&](std::uint32_t i) { return map.points[s.first_point + i]; };
    // The first inner point may lie on the node itself: take the first that does not.
    for (std::uint32_t i = 0; i < s.point_count; ++i) {
        const FixedPoint p = inner(d % 2 == 0 ? i : s.point_count - 1 - i);
        if (p != start) return bearing(start, p);
    }
    return bearing(start, map.nodes[head_node(map, d)]);
}

struct Junctions {
    std::vector<std::uint32_t> first;       ///< by node
    std::vector<DirectedId> leaving;        ///< drivable or not: every segment end at the node
};

Junctions junctions_of(const RoadMap& map) {
    Junctions j;
    j.first.assign(map.nodes.size() + 1, 0);
    for (DirectedId d = 0; d < map.segments.size() * 2; ++d) ++j.first[tail_node(map, d) + 1];
    for (std::size_t n = 0; n < map.nodes.size(); ++n) j.first[n + 1] += j.first[n];
    j.leaving.resize(map.segments.size() * 2);
    std::vector<std::uint32_t> next(j.first.begin(), j.first.end() - 1);
    for (DirectedId d = 0; d < map.segments.size() * 2; ++d) {
        j.leaving[next[tail_node(map, d)]++] = d;
    }
    return j;
}

std::uint64_t ban_key(std::uint32_t from_segment, std::uint32_t to_segment) {
    return std::uint64_t{from_segment} << 32 | to_segment;
}

/// What may follow an arrival: for each way out 'x' banned, 't' a turn, '-' straight on.
class TurnRows {
public:
    TurnRows(const RoadMap& map, bool with_turns) : with_turns_(with_turns) {
        for (const TurnBan& b : map.turn_bans) {
            bans_by_node_.insert(b.via_node);
            bans_.insert(hash_of(b.from_segment, b.via_node, b.to_segment));
        }
        if (with_turns) {
            bearing_.resize(map.segments.size() * 2);
            for (DirectedId d = 0; d < bearing_.size(); ++d) {
                bearing_[d] = bearing_at_tail(map, d);
            }
        }
    }
    bool simple(std::uint32_t node, std::size_t ends) const {
        return !bans_by_node_.contains(node) && (!with_turns_ || ends < 3);
    }
    char turn(DirectedId in, DirectedId out, std::uint32_t node, std::size_t ends) const {
        if (bans_by_node_.contains(node) &&
            bans_.contains(hash_of(in / 2, node, out / 2))) {
            return 'x';
        }
        if (!with_turns_ || ends < 3) return '-';
        // Heading on arrival is opposite to the bearing back along the segment.
        const double change = std::remainder(bearing_[out] - bearing_[in ^ 1] - std::numbers::pi,
                                             2 * std::numbers::pi);
        return std::abs(change) > turn_threshold_rad ? 't' : '-';
    }

private:
    struct Ban {
        std::uint64_t segments;
        std::uint32_t node;
        bool operator==(const Ban&) const = default;
    };
    struct BanHash {
        std::size_t operator()(const Ban& b) const {
            return (b.segments * 0x9e37'79b9'7f4a'7c15U) ^ b.node;
        }
    };
    static Ban hash_of(std::uint32_t from, std::uint32_t node, std::uint32_t to) {
        return {ban_key(from, to), node};
    }
    bool with_turns_;
    std::unordered_set<std::uint32_t> bans_by_node_;
    std::unordered_set<Ban, BanHash> bans_;
    std::vector<double> bearing_;
};

void index_incoming(RoadGraph& g) {
    g.in.assign(g.states() + 1, 0);
    for (const Arc& a : g.arcs) ++g.in[a.head + 1];
    for (std::size_t s = 0; s < g.states(); ++s) g.in[s + 1] += g.in[s];
    g.in_arcs.resize(g.arcs.size());
    std::vector<std::uint32_t> next(g.in.begin(), g.in.end() - 1);
    for (std::uint32_t i = 0; i < g.arcs.size(); ++i) g.in_arcs[next[g.arcs[i].head]++] = i;
}

}  // namespace

std::size_t RoadGraph::bytes() const {
    return arcs.size() * sizeof(Arc) +
           (first_state.size() + head_state.size() + out.size() + in.size() + in_arcs.size()) * 4;
}

namespace {

/// What may follow an arrival: a mark for each way out, and the ways out after which a ban of a
/// path remembers more than the segment driven.
struct Onward {
    std::string turns;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> leads;  ///< way out, special arrival
    bool operator==(const Onward&) const = default;
};

class GraphBuilder {
public:
    GraphBuilder(const RoadMap& map, bool with_turns)
        : map_(map), junctions_(junctions_of(map)), turns_(map, with_turns), paths_(map) {
        graph_.with_turns = with_turns;
        graph_.head_state.assign(map.segments.size() * 2, no_index);
        graph_.first_state.reserve(map.nodes.size() + 1);
        onward_.resize(map.nodes.size());
        private_at_.assign(map.nodes.size(), false);
        for (const Segment& s : map.segments) {
            if (s.last_stretch) private_at_[s.from] = private_at_[s.to] = true;
        }
        special_state_.assign(paths_.size() + map.segments.size() * 2, no_index);
    }

    RoadGraph build() {
        // First pass: which arrivals share a state. Second pass: arcs, once all heads are known.
        for (std::uint32_t n = 0; n < map_.nodes.size(); ++n) add_states(n);
        graph_.first_state.push_back(states_);
        graph_.out.reserve(states_ + 1);
        for (std::uint32_t n = 0; n < map_.nodes.size(); ++n) {
            for (StateId s = graph_.first_state[n]; s < graph_.first_state[n + 1]; ++s) {
                graph_.out.push_back(static_cast<std::uint32_t>(graph_.arcs.size()));
                add_arcs(n, s);
            }
        }
        graph_.out.push_back(static_cast<std::uint32_t>(graph_.arcs.size()));
        index_incoming(graph_);
        return std::move(graph_);
    }

private:
    [[nodiscard]] std::span<const DirectedId> ends(std::uint32_t node) const {
        return {junctions_.leaving.data() + junctions_.first[node],
                junctions_.leaving.data() + junctions_.first[node + 1]};
    }

    void add_states(std::uint32_t n) {
        graph_.first_state.push_back(states_);
        if (turns_.simple(n, ends(n).size()) && !paths_.touches(n) && !private_at_[n]) {
            for (const DirectedId e : ends(n)) {
                if (drivable(map_, e ^ 1)) graph_.head_state[e ^ 1] = states_;
            }
            ++states_;
            return;
        }
        for (const DirectedId e : ends(n)) {
            const DirectedId in = e ^ 1;
            if (!drivable(map_, in)) continue;
            graph_.head_state[in] = state_of(n, onward_from(n, in, PathArrivals::plain));
            if (last_stretch(in)) special_state_[inward(in)] = state_of(n, onward_inward(n, in));
        }
        for (const std::uint32_t special : paths_.at(n)) {
            special_state_[special] = state_of(n, onward_from(n, paths_.last(special), special));
        }
        states_ += static_cast<std::uint32_t>(onward_[n].size());
    }

    [[nodiscard]] Onward onward_from(std::uint32_t n, DirectedId in, std::uint32_t special) const {
        Onward out;
        for (const DirectedId f : ends(n)) {
            char turn = drivable(map_, f) ? turns_.turn(in, f, n, ends(n).size()) : 'x';
            const std::uint32_t then =
                turn == 'x' ? PathArrivals::plain : paths_.after(in, special, f);
            if (then == PathArrivals::banned) {
                turn = 'x';
            } else if (turn != 'x' && last_stretch(f) && !last_stretch(in)) {
                out.leads.emplace_back(static_cast<std::uint32_t>(out.turns.size()), inward(f));
            } else if (then != PathArrivals::plain) {
                out.leads.emplace_back(static_cast<std::uint32_t>(out.turns.size()), then);
            }
            out.turns += turn;
        }
        return out;
    }

    // A last stretch is driven out of at the beginning of a drive and into at its end, never
    // through: each of its directions has an arrival on the way out, the plain one, and one on the
    // way in, from which only further last stretches lead on.
    [[nodiscard]] bool last_stretch(DirectedId d) const {
        return map_.segments[d / 2].last_stretch;
    }
    [[nodiscard]] std::uint32_t inward(DirectedId d) const {
        return static_cast<std::uint32_t>(paths_.size()) + d;
    }
    [[nodiscard]] Onward onward_inward(std::uint32_t n, DirectedId in) const {
        Onward out;
        for (const DirectedId f : ends(n)) {
            char turn = 'x';
            if (last_stretch(f) && drivable(map_, f)) {
                turn = turns_.turn(in, f, n, ends(n).size());
            }
            if (turn != 'x') {
                out.leads.emplace_back(static_cast<std::uint32_t>(out.turns.size()), inward(f));
            }
            out.turns += turn;
        }
        return out;
    }

    StateId state_of(std::uint32_t n, Onward onward) {
        auto& distinct = onward_[n];
        const auto same = std::find(distinct.begin(), distinct.end(), onward);
        const auto state = states_ + static_cast<std::uint32_t>(same - distinct.begin());
        if (same == distinct.end()) distinct.push_back(std::move(onward));
        return state;
    }

    void add_arcs(std::uint32_t n, StateId s) {
        const auto out = ends(n);
        const Onward* onward =
            onward_[n].empty() ? nullptr : &onward_[n][s - graph_.first_state[n]];
        auto lead = onward == nullptr ? nullptr : onward->leads.data();
        const auto* const no_lead = lead == nullptr ? nullptr : lead + onward->leads.size();
        for (std::uint32_t i = 0; i < out.size(); ++i) {
            const DirectedId f = out[i];
            const char turn =
                onward == nullptr ? (drivable(map_, f) ? '-' : 'x') : onward->turns[i];
            if (turn == 'x') continue;
            StateId head = graph_.head_state[f];
            if (lead != no_lead && lead->first == i) head = special_state_[lead++->second];
            graph_.arcs.push_back({.tail = s, .head = head, .directed = f, .turn = turn == 't'});
        }
    }

    const RoadMap& map_;
    Junctions junctions_;
    TurnRows turns_;
    PathArrivals paths_;
    RoadGraph graph_;
    std::uint32_t states_ = 0;
    std::vector<std::vector<Onward>> onward_;  ///< by node; empty where all arrivals are alike
    std::vector<bool> private_at_;        ///< by node: a last stretch touches it
    std::vector<StateId> special_state_;  ///< by arrival of a path ban, then by inward direction
};

}  // namespace

RoadGraph build_graph(const RoadMap& map, bool with_turns) {
    return GraphBuilder{map, with_turns}.build();
}

}  // namespace jedel::roads
