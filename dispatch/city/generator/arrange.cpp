#include "dispatch/city/generator/arrange.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "dispatch/city/generator/arrange_clean.h"

namespace jedel::generator {
namespace {

struct Piece {
    Vec a, b;
    std::uint32_t line = 0;
    double along_m = 0;  ///< of `a` on its line
    std::vector<double> cuts{0, 1};
};

constexpr double cell_m = 300;
constexpr double join_m = 15;

std::vector<Piece> pieces_of(const Plan& plan) {
    std::vector<Piece> out;
    for (std::size_t i = 0; i < plan.lines.size(); ++i) {
        double along = 0;
        const auto& points = plan.lines[i].points;
        for (std::size_t j = 0; j + 1 < points.size(); ++j) {
            out.push_back({points[j], points[j + 1], static_cast<std::uint32_t>(i), along});
            along += length(points[j + 1] - points[j]);
        }
    }
    return out;
}

using Cell = std::pair<int, int>;

void cut_at_crossings(std::vector<Piece>& pieces) {
    std::map<Cell, std::vector<std::uint32_t>> cells;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece& p = pieces[i];
        const auto low = [](double a, double b) {
            return static_cast<int>(std::floor(std::min(a, b) / cell_m));
        };
        const auto high = [](double a, double b) {
            return static_cast<int>(std::floor(std::max(a, b) / cell_m));
        };
        for (int x = low(p.a.x, p.b.x); x <= high(p.a.x, p.b.x); ++x) {
            for (int y = low(p.a.y, p.b.y); y <= high(p.a.y, p.b.y); ++y) {
                cells[{x, y}].push_back(static_cast<std::uint32_t>(i));
            }
        }
    }
    for (const auto& [cell, members] : cells) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = i + 1; j < members.size(); ++j) {
                Piece& p = pieces[members[i]];
                Piece& q = pieces[members[j]];
                if (const auto c = crossing(p.a, p.b, q.a, q.b)) {
                    p.cuts.push_back(c->t);
                    q.cuts.push_back(c->u);
                }
            }
        }
    }
    for (Piece& p : pieces) {
        std::sort(p.cuts.begin(), p.cuts.end());
        p.cuts.erase(std::unique(p.cuts.begin(), p.cuts.end()), p.cuts.end());
    }
}

/// Gives points within join_m of each other one node.
class Joiner {
public:
    explicit Joiner(std::vector<Vec>& nodes) : nodes_(nodes) {}
    std::uint32_t node_at(Vec p) {
        const int x = static_cast<int>(std::floor(p.x / join_m));
        const int y = static_cast<int>(std::floor(p.y / join_m));
        std::uint32_t best = 0;
        double best_m = join_m;
        bool found = false;
        for (int i = x - 1; i <= x + 1; ++i) {
            for (int j = y - 1; j <= y + 1; ++j) {
                const auto cell = cells_.find({i, j});
                if (cell == cells_.end()) continue;
                for (const std::uint32_t n : cell->second) {
                    const double d = length(nodes_[n] - p);
                    if (d < best_m) {
                        best_m = d;
                        best = n;
                        found = true;
                    }
                }
            }
        }
        if (found) return best;
        nodes_.push_back(rounded(p));
        cells_[{x, y}].push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }

private:
    std::vector<Vec>& nodes_;
    std::map<Cell, std::vector<std::uint32_t>> cells_;
};

bool crosses_river(Vec a, Vec b) {
    return (a.y > river_y(a.x)) != (b.y > river_y(b.x)) && std::abs(a.x) < 9000;
}

}  // namespace

double length_m(const Network& network, const Edge& edge) {
    double total = 0;
    Vec last = network.nodes[edge.from];
    for (const Vec p : edge.inner) {
        total += length(p - last);
        last = p;
    }
    return total + length(network.nodes[edge.to] - last);
}

Network arrange(const Plan& plan) {
    std::vector<Piece> pieces = pieces_of(plan);
    cut_at_crossings(pieces);
    Network network;
    Joiner joiner{network.nodes};
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> seen;
    for (const Piece& p : pieces) {
        const Line& line = plan.lines[p.line];
        const Vec way = p.b - p.a;
        std::uint32_t last = joiner.node_at(p.a);
        double last_t = 0;
        for (std::size_t i = 1; i < p.cuts.size(); ++i) {
            const std::uint32_t node = joiner.node_at(p.a + way * p.cuts[i]);
            if (node == last) continue;
            // Main roads come first, so a side street that fell onto one does not double it.
            if (seen.emplace(std::minmax(last, node), true).second) {
                Edge edge;
                edge.from = last;
                edge.to = node;
                edge.road_class = line.road_class;
                edge.name = line.name;
                edge.one_way = line.one_way;
                edge.keep_end = line.keep_ends;
                edge.district = line.district;
                edge.line = p.line;
                edge.along_m = p.along_m + length(way) * last_t;
                edge.bridge = crosses_river(network.nodes[last], network.nodes[node]);
                network.edges.push_back(std::move(edge));
            }
            last = node;
            last_t = p.cuts[i];
        }
    }
    trim_stubs(network, 60);
    merge_through_nodes(network);
    for (const Vec at : plan.roundabouts) make_roundabout(network, at);
    keep_connected(network);
    return network;
}

}  // namespace jedel::generator
