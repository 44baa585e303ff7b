#include "dispatch/exercise/headless.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/ending.h"

namespace jedel::exercise {
namespace {

/// End of the group of minutes that holds an instant; groups are aligned, so that the same log
/// is always cut at the same places.
Instant group_end(Instant at, int minutes) {
    const std::int64_t length = minutes * 60'000LL;
    const std::int64_t floor = at.ms / length - (at.ms % length < 0 ? 1 : 0);
    return {(floor + 1) * length - 1};
}

using Wall = std::chrono::steady_clock;

/// Waits in short steps: whoever asks the program to end is heard.
void wait_until(Wall::time_point due) {
    constexpr std::chrono::milliseconds step{200};
    while (Wall::now() < due && !asked_to_end()) {
        std::this_thread::sleep_until(std::min(due, Wall::now() + step));
    }
}

Error ended_early(std::uint64_t seq) {
    return {.message = "asked to end; " + std::to_string(seq) + " events are stored, the replay is "
                       "not at its end"};
}

}  // namespace

Result<HeadlessResult> run_headless(Replay& replay, Engine& engine,
                                    const HeadlessOptions& options) {
    if (engine.state().seq != 0) {
        return Error{.message = "the journal holds " + std::to_string(engine.state().seq) +
                                " events already; a replay needs a new one"};
    }
    const auto started = Wall::now();
    const Instant first = replay.begins();
    HeadlessResult result;
    while (const auto at = replay.next_time()) {
        const Instant end = group_end(*at, options.minutes_per_commit);
        if (options.speed > 0) {
            const double due_s = static_cast<double>(at->ms - first.ms) / 1000 / options.speed;
            wait_until(started + std::chrono::duration_cast<Wall::duration>(
                                     std::chrono::duration<double>{due_s}));
        }
        if (asked_to_end()) break;
        if (auto begun = engine.begin_batch(); !begun) return begun.error();
        if (auto done = replay.run_until(engine, end); !done) return done.error();
        if (auto stored = engine.commit_batch(); !stored) return stored.error();
        ++result.commits;
        if (options.committed) options.committed(engine.state().seq);
    }
    if (auto saved = engine.save_snapshot(); !saved) return saved.error();
    if (asked_to_end()) return ended_early(engine.state().seq);
    result.wall_s = std::chrono::duration<double>(Wall::now() - started).count();
    result.seq = engine.state().seq;
    result.state_hash = state_hash(engine.state());
    return result;
}

}  // namespace jedel::exercise
