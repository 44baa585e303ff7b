// From raw ways to segments between junctions, with the gates and barriers that stand on them.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "dispatch/roads/osm_raw.h"

namespace jedel::roads {

namespace {

class RoadBuilder {
public:
    RoadBuilder(const RawOsm& raw, ImportSummary& summary)
        : raw_(raw), map_(built_.map), summary_(summary), uses_(raw.node_ids.size(), 0) {
        for (const auto& [node, gate] : raw.gates) gates_.emplace(raw.slot_of(node), &gate);
    }

    RoadMap build() {
        for (const RawRoad& road : raw_.roads) count_uses(road);
        node_of_.assign(raw_.node_ids.size(), no_node);
        for (const RawRoad& road : raw_.roads) split(road);
        close_gates();
        mark_ferries();
        std::vector<std::uint32_t> new_index;
        RoadMap map = keep_drivable(std::move(built_), new_index, summary_);
        for (std::uint32_t& n : node_of_) n = n == no_node ? no_node : new_index[n];
        for (const RawClosed& closed : raw_.closed) add_beyond(closed, map);
        summary_.beyond = map.beyond.size();
        return map;
    }
    std::uint32_t node_of(std::int64_t osm_node) const {
        const std::size_t s = raw_.slot_of(osm_node);
        return s < node_of_.size() ? node_of_[s] : no_node;
    }

private:
    static constexpr std::uint32_t no_node = 0xffff'ffffU;

    std::size_t slot(std::uint64_t ref) const {
        const auto it =
            std::lower_bound(raw_.node_ids.begin(), raw_.node_ids.end(), raw_.refs[ref]);
        return static_cast<std::size_t>(it - raw_.node_ids.begin());
    }
    /// Ends count twice, so that every end and every shared node is a junction.
    void count_uses(const RawRoad& road) {
        const auto bump = [&](std::size_t s) {
            if (uses_[s] < 200) ++uses_[s];
        };
        std::size_t last = raw_.node_ids.size();
        for (std::uint64_t i = road.refs.first; i < road.refs.first + road.refs.count; ++i) {
            const std::size_t s = slot(i);
            if (!raw_.node_places[s]) {
                ++summary_.missing_node_refs;
                if (last != raw_.node_ids.size()) bump(last);
                last = raw_.node_ids.size();
                continue;
            }
            if (s == last) continue;
            bump(s);
            if (cuts(s)) bump(s);
            if (last == raw_.node_ids.size()) bump(s);
            last = s;
        }
        if (last != raw_.node_ids.size()) bump(last);
    }
    const NodeGate* gate(std::size_t s) const {
        const auto it = gates_.find(s);
        return it == gates_.end() ? nullptr : it->second;
    }
    /// The road ends on either side of what stands there.
    bool cuts(std::size_t s) const {
        const NodeGate* g = gate(s);
        return g != nullptr && g->kind != NodeGate::Kind::slow;
    }
    std::uint32_t junction(std::size_t s) {
        if (cuts(s)) {
            auto& copies = copies_[s];
            copies.push_back(static_cast<std::uint32_t>(map_.nodes.size()));
            arms_.emplace(copies.back(), static_cast<std::uint32_t>(map_.segments.size()));
            map_.nodes.push_back(*raw_.node_places[s]);
            return copies.back();
        }
        if (node_of_[s] == no_node) {
            node_of_[s] = static_cast<std::uint32_t>(map_.nodes.size());
            map_.nodes.push_back(*raw_.node_places[s]);
        }
        return node_of_[s];
    }
    /// A missing node ends the piece before it and begins another after it: no road is drawn
    /// over what the extract does not hold.
    void split(const RawRoad& road) {
        std::vector<std::size_t> piece;
        bool cut = false;
        const auto close = [&] {
            if (piece.size() >= 2) add_segment(road, piece);
            piece.clear();
        };
        for (std::uint64_t i = road.refs.first; i < road.refs.first + road.refs.count; ++i) {
            const std::size_t s = slot(i);
            if (!raw_.node_places[s]) {
                cut = true;
                close();
                continue;
            }
            if (!piece.empty() && piece.back() == s) continue;
            if (!piece.empty() && too_long(piece.back(), s)) {
                ++summary_.long_legs;
                close();
            }
            piece.push_back(s);
            if (piece.size() >= 2 && uses_[s] >= 2) {
                close();
                piece.push_back(s);
            }
        }
        close();
        if (cut) ++summary_.road_ways_cut;
    }
    bool too_long(std::size_t a, std::size_t b) const {
        return distance_m(raw_.node_places[a]->degrees(), raw_.node_places[b]->degrees()) >
               longest_leg_m;
    }
    /// Seconds lost at the slow gates of a piece; one at its end is shared with the next piece.
    std::uint8_t delay_of(const RawRoad& road, const std::vector<std::size_t>& piece) {
        int seconds = road.sample.delay_s;
        if (gates_.empty()) return static_cast<std::uint8_t>(seconds);
        for (std::size_t i = 0; i < piece.size(); ++i) {
            const NodeGate* g = gate(piece[i]);
            if (g == nullptr || g->kind != NodeGate::Kind::slow) continue;
            const bool inside = i > 0 && i + 1 < piece.size();
            seconds += inside ? g->seconds : (g->seconds + 1) / 2;
            if (slow_seen_.insert(piece[i]).second) ++summary_.nodes_slow[g->what];
        }
        return static_cast<std::uint8_t>(std::min(seconds, 255));
    }
    void add_segment(const RawRoad& road, const std::vector<std::size_t>& piece) {
        Segment s = road.sample;
        s.delay_s = delay_of(road, piece);
        s.from = junction(piece.front());
        s.to = junction(piece.back());
        s.first_point = static_cast<std::uint32_t>(map_.points.size());
        s.point_count = static_cast<std::uint32_t>(piece.size() - 2);
        double length = 0;
        for (std::size_t i = 0; i < piece.size(); ++i) {
            const FixedPoint p = *raw_.node_places[piece[i]];
            if (i > 0) {
                length += distance_m(raw_.node_places[piece[i - 1]]->degrees(), p.degrees());
            }
            if (i > 0 && i + 1 < piece.size()) map_.points.push_back(p);
        }
        s.length_m = static_cast<float>(length);
        map_.segments.push_back(s);
    }
    /// A private gate joins its arms by a last stretch without length; a closed one does not.
    void close_gates() {
        built_.at_barrier.assign(map_.nodes.size(), false);
        for (const auto& [slot, copies] : copies_) {
            const NodeGate& g = *gate(slot);
            if (copies.size() < 2) continue;
            if (g.kind == NodeGate::Kind::closed) {
                ++summary_.nodes_closed[g.what];
                if (g.unknown) ++summary_.barriers_unknown;
                for (const std::uint32_t n : copies) built_.at_barrier[n] = true;
                continue;
            }
            ++summary_.nodes_slow[g.what + ", private: last stretch only"];
            for (std::size_t i = 1; i < copies.size(); ++i) {
                Segment s = map_.segments[arms_.at(copies[i])];
                s.from = copies.front();
                s.to = copies[i];
                s.first_point = s.point_count = 0;
                s.length_m = 0;
                s.forward = s.backward = s.last_stretch = true;
                s.delay_s = static_cast<std::uint8_t>(std::min(g.seconds, 255));
                s.bridge = s.tunnel = s.roundabout = false;
                map_.segments.push_back(s);
            }
        }
    }
    void mark_ferries() {
        built_.at_ferry.assign(map_.nodes.size(), false);
        for (const RefRun& run : raw_.ferries) {
            for (std::uint64_t i = run.first; i < run.first + run.count; ++i) {
                const std::uint32_t n = node_of(raw_.refs[i]);
                if (n != no_node) built_.at_ferry[n] = true;
            }
        }
    }
    void add_beyond(const RawClosed& closed, RoadMap& map) const {
        std::vector<std::size_t> piece;
        const auto close = [&] {
            if (piece.size() >= 2) {
                map.beyond.push_back({closed.why, static_cast<std::uint32_t>(map.points.size()),
                                      static_cast<std::uint32_t>(piece.size()), closed.name});
                for (const std::size_t s : piece) map.points.push_back(*raw_.node_places[s]);
            }
            piece.clear();
        };
        for (std::uint64_t i = closed.refs.first; i < closed.refs.first + closed.refs.count; ++i) {
            const std::size_t s = slot(i);
            if (!raw_.node_places[s]) {
                close();
                continue;
            }
            if (!piece.empty() && (piece.back() == s || too_long(piece.back(), s))) {
                if (piece.back() == s) continue;
                close();
            }
            piece.push_back(s);
        }
        close();
    }

    const RawOsm& raw_;
    BuiltRoads built_;
    RoadMap& map_;
    ImportSummary& summary_;
    std::vector<std::uint8_t> uses_;
    std::vector<std::uint32_t> node_of_;
    std::unordered_map<std::size_t, const NodeGate*> gates_;          ///< by slot
    std::map<std::size_t, std::vector<std::uint32_t>> copies_;        ///< nodes at a cut, by slot
    std::unordered_map<std::uint32_t, std::uint32_t> arms_;           ///< segment of each such node
    std::unordered_set<std::size_t> slow_seen_;
};

}  // namespace

namespace {

/// Parts of the earth as wide as half of it are none of a city's.
bool across_180(const RoadMap& map) {
    const auto [west, east] =
        std::minmax_element(map.nodes.begin(), map.nodes.end(), [](FixedPoint a, FixedPoint b) {
            return a.lon_e7 < b.lon_e7;
        });
    return static_cast<std::int64_t>(east->lon_e7) - west->lon_e7 > 1'800'000'000;
}

}  // namespace

Result<RoadMap> build_map(RawOsm raw, ImportSummary& summary, const std::string& path) {
    RoadBuilder roads{raw, summary};
    RoadMap map = roads.build();
    if (map.segments.empty()) {
        return Error{.message = "holds no connected roads (" +
                                std::to_string(summary.road_ways) + " road ways, " +
                                std::to_string(summary.nodes_read) + " nodes read)",
                     .where = path};
    }
    if (across_180(map)) {
        return Error{.message = "the city lies across the 180th meridian, which this program does "
                                "not draw or measure: cut the extract at it",
                     .where = path};
    }
    build_turn_bans(raw, map, [&](std::int64_t n) { return roads.node_of(n); }, summary);
    build_path_bans(raw, map, summary);
    build_ground(raw, map, summary);
    map.names = raw.names.take();
    return map;
}

std::uint64_t import_memory_bytes(std::uint64_t file_bytes, bool plain_xml) {
    // Densest extract seen: about 10 bytes of file for a node (Almaty 9.7, Auckland main roads
    // more). What is kept is below 250 bytes a node: references and their places twice (ways and
    // sorted), segments, areas, names; the reader's buffers come to some 64 MB more.
    // Plain XML needs some 60 bytes for a node at least.
    const std::uint64_t least_bytes_per_node = plain_xml ? 60 : 8;
    constexpr std::uint64_t kept_bytes_per_node = 250;
    return file_bytes / least_bytes_per_node * kept_bytes_per_node + (std::uint64_t{64} << 20);
}

Result<std::pair<RoadMap, ImportSummary>> import_osm(const std::string& path,
                                                     const ImportProgressFn& progress,
                                                     std::uint64_t most_memory_bytes) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    if (problem) return Error{.message = "cannot be read: " + problem.message(), .where = path};
    if (size == 0) {
        return Error{.message = "empty file; expected an OpenStreetMap extract", .where = path};
    }
    ImportSummary summary;
    summary.memory_bytes_estimated =
        import_memory_bytes(size, path.ends_with(".osm") || path.ends_with(".xml"));
    const std::string need =
        std::to_string((summary.memory_bytes_estimated >> 20) + 1) + " MB of memory at most";
    if (summary.memory_bytes_estimated > most_memory_bytes) {
        return Error{.message = "needs " + need + ", more than the " +
                                std::to_string(most_memory_bytes >> 20) +
                                " MB allowed: cut the city out of the extract first",
                     .where = path};
    }
    if (progress) progress({.phase = "plan", .total_bytes = size, .note = need});
    const auto rules = load_access();
    if (!rules) return rules.error();
    auto raw = read_osm(path, *rules, progress, summary);
    if (!raw) return raw.error();
    if (progress) progress({.phase = "roads", .read_bytes = size, .total_bytes = size});
    auto map = build_map(std::move(*raw), summary, path);
    if (!map) return map.error();
    if (progress) {
        progress({.phase = "done", .read_bytes = size, .total_bytes = size,
                  .objects = map->segments.size()});
    }
    return std::pair{std::move(*map), std::move(summary)};
}

}  // namespace jedel::roads
