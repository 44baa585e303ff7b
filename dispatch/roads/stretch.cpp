// Stretches of whole segments between places that a person picked.

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numbers>
#include <queue>
#include <unordered_map>

#include "dispatch/roads/drawn.h"
#include "dispatch/roads/snap.h"

namespace jedel::roads {

namespace {

constexpr double other_street = 3;  // a metre off the street counts so many
constexpr double farthest_m = 30'000 * other_street;
constexpr double sharpest_cos = 0.5;  // beyond 60° it is a turn, not the same road going on

/// Unit vector in which a segment is left at a node.
std::pair<double, double> leaving(const RoadMap& map, std::uint32_t segment, std::uint32_t node) {
    std::vector<FixedPoint> line = polyline(map, segment);
    if (map.segments[segment].from != node) std::reverse(line.begin(), line.end());
    const LatLon a = line[0].degrees(), b = line[1].degrees();
    const double x = (b.lon - a.lon) * std::cos(a.lat * std::numbers::pi / 180);
    const double y = b.lat - a.lat;
    const double l = std::hypot(x, y);
    return l > 0 ? std::pair{x / l, y / l} : std::pair{0.0, 0.0};
}

struct NodeReached {
    double cost = 0;
    std::uint32_t by_segment = 0, before = 0;
    bool settled = false;
};

}  // namespace

StretchFinder::StretchFinder(std::shared_ptr<const RoadMap> map) : map_(std::move(map)) {
    assert(map_);
    first_.assign(map_->nodes.size() + 1, 0);
    for (const Segment& s : map_->segments) {
        ++first_[s.from + 1];
        ++first_[s.to + 1];
    }
    for (std::size_t n = 1; n < first_.size(); ++n) first_[n] += first_[n - 1];
    segments_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::uint32_t i = 0; i < map_->segments.size(); ++i) {
        segments_[next[map_->segments[i].from]++] = i;
        segments_[next[map_->segments[i].to]++] = i;
    }
}

std::span<const std::uint32_t> StretchFinder::touching(std::uint32_t node) const {
    return {segments_.data() + first_[node], segments_.data() + first_[node + 1]};
}

std::vector<std::uint32_t> StretchFinder::between(std::uint32_t from, std::uint32_t to) const {
    const auto& segments = map_->segments;
    if (from >= segments.size() || to >= segments.size()) return {};
    if (from == to) return {from};
    const std::uint32_t street = segments[from].name;
    const auto cost_of = [&](std::uint32_t s) {
        const bool same = street != 0 && segments[s].name == street;
        return static_cast<double>(segments[s].length_m) * (same ? 1 : other_street);
    };
    // Dijkstra (1959) over nodes, from both ends of the first segment to either end of the last.
    std::unordered_map<std::uint32_t, NodeReached> nodes;
    using Entry = std::pair<double, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    for (const std::uint32_t n : {segments[from].from, segments[from].to}) {
        nodes[n] = {0, from, n, false};
        open.emplace(0, n);
    }
    std::optional<std::uint32_t> met;
    while (!open.empty() && !met) {
        const auto [cost, node] = open.top();
        open.pop();
        NodeReached& here = nodes[node];
        if (here.settled || cost > farthest_m) continue;
        here.settled = true;
        if (node == segments[to].from || node == segments[to].to) met = node;
        for (const std::uint32_t s : touching(node)) {
            if (s == from || s == to) continue;
            const std::uint32_t other =
                segments[s].from == node ? segments[s].to : segments[s].from;
            const double next = cost + cost_of(s);
            const auto [it, fresh] = nodes.try_emplace(other, NodeReached{next, s, node, false});
            if (!fresh && (it->second.settled || it->second.cost <= next)) continue;
            it->second = {next, s, node, false};
            open.emplace(next, other);
        }
    }
    if (!met) return {};
    std::vector<std::uint32_t> out{to};
    for (std::uint32_t n = *met; nodes[n].by_segment != from; n = nodes[n].before) {
        out.push_back(nodes[n].by_segment);
    }
    out.push_back(from);
    std::reverse(out.begin(), out.end());
    return out;
}

std::uint32_t StretchFinder::end_node(std::span<const std::uint32_t> stretch, bool at_end) const {
    assert(!stretch.empty());
    const Segment& s = map_->segments[at_end ? stretch.back() : stretch.front()];
    if (stretch.size() == 1) return at_end ? s.to : s.from;
    const Segment& inner =
        map_->segments[at_end ? stretch[stretch.size() - 2] : stretch[1]];
    const bool joined_at_to = s.to == inner.from || s.to == inner.to;
    return joined_at_to ? s.from : s.to;
}

std::optional<std::uint32_t> StretchFinder::beyond(std::span<const std::uint32_t> stretch,
                                                   bool at_end) const {
    if (stretch.empty()) return std::nullopt;
    const std::uint32_t last = at_end ? stretch.back() : stretch.front();
    const std::uint32_t node = end_node(stretch, at_end);
    const auto came = leaving(*map_, last, node);
    const std::uint32_t street = map_->segments[last].name;
    std::optional<std::uint32_t> best;
    double best_cos = sharpest_cos;
    for (const std::uint32_t s : touching(node)) {
        if (std::find(stretch.begin(), stretch.end(), s) != stretch.end()) continue;
        const auto goes = leaving(*map_, s, node);
        double cos = -(came.first * goes.first + came.second * goes.second);
        if (cos <= sharpest_cos) continue;
        if (street != 0 && map_->segments[s].name == street) cos += 1;
        if (cos > best_cos) best_cos = cos, best = s;
    }
    return best;
}

}  // namespace jedel::roads
