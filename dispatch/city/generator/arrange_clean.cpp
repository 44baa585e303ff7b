#include "dispatch/city/generator/arrange_clean.h"

#include <algorithm>
#include <limits>

namespace jedel::generator {
namespace {

using Incidence = std::vector<std::vector<std::uint32_t>>;

Incidence incidence_of(const Network& network) {
    Incidence out(network.nodes.size());
    for (std::size_t i = 0; i < network.edges.size(); ++i) {
        out[network.edges[i].from].push_back(static_cast<std::uint32_t>(i));
        out[network.edges[i].to].push_back(static_cast<std::uint32_t>(i));
    }
    return out;
}

void erase_marked(Network& network, const std::vector<bool>& gone) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < network.edges.size(); ++i) {
        if (gone[i]) continue;
        if (kept != i) network.edges[kept] = std::move(network.edges[i]);
        ++kept;
    }
    network.edges.resize(kept);
}

bool same_street(const Edge& a, const Edge& b) {
    return a.road_class == b.road_class && a.name == b.name && a.one_way == b.one_way &&
           a.bridge == b.bridge && a.district == b.district && !a.roundabout && !b.roundabout;
}

void reverse(Edge& e) {
    std::swap(e.from, e.to);
    std::reverse(e.inner.begin(), e.inner.end());
}

/// Nodes reached from `start` along the allowed direction, or against it.
std::vector<bool> reached(const Network& network, const Incidence& incidence, std::uint32_t start,
                          bool backwards) {
    std::vector<bool> seen(network.nodes.size());
    std::vector<std::uint32_t> stack{start};
    seen[start] = true;
    while (!stack.empty()) {
        const std::uint32_t node = stack.back();
        stack.pop_back();
        for (const std::uint32_t i : incidence[node]) {
            const Edge& e = network.edges[i];
            const std::uint32_t other = e.from == node ? e.to : e.from;
            const bool allowed = !e.one_way || (backwards ? e.to == node : e.from == node);
            if (allowed && !seen[other]) {
                seen[other] = true;
                stack.push_back(other);
            }
        }
    }
    return seen;
}

void drop_unused_nodes(Network& network) {
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> renamed(network.nodes.size(), none);
    std::vector<Vec> nodes;
    for (Edge& e : network.edges) {
        for (std::uint32_t* end : {&e.from, &e.to}) {
            if (renamed[*end] == none) {
                renamed[*end] = static_cast<std::uint32_t>(nodes.size());
                nodes.push_back(network.nodes[*end]);
            }
            *end = renamed[*end];
        }
    }
    network.nodes = std::move(nodes);
}

}  // namespace

void trim_stubs(Network& network, double shorter_than_m) {
    for (bool again = true; again;) {
        again = false;
        const Incidence incidence = incidence_of(network);
        std::vector<bool> gone(network.edges.size());
        for (std::size_t i = 0; i < network.edges.size(); ++i) {
            const Edge& e = network.edges[i];
            const bool loose = incidence[e.from].size() == 1 || incidence[e.to].size() == 1;
            if (loose && !e.keep_end && length_m(network, e) < shorter_than_m) {
                gone[i] = true;
                again = true;
            }
        }
        erase_marked(network, gone);
    }
}

void merge_through_nodes(Network& network) {
    Incidence incidence = incidence_of(network);
    std::vector<bool> gone(network.edges.size());
    for (std::uint32_t node = 0; node < network.nodes.size(); ++node) {
        if (incidence[node].size() != 2) continue;
        const std::uint32_t first = incidence[node][0];
        const std::uint32_t second = incidence[node][1];
        if (first == second) continue;
        Edge& a = network.edges[first];
        Edge& b = network.edges[second];
        if (!same_street(a, b)) continue;
        if (a.one_way) {
            if (a.from == node) continue;  // the other order comes to the same; leave it
            if (b.from != node) continue;
        } else {
            if (a.from == node) reverse(a);
            if (b.to == node) reverse(b);
        }
        if (a.from == b.to) continue;  // would become a loop
        a.inner.push_back(network.nodes[node]);
        a.inner.insert(a.inner.end(), b.inner.begin(), b.inner.end());
        a.to = b.to;
        a.along_m = std::min(a.along_m, b.along_m);
        gone[second] = true;
        auto& end = incidence[a.to];
        std::replace(end.begin(), end.end(), second, first);
        incidence[node].clear();
    }
    erase_marked(network, gone);
}

void make_roundabout(Network& network, Vec at) {
    constexpr double radius = 24;
    std::uint32_t node = 0;
    for (std::uint32_t i = 0; i < network.nodes.size(); ++i) {
        if (length(network.nodes[i] - at) < length(network.nodes[node] - at)) node = i;
    }
    const Vec middle = network.nodes[node];
    struct Arm {
        std::uint32_t edge;
        double angle;
    };
    std::vector<Arm> arms;
    for (std::size_t i = 0; i < network.edges.size(); ++i) {
        const Edge& e = network.edges[i];
        if (e.from != node && e.to != node) continue;
        if (length_m(network, e) < 1.8 * radius) return;
        const Vec towards = e.from == node ? (e.inner.empty() ? network.nodes[e.to] : e.inner[0])
                                           : (e.inner.empty() ? network.nodes[e.from]
                                                              : e.inner.back());
        if (length(towards - middle) < 1.4 * radius) return;
        arms.push_back({static_cast<std::uint32_t>(i), angle_deg(towards - middle)});
    }
    if (arms.size() < 3) return;
    std::sort(arms.begin(), arms.end(),
              [](const Arm& a, const Arm& b) { return a.angle < b.angle; });
    const auto first_new = static_cast<std::uint32_t>(network.nodes.size());
    const auto count = static_cast<std::uint32_t>(arms.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        network.nodes.push_back(rounded(middle + polar(radius, arms[i].angle)));
        Edge& e = network.edges[arms[i].edge];
        (e.from == node ? e.from : e.to) = first_new + i;
    }
    // Traffic keeps right, so it goes round against the clock: the way angles grow.
    for (std::uint32_t i = 0; i < count; ++i) {
        const double from = arms[i].angle;
        double to = arms[(i + 1) % count].angle;
        if (to <= from) to += 360;
        Edge arc;
        arc.from = first_new + i;
        arc.to = first_new + (i + 1) % count;
        for (double a = from + 30; a < to - 10; a += 30) {
            arc.inner.push_back(rounded(middle + polar(radius, a)));
        }
        arc.road_class = roads::RoadClass::primary;
        arc.one_way = true;
        arc.roundabout = true;
        arc.line = std::numeric_limits<std::uint32_t>::max();
        network.edges.push_back(std::move(arc));
    }
}

void keep_connected(Network& network) {
    const Incidence incidence = incidence_of(network);
    // A crossing near the centre lies in the large part; both searches from it give that part.
    std::uint32_t start = 0;
    for (std::uint32_t i = 0; i < network.nodes.size(); ++i) {
        const bool nearer = length(network.nodes[i]) < length(network.nodes[start]);
        if (incidence[i].size() > 3 && nearer) start = i;
    }
    const auto forward = reached(network, incidence, start, false);
    const auto backward = reached(network, incidence, start, true);
    std::vector<bool> gone(network.edges.size());
    for (std::size_t i = 0; i < network.edges.size(); ++i) {
        const Edge& e = network.edges[i];
        gone[i] = !forward[e.from] || !backward[e.from] || !forward[e.to] || !backward[e.to];
    }
    erase_marked(network, gone);
    drop_unused_nodes(network);
}

}  // namespace jedel::generator
