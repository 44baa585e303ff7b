// Turn restrictions by way of other roads: from ways to the segments driven one after the other.

#include <algorithm>
#include <unordered_map>

#include "dispatch/roads/graph.h"
#include "dispatch/roads/osm_raw.h"

namespace jedel::roads {

namespace {

/// The directed segments of the ways that restrictions of this kind name, by way.
class WaySegments {
public:
    WaySegments(const RawOsm& raw, const RoadMap& map) : map_(map) {
        for (const RawRestriction& r : raw.restrictions) {
            if (r.via_ways.empty()) continue;
            for (const std::int64_t way : ways_of(r)) of_[way];
        }
        for (DirectedId d = 0; d < map.segments.size() * 2; ++d) {
            if (!drivable(map, d)) continue;
            const auto found =
                of_.find(static_cast<std::int64_t>(map.segments[d / 2].source_way));
            if (found != of_.end()) found->second.push_back(d);
        }
    }

    static std::vector<std::int64_t> ways_of(const RawRestriction& r) {
        std::vector<std::int64_t> ways{r.from_way};
        ways.insert(ways.end(), r.via_ways.begin(), r.via_ways.end());
        ways.push_back(r.to_way);
        return ways;
    }

    /// The one way to drive from the last segment of `from_way` along the via ways into the first
    /// of `to_way`; empty when there is none, or more than one.
    [[nodiscard]] std::vector<DirectedId> the_path(const RawRestriction& r) const {
        Search search{.ways = ways_of(r), .path = {}, .found = {}, .count = 0};
        for (const DirectedId first : of_.at(r.from_way)) {
            search.path = {first};
            go_on(search, 1, false);
        }
        return search.count == 1 ? search.found : std::vector<DirectedId>{};
    }

private:
    struct Search {
        std::vector<std::int64_t> ways;
        std::vector<DirectedId> path, found;
        int count = 0;
    };

    /// From the end of the path into way `k`, or, once on it, along it. The path may not come back
    /// to a node: a restriction means one plain drive.
    void go_on(Search& search, std::size_t k, bool on_it) const {
        const std::uint32_t node = head_node(map_, search.path.back());
        const auto visit = [&](std::size_t way, bool last) {
            for (const DirectedId d : of_.at(search.ways[way])) {
                if (tail_node(map_, d) != node || passes(search.path, head_node(map_, d))) continue;
                search.path.push_back(d);
                if (last) {
                    ++search.count;
                    search.found = search.path;
                } else {
                    go_on(search, way, true);
                }
                search.path.pop_back();
            }
        };
        if (search.path.size() > path_max || search.count > 1) return;
        const std::size_t next = on_it ? k + 1 : k;
        if (on_it) visit(k, false);
        if (next < search.ways.size()) visit(next, next + 1 == search.ways.size());
    }

    [[nodiscard]] bool passes(const std::vector<DirectedId>& path, std::uint32_t node) const {
        // Turning back into the road it came from is what many of these forbid: the first tail may
        // be met again, by the last segment.
        return std::any_of(path.begin() + 1, path.end(),
                           [&](DirectedId d) { return tail_node(map_, d) == node; });
    }

    static constexpr std::size_t path_max = 64;
    const RoadMap& map_;
    std::unordered_map<std::int64_t, std::vector<DirectedId>> of_;
};

}  // namespace

void build_path_bans(const RawOsm& raw, RoadMap& map, ImportSummary& summary) {
    if (summary.restrictions_via_way == 0) return;
    const WaySegments ways{raw, map};
    for (const RawRestriction& r : raw.restrictions) {
        if (r.via_ways.empty()) continue;
        const std::vector<DirectedId> path = ways.the_path(r);
        if (path.empty()) {
            ++summary.restrictions_broken;
            continue;
        }
        if (!r.only) {
            map.path_bans.push_back({path});
            continue;
        }
        const std::uint32_t node = head_node(map, path[path.size() - 2]);
        for (DirectedId d = 0; d < map.segments.size() * 2; ++d) {
            if (d == path.back() || tail_node(map, d) != node || !drivable(map, d)) continue;
            PathBan ban{path};
            ban.directed.back() = d;
            map.path_bans.push_back(std::move(ban));
        }
    }
    summary.path_bans = map.path_bans.size();
}

}  // namespace jedel::roads
