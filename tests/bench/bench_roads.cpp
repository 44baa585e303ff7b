// Travel times: build, new times, moves, queries, against Boost.Graph's Dijkstra in the same run,
// and how cost grows with the size of the city.
//
// The Auckland graph is unpacked from ../shared/data to a temporary folder; $JEDEL_AUCKLAND_GRAPH
// may name a folder that holds nodes.csv and arcs.csv instead.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <sstream>

#include "dispatch/city/generate.h"
#include "dispatch/roads/travel.h"
#include "tests/bench/auckland.h"

namespace {

using namespace jedel;
using namespace jedel::roads;
using namespace jedel::bench;

/// Copies of Auckland side by side, each tied to the one before by ten two-way roads: how a
/// country of real cities grows, where a full grid is the worst a city can be.
std::shared_ptr<const RoadMap> copies_of(const RoadMap& city, std::uint32_t copies) {
    auto map = std::make_shared<RoadMap>();
    map->names.push_back({});
    const auto size = static_cast<std::uint32_t>(city.nodes.size());
    for (std::uint32_t k = 0; k < copies; ++k) {
        for (FixedPoint p : city.nodes) {
            p.lon_e7 -= static_cast<std::int32_t>(k) * 10'000'000;
            map->nodes.push_back(p);
        }
        for (Segment s : city.segments) {
            s.from += k * size;
            s.to += k * size;
            map->segments.push_back(s);
        }
        for (std::uint32_t i = 0; i < 10 && k > 0; ++i) {
            Segment s;
            s.from = (k - 1) * size + i * (size / 10);
            s.to = k * size + i * (size / 10);
            s.length_m = 36'000;
            map->segments.push_back(s);
        }
    }
    return map;
}

struct Case {
    std::shared_ptr<const RoadMap> map;
    std::unique_ptr<TravelNetwork> net;
    SpeedTable speeds;
    std::vector<Snapped> places;
};

Case make_case(std::shared_ptr<const RoadMap> map, double turn_s) {
    Case c;
    c.map = std::move(map);
    c.speeds = one_speed(turn_s);
    if (!c.map) return c;
    c.net = std::make_unique<TravelNetwork>(TravelNetwork::build(c.map, c.speeds, 0, 0));
    std::mt19937_64 random{42};
    for (int i = 0; i < 4096; ++i) {
        c.places.push_back({.segment = static_cast<std::uint32_t>(random() %
                                                                  c.map->segments.size()),
                            .along = static_cast<double>(random() % 1000) / 1000,
                            .distance_m = 0,
                            .on_road = {}});
    }
    return c;
}

/// Auckland without (0) and with (1) turn costs; made once.
Case& auckland(std::int64_t with_turns) {
    static const auto map = load_auckland();
    static std::array<Case, 2> cases{make_case(map, 0), make_case(map, 3)};
    return cases[static_cast<std::size_t>(with_turns)];
}

void report(benchmark::State& state, const Case& c) {
    const NetworkFigures f = c.net->figures();
    state.counters["states"] = static_cast<double>(f.states);
    state.counters["depth"] = static_cast<double>(f.depth);
    state.counters["arcs_up"] = static_cast<double>(f.hierarchy_arcs);
    state.counters["triangles"] = static_cast<double>(f.triangles);
    state.counters["shared_MB"] = static_cast<double>(f.shared_bytes) / 1e6;
    state.counters["own_MB"] = static_cast<double>(f.own_bytes) / 1e6;
}

bool absent(benchmark::State& state, const Case& c) {
    if (c.net) return false;
    state.SkipWithError("auckland-graph.zip is absent");
    return true;
}

void build(benchmark::State& state) {
    Case& c = auckland(state.range(0));
    if (absent(state, c)) return;
    for (auto _ : state) {
        benchmark::DoNotOptimize(TravelNetwork::build(c.map, c.speeds, 0, 0));
    }
    report(state, c);
}

void new_times(benchmark::State& state) {
    Case& c = auckland(state.range(0));
    if (absent(state, c)) return;
    for (auto _ : state) benchmark::DoNotOptimize(c.net->with_times(c.speeds, 17, 1));
}

void snap(benchmark::State& state) {
    Case& c = auckland(0);
    if (absent(state, c)) return;
    std::size_t i = 0;
    for (auto _ : state) {
        const FixedPoint p = c.map->nodes[i = (i + 7919) % c.map->nodes.size()];
        benchmark::DoNotOptimize(c.net->snap({p.lat_e7 * 1e-7 + 0.0004, p.lon_e7 * 1e-7}));
    }
}

void move_one(benchmark::State& state) {
    Case& c = auckland(state.range(0));
    if (absent(state, c)) return;
    PreparedOrigins prepared{*c.net};
    prepared.set(1000, c.places[0]);
    std::size_t i = 0;
    for (auto _ : state) {
        prepared.set(i % 1000, c.places[i % c.places.size()]);
        ++i;
    }
}

PreparedOrigins prepare(const Case& c, std::size_t brigades) {
    PreparedOrigins prepared{*c.net};
    for (std::size_t i = 0; i < brigades; ++i) prepared.set(i, c.places[i]);
    return prepared;
}

void prepared_to_one(benchmark::State& state) {
    Case& c = auckland(state.range(0));
    if (absent(state, c)) return;
    const auto brigades = static_cast<std::size_t>(state.range(1));
    PreparedOrigins prepared = prepare(c, brigades);
    std::vector<std::int64_t> ms(brigades);
    std::size_t i = 0;
    for (auto _ : state) {
        prepared.times_to(c.places[i++ % c.places.size()], ms);
        benchmark::DoNotOptimize(ms.data());
    }
    state.counters["prepared_KB"] = static_cast<double>(prepared.bytes()) / 1e3;
}

void unprepared_to_one(benchmark::State& state) {
    Case& c = auckland(state.range(0));
    if (absent(state, c)) return;
    const auto method = state.range(1) == 0 ? Method::plain : Method::fast;
    const auto scratch = c.net->scratch();
    const std::span<const Snapped> origins{c.places.data(), 50};
    std::vector<Travel> out(50);
    std::size_t i = 50;
    for (auto _ : state) {
        c.net->to_one(*scratch, origins, c.places[i++ % c.places.size()], method, out);
        benchmark::DoNotOptimize(out.data());
    }
}

using BoostGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                                      std::uint32_t>;

/// The same roads backwards, milliseconds as weights.
BoostGraph boost_reverse(const RoadMap& map) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
    std::vector<std::uint32_t> weights;
    for (const Segment& s : map.segments) {
        const auto ms = static_cast<std::uint32_t>(std::llround(s.length_m * 100.0));
        if (s.forward) edges.emplace_back(s.to, s.from), weights.push_back(ms);
        if (s.backward) edges.emplace_back(s.from, s.to), weights.push_back(ms);
    }
    return {boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), weights.begin(),
            map.nodes.size()};
}

/// Processor time of this thread: other programs on the machine do not count.
struct ThreadClock {
    using duration = std::chrono::nanoseconds;
    static duration now() {
        timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return std::chrono::seconds{t.tv_sec} + std::chrono::nanoseconds{t.tv_nsec};
    }
};

/// One reverse search of Boost.Graph for all brigades against one prepared query for 50: at once
/// after the other's search has emptied the caches (cold), and the mean of the 20 after it. Counts
/// disagreements of places that lie on nodes.
void against_boost(benchmark::State& state) {
    using Clock = ThreadClock;
    Case& c = auckland(0);
    if (absent(state, c)) return;
    const BoostGraph graph = boost_reverse(*c.map);
    constexpr std::size_t brigades = 50;
    PreparedOrigins prepared{*c.net};
    std::vector<std::uint32_t> nodes;
    for (std::size_t i = 0; i < brigades; ++i) {
        Snapped at = c.places[i];
        at.along = 1;  // at the head node, which the segment's forward end reaches at no cost
        nodes.push_back(c.map->segments[at.segment].to);
        prepared.set(i, at);
    }
    std::vector<std::uint32_t> distance(boost::num_vertices(graph)), before(distance.size());
    std::vector<std::int64_t> ms(brigades);
    Clock::duration theirs{}, cold{}, ours{};
    std::size_t i = 0, wrong = 0;
    for (auto _ : state) {
        Snapped target = c.places[100 + i++ % 1000];
        target.along = 0;
        const std::uint32_t node = c.map->segments[target.segment].from;
        const auto t0 = Clock::now();
        boost::dijkstra_shortest_paths(
            graph, boost::vertex(node, graph),
            boost::distance_map(boost::make_iterator_property_map(
                                    distance.begin(), boost::get(boost::vertex_index, graph)))
                .predecessor_map(boost::make_iterator_property_map(
                    before.begin(), boost::get(boost::vertex_index, graph)))
                .weight_map(boost::get(boost::edge_bundle, graph)));
        const auto t1 = Clock::now();
        prepared.times_to(target, ms);
        const auto t2 = Clock::now();
        for (std::size_t b = 0; b < brigades; ++b) {
            const std::uint32_t d = distance[nodes[b]];
            const std::int64_t expected = d == 0xffff'ffffU || d == 0x7fff'ffffU ? -1 : d;
            wrong += ms[b] != expected;
        }
        const auto t3 = Clock::now();
        for (std::size_t again = 0; again < 20; ++again) {
            prepared.times_to(c.places[2000 + (i * 20 + again) % 2000], ms);
        }
        const auto t4 = Clock::now();
        theirs += t1 - t0;
        cold += t2 - t1;
        ours += (t4 - t3) / 20;
    }
    const auto us = [&](Clock::duration d) {
        return std::chrono::duration<double, std::micro>(d).count() /
               static_cast<double>(state.iterations());
    };
    state.counters["boost_us"] = us(theirs);
    state.counters["cold_us"] = us(cold);
    state.counters["jedel_us"] = us(ours);
    state.counters["times_faster"] = us(theirs) / us(ours);
    state.counters["times_faster_cold"] = us(theirs) / us(cold);
    state.counters["disagree"] = static_cast<double>(wrong);
}

void measure_growth(benchmark::State& state, std::shared_ptr<const RoadMap> map, double turn_s) {
    using Ms = std::chrono::duration<double, std::milli>;
    const auto start = ThreadClock::now();
    Case c = make_case(std::move(map), turn_s);
    const auto built = ThreadClock::now();
    { const TravelNetwork again = c.net->with_times(c.speeds, 17, 1); }
    const auto renewed = ThreadClock::now();
    PreparedOrigins prepared = prepare(c, 50);
    std::vector<std::int64_t> ms(50);
    std::size_t i = 0;
    for (auto _ : state) prepared.times_to(c.places[i++ % c.places.size()], ms);
    report(state, c);
    state.counters["build_ms"] = Ms(built - start).count();
    state.counters["new_times_ms"] = Ms(renewed - built).count();
}

/// The training generator's grid: the worst a city can be, without a river, a railway or a park
/// that parts it.
void growth_grid(benchmark::State& state) {
    auto map = std::make_shared<const RoadMap>(
        generate_grid(static_cast<std::uint32_t>(state.range(0)), training_seed));
    measure_growth(state, std::move(map), static_cast<double>(state.range(1)));
}

void growth_cities(benchmark::State& state) {
    Case& c = auckland(0);
    if (absent(state, c)) return;
    measure_growth(state, copies_of(*c.map, static_cast<std::uint32_t>(state.range(0))),
                   static_cast<double>(state.range(1)));
}

}  // namespace

BENCHMARK(build)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(new_times)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(snap)->Unit(benchmark::kMicrosecond);
BENCHMARK(move_one)->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(prepared_to_one)
    ->Args({0, 50})
    ->Args({0, 1000})
    ->Args({1, 50})
    ->Args({1, 1000})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(unprepared_to_one)
    ->Args({0, 0})
    ->Args({0, 1})
    ->Args({1, 0})
    ->Args({1, 1})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(against_boost)->Unit(benchmark::kMicrosecond);
// Junctions of the grid, seconds for a turn.
BENCHMARK(growth_grid)
    ->Args({10'000, 0})
    ->Args({10'000, 3})
    ->Args({50'000, 0})
    ->Args({200'000, 0})
    ->Args({1'000'000, 0})
    ->Unit(benchmark::kMicrosecond);
// Copies of a city of 54 370 nodes, seconds for a turn.
BENCHMARK(growth_cities)
    ->Args({1, 0})
    ->Args({4, 0})
    ->Args({19, 0})
    ->Args({4, 3})
    ->Unit(benchmark::kMicrosecond);

BENCHMARK_MAIN();
