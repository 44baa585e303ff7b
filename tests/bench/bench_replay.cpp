// A replay of eight recorded years (or of a made-up log where it is absent) through decide, apply
// and the journal, and beside it what a bare SQLite table costs for as many rows and commits.

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "dispatch/exercise/headless.h"
#include "dispatch/exercise/setup.h"

namespace {

using namespace jedel;
using namespace jedel::exercise;
namespace fs = std::filesystem;

struct Loaded {
    std::shared_ptr<const ReplayInput> input;
    long events = 0;
    std::vector<long> events_of_commit;
};

const Loaded& loaded() {
    static const Loaded kept = [] {
        const char* given = std::getenv("JEDEL_SHARED_DATA");
        const fs::path shared = given != nullptr
                                    ? fs::path{given}
                                    : fs::path{JEDEL_SOURCE_DIR} / ".." / "shared" / "data";
        const fs::path log = shared / "logs" / "lancaster-2010-2017.csv";
        const std::string root = JEDEL_SOURCE_DIR;
        const bool real = fs::exists(log);
        auto input = load_replay(
            {.install_folder = root,
             .log = real ? log.string() : root + "/data/logs/training-day.csv",
             .mapping = root + (real ? "/data/mappings/lancaster.toml"
                                     : "/data/mappings/training-day.toml"),
             .city_folder = root + "/data/city/training"});
        if (!input) {
            std::fprintf(stderr, "%s\n", input.error().text().c_str());
            std::exit(1);
        }
        return Loaded{*input, 0, {}};
    }();
    return kept;
}

std::string fresh_url(bool on_disk) {
    if (!on_disk) return "sqlite::memory:";
    const fs::path folder = fs::temp_directory_path() / "jedel-bench-replay";
    fs::remove_all(folder);
    fs::create_directories(folder);
    return "sqlite:" + (folder / "journal.db").string();
}

/// range(0): simulated minutes per durable commit; range(1): 1 on disk, 0 in memory.
void replay(benchmark::State& state) {
    const Loaded& data = loaded();
    double calls = 0, commands = 0, events = 0, commits = 0, seconds = 0;
    for (auto round : state) {
        static_cast<void>(round);
        state.PauseTiming();
        auto journal = open_journal(fresh_url(state.range(1) == 1));
        auto engine = Engine::open(std::move(*journal),
                                   DecideContext{.protocol = data.input->protocol});
        Replay run{data.input, {}};
        state.ResumeTiming();
        HeadlessOptions options;
        options.minutes_per_commit = static_cast<int>(state.range(0));
        const auto done = run_headless(run, **engine, options);
        if (!done) {
            state.SkipWithError(done.error().text().c_str());
            return;
        }
        calls += static_cast<double>(run.tally().calls.size());
        commands += static_cast<double>(run.tally().commands);
        events += static_cast<double>(run.tally().events);
        commits += static_cast<double>(done->commits);
        seconds += done->wall_s;
    }
    state.counters["calls/s"] = calls / seconds;
    state.counters["commands/s"] = commands / seconds;
    state.counters["events/s"] = events / seconds;
    state.counters["events/call"] = events / calls;
    state.counters["commits"] = commits / static_cast<double>(state.iterations());
}

/// The driver alone: everything but the journal, on a port that decides and applies only.
class Memory final : public CommandPort {
public:
    explicit Memory(const triage::Protocol& protocol) : context_{&protocol} {}
    Outcome perform(const CommandEnvelope& command, Instant now) override {
        auto decided = decide(state_, context_, {}, command, now);
        if (auto* refusal = std::get_if<Refusal>(&decided)) return std::move(*refusal);
        std::vector<JournalEvent> events;
        for (Event& event : std::get<Decision>(decided).events) {
            events.push_back({.seq = state_.seq + 1,
                              .at = now,
                              .actor = command.actor,
                              .seat = command.seat,
                              .command_id = command.id,
                              .event = std::move(event)});
            apply(state_, events.back());
        }
        return events;
    }
    const State& state() const override { return state_; }
    void report_fix(BrigadeId, const Fix&) override {}

private:
    DecideContext context_;
    State state_;
};

void without_journal(benchmark::State& state) {
    const Loaded& data = loaded();
    double calls = 0;
    for (auto round : state) {
        static_cast<void>(round);
        Memory port{*data.input->protocol};
        Replay run{data.input, {}};
        while (const auto at = run.next_time()) {
            if (!run.run_until(port, *at)) break;
        }
        calls += static_cast<double>(run.tally().calls.size());
    }
    state.counters["calls/s"] = benchmark::Counter(calls, benchmark::Counter::kIsRate);
}

void run_sql(sqlite3* database, const char* sql) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) std::exit(1);
}

/// The named peer: a bare table, the same pragmas, 300 bytes a row; range(0) rows a commit.
void bare_sqlite(benchmark::State& state) {
    constexpr int rows = 20'000;
    const std::string payload(300, 'x');
    for (auto round : state) {
        static_cast<void>(round);
        state.PauseTiming();
        const std::string path = fresh_url(true).substr(7);
        sqlite3* database = nullptr;
        sqlite3_open(path.c_str(), &database);
        run_sql(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                          "CREATE TABLE event(seq INTEGER PRIMARY KEY, payload TEXT) STRICT");
        sqlite3_stmt* insert = nullptr;
        sqlite3_prepare_v2(database, "INSERT INTO event VALUES(?,?)", -1, &insert, nullptr);
        state.ResumeTiming();
        for (int i = 0; i < rows;) {
            run_sql(database, "BEGIN IMMEDIATE");
            for (int k = 0; k < state.range(0) && i < rows; ++k, ++i) {
                sqlite3_bind_int64(insert, 1, i + 1);
                sqlite3_bind_text(insert, 2, payload.data(), static_cast<int>(payload.size()),
                                  SQLITE_STATIC);
                sqlite3_step(insert);
                sqlite3_reset(insert);
            }
            run_sql(database, "COMMIT");
        }
        state.PauseTiming();
        sqlite3_finalize(insert);
        sqlite3_close(database);
        state.ResumeTiming();
    }
    state.counters["rows/s"] = benchmark::Counter(
        static_cast<double>(rows) * static_cast<double>(state.iterations()),
        benchmark::Counter::kIsRate);
}

}  // namespace

BENCHMARK(without_journal)->Unit(benchmark::kMillisecond)->Iterations(2);
BENCHMARK(replay)
    ->ArgNames({"minutes", "disk"})
    ->Args({1, 0})
    ->Args({1, 1})
    ->Args({60, 1})
    ->Args({1440, 1})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->UseRealTime();
BENCHMARK(bare_sqlite)
    ->Arg(1)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->UseRealTime();

BENCHMARK_MAIN();
