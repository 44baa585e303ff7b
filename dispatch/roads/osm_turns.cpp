// Turn restrictions with a via node: from ways to segments.

#include <unordered_map>

#include "dispatch/roads/graph.h"
#include "dispatch/roads/osm_raw.h"

namespace jedel::roads {

namespace {

/// The one kept segment of a way that a restriction means: it must end at the via node and be
/// drivable in the direction meant. no_index when there is none or more than one.
std::uint32_t the_segment(const RoadMap& map, const std::vector<std::uint32_t>& at_node,
                          std::int64_t way, std::uint32_t node, bool arriving) {
    std::uint32_t found = no_index;
    for (const std::uint32_t i : at_node) {
        const Segment& s = map.segments[i];
        if (s.source_way != static_cast<std::uint64_t>(way)) continue;
        const bool ends_here = (arriving ? s.to : s.from) == node && s.forward;
        const bool begins_here = (arriving ? s.from : s.to) == node && s.backward;
        if (!ends_here && !begins_here) continue;
        if (found != no_index) return no_index;
        found = i;
    }
    return found;
}

/// The way goes on on both sides of the node: nothing says which of them a restriction means.
bool passes(const RoadMap& map, const std::vector<std::uint32_t>& at_node, std::int64_t way,
            std::uint32_t node) {
    int ends = 0;
    for (const std::uint32_t i : at_node) {
        const Segment& s = map.segments[i];
        if (s.source_way != static_cast<std::uint64_t>(way)) continue;
        ends += (s.from == node ? 1 : 0) + (s.to == node ? 1 : 0);
    }
    return ends > 1;
}

}  // namespace

void build_turn_bans(const RawOsm& raw, RoadMap& map,
                     const std::function<std::uint32_t(std::int64_t)>& node_of,
                     ImportSummary& summary) {
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> at_node;
    for (const RawRestriction& r : raw.restrictions) {
        if (!r.via_ways.empty()) continue;
        if (const std::uint32_t n = node_of(r.via_node); n != no_index) at_node[n];
    }
    for (std::uint32_t i = 0; i < map.segments.size(); ++i) {
        const Segment& s = map.segments[i];
        if (const auto it = at_node.find(s.from); it != at_node.end()) it->second.push_back(i);
        if (s.to == s.from) continue;
        if (const auto it = at_node.find(s.to); it != at_node.end()) it->second.push_back(i);
    }
    for (const RawRestriction& r : raw.restrictions) {
        if (!r.via_ways.empty()) continue;
        const std::uint32_t node = node_of(r.via_node);
        const auto here = node == no_index ? at_node.end() : at_node.find(node);
        if (here == at_node.end()) {
            ++summary.restrictions_broken;
            continue;
        }
        const std::uint32_t from = the_segment(map, here->second, r.from_way, node, true);
        const std::uint32_t to = the_segment(map, here->second, r.to_way, node, false);
        if (from == no_index || to == no_index) {
            const bool unsplit = passes(map, here->second, r.from_way, node) ||
                                 passes(map, here->second, r.to_way, node);
            ++(unsplit ? summary.restrictions_unsplit : summary.restrictions_broken);
            continue;
        }
        if (!r.only) {
            map.turn_bans.push_back({from, node, to});
            continue;
        }
        for (const std::uint32_t other : here->second) {
            if (other != to) map.turn_bans.push_back({from, node, other});
        }
    }
    summary.turn_bans = map.turn_bans.size();
}

}  // namespace jedel::roads
