// Who goes, for a whole room at once: 500 brigades, 50 calls that wait, with all reasons of the
// five best of each; and the second look over 50 calls and 500 brigades. The peer of the first is
// the same asked one call at a time.

#include <benchmark/benchmark.h>

#include <random>

#include "dispatch/fleet/advisor.h"

namespace {

using namespace jedel;

constexpr std::size_t shown = 5;

struct Town {
    std::shared_ptr<const City> city =
        load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training").value();
    Adviser adviser{city, load_fleet_tables(JEDEL_SOURCE_DIR).value()};
    State state;
    std::vector<const Incident*> calls;
    Instant now = from_iso("2026-03-04T07:00:00Z").value();

    /// `busy` of the brigades are on their way to as many calls; the other calls wait.
    Town(std::size_t brigades, std::size_t count, std::size_t busy) {
        std::mt19937_64 random{1};
        const auto place = [&] {
            std::uniform_real_distribution<double> share{0.1, 0.9};
            return LatLon{city->low.lat + share(random) * (city->high.lat - city->low.lat),
                          city->low.lon + share(random) * (city->high.lon - city->low.lon)};
        };
        for (std::uint64_t i = 1; i <= brigades; ++i) {
            Brigade b;
            b.id = {i};
            b.status = BrigadeStatus::free_at_base;
            b.kind = i % 10 == 0 ? BrigadeKind::cardiac : BrigadeKind::feldsher;
            b.base_place = place();
            b.last_lat = b.base_place.lat;
            b.last_lon = b.base_place.lon;
            b.last_place_at = now;
            if (i <= busy) {
                b.status = BrigadeStatus::departed;
                b.status_at = now;
                b.task = TaskId{i};
                b.incident = IncidentId{i};
            }
            state.brigades.put(b);
        }
        for (std::uint64_t i = 1; i <= count; ++i) {
            Incident incident;
            incident.id = {i};
            incident.category = static_cast<Category>(1 + i % 4);
            incident.patients.emplace_back();
            incident.calls.emplace_back();
            incident.received_at = now;
            if (i % 5 == 0) {
                incident.patients[0].findings.push_back(
                    {"chest_pain", "yes", Source::caller, {}});
            }
            const LatLon at = place();
            incident.lat = at.lat;
            incident.lon = at.lon;
            if (i <= busy) {
                Task task;
                task.id = {i};
                task.brigade = BrigadeId{i};
                task.history.push_back({TaskStep::sent, now, now, Source::dispatcher, "t"});
                incident.tasks.push_back(task);
            }
            state.open.put(incident);
        }
        for (const auto& row : state.open.rows()) calls.push_back(row.get());
    }
};

void recommend_all(benchmark::State& run) {
    Town town{500, 50, 0};
    // Networks and the places of brigades are made once, and again only for one that has moved.
    (void)town.adviser.recommend_all(town.state, {}, town.calls, town.now, shown);
    for (auto _ : run) {
        auto all = town.adviser.recommend_all(town.state, {}, town.calls, town.now, shown);
        benchmark::DoNotOptimize(all);
    }
}
BENCHMARK(recommend_all)->Unit(benchmark::kMicrosecond);

void recommend_one_by_one(benchmark::State& run) {
    Town town{500, 50, 0};
    (void)town.adviser.recommend_all(town.state, {}, town.calls, town.now, shown);
    for (auto _ : run) {
        for (const Incident* call : town.calls) {
            auto one = town.adviser.recommend_for(town.state, {}, *call, town.now);
            benchmark::DoNotOptimize(one);
        }
    }
}
BENCHMARK(recommend_one_by_one)->Unit(benchmark::kMicrosecond);

void second_look(benchmark::State& run) {
    Town town{500, 50, static_cast<std::size_t>(run.range(0))};
    (void)town.adviser.relook(town.state, {}, town.now);
    for (auto _ : run) {
        auto look = town.adviser.relook(town.state, {}, town.now);
        run.counters["proposals"] = static_cast<double>(look.proposals.size());
        benchmark::DoNotOptimize(look);
    }
}
BENCHMARK(second_look)->Arg(0)->Arg(25)->Arg(50)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
