#pragma once
// Least vertex cut of a small graph between two sets (Dinic, 1970, on split vertices). Internal.

#include <cstdint>
#include <span>
#include <vector>

namespace jedel::roads {

/// The memory of one cut after another.
class VertexCut {
public:
    enum Side : std::uint8_t { source_side, separator, sink_side };

    /// Graph of `n` vertices, undirected, neighbours as in PlainGraph.
    void set_graph(std::uint32_t n, std::span<const std::uint32_t> first,
                   std::span<const std::uint32_t> heads);
    /// Cuts sources from sinks (disjoint, neither empty); gives up and returns false once the cut
    /// would be larger than `most`.
    bool cut(std::span<const std::uint32_t> sources, std::span<const std::uint32_t> sinks,
             std::uint32_t most);
    [[nodiscard]] std::uint32_t size() const { return flow_; }
    [[nodiscard]] Side side(std::uint32_t v) const;

private:
    struct Edge {
        std::uint32_t head;
        std::uint32_t reverse;
        std::int32_t capacity;
    };
    bool find_levels();
    bool push_one();

    std::uint32_t n_ = 0, flow_ = 0;
    std::vector<std::uint32_t> first_, fill_;
    std::vector<Edge> edges_;
    std::vector<std::int32_t> fresh_;  ///< capacities before any flow
    std::vector<std::int32_t> level_;
    std::vector<std::uint32_t> next_, queue_, path_;
    std::vector<std::uint8_t> end_;  ///< by vertex: 1 source, 2 sink
};

}  // namespace jedel::roads
