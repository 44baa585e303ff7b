#include "console/map/chains.h"

#include <algorithm>

namespace jedel::console {

namespace {

/// Which segments touch which node: a list per node, all in one array.
struct Ends {
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> segment;
};

Ends ends_of(const roads::RoadMap& map, std::span<const std::uint32_t> keys) {
    Ends ends;
    ends.first.assign(map.nodes.size() + 1, 0);
    const auto each = [&](auto&& f) {
        for (std::uint32_t i = 0; i < map.segments.size(); ++i) {
            if (keys[i] == no_key) continue;
            f(map.segments[i].from, i);
            f(map.segments[i].to, i);
        }
    };
    each([&](std::uint32_t node, std::uint32_t) { ++ends.first[node + 1]; });
    for (std::size_t n = 1; n < ends.first.size(); ++n) ends.first[n] += ends.first[n - 1];
    ends.segment.resize(ends.first.back());
    auto next = ends.first;
    each([&](std::uint32_t node, std::uint32_t i) { ends.segment[next[node]++] = i; });
    return ends;
}

/// Cosine of the turn from a → b into c → d; 1 = straight on.
float straightness(MapPoint a, MapPoint b, MapPoint c, MapPoint d) {
    const float ux = b.x - a.x, uy = b.y - a.y, vx = d.x - c.x, vy = d.y - c.y;
    const float lengths = std::hypot(ux, uy) * std::hypot(vx, vy);
    return lengths > 0 ? (ux * vx + uy * vy) / lengths : 1;
}

class Joiner {
public:
    Joiner(const roads::RoadMap& map, const Projection& projection,
           std::span<const std::uint32_t> keys)
        : map_(map), projection_(projection), keys_(keys), ends_(ends_of(map, keys)),
          used_(map.segments.size(), false) {}

    std::vector<Chain> all() {
        std::vector<Chain> out;
        for (std::uint32_t i = 0; i < map_.segments.size(); ++i) {
            if (keys_[i] == no_key || used_[i]) continue;
            used_[i] = true;
            Chain chain{keys_[i], line_of(map_, projection_, map_.segments[i])};
            grow(chain, map_.segments[i].to);
            std::reverse(chain.line.begin(), chain.line.end());
            grow(chain, map_.segments[i].from);
            out.push_back(std::move(chain));
        }
        return out;
    }

private:
    void grow(Chain& chain, std::uint32_t node) {
        for (;;) {
            Line best;
            std::uint32_t chosen = 0;
            float best_cos = 0.5F;  // a bend of more than 60° is another street for the eye
            for (auto e = ends_.first[node]; e < ends_.first[node + 1]; ++e) {
                const auto i = ends_.segment[e];
                if (used_[i] || keys_[i] != chain.key) continue;
                Line line = line_of(map_, projection_, map_.segments[i]);
                if (map_.segments[i].from != node) std::reverse(line.begin(), line.end());
                const float cos = straightness(chain.line[chain.line.size() - 2],
                                               chain.line.back(), line[0], line[1]);
                if (cos > best_cos) best_cos = cos, best = std::move(line), chosen = i;
            }
            if (best.empty()) return;
            used_[chosen] = true;
            chain.line.insert(chain.line.end(), best.begin() + 1, best.end());
            const auto& s = map_.segments[chosen];
            node = s.from == node ? s.to : s.from;
        }
    }

    const roads::RoadMap& map_;
    const Projection& projection_;
    std::span<const std::uint32_t> keys_;
    Ends ends_;
    std::vector<bool> used_;
};

float distance_to(MapPoint p, MapPoint a, MapPoint b) {
    const float dx = b.x - a.x, dy = b.y - a.y;
    const float length2 = dx * dx + dy * dy;
    float t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = std::clamp(t, 0.0F, 1.0F);
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

}  // namespace

Line line_of(const roads::RoadMap& map, const Projection& projection,
             const roads::Segment& segment) {
    Line line;
    line.reserve(segment.point_count + 2);
    line.push_back(projection.to_map(map.nodes[segment.from].degrees()));
    for (std::uint32_t i = 0; i < segment.point_count; ++i) {
        line.push_back(projection.to_map(map.points[segment.first_point + i].degrees()));
    }
    line.push_back(projection.to_map(map.nodes[segment.to].degrees()));
    return line;
}

std::vector<Chain> join_segments(const roads::RoadMap& map, const Projection& projection,
                                 std::span<const std::uint32_t> keys) {
    return Joiner(map, projection, keys).all();
}

Line part_of(const Line& line, float from, float to) {
    if (from > to) std::swap(from, to);
    if ((from <= 0 && to >= 1) || line.size() < 2) return line;
    float whole = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        whole += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    }
    const float begin = from * whole, end = to * whole;
    Line out;
    float passed = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const MapPoint a = line[i - 1], b = line[i];
        const float leg = std::hypot(b.x - a.x, b.y - a.y);
        const auto at = [&](float metres) {
            const float t = leg > 0 ? (metres - passed) / leg : 0;
            return MapPoint{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
        };
        const bool last = i + 1 == line.size();
        if (out.empty() && (passed + leg >= begin || last)) out.push_back(at(begin));
        if (out.empty()) {
            passed += leg;
            continue;
        }
        if (passed + leg >= end || last) {
            out.push_back(at(end));
            return out;
        }
        out.push_back(b);
        passed += leg;
    }
    return out;
}

Line simplified(const Line& line, float tolerance_m) {
    if (line.size() < 3) return line;
    std::vector<bool> keep(line.size(), false);
    keep.front() = keep.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        float worst = tolerance_m;
        std::size_t at = 0;
        for (std::size_t i = first + 1; i < last; ++i) {
            const float d = distance_to(line[i], line[first], line[last]);
            if (d > worst) worst = d, at = i;
        }
        if (at == 0) continue;
        keep[at] = true;
        open.emplace_back(first, at);
        open.emplace_back(at, last);
    }
    Line out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (keep[i]) out.push_back(line[i]);
    }
    return out;
}

}  // namespace jedel::console
