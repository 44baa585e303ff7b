// The journal's own cost. Peer: a bare SQLite insert of the same bytes into one table with the
// same pragmas, in the same run, on the same disk ($JEDEL_BENCH_FOLDER or the temporary folder).

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "dispatch/core/codec.h"
#include "dispatch/desk/engine.h"
#include "tests/journal/room.h"

namespace {

using namespace jedel;
using namespace jedel::test;

std::string bench_file(const char* name) {
    const char* folder = std::getenv("JEDEL_BENCH_FOLDER");
    const std::filesystem::path path =
        (folder != nullptr ? std::filesystem::path{folder}
                           : std::filesystem::temp_directory_path()) /
        name;
    for (const char* suffix : {"", "-wal", "-shm", "-lock", "-head", "-key"}) {
        std::error_code ignored;
        std::filesystem::remove(path.string() + suffix, ignored);
    }
    return path.string();
}

/// An event of middling size, as most in a room are.
Event sample_event() {
    StatusReported e;
    e.brigade = {17};
    e.task = TaskId{120'417};
    e.incident = IncidentId{118'230};
    e.status = BrigadeStatus::on_scene;
    e.source = Source::brigade;
    e.at = morning;
    return e;
}

NewEvent sample(std::uint64_t number) {
    return {.at = morning, .actor = "desk-3", .seat = Seat::dispatcher,
            .command_id = "desk-1767582000000-" + std::to_string(number),
            .event = sample_event()};
}

void journal_commit(benchmark::State& state) {
    auto journal = open_journal("sqlite:" + bench_file("jedel-bench-commit"));
    std::uint64_t seq = 0;
    for (auto _ : state) {
        const auto head = (*journal)->append({.expected_seq = seq, .events = {sample(seq)},
                                              .personal = {}});
        if (!head) return state.SkipWithError(head.error().text().c_str());
        seq = head->seq;
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(journal_commit)->UseRealTime()->Unit(benchmark::kMicrosecond);

/// The peer: one table, one prepared INSERT, the same pragmas and the same bytes.
class BareTable {
public:
    explicit BareTable(const char* name) {
        sqlite3_open(bench_file(name).c_str(), &database_);
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
            "CREATE TABLE event(seq INTEGER PRIMARY KEY, at INTEGER, actor TEXT, seat TEXT,"
            "command_id TEXT, kind TEXT, version INTEGER, payload TEXT, hash BLOB)");
        sqlite3_prepare_v2(database_, "INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?)", -1, &insert_,
                           nullptr);
        payload_ = encode_payload(sample_event());
    }
    ~BareTable() {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }
    BareTable(const BareTable&) = delete;
    BareTable& operator=(const BareTable&) = delete;
    void run(const char* sql) { sqlite3_exec(database_, sql, nullptr, nullptr, nullptr); }
    bool insert() {
        const std::string command = "desk-1767582000000-" + std::to_string(seq_);
        static constexpr char hash[33] = "0123456789abcdef0123456789abcdef";
        sqlite3_bind_int64(insert_, 1, ++seq_);
        sqlite3_bind_int64(insert_, 2, morning.ms);
        sqlite3_bind_text(insert_, 3, "desk-3", -1, SQLITE_STATIC);
        sqlite3_bind_text(insert_, 4, "dispatcher", -1, SQLITE_STATIC);
        sqlite3_bind_text(insert_, 5, command.data(), static_cast<int>(command.size()),
                          SQLITE_STATIC);
        sqlite3_bind_text(insert_, 6, "status_reported", -1, SQLITE_STATIC);
        sqlite3_bind_int64(insert_, 7, 1);
        sqlite3_bind_text(insert_, 8, payload_.data(), static_cast<int>(payload_.size()),
                          SQLITE_STATIC);
        sqlite3_bind_blob(insert_, 9, hash, 32, SQLITE_STATIC);
        const bool done = sqlite3_step(insert_) == SQLITE_DONE;
        sqlite3_reset(insert_);
        return done;
    }

private:
    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    std::int64_t seq_ = 0;
    std::string payload_;
};

void bare_commit(benchmark::State& state) {
    BareTable table{"jedel-bench-bare-commit"};
    for (auto _ : state) {
        if (!table.insert()) return state.SkipWithError("insert failed");
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(bare_commit)->UseRealTime()->Unit(benchmark::kMicrosecond);

/// One commit of each in turn, so that whatever else the machine does meets both: the ratio of
/// the medians is the figure (at most 1.2).
void commit_ratio(benchmark::State& state) {
    auto journal = open_journal("sqlite:" + bench_file("jedel-bench-ratio"));
    BareTable table{"jedel-bench-bare-ratio"};
    std::uint64_t seq = 0;
    std::vector<double> ours_us, bare_us;
    const auto timed = [](std::vector<double>& out, auto&& work) {
        const auto start = std::chrono::steady_clock::now();
        const bool done = work();
        out.push_back(std::chrono::duration<double, std::micro>(
                          std::chrono::steady_clock::now() - start)
                          .count());
        return done;
    };
    for (auto _ : state) {
        const bool stored = timed(ours_us, [&] {
            const auto head = (*journal)->append({.expected_seq = seq, .events = {sample(seq)},
                                                  .personal = {}});
            if (head) seq = head->seq;
            return head.stored();
        });
        if (!stored || !timed(bare_us, [&] { return table.insert(); })) {
            return state.SkipWithError("a commit failed");
        }
    }
    const auto median = [](std::vector<double>& values) {
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        return *middle;
    };
    state.counters["ours_us"] = median(ours_us);
    state.counters["bare_us"] = median(bare_us);
    state.counters["ratio"] = median(ours_us) / median(bare_us);
}
BENCHMARK(commit_ratio)->UseRealTime()->Unit(benchmark::kMicrosecond);

constexpr int batch = 1000;

void journal_batch(benchmark::State& state) {
    auto journal = open_journal("sqlite:" + bench_file("jedel-bench-batch"));
    std::uint64_t seq = 0;
    Append append{.expected_seq = 0, .events = {sample(0)}, .personal = {}};
    for (auto _ : state) {
        if (!(*journal)->begin_batch()) return state.SkipWithError("begin failed");
        for (int i = 0; i < batch; ++i) {
            append.expected_seq = seq;
            append.events[0].command_id = "desk-1767582000000-" + std::to_string(seq);
            const auto head = (*journal)->append(append);
            if (!head) return state.SkipWithError(head.error().text().c_str());
            seq = head->seq;
        }
        if (!(*journal)->commit_batch()) return state.SkipWithError("commit failed");
    }
    state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(journal_batch)->UseRealTime()->Unit(benchmark::kMillisecond);

void bare_batch(benchmark::State& state) {
    BareTable table{"jedel-bench-bare-batch"};
    for (auto _ : state) {
        table.run("BEGIN");
        for (int i = 0; i < batch; ++i) {
            if (!table.insert()) return state.SkipWithError("insert failed");
        }
        table.run("COMMIT");
    }
    state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(bare_batch)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Whole calls through decide, journal and apply, 50 calls a batch; items are calls.
void engine_calls(benchmark::State& state) {
    auto journal = open_journal("sqlite:" + bench_file("jedel-bench-engine"));
    auto engine = Engine::open(std::move(journal).value(), {});
    std::uint64_t number = 0;
    const auto send = [&](const Command& command) {
        CommandEnvelope e = envelope("c" + std::to_string(++number), command);
        return std::holds_alternative<std::vector<JournalEvent>>((*engine)->perform(e, morning));
    };
    for (const Command& command : free_brigades(1)) send(command);
    for (auto _ : state) {
        if (!(*engine)->begin_batch()) return state.SkipWithError("begin failed");
        for (int call = 0; call < 50; ++call) {
            for (const Command& c : whole_call((*engine)->state().newest_incident().value + 1, 1)) {
                if (!send(c)) return state.SkipWithError("a command was not taken");
            }
        }
        if (!(*engine)->commit_batch()) return state.SkipWithError("commit failed");
    }
    state.SetItemsProcessed(state.iterations() * 50);
    state.counters["commands"] =
        benchmark::Counter(static_cast<double>(number), benchmark::Counter::kIsRate);
}
BENCHMARK(engine_calls)->UseRealTime()->Unit(benchmark::kMillisecond);

/// A cold start: a journal of 200 000 events with its snapshot, opened and folded.
void cold_start(benchmark::State& state) {
    const std::string url = "sqlite:" + bench_file("jedel-bench-cold");
    {
        auto engine = Engine::open(open_journal(url).value(), {});
        std::uint64_t number = 0;
        const auto send = [&](const Command& c) {
            (*engine)->perform(envelope("c" + std::to_string(++number), c), morning);
        };
        for (const Command& command : free_brigades(1)) send(command);
        if (!(*engine)->begin_batch()) return state.SkipWithError("begin failed");
        bool saved = state.range(0) == 0;
        while ((*engine)->state().seq < 200'000) {
            const auto next = (*engine)->state().newest_incident().value + 1;
            for (const Command& c : whole_call(next, 1)) send(c);
            if (!saved && (*engine)->state().seq >= 180'000) {
                saved = (*engine)->commit_batch() && (*engine)->save_snapshot() &&
                        (*engine)->begin_batch();
            }
        }
        if (!(*engine)->commit_batch()) return state.SkipWithError("commit failed");
    }
    for (auto _ : state) {
        auto engine = Engine::open(open_journal(url).value(), {});
        benchmark::DoNotOptimize((*engine)->state().seq);
    }
}
// 0: no snapshot at all; 1: a snapshot 20 000 events before the end.
BENCHMARK(cold_start)->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
