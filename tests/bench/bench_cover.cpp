// A cover plan for the training city with the whole roster idle, moved between the questions, and
// the staffing of a day. The peer is the travel alone: the same brigades to the same squares.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "base/install.h"
#include "dispatch/cover/room_staffing.h"

namespace {

using namespace jedel;
using namespace jedel::cover;

const Instant noon = from_iso("2026-03-11T07:00:00Z").value();

std::shared_ptr<const City> city() {
    static const auto kept =
        *load_city(std::string{JEDEL_SOURCE_DIR} + "/data/city/training");
    return kept;
}

std::string law(const std::string& name) {
    return *read_file(std::string{JEDEL_SOURCE_DIR} + "/data/law/" + name);
}

/// The station's brigades, each at a place where somebody lives.
std::vector<IdleBrigade> idle(std::size_t turn) {
    std::vector<IdleBrigade> out;
    const auto& people = city()->roads->population;
    for (const RosterBrigade& b : city()->organisations.roster) {
        if (b.kind == BrigadeKind::polyclinic) continue;
        const LatLon at = people[(out.size() * 7919 + turn * 104'729) % people.size()].at.degrees();
        out.push_back({b.id, at, city()->organisations.find(b.base)->place,
                       std::to_string(b.base.value)});
    }
    return out;
}

void plan(benchmark::State& state) {
    RoomCover cover{city(), law("cover.toml"), law("speeds.toml"), {}};
    std::size_t turn = 0;
    (void)cover.advise(idle(0), 0, {}, 0, noon);
    for (auto _ : state) {
        const auto advice = cover.advise(idle(++turn), 0, {}, turn, noon);
        benchmark::DoNotOptimize(advice.now.share);
    }
}

void travel_alone(benchmark::State& state) {
    const auto speeds = roads::parse_speeds(law("speeds.toml"), "speeds.toml", 20'000).value();
    const auto network = roads::TravelNetwork::build(city()->roads, speeds, 60, 1);
    roads::PreparedOrigins origins{network};
    const DemandMap map{*city(), 600};
    std::vector<roads::Snapped> squares;
    for (const DemandCell& cell : map.cells()) squares.push_back(*network.snap(cell.place));
    std::size_t turn = 0;
    for (auto _ : state) {
        const auto brigades = idle(++turn);
        for (std::size_t i = 0; i < brigades.size(); ++i) {
            origins.set(i, *network.snap(brigades[i].place));
        }
        std::vector<std::int64_t> ms(origins.slots());
        for (const auto& square : squares) origins.times_to(square, ms);
        benchmark::DoNotOptimize(ms.data());
    }
}

void staffing_of_a_day(benchmark::State& state) {
    RoomCover cover{city(), law("cover.toml"), law("speeds.toml"), {}};
    for (auto _ : state) {
        benchmark::DoNotOptimize(room_staffing(cover, *city(), noon).hours[0].needed);
    }
}

BENCHMARK(plan)->Unit(benchmark::kMillisecond);
BENCHMARK(travel_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(staffing_of_a_day)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
