#include "dispatch/roads/order.h"

#include <algorithm>
#include <array>

#include "dispatch/roads/flow.h"

namespace jedel::roads {

namespace {

constexpr std::uint32_t smallest_cut_part = 8;
constexpr std::uint32_t none = 0xffff'ffffU;

/// Neighbour lists that shrink and grow as vertices are eliminated.
class Core {
public:
    explicit Core(const PlainGraph& graph) : lists_(graph.size()), gone_(graph.size(), false) {
        for (std::uint32_t v = 0; v < graph.size(); ++v) {
            lists_[v].assign(graph.heads.begin() + graph.first[v],
                             graph.heads.begin() + graph.first[v + 1]);
        }
    }
    void eliminate(std::uint32_t v) {
        gone_[v] = true;
        const std::vector<std::uint32_t>& around = lists_[v];
        for (const std::uint32_t a : around) {
            auto& list = lists_[a];
            list.erase(std::find(list.begin(), list.end(), v));
            for (const std::uint32_t b : around) {
                if (a != b && std::find(list.begin(), list.end(), b) == list.end()) {
                    list.push_back(b);
                }
            }
        }
    }
    [[nodiscard]] const std::vector<std::uint32_t>& around(std::uint32_t v) const {
        return lists_[v];
    }
    [[nodiscard]] bool gone(std::uint32_t v) const { return gone_[v]; }

private:
    std::vector<std::vector<std::uint32_t>> lists_;
    std::vector<bool> gone_;
};

/// Rounds of vertices that are no neighbours of each other, so that long chains become shallow
/// trees instead of long paths.
void eliminate_low_degrees(Core& core, std::uint32_t n, std::uint32_t greedy_degree,
                           std::vector<std::uint32_t>& order) {
    std::vector<std::uint32_t> blocked(n, 0), left;
    for (std::uint32_t v = 0; v < n; ++v) left.push_back(v);
    std::uint32_t round = 0;
    for (std::uint32_t degree = 1; degree <= greedy_degree; ++degree) {
        for (bool any = true; any;) {
            any = false;
            ++round;
            for (const std::uint32_t v : left) {
                if (blocked[v] == round || core.around(v).size() > degree) continue;
                for (const std::uint32_t a : core.around(v)) blocked[a] = round;
                core.eliminate(v);
                order.push_back(v);
                any = true;
            }
            std::erase_if(left, [&](std::uint32_t v) { return core.gone(v); });
        }
    }
}

class Dissection {
public:
    Dissection(const Core& core, const std::vector<PlanePoint>& at)
        : core_(core), at_(at), local_(at.size(), none) {}

    /// Order of `vertices`, the top of the hierarchy first.
    void dissect(std::vector<std::uint32_t> vertices, std::vector<std::uint32_t>& from_top) {
        if (vertices.size() <= smallest_cut_part) {
            // What is left is nearly a clique: the best tied vertices go highest.
            std::sort(vertices.begin(), vertices.end(), [&](std::uint32_t a, std::uint32_t b) {
                return std::pair{core_.around(b).size(), a} < std::pair{core_.around(a).size(), b};
            });
            from_top.insert(from_top.end(), vertices.begin(), vertices.end());
            return;
        }
        std::array<std::vector<std::uint32_t>, 3> parts;  // by VertexCut::Side
        split(vertices, parts);
        vertices = {};
        from_top.insert(from_top.end(), parts[VertexCut::separator].begin(),
                        parts[VertexCut::separator].end());
        dissect(std::move(parts[VertexCut::source_side]), from_top);
        dissect(std::move(parts[VertexCut::sink_side]), from_top);
    }

private:
    void split(const std::vector<std::uint32_t>& vertices,
               std::array<std::vector<std::uint32_t>, 3>& parts) {
        const auto n = static_cast<std::uint32_t>(vertices.size());
        for (std::uint32_t i = 0; i < n; ++i) local_[vertices[i]] = i;
        std::vector<std::uint32_t> first{0}, heads;
        for (const std::uint32_t v : vertices) {
            for (const std::uint32_t a : core_.around(v)) {
                if (local_[a] != none) heads.push_back(local_[a]);
            }
            first.push_back(static_cast<std::uint32_t>(heads.size()));
        }
        cut_.set_graph(n, first, heads);
        const std::uint32_t quarter = std::max(1U, n / 4);
        std::vector<std::uint32_t> by(n);
        double best_score = 0;
        std::vector<VertexCut::Side> best(n, VertexCut::separator), side(n);
        constexpr std::array<PlanePoint, 4> directions{
            {{1, 0}, {0, 1}, {0.7071F, 0.7071F}, {0.7071F, -0.7071F}}};
        for (const PlanePoint d : directions) {
            for (std::uint32_t i = 0; i < n; ++i) by[i] = i;
            const auto less = [&](std::uint32_t a, std::uint32_t b) {
                const PlanePoint p = at_[vertices[a]], q = at_[vertices[b]];
                const float u = p.x * d.x + p.y * d.y, v = q.x * d.x + q.y * d.y;
                return u < v || (u == v && a < b);
            };
            std::nth_element(by.begin(), by.begin() + quarter, by.end(), less);
            std::nth_element(by.begin() + quarter, by.end() - quarter, by.end(), less);
            const std::span<const std::uint32_t> all{by};
            // A cut too large to beat the best score even in the very middle is not finished.
            const double worth = best_score > 0 ? (n / 2 + 1) / best_score : n;
            if (!cut_.cut(all.first(quarter), all.last(quarter),
                          static_cast<std::uint32_t>(worth))) {
                continue;
            }
            std::uint32_t sources = 0, sinks = 0;
            for (std::uint32_t v = 0; v < n; ++v) {
                side[v] = cut_.side(v);
                sources += side[v] == VertexCut::source_side;
                sinks += side[v] == VertexCut::sink_side;
            }
            const double score = static_cast<double>(std::min(sources, sinks) + 1) /
                                 (static_cast<double>(cut_.size()) + 0.1);
            if (score > best_score) {
                best_score = score;
                best.swap(side);
            }
        }
        for (std::uint32_t i = 0; i < n; ++i) parts[best[i]].push_back(vertices[i]);
        for (const std::uint32_t v : vertices) local_[v] = none;
        // A cut that leaves one side whole would never end: then half of it goes on top.
        for (const auto side_kept : {VertexCut::source_side, VertexCut::sink_side}) {
            if (parts[side_kept].size() < vertices.size()) continue;
            auto& whole = parts[side_kept];
            const auto half = whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2);
            parts[VertexCut::separator].assign(half, whole.end());
            whole.erase(half, whole.end());
        }
    }

    const Core& core_;
    const std::vector<PlanePoint>& at_;
    std::vector<std::uint32_t> local_;
    VertexCut cut_;
};

}  // namespace

std::vector<std::uint32_t> elimination_order(const PlainGraph& graph,
                                             std::uint32_t greedy_degree) {
    std::vector<std::uint32_t> order;
    order.reserve(graph.size());
    Core core{graph};
    eliminate_low_degrees(core, graph.size(), greedy_degree, order);
    std::vector<std::uint32_t> left, from_top;
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
        if (!core.gone(v)) left.push_back(v);
    }
    Dissection{core, graph.at}.dissect(std::move(left), from_top);
    order.insert(order.end(), from_top.rbegin(), from_top.rend());
    return order;
}

}  // namespace jedel::roads
