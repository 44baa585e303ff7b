#pragma once
// A replay as fast as it goes, stored in a journal: what `jedel replay --headless` does.

#include <cstdint>
#include <functional>
#include <string>

#include "dispatch/exercise/replay.h"

namespace jedel::exercise {

struct HeadlessOptions {
    /// Simulated minutes whose events are stored by one durable commit. Nothing of them is
    /// acknowledged before it: a crash loses at most so much, and never a part of it.
    int minutes_per_commit = 1;
    /// Called after each durable commit with the journal's last sequence number.
    std::function<void(std::uint64_t seq)> committed;
    /// Simulated seconds per second of the wall; 0: as fast as it goes.
    double speed = 0;
};

struct HeadlessResult {
    double wall_s = 0;
    long commits = 0;
    std::string state_hash;
    std::uint64_t seq = 0;
};

/// Runs to the end. Errors: the journal holds events already, or fails; the program was asked to
/// end (base/ending.h), then what was committed is stored with a snapshot.
Result<HeadlessResult> run_headless(Replay& replay, Engine& engine,
                                    const HeadlessOptions& options);

}  // namespace jedel::exercise
