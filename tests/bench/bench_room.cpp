// What a command costs the room in memory: decide and apply, and the snapshot that the screen
// gets. The peer is a plain copy of as many rows as std::map would hold, the shape that the
// snapshot of personal rows once had.

#include <benchmark/benchmark.h>

#include <map>

#include "dispatch/core/calls/duplicates.h"
#include "dispatch/core/decide.h"
#include "dispatch/core/people/persons.h"

namespace {

using namespace jedel;

struct Room {
    State state;
    PersonalTable people;
    DecideContext context;
    Instant now{1'767'582'000'000};
    std::uint64_t commands = 0;

    bool tell(Command command) {
        now = now + std::chrono::milliseconds{10};
        const CommandEnvelope envelope{.id = "c" + std::to_string(++commands),
                                       .actor = "desk 1",
                                       .seat = Seat::dispatcher,
                                       .command = std::move(command)};
        auto answer = decide(state, context, PersonalView{&people}, envelope, now);
        auto* decision = std::get_if<Decision>(&answer);
        if (decision == nullptr) return false;
        for (PersonalRecord& row : decision->personal) people.put(std::move(row));
        for (Event& event : decision->events) {
            apply(state, {.seq = state.seq + 1,
                          .at = decision->at,
                          .actor = "desk 1",
                          .seat = Seat::dispatcher,
                          .command_id = envelope.id,
                          .event = std::move(event)});
        }
        return true;
    }

    /// `open` calls as a busy evening has them: a caller, words, a place, an age, a category.
    explicit Room(std::int64_t open) {
        for (std::uint64_t b = 1; b <= 93; ++b) {
            tell(RegisterBrigade{.brigade = {b}, .name = std::to_string(b), .base = {1},
                                 .base_place = {43.2, 76.9}});
            tell(ReportStatus{.brigade = {b}, .status = BrigadeStatus::free_at_base});
        }
        for (std::int64_t i = 0; i < open; ++i) {
            ReceiveCall call;
            call.personal.phone = "+7 700 000 00 01";
            tell(std::move(call));
            RecordIntake intake{.incident = state.newest_incident(), .lat = 43.25, .lon = 76.9,
                                .age_years = 40};
            intake.personal.words = "кеудем ауырып тұр";
            intake.personal.address = "Абая 12";
            tell(std::move(intake));
            tell(SetCategory{.incident = state.newest_incident(), .category = Category::u2,
                             .reason = OverrideReason::clinical_judgement, .words = "w"});
        }
    }
};

/// The whole way of one brigade to one call: five commands.
void command(benchmark::State& run) {
    Room room{run.range(0)};
    const IncidentId incident{static_cast<std::uint64_t>(run.range(0)) / 2};
    std::int64_t told = 0;
    for (auto _ : run) {
        told += room.tell(AssignBrigade{.incident = incident, .brigade = {1}});
        for (const BrigadeStatus status :
             {BrigadeStatus::accepted, BrigadeStatus::departed, BrigadeStatus::on_scene,
              BrigadeStatus::returning}) {
            told += room.tell(ReportStatus{.brigade = {1}, .status = status});
        }
        run.PauseTiming();
        // The course of one call does not grow for ever.
        room.state.open.edit(incident, [](Incident& i) { i.tasks.clear(); });
        run.ResumeTiming();
    }
    run.counters["us_per_command"] = benchmark::Counter(
        static_cast<double>(told) / 1e6, benchmark::Counter::kIsRate |
                                             benchmark::Counter::kInvert);
    run.counters["commands"] = static_cast<double>(told);
}
BENCHMARK(command)->Arg(50)->Arg(3500);

/// The search for calls that may be the same event, as the form asks it after each pause of the
/// keys: all others lie at the same place, which is the worst there is. `anew`: nothing is kept
/// from the search before, as it once was.
void similar(benchmark::State& run, bool anew) {
    const Room room{run.range(0)};
    const DuplicateQuery query{.self = {}, .place = LatLon{43.25, 76.9},
                               .phone = "+7 700 000 00 02",
                               .words = "ер адам құлап қалды, кеудесі ауырады, дем алуы қиын",
                               .address = "Абая 12", .now = room.now};
    DuplicateMemory memory;
    std::size_t found = 0;
    for (auto _ : run) {
        if (anew) memory = {};
        const auto hints =
            possible_duplicates(room.state, PersonalView{&room.people}, query, 8, memory);
        found += hints.size();
        benchmark::DoNotOptimize(hints);
    }
    run.counters["found"] = static_cast<double>(found) / static_cast<double>(run.iterations());
}
BENCHMARK_CAPTURE(similar, kept, false)->Arg(50)->Arg(3500)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(similar, anew, true)->Arg(3500)->Unit(benchmark::kMicrosecond);

void snapshot(benchmark::State& run) {
    const Room room{run.range(0)};
    for (auto _ : run) {
        State state = room.state;
        PersonalTable people = room.people;
        benchmark::DoNotOptimize(state);
        benchmark::DoNotOptimize(people);
    }
}
BENCHMARK(snapshot)->Arg(50)->Arg(3500)->Unit(benchmark::kMicrosecond);

void snapshot_by_map(benchmark::State& run) {
    const Room room{run.range(0)};
    std::map<PersonRef, std::shared_ptr<const PersonalRecord>> people;
    for (const auto& row : room.people.rows()) people.emplace(row->ref, row);
    for (auto _ : run) {
        auto copy = people;
        benchmark::DoNotOptimize(copy);
    }
}
BENCHMARK(snapshot_by_map)->Arg(50)->Arg(3500)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
