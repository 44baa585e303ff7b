// From raw ways to segments between junctions, the largest strongly connected part, and the rest.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <unordered_map>

#include "dispatch/roads/osm_raw.h"
#include "dispatch/roads/strong.h"

namespace jedel::roads {

namespace {

class RoadBuilder {
public:
    RoadBuilder(const RawOsm& raw, RoadMap& map, ImportSummary& summary)
        : raw_(raw), map_(map), summary_(summary), uses_(raw.node_ids.size(), 0) {}

    void build() {
        for (const RawRoad& road : raw_.roads) count_uses(road);
        node_of_.assign(raw_.node_ids.size(), no_node);
        for (const RawRoad& road : raw_.roads) split(road);
        keep_strongest();
    }
    std::uint32_t node_of(std::int64_t osm_node) const {
        const auto it = std::lower_bound(raw_.node_ids.begin(), raw_.node_ids.end(), osm_node);
        if (it == raw_.node_ids.end() || *it != osm_node) return no_node;
        return node_of_[static_cast<std::size_t>(it - raw_.node_ids.begin())];
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
            if (last == raw_.node_ids.size()) bump(s);
            last = s;
        }
        if (last != raw_.node_ids.size()) bump(last);
    }
    std::uint32_t junction(std::size_t s) {
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
            piece.push_back(s);
            if (piece.size() >= 2 && uses_[s] >= 2) {
                close();
                piece.push_back(s);
            }
        }
        close();
        if (cut) ++summary_.road_ways_cut;
    }
    void add_segment(const RawRoad& road, const std::vector<std::size_t>& piece) {
        Segment s = road.sample;
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
    void keep_strongest() {
        const std::vector<bool> kept = largest_strong_part(map_);
        std::vector<std::uint32_t> new_index(map_.nodes.size(), no_node);
        RoadMap all = std::move(map_);
        map_ = RoadMap{};
        for (std::uint32_t n = 0; n < all.nodes.size(); ++n) {
            if (!kept[n]) continue;
            new_index[n] = static_cast<std::uint32_t>(map_.nodes.size());
            map_.nodes.push_back(all.nodes[n]);
        }
        for (Segment s : all.segments) {
            if (!kept[s.from] || !kept[s.to]) {
                ++summary_.dropped_segments;
                summary_.dropped_km += static_cast<double>(s.length_m) / 1000;
                continue;
            }
            const auto first = all.points.begin() + s.first_point;
            s.first_point = static_cast<std::uint32_t>(map_.points.size());
            map_.points.insert(map_.points.end(), first, first + s.point_count);
            s.from = new_index[s.from];
            s.to = new_index[s.to];
            summary_.kept_km += static_cast<double>(s.length_m) / 1000;
            if (s.bridge) ++summary_.bridges;
            if (s.tunnel) ++summary_.tunnels;
            map_.segments.push_back(s);
        }
        for (std::uint32_t& n : node_of_) n = n == no_node ? no_node : new_index[n];
        summary_.junctions = map_.nodes.size();
        summary_.segments = map_.segments.size();
    }

    const RawOsm& raw_;
    RoadMap& map_;
    ImportSummary& summary_;
    std::vector<std::uint8_t> uses_;
    std::vector<std::uint32_t> node_of_;
};

}  // namespace

Result<RoadMap> build_map(RawOsm raw, ImportSummary& summary, const std::string& path) {
    RoadMap map;
    RoadBuilder roads{raw, map, summary};
    roads.build();
    if (map.segments.empty()) {
        return Error{.message = "holds no connected roads (" +
                                std::to_string(summary.road_ways) + " road ways, " +
                                std::to_string(summary.nodes_read) + " nodes read)",
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
    auto raw = read_osm(path, progress, summary);
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
