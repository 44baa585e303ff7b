#include "dispatch/exercise/headless.h"

#include <chrono>
#include <thread>

namespace jedel::exercise {
namespace {

/// End of the group of minutes that holds an instant; groups are aligned, so that the same log
/// is always cut at the same places.
Instant group_end(Instant at, int minutes) {
    const std::int64_t length = minutes * 60'000LL;
    const std::int64_t floor = at.ms / length - (at.ms % length < 0 ? 1 : 0);
    return {(floor + 1) * length - 1};
}

}  // namespace

Result<HeadlessResult> run_headless(Replay& replay, Engine& engine,
                                    const HeadlessOptions& options) {
    if (engine.state().seq != 0) {
        return Error{.message = "the journal holds " + std::to_string(engine.state().seq) +
                                " events already; a replay needs a new one"};
    }
    using Wall = std::chrono::steady_clock;
    const auto started = Wall::now();
    const Instant first = replay.begins();
    HeadlessResult result;
    while (const auto at = replay.next_time()) {
        const Instant end = group_end(*at, options.minutes_per_commit);
        if (options.speed > 0) {
            const double due_s = static_cast<double>(at->ms - first.ms) / 1000 / options.speed;
            std::this_thread::sleep_until(started + std::chrono::duration_cast<Wall::duration>(
                                                        std::chrono::duration<double>{due_s}));
        }
        if (auto begun = engine.begin_batch(); !begun) return begun.error();
        if (auto done = replay.run_until(engine, end); !done) return done.error();
        if (auto stored = engine.commit_batch(); !stored) return stored.error();
        ++result.commits;
        if (options.committed) options.committed(engine.state().seq);
    }
    if (auto saved = engine.save_snapshot(); !saved) return saved.error();
    result.wall_s = std::chrono::duration<double>(Wall::now() - started).count();
    result.seq = engine.state().seq;
    result.state_hash = state_hash(engine.state());
    return result;
}

}  // namespace jedel::exercise
