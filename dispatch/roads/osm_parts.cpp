// Which roads can be driven: the part where every drive is possible, the last stretches that hang
// on it, and what lies beyond.

#include <numeric>

#include "dispatch/roads/graph.h"
#include "dispatch/roads/osm_raw.h"
#include "dispatch/roads/strong.h"

namespace jedel::roads {

namespace {

/// By node of a dropped road: why nobody drives there. Roads that hang together share the reason.
class Reasons {
public:
    Reasons(const BuiltRoads& built, const std::vector<bool>& kept)
        : kept_(kept), parent_(built.map.nodes.size()) {
        std::iota(parent_.begin(), parent_.end(), 0U);
        for (const Segment& s : built.map.segments) {
            if (!kept[s.from] && !kept[s.to]) parent_[root(s.from)] = root(s.to);
        }
        ferry_.assign(parent_.size(), false);
        barrier_.assign(parent_.size(), false);
        for (std::uint32_t n = 0; n < parent_.size(); ++n) {
            if (kept[n]) continue;
            if (built.at_ferry[n]) ferry_[root(n)] = true;
            if (built.at_barrier[n]) barrier_[root(n)] = true;
        }
    }
    NoDrive of(const Segment& s) {
        const std::uint32_t part = root(kept_[s.from] ? s.to : s.from);
        if (ferry_[part]) return NoDrive::ferry;
        return barrier_[part] ? NoDrive::barrier : NoDrive::no_way;
    }

private:
    std::uint32_t root(std::uint32_t n) {
        while (parent_[n] != n) n = parent_[n] = parent_[parent_[n]];
        return n;
    }
    const std::vector<bool>& kept_;
    std::vector<std::uint32_t> parent_;
    std::vector<bool> ferry_, barrier_;
};

void add_beyond(const RoadMap& all, const Segment& s, NoDrive why, RoadMap& map) {
    map.beyond.push_back({why, static_cast<std::uint32_t>(map.points.size()), s.point_count + 2,
                          s.name});
    map.points.push_back(all.nodes[s.from]);
    const auto first = all.points.begin() + s.first_point;
    map.points.insert(map.points.end(), first, first + s.point_count);
    map.points.push_back(all.nodes[s.to]);
}

}  // namespace

RoadMap keep_drivable(BuiltRoads built, std::vector<std::uint32_t>& new_index,
                      ImportSummary& summary) {
    const RoadMap& all = built.map;
    const std::size_t nodes = all.nodes.size();
    std::uint32_t core_part = 0, largest = 0;
    const auto through = strong_parts(all, true, core_part);
    const auto whole = strong_parts(all, false, largest);
    std::uint32_t kept_part = largest;
    for (std::size_t n = 0; n < nodes; ++n) {
        if (through[n] == core_part) kept_part = whole[n];
    }
    std::vector<bool> kept(nodes), core(nodes);
    for (std::size_t n = 0; n < nodes; ++n) {
        kept[n] = whole[n] == kept_part;
        core[n] = through[n] == core_part;
    }
    RoadMap map;
    new_index.assign(nodes, no_index);
    for (std::uint32_t n = 0; n < nodes; ++n) {
        if (!kept[n]) continue;
        new_index[n] = static_cast<std::uint32_t>(map.nodes.size());
        map.nodes.push_back(all.nodes[n]);
    }
    for (Segment s : all.segments) {
        if (!kept[s.from] || !kept[s.to]) {
            ++summary.dropped_segments;
            summary.dropped_km += static_cast<double>(s.length_m) / 1000;
            continue;
        }
        const auto first = all.points.begin() + s.first_point;
        s.first_point = static_cast<std::uint32_t>(map.points.size());
        map.points.insert(map.points.end(), first, first + s.point_count);
        // What can be left or reached only by a last stretch is one as well.
        s.last_stretch = s.last_stretch || !core[s.from] || !core[s.to];
        s.from = new_index[s.from];
        s.to = new_index[s.to];
        summary.kept_km += static_cast<double>(s.length_m) / 1000;
        if (s.bridge) ++summary.bridges;
        if (s.tunnel) ++summary.tunnels;
        if (s.last_stretch) ++summary.last_stretches;
        map.segments.push_back(s);
    }
    Reasons reasons{built, kept};
    for (const Segment& s : all.segments) {
        if (!kept[s.from] || !kept[s.to]) add_beyond(all, s, reasons.of(s), map);
    }
    summary.junctions = map.nodes.size();
    summary.segments = map.segments.size();
    return map;
}

}  // namespace jedel::roads
