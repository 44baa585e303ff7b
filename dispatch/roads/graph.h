#pragma once
// The road map as a directed graph on which every path is a legal drive. Internal to this folder.
//
// A vertex ("state") is an arrival at a node. Arrivals at a node from which the same turns may be
// made at the same cost share one state, so a node without turn bans and turn costs is one state,
// and bans and costs are exact without a search that knows of them.

#include <cstdint>
#include <span>
#include <vector>

#include "dispatch/roads/roadmap.h"

namespace jedel::roads {

/// Milliseconds in the upper half, centimetres in the lower: the least cost is the fastest way
/// and among equally fast ones the shortest, whatever method finds it. Times stay below 2^30 ms
/// (12 days), so two costs can be added without overflow.
using Cost = std::uint64_t;
inline constexpr Cost infinite_cost = Cost{1} << 62;
constexpr Cost cost_of(std::uint64_t ms, std::uint64_t cm) { return ms << 32 | cm; }
constexpr std::int64_t cost_ms(Cost c) { return static_cast<std::int64_t>(c >> 32); }
constexpr double cost_m(Cost c) { return static_cast<double>(c & 0xffff'ffff) / 100; }

using StateId = std::uint32_t;
/// A segment in one direction: 2 × segment, plus 1 against its geometry.
using DirectedId = std::uint32_t;
inline constexpr std::uint32_t no_index = 0xffff'ffffU;

/// An arc leaves a state, makes a turn (or none), and drives one directed segment to its end.
struct Arc {
    StateId tail = 0;
    StateId head = 0;
    DirectedId directed = 0;
    bool turn = false;
};

/// What can be driven, without times: made once for a map.
struct RoadGraph {
    std::vector<std::uint32_t> first_state;  ///< by node, plus one past the end
    std::vector<StateId> head_state;         ///< by directed segment; no_index = not drivable
    std::vector<Arc> arcs;                   ///< ascending by tail
    std::vector<std::uint32_t> out;          ///< by state: first of `arcs`, plus one past the end
    std::vector<std::uint32_t> in;           ///< by state: first of `in_arcs`, plus one past
    std::vector<std::uint32_t> in_arcs;      ///< indices of `arcs`, by head
    bool with_turns = false;

    [[nodiscard]] std::size_t states() const { return out.size() - 1; }
    [[nodiscard]] std::span<const Arc> arcs_from(StateId s) const {
        return {arcs.data() + out[s], arcs.data() + out[s + 1]};
    }
    [[nodiscard]] std::span<const std::uint32_t> arcs_to(StateId s) const {
        return {in_arcs.data() + in[s], in_arcs.data() + in[s + 1]};
    }
    [[nodiscard]] std::size_t bytes() const;
};

/// A turn is a change of heading by more than 45° at a node where at least three segments meet
/// (a segment that begins and ends there counts twice); turning back there is a turn too. Where
/// fewer meet, turning back is free. `with_turns` false: turns cost nothing, bans still hold.
RoadGraph build_graph(const RoadMap& map, bool with_turns);

inline std::uint32_t tail_node(const RoadMap& map, DirectedId d) {
    const Segment& s = map.segments[d / 2];
    return d % 2 == 0 ? s.from : s.to;
}
inline std::uint32_t head_node(const RoadMap& map, DirectedId d) {
    const Segment& s = map.segments[d / 2];
    return d % 2 == 0 ? s.to : s.from;
}
inline bool drivable(const RoadMap& map, DirectedId d) {
    const Segment& s = map.segments[d / 2];
    return d % 2 == 0 ? s.forward : s.backward;
}

/// The times of one hour, one urgency and the closures in force.
struct Weights {
    std::vector<Cost> directed;  ///< by directed segment; infinite = closed
    std::vector<Cost> at_ends;   ///< the same without closures; empty when there are none
    Cost turn = 0;

    /// A closed segment is not driven through, but a brigade on it can leave it and an incident
    /// on it (often the reason it is closed) is still reached.
    [[nodiscard]] Cost at_end(DirectedId d) const {
        return at_ends.empty() ? directed[d] : at_ends[d];
    }

    [[nodiscard]] Cost of(const Arc& arc) const {
        return directed[arc.directed] + (arc.turn ? turn : 0);
    }
};

}  // namespace jedel::roads
