#include "dispatch/roads/hierarchy.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jedel::roads {

namespace {

// Least arcs and triangles on the Auckland, Almaty and training maps, with and without turns.
constexpr std::uint32_t greedy_degree = 4;

PlainGraph undirected(const RoadMap& map, const RoadGraph& graph) {
    const auto n = static_cast<std::uint32_t>(graph.states());
    PlainGraph plain;
    std::vector<std::uint64_t> edges;
    edges.reserve(graph.arcs.size() * 2);
    for (const Arc& a : graph.arcs) {
        if (a.tail == a.head) continue;
        edges.push_back(std::uint64_t{a.tail} << 32 | a.head);
        edges.push_back(std::uint64_t{a.head} << 32 | a.tail);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    plain.first.assign(n + 1, 0);
    plain.heads.reserve(edges.size());
    for (const std::uint64_t e : edges) {
        ++plain.first[(e >> 32) + 1];
        plain.heads.push_back(static_cast<std::uint32_t>(e));
    }
    for (std::uint32_t v = 0; v < n; ++v) plain.first[v + 1] += plain.first[v];
    plain.at.resize(n);
    const double shrink =
        map.nodes.empty() ? 1
                          : std::cos(map.nodes.front().lat_e7 * 1e-7 * std::numbers::pi / 180);
    for (std::uint32_t node = 0; node < map.nodes.size(); ++node) {
        const PlanePoint p{static_cast<float>(map.nodes[node].lon_e7 * shrink),
                           static_cast<float>(map.nodes[node].lat_e7)};
        for (StateId s = graph.first_state[node]; s < graph.first_state[node + 1]; ++s) {
            plain.at[s] = p;
        }
    }
    return plain;
}

/// Neighbours above each vertex once all below it are eliminated; lists by position in `order`.
std::vector<std::vector<std::uint32_t>> fill_in(const PlainGraph& graph,
                                                const std::vector<std::uint32_t>& position) {
    const std::uint32_t n = graph.size();
    std::vector<std::vector<std::uint32_t>> above(n);
    for (std::uint32_t v = 0; v < n; ++v) {
        for (std::uint32_t i = graph.first[v]; i < graph.first[v + 1]; ++i) {
            const std::uint32_t a = position[v], b = position[graph.heads[i]];
            if (a < b) above[a].push_back(b);
        }
    }
    std::vector<std::uint32_t> merged;
    for (auto& list : above) std::sort(list.begin(), list.end());
    for (std::uint32_t v = 0; v < n; ++v) {
        if (above[v].empty()) continue;
        auto& parent = above[above[v].front()];
        merged.clear();
        std::set_union(above[v].begin() + 1, above[v].end(), parent.begin(), parent.end(),
                       std::back_inserter(merged));
        parent = merged;
    }
    return above;
}

/// The elimination tree's vertices so that every subtree is one run of numbers ending in its top.
std::vector<std::uint32_t> postorder(const std::vector<std::vector<std::uint32_t>>& above) {
    const auto n = static_cast<std::uint32_t>(above.size());
    std::vector<std::uint32_t> size(n, 1), number(n, 0), offset(n, 0);
    for (std::uint32_t v = 0; v < n; ++v) {
        if (!above[v].empty()) size[above[v].front()] += size[v];
    }
    // From the top down: each vertex hands its children runs below its own number.
    std::uint32_t end = n;
    for (std::uint32_t v = n; v-- > 0;) {
        if (above[v].empty()) {
            number[v] = end - 1;
            end -= size[v];
        } else {
            const std::uint32_t p = above[v].front();
            number[v] = number[p] - 1 - offset[p];
            offset[p] += size[v];
        }
    }
    return number;
}

void index_down(Hierarchy& h) {
    const std::uint32_t n = h.size();
    h.first_down.assign(n + 1, 0);
    for (const Rank b : h.up) ++h.first_down[b + 1];
    for (Rank r = 0; r < n; ++r) h.first_down[r + 1] += h.first_down[r];
    h.down.resize(h.up.size());
    h.down_tail.resize(h.up.size());
    std::vector<std::uint32_t> next(h.first_down.begin(), h.first_down.end() - 1);
    for (Rank r = 0; r < n; ++r) {
        const std::uint64_t degree = h.first_up[r + 1] - h.first_up[r];
        h.triangles += degree * (degree - (degree > 0)) / 2;
        for (std::uint32_t e = h.first_up[r]; e < h.first_up[r + 1]; ++e) {
            h.down[next[h.up[e]]] = e;
            h.down_tail[next[h.up[e]]++] = r;
        }
    }
}

void index_tree(Hierarchy& h) {
    const std::uint32_t n = h.size();
    h.depth.assign(n, 0);
    h.first_below.resize(n);
    for (Rank r = 0; r < n; ++r) h.first_below[r] = r;
    for (Rank r = 0; r < n; ++r) {
        if (h.parent[r] == no_index) continue;
        h.first_below[h.parent[r]] = std::min(h.first_below[h.parent[r]], h.first_below[r]);
    }
    for (Rank r = n; r-- > 0;) {
        h.depth[r] = h.parent[r] == no_index ? 0 : h.depth[h.parent[r]] + 1;
        h.levels = std::max(h.levels, h.depth[r] + 1);
    }
}

}  // namespace

std::size_t Hierarchy::bytes() const {
    return 4 * (rank_of.size() + first_up.size() + up.size() + first_down.size() + down.size() +
                down_tail.size() + parent.size() + depth.size() + first_below.size() +
                arc_of.size());
}

Hierarchy build_hierarchy(const RoadMap& map, const RoadGraph& graph) {
    const PlainGraph plain = undirected(map, graph);
    const std::uint32_t n = plain.size();
    const std::vector<std::uint32_t> order = elimination_order(plain, greedy_degree);
    std::vector<std::uint32_t> position(n);
    for (std::uint32_t i = 0; i < n; ++i) position[order[i]] = i;
    const auto above = fill_in(plain, position);
    const std::vector<std::uint32_t> number = postorder(above);
    std::vector<std::uint32_t> at_number(n);
    for (std::uint32_t i = 0; i < n; ++i) at_number[number[i]] = i;

    Hierarchy h;
    h.rank_of.resize(n);
    for (std::uint32_t v = 0; v < n; ++v) h.rank_of[v] = number[position[v]];
    h.first_up.reserve(n + 1);
    h.parent.resize(n);
    for (Rank r = 0; r < n; ++r) {
        h.first_up.push_back(static_cast<std::uint32_t>(h.up.size()));
        for (const std::uint32_t b : above[at_number[r]]) h.up.push_back(number[b]);
        std::sort(h.up.begin() + h.first_up[r], h.up.end());
        h.parent[r] = h.up.size() == h.first_up[r] ? no_index : h.up[h.first_up[r]];
    }
    h.first_up.push_back(static_cast<std::uint32_t>(h.up.size()));
    index_down(h);
    index_tree(h);
    h.arc_of.reserve(graph.arcs.size());
    for (const Arc& a : graph.arcs) {
        const Rank t = h.rank_of[a.tail], d = h.rank_of[a.head];
        if (t == d) {
            h.arc_of.push_back(no_index);
            continue;
        }
        const auto low = std::min(t, d), high = std::max(t, d);
        const auto found = std::lower_bound(h.up.begin() + h.first_up[low],
                                            h.up.begin() + h.first_up[low + 1], high);
        const auto e = static_cast<std::uint32_t>(found - h.up.begin());
        h.arc_of.push_back(2 * e + (t > d ? 1 : 0));
    }
    return h;
}

Metric customize(const Hierarchy& h, const RoadGraph& graph, const Weights& weights) {
    Metric m;
    m.arcs.resize(h.up.size());
    for (std::size_t i = 0; i < graph.arcs.size(); ++i) {
        const std::uint32_t e = h.arc_of[i];
        if (e == no_index) continue;
        const Cost c = std::min(infinite_cost, weights.of(graph.arcs[i]));
        Cost& kept = e % 2 == 0 ? m.arcs[e / 2].up : m.arcs[e / 2].down;
        kept = std::min(kept, c);
    }
    // Rank by rank: when a vertex's turn comes, all arcs below it are final. Its own arcs gather
    // the detours over every lower neighbour. `sum` is by rank of the other end.
    std::vector<Metric::Pair> sum(h.size());
    for (Rank a = 0; a < h.size(); ++a) {
        const std::uint32_t begin = h.first_up[a], end = h.first_up[a + 1];
        if (begin == end || h.first_down[a] == h.first_down[a + 1]) continue;
        for (std::uint32_t e = begin; e < end; ++e) sum[h.up[e]] = m.arcs[e];
        for (std::uint32_t i = h.first_down[a]; i < h.first_down[a + 1]; ++i) {
            const std::uint32_t f = h.down[i];
            const Metric::Pair va = m.arcs[f];
            const std::uint32_t last = h.first_up[h.down_tail[i] + 1];
            for (std::uint32_t g = f + 1; g < last; ++g) {
                Metric::Pair& ab = sum[h.up[g]];
                ab.up = std::min(ab.up, va.down + m.arcs[g].up);
                ab.down = std::min(ab.down, m.arcs[g].down + va.up);
            }
        }
        for (std::uint32_t e = begin; e < end; ++e) m.arcs[e] = sum[h.up[e]];
    }
    return m;
}

void UpwardWalk::run(const Hierarchy& h, const Metric& metric, std::span<const Seed> seeds,
                     Direction direction) {
    for (const Rank r : visited_) cost_[r] = infinite_cost;
    if (cost_.size() != h.size()) cost_.assign(h.size(), infinite_cost);
    visited_.clear();
    bottoms_.clear();
    heads_.clear();
    for (const Seed& seed : seeds) {
        const Rank r = h.rank_of[seed.state];
        cost_[r] = std::min(cost_[r], seed.cost);
        heads_.push_back(r);
    }
    std::sort(heads_.begin(), heads_.end());
    heads_.erase(std::unique(heads_.begin(), heads_.end()), heads_.end());
    for (std::size_t i = 0; i < heads_.size(); ++i) {
        // In a postorder a vertex with a seed below it follows that seed, with none outside the
        // subtree between: looking at the seed before is enough.
        if (i == 0 || !h.is_above(heads_[i], heads_[i - 1])) bottoms_.push_back(heads_[i]);
    }
    heads_ = bottoms_;
    const auto relax = [&](Rank v) {
        visited_.push_back(v);
        const Cost c = cost_[v];
        if (c >= infinite_cost) return;
        const std::uint32_t end = h.first_up[v + 1];
        if (direction == Direction::forward) {
            for (std::uint32_t e = h.first_up[v]; e < end; ++e) {
                Cost& there = cost_[h.up[e]];
                there = std::min(there, c + metric.arcs[e].up);
            }
        } else {
            for (std::uint32_t e = h.first_up[v]; e < end; ++e) {
                Cost& there = cost_[h.up[e]];
                there = std::min(there, c + metric.arcs[e].down);
            }
        }
    };
    while (heads_.size() > 1) {
        const auto lowest = std::min_element(heads_.begin(), heads_.end());
        relax(*lowest);
        const Rank next = h.parent[*lowest];
        // Chains that meet become one; a root ends its chain.
        if (next == no_index || std::find(heads_.begin(), heads_.end(), next) != heads_.end()) {
            heads_.erase(lowest);
        } else {
            *lowest = next;
        }
    }
    if (heads_.empty()) return;
    for (Rank r = heads_.front(); r != no_index; r = h.parent[r]) relax(r);
}

}  // namespace jedel::roads
