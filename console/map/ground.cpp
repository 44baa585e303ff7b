#include "console/map/ground.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "console/map/chains.h"

namespace jedel::console {

namespace {

constexpr float tile_side_m = 800;
constexpr float max_tiles_across = 256;
constexpr float one_way_step_m = 60;
constexpr float one_way_shortest_m = 15;  // on less an arrow would cover the crossing
constexpr std::array<float, levels> tolerance_m{0.3F, 4, 15};

MapBox box_of(std::span<const MapPoint> points) {
    MapBox box;
    for (const auto p : points) box.add(p);
    return box;
}

/// The middle of everything, so that floats are finest where the city is.
LatLon middle_of(const roads::RoadMap& map) {
    if (map.nodes.empty() && map.points.empty()) return {};
    double low_lat = 90, high_lat = -90, low_lon = 180, high_lon = -180;
    for (const auto* all : {&map.nodes, &map.points}) {
        for (const auto p : *all) {
            const LatLon d = p.degrees();
            low_lat = std::min(low_lat, d.lat), high_lat = std::max(high_lat, d.lat);
            low_lon = std::min(low_lon, d.lon), high_lon = std::max(high_lon, d.lon);
        }
    }
    return {(low_lat + high_lat) / 2, (low_lon + high_lon) / 2};
}

class Builder {
public:
    explicit Builder(const roads::RoadMap& map) : map_(map), ground_(std::make_shared<Ground>()) {
        ground_->projection = Projection(middle_of(map));
    }

    std::shared_ptr<const Ground> build() {
        lay_grid();
        gather_roads();
        gather_one_ways();
        gather_water();
        gather_areas();
        for (std::size_t level = 0; level < levels; ++level) {
            for (std::size_t kind = 0; kind < line_kinds; ++kind) sort_lines(level, kind);
        }
        return ground_;
    }

private:
    [[nodiscard]] MapPoint at(roads::FixedPoint p) const {
        return ground_->projection.to_map(p.degrees());
    }
    [[nodiscard]] Line ring(std::uint32_t first, std::uint32_t count) const {
        Line out;
        out.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i) out.push_back(at(map_.points[first + i]));
        return out;
    }

    void lay_grid() {
        auto& box = ground_->box;
        for (const auto n : map_.nodes) box.add(at(n));  // roads say how far the city goes
        if (box.empty()) {
            for (const auto p : map_.points) box.add(at(p));
        }
        if (box.empty()) box = {0, 0, 0, 0};
        ground_->core = core();
        auto& grid = ground_->grid;
        const float wide = box.high_x - box.low_x, high = box.high_y - box.low_y;
        grid.side_m = std::max(tile_side_m, std::max(wide, high) / max_tiles_across);
        grid.low_x = box.low_x, grid.low_y = box.low_y;
        grid.columns = static_cast<std::uint32_t>(wide / grid.side_m) + 1;
        grid.rows = static_cast<std::uint32_t>(high / grid.side_m) + 1;
    }

    /// The box of all but the outermost 3 % of junctions on each side, and a tenth more.
    [[nodiscard]] MapBox core() const {
        if (map_.nodes.size() < 100) return ground_->box;
        std::vector<float> xs, ys;
        for (const auto n : map_.nodes) {
            const MapPoint p = at(n);
            xs.push_back(p.x), ys.push_back(p.y);
        }
        const auto range = [](std::vector<float>& v) {
            const auto low = v.begin() + static_cast<std::ptrdiff_t>(v.size() * 3 / 100);
            const auto high = v.end() - 1 - static_cast<std::ptrdiff_t>(v.size() * 3 / 100);
            std::nth_element(v.begin(), low, v.end());
            const float from = *low;
            std::nth_element(v.begin(), high, v.end());
            const float margin = (*high - from) * 0.1F;
            return std::pair{from - margin, *high + margin};
        };
        const auto x = range(xs), y = range(ys);
        const auto& all = ground_->box;
        return {std::max(x.first, all.low_x), std::max(y.first, all.low_y),
                std::min(x.second, all.high_x), std::min(y.second, all.high_y)};
    }

    void add_line(const Line& line, std::size_t level, std::size_t kind) {
        auto& out = gathered_[level][kind];
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            const MapPoint a = line[i], b = line[i + 1];
            if (a == b) continue;
            const float length = std::hypot(b.x - a.x, b.y - a.y);
            const float parts = std::ceil(length / ground_->grid.side_m);
            MapPoint from = a;
            for (float k = 1; k <= parts; ++k) {
                const float t = k / parts;
                const MapPoint to{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
                out.push_back({from, to});
                from = to;
            }
        }
    }
    void add_at_all_levels(const Line& line, std::size_t kind) {
        for (std::size_t level = 0; level < levels; ++level) {
            add_line(simplified(line, tolerance_m[level]), level, kind);
        }
    }

    void gather_roads() {
        std::vector<std::uint32_t> keys;
        keys.reserve(map_.segments.size());
        for (const auto& s : map_.segments) {
            const auto form = s.bridge   ? RoadForm::bridge
                              : s.tunnel ? RoadForm::tunnel
                                         : RoadForm::ground;
            keys.push_back(road_kind(s.road_class, form));
        }
        for (const auto& chain : join_segments(map_, ground_->projection, keys)) {
            add_at_all_levels(chain.line, chain.key);
        }
    }

    /// Arrows in the middle of equal parts of each one-way segment.
    void gather_one_ways() {
        std::vector<std::pair<std::uint32_t, OneWay>> found;  // tile, arrow
        for (const auto& s : map_.segments) {
            if (s.forward == s.backward || s.length_m < one_way_shortest_m) continue;
            Line line = line_of(map_, ground_->projection, s);
            if (!s.forward) std::reverse(line.begin(), line.end());
            float whole = 0;
            for (std::size_t i = 1; i < line.size(); ++i) whole += leg_m(line, i);
            const float count = std::max(1.0F, std::floor(whole / one_way_step_m));
            float passed = 0;
            std::size_t leg = 1;
            for (float k = 0; k < count && whole > 0; ++k) {
                const float at_m = whole * (k + 0.5F) / count;
                while (leg + 1 < line.size() && passed + leg_m(line, leg) < at_m) {
                    passed += leg_m(line, leg++);
                }
                const MapPoint a = line[leg - 1], b = line[leg];
                const float length = leg_m(line, leg);
                if (length <= 0) continue;
                const float dx = (b.x - a.x) / length, dy = (b.y - a.y) / length;
                const float t = at_m - passed;
                const MapPoint middle{a.x + dx * t, a.y + dy * t};
                found.push_back({ground_->grid.tile_of(middle), {middle, dx, dy}});
            }
        }
        std::stable_sort(found.begin(), found.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        auto& first = ground_->one_way_tiles.first;
        first.assign(ground_->grid.count() + 1, 0);
        for (const auto& [tile, arrow] : found) {
            ++first[tile + 1];
            ground_->one_ways.push_back(arrow);
        }
        for (std::size_t t = 1; t < first.size(); ++t) first[t] += first[t - 1];
    }
    static float leg_m(const Line& line, std::size_t i) {
        return std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    }

    void gather_water() {
        for (const auto& w : map_.waterlines) {
            std::size_t width = 0;
            while (width + 1 < water_width_m.size() && w.width_m > water_width_m[width]) ++width;
            add_at_all_levels(ring(w.first_point, w.point_count), first_water_kind + width);
        }
    }

    void gather_areas() {
        for (std::size_t kind = 0; kind < area_kinds; ++kind) {
            std::vector<std::pair<std::uint32_t, std::uint32_t>> small;  // tile, area
            for (std::uint32_t i = 0; i < map_.areas.size(); ++i) {
                const auto& area = map_.areas[i];
                if (static_cast<std::size_t>(area.kind) != kind) continue;
                const Line line = ring(area.first_point, area.point_count);
                const MapBox box = box_of(line);
                add_edge(line, area.kind);
                if (std::max(box.high_x - box.low_x, box.high_y - box.low_y) >
                    ground_->grid.side_m) {
                    const Run run = triangulate(line);
                    if (run.count > 0) ground_->large_areas[kind].push_back({box, run});
                } else {
                    small.emplace_back(middle_tile(box), i);
                }
            }
            lay_small(kind, small);
        }
    }

    [[nodiscard]] std::uint32_t middle_tile(const MapBox& box) const {
        return ground_->grid.tile_of({(box.low_x + box.high_x) / 2, (box.low_y + box.high_y) / 2});
    }

    void lay_small(std::size_t kind, std::vector<std::pair<std::uint32_t, std::uint32_t>>& small) {
        std::sort(small.begin(), small.end());
        auto& first = ground_->areas[kind].first;
        for (const auto& [tile, i] : small) {
            while (first.size() <= tile) first.push_back(index_count());
            triangulate(ring(map_.areas[i].first_point, map_.areas[i].point_count));
        }
        while (first.size() <= ground_->grid.count()) first.push_back(index_count());
    }

    void add_edge(Line line, roads::AreaKind kind) {
        if (line.size() < 3) return;
        line.push_back(line.front());
        using roads::AreaKind;
        if (kind == AreaKind::water) add_at_all_levels(line, water_edge);
        if (kind == AreaKind::green) add_at_all_levels(line, green_edge);
        if (kind == AreaKind::building) add_line(line, 0, building_edge);
    }

    [[nodiscard]] std::uint32_t index_count() const {
        return static_cast<std::uint32_t>(ground_->triangles.indices.size());
    }
    Run triangulate(const Line& line) {
        const auto before = index_count();
        add_polygon(line, ground_->triangles);
        return {before, index_count() - before};
    }

    void sort_lines(std::size_t level, std::size_t kind) {
        auto& pieces = gathered_[level][kind];
        auto& first = ground_->lines[level][kind].first;
        const auto base = static_cast<std::uint32_t>(ground_->pieces.size());
        std::vector<std::uint32_t> tiles;
        tiles.reserve(pieces.size());
        first.assign(ground_->grid.count() + 1, 0);
        for (const auto& p : pieces) {
            tiles.push_back(ground_->grid.tile_of({(p.a.x + p.b.x) / 2, (p.a.y + p.b.y) / 2}));
            ++first[tiles.back() + 1];
        }
        first[0] = base;
        for (std::size_t t = 1; t < first.size(); ++t) first[t] += first[t - 1];
        auto next = first;
        ground_->pieces.resize(base + pieces.size());
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            ground_->pieces[next[tiles[i]]++] = pieces[i];
        }
        pieces = {};
    }

    const roads::RoadMap& map_;
    std::shared_ptr<Ground> ground_;
    std::array<std::array<std::vector<Piece>, line_kinds>, levels> gathered_;
};

}  // namespace

std::uint32_t TileGrid::tile_of(MapPoint p) const {
    const auto cell = [this](float v, float low, std::uint32_t n) {
        return static_cast<std::uint32_t>(
            std::clamp((v - low) / side_m, 0.0F, static_cast<float>(n - 1)));
    };
    return cell(p.y, low_y, rows) * columns + cell(p.x, low_x, columns);
}

void Ground::runs(const TiledLayer& layer, const MapBox& seen, std::vector<Run>& out) const {
    if (layer.empty()) return;
    const float margin = grid.side_m / 2;  // a piece may reach this far out of its tile
    const auto low = grid.tile_of({seen.low_x - margin, seen.low_y - margin});
    const auto high = grid.tile_of({seen.high_x + margin, seen.high_y + margin});
    const auto from = low % grid.columns, to = high % grid.columns;
    const auto start = out.size();
    for (auto row = low / grid.columns; row <= high / grid.columns; ++row) {
        const auto first = layer.first[row * grid.columns + from];
        const auto end = layer.first[row * grid.columns + to + 1];
        if (first == end) continue;
        if (out.size() > start && out.back().first + out.back().count == first) {
            out.back().count += end - first;
        } else {
            out.push_back({first, end - first});
        }
    }
}

void Ground::large_runs(std::size_t area_kind, const MapBox& seen, std::vector<Run>& out) const {
    for (const auto& area : large_areas[area_kind]) {
        if (area.box.meets(seen)) out.push_back(area.run);
    }
}

std::shared_ptr<const Ground> build_ground(const roads::RoadMap& map) {
    return Builder(map).build();
}

}  // namespace jedel::console
