#include "dispatch/roads/hierarchy.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jedel::roads {

namespace {

// Least arcs and triangles on the Auckland, Almaty and training maps, with and without turns.
constexpr std::uint32_t greedy_degree = 4;
// A city has two or three triangles a rank; a full grid, where looking for dear arcs would cost
// more than all queries save, over four hundred.
constexpr std::uint64_t most_triangles_per_rank = 20;

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
        map.nodes.empty() ? 1 : std::cos(map.nodes.front().lat_e7 * 1e-7 * std::numbers::pi / 180);
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

/// Costs of both directions of an upward arc.
struct Pair {
    Cost up = infinite_cost, down = infinite_cost;
};

std::vector<Pair> costs_of_roads(const Hierarchy& h, const RoadGraph& graph,
                                 const Weights& weights) {
    std::vector<Pair> arcs(h.up.size());
    for (std::size_t i = 0; i < graph.arcs.size(); ++i) {
        const std::uint32_t e = h.arc_of[i];
        if (e == no_index) continue;
        const Cost c = std::min(infinite_cost, weights.of(graph.arcs[i]));
        Cost& kept = e % 2 == 0 ? arcs[e / 2].up : arcs[e / 2].down;
        kept = std::min(kept, c);
    }
    return arcs;
}

/// Rank by rank: when a vertex's turn comes, all arcs below it are final. Its own arcs gather the
/// detours over every lower neighbour.
void add_lower_detours(const Hierarchy& h, std::vector<Pair>& arcs) {
    std::vector<Pair> sum(h.size());  // by rank of the other end
    for (Rank a = 0; a < h.size(); ++a) {
        const std::uint32_t begin = h.first_up[a], end = h.first_up[a + 1];
        if (begin == end || h.first_down[a] == h.first_down[a + 1]) continue;
        for (std::uint32_t e = begin; e < end; ++e) sum[h.up[e]] = arcs[e];
        for (std::uint32_t i = h.first_down[a]; i < h.first_down[a + 1]; ++i) {
            const std::uint32_t f = h.down[i];
            const Pair va = arcs[f];
            const std::uint32_t last = h.first_up[h.down_tail[i] + 1];
            for (std::uint32_t g = f + 1; g < last; ++g) {
                Pair& ab = sum[h.up[g]];
                ab.up = std::min(ab.up, va.down + arcs[g].up);
                ab.down = std::min(ab.down, arcs[g].down + va.up);
            }
        }
        for (std::uint32_t e = begin; e < end; ++e) arcs[e] = sum[h.up[e]];
    }
}

/// The cheapest way between the ends of each arc, detours over higher neighbours included: from
/// the top down, so that arcs between two neighbours of a vertex are final when it is looked at.
std::vector<Pair> cheapest_between(const Hierarchy& h, const std::vector<Pair>& arcs) {
    std::vector<Pair> least = arcs;
    std::vector<std::uint32_t> arc_to(h.size(), no_index);  // from `v`, by rank of the other end
    for (Rank v = h.size(); v-- > 0;) {
        const std::uint32_t begin = h.first_up[v], end = h.first_up[v + 1];
        for (std::uint32_t e = begin; e < end; ++e) arc_to[h.up[e]] = e;
        for (std::uint32_t e = begin; e < end; ++e) {
            const Rank a = h.up[e];
            for (std::uint32_t g = h.first_up[a]; g < h.first_up[a + 1]; ++g) {
                const std::uint32_t f = arc_to[h.up[g]];
                if (f == no_index) continue;
                const Pair ab = least[g];
                Pair &va = least[e], &vb = least[f];
                vb.up = std::min(vb.up, va.up + ab.up);
                vb.down = std::min(vb.down, ab.down + va.down);
                va.up = std::min(va.up, vb.up + ab.down);
                va.down = std::min(va.down, ab.up + vb.down);
            }
        }
        for (std::uint32_t e = begin; e < end; ++e) arc_to[h.up[e]] = no_index;
    }
    return least;
}

template <class Of>
Climbs needed(const Hierarchy& h, const std::vector<Pair>& arcs, const std::vector<Pair>& least,
              Of&& of) {
    Climbs kept;
    kept.first.reserve(h.size() + 1);
    for (Rank v = 0; v < h.size(); ++v) {
        kept.first.push_back(static_cast<std::uint32_t>(kept.all.size()));
        for (std::uint32_t e = h.first_up[v]; e < h.first_up[v + 1]; ++e) {
            const Cost c = of(arcs[e]);
            if (c >= infinite_cost || c > of(least[e])) continue;
            kept.all.push_back({c, h.up[e], h.depth[h.up[e]]});
        }
    }
    kept.first.push_back(static_cast<std::uint32_t>(kept.all.size()));
    return kept;
}

}  // namespace

std::size_t Hierarchy::bytes() const {
    return 4 *
           (rank_of.size() + first_up.size() + up.size() + first_down.size() + down.size() +
            down_tail.size() + parent.size() + depth.size() + first_below.size() + arc_of.size());
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

std::size_t Metric::bytes() const {
    return (forward.first.size() + backward.first.size()) * sizeof(std::uint32_t) +
           (forward.all.size() + backward.all.size()) * sizeof(Climb);
}

Metric customize(const Hierarchy& h, const RoadGraph& graph, const Weights& weights) {
    std::vector<Pair> arcs = costs_of_roads(h, graph, weights);
    add_lower_detours(h, arcs);
    const bool worth = h.triangles <= most_triangles_per_rank * h.size();
    const std::vector<Pair> cheapest = worth ? cheapest_between(h, arcs) : std::vector<Pair>{};
    const std::vector<Pair>& least = worth ? cheapest : arcs;
    return {.forward = needed(h, arcs, least, [](const Pair& p) { return p.up; }),
            .backward = needed(h, arcs, least, [](const Pair& p) { return p.down; })};
}

}  // namespace jedel::roads
