#include "dispatch/roads/flow.h"

#include <algorithm>

namespace jedel::roads {

namespace {
constexpr std::int32_t unbounded = 1 << 30;
}  // namespace

// Vertex v becomes an arrival 2v and a departure 2v + 1, tied by an edge of capacity 1.
void VertexCut::set_graph(std::uint32_t n, std::span<const std::uint32_t> first,
                          std::span<const std::uint32_t> heads) {
    n_ = n;
    first_.assign(2 * n + 1, 0);
    // Arrival: the inner edge and the reverses of edges into it; departure likewise.
    for (std::uint32_t v = 0; v < n; ++v) {
        const std::uint32_t degree = first[v + 1] - first[v];
        first_[2 * v + 1] = degree + 1;
        first_[2 * v + 2] = degree + 1;
    }
    for (std::size_t i = 0; i < 2 * std::size_t{n}; ++i) first_[i + 1] += first_[i];
    edges_.resize(first_.back());
    fill_.assign(first_.begin(), first_.end() - 1);
    const auto add = [&](std::uint32_t a, std::uint32_t b, std::int32_t capacity) {
        const std::uint32_t ea = fill_[a]++, eb = fill_[b]++;
        edges_[ea] = {b, eb, capacity};
        edges_[eb] = {a, ea, 0};
    };
    for (std::uint32_t v = 0; v < n; ++v) {
        add(2 * v, 2 * v + 1, 1);
        for (std::uint32_t i = first[v]; i < first[v + 1]; ++i) {
            add(2 * v + 1, 2 * heads[i], unbounded);
        }
    }
    fresh_.resize(edges_.size());
    for (std::size_t i = 0; i < edges_.size(); ++i) fresh_[i] = edges_[i].capacity;
}

bool VertexCut::find_levels() {
    level_.assign(2 * std::size_t{n_}, -1);
    queue_.clear();
    for (std::uint32_t v = 0; v < n_; ++v) {
        if (end_[v] == 1) {
            level_[2 * v] = 0;
            queue_.push_back(2 * v);
        }
    }
    bool reached = false;
    for (std::size_t i = 0; i < queue_.size(); ++i) {
        const std::uint32_t a = queue_[i];
        if (a % 2 == 1 && end_[a / 2] == 2) reached = true;
        for (std::uint32_t e = first_[a]; e < first_[a + 1]; ++e) {
            const std::uint32_t b = edges_[e].head;
            if (edges_[e].capacity == 0 || level_[b] >= 0) continue;
            level_[b] = level_[a] + 1;
            queue_.push_back(b);
        }
    }
    return reached;
}

/// One more unit from a source to a sink along the levels; the search keeps its place in next_.
bool VertexCut::push_one() {
    for (; next_.back() < queue_.size(); ++next_.back()) {  // next_.back(): place among the sources
        const std::uint32_t start = queue_[next_.back()];
        if (level_[start] != 0) return false;
        path_.clear();
        std::uint32_t a = start;
        while (true) {
            if (a % 2 == 1 && end_[a / 2] == 2) {
                for (const std::uint32_t e : path_) {
                    --edges_[e].capacity;
                    ++edges_[edges_[e].reverse].capacity;
                }
                return true;
            }
            bool deeper = false;
            for (std::uint32_t& e = next_[a]; e < first_[a + 1]; ++e) {
                const Edge& edge = edges_[e];
                if (edge.capacity > 0 && level_[edge.head] == level_[a] + 1) {
                    path_.push_back(e);
                    a = edge.head;
                    deeper = true;
                    break;
                }
            }
            if (deeper) continue;
            level_[a] = -1;  // a dead end in this round
            if (path_.empty()) break;
            a = edges_[edges_[path_.back()].reverse].head;
            path_.pop_back();
        }
    }
    return false;
}

bool VertexCut::cut(std::span<const std::uint32_t> sources, std::span<const std::uint32_t> sinks,
                    std::uint32_t most) {
    for (std::size_t i = 0; i < edges_.size(); ++i) edges_[i].capacity = fresh_[i];
    end_.assign(n_, 0);
    for (const std::uint32_t v : sources) end_[v] = 1;
    for (const std::uint32_t v : sinks) end_[v] = 2;
    flow_ = 0;
    while (find_levels()) {
        next_.assign(first_.begin(), first_.end() - 1);
        next_.push_back(0);
        while (push_one()) {
            if (++flow_ > most) return false;
        }
    }
    return true;  // level_ now marks what the source still reaches
}

VertexCut::Side VertexCut::side(std::uint32_t v) const {
    if (level_[2 * v + 1] >= 0) return source_side;
    return level_[2 * v] >= 0 ? separator : sink_side;
}

}  // namespace jedel::roads
