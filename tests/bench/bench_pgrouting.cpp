// Our side of the comparison with pgRouting: times from many nodes of the Auckland graph to one,
// and the same questions for the other side. Run by tests/bench/pgrouting.sh.
//   bench_pgrouting FOLDER    writes arcs.csv, ask_50.csv, ask_1000.csv (origin, target, our ms)

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>

#include "tests/bench/auckland.h"

namespace {

using namespace jedel;
using namespace jedel::bench;

/// The end of a one-way piece leads to the node alone, so the times are from node to node.
struct Ends {
    std::vector<Snapped> leaving;   ///< by node: a place from which only this node is reached
    std::vector<Snapped> arriving;  ///< by node: a place that is reached from this node at once
    std::vector<bool> usable;
};

Ends ends_of(const RoadMap& map) {
    Ends out;
    out.leaving.resize(map.nodes.size());
    out.arriving.resize(map.nodes.size());
    std::vector<char> has_in(map.nodes.size()), has_out(map.nodes.size());
    for (std::uint32_t s = 0; s < map.segments.size(); ++s) {
        const Segment& segment = map.segments[s];
        if (!segment.forward || segment.backward) continue;
        out.leaving[segment.to] = {.segment = s, .along = 1};
        out.arriving[segment.from] = {.segment = s, .along = 0};
        has_in[segment.to] = has_out[segment.from] = 1;
    }
    out.usable.resize(map.nodes.size());
    for (std::size_t n = 0; n < map.nodes.size(); ++n) out.usable[n] = has_in[n] && has_out[n];
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const auto map = load_auckland();
    if (argc != 2 || !map) {
        std::fprintf(stderr, "bench_pgrouting FOLDER; needs the Auckland graph\n");
        return 2;
    }
    const std::string folder = argv[1];
    std::FILE* arcs = std::fopen((folder + "/arcs.csv").c_str(), "w");
    if (arcs == nullptr) return 1;
    for (std::uint32_t s = 0; s < map->segments.size(); ++s) {
        const Segment& g = map->segments[s];
        const double seconds = static_cast<double>(g.length_m) / 10;
        std::fprintf(arcs, "%u,%u,%u,%.9g,%.9g\n", s, g.from, g.to, seconds,
                     g.backward ? seconds : -1);
    }
    std::fclose(arcs);
    const auto network = TravelNetwork::build(map, one_speed(0), 0, 0);
    const Ends ends = ends_of(*map);
    std::vector<std::uint32_t> nodes;
    for (std::uint32_t n = 0; n < map->nodes.size(); ++n)
        if (ends.usable[n]) nodes.push_back(n);
    std::mt19937 random{3};
    std::shuffle(nodes.begin(), nodes.end(), random);
    for (const std::size_t count : {50U, 1000U}) {
        PreparedOrigins origins{network};
        for (std::size_t i = 0; i < count; ++i) origins.set(i, ends.leaving[nodes[i]]);
        const Snapped target = ends.arriving[nodes.back()];
        std::vector<std::int64_t> ms(count);
        using Clock = std::chrono::steady_clock;
        std::vector<double> us;
        for (int round = 0; round < 200; ++round) {
            const auto start = Clock::now();
            origins.times_to(target, ms);
            us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
        }
        std::sort(us.begin(), us.end());
        std::printf("ours %zu %.2f\n", count, us[us.size() / 2]);
        const std::string name = folder + "/ask_" + std::to_string(count) + ".csv";
        std::FILE* ask = std::fopen(name.c_str(), "w");
        if (ask == nullptr) return 1;
        for (std::size_t i = 0; i < count; ++i)
            std::fprintf(ask, "%u,%u,%lld\n", nodes[i], nodes.back(),
                         static_cast<long long>(ms[i]));
        std::fclose(ask);
    }
}
