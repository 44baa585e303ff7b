#pragma once
// The clock of a live room: the system's, unless it jumps.

#include <chrono>
#include <mutex>
#include <optional>

#include "dispatch/desk/desk.h"

namespace jedel {

/// Follows the system's clock while it runs as fast as the steady one. A jump (set by hand, by a
/// wrong time server) is not followed: the time goes on as before, and the jump can be asked for,
/// once. Thread-safe. `Wall` and `Steady` are given for tests.
class RoomClock final : public ClockPort {
public:
    using Wall = Instant (*)();
    using Steady = std::chrono::milliseconds (*)();
    RoomClock();
    RoomClock(Wall wall, Steady steady);
    [[nodiscard]] Instant now() const override;
    /// What the system's clock said when it was first seen to have jumped; each jump once.
    [[nodiscard]] std::optional<Instant> take_jump();

    /// More than this between two looks is no drift and no correction by small steps.
    static constexpr std::chrono::milliseconds jump_from{2'000};

private:
    Wall wall_;
    Steady steady_;
    mutable std::mutex mutex_;
    mutable Instant base_;                           ///< the time at `base_steady_`
    mutable std::chrono::milliseconds base_steady_;
    mutable std::optional<Instant> jump_;            ///< not taken yet
    mutable bool apart_ = false;                     ///< the system's clock is elsewhere now
};

/// What a clock that opens a room has to be asked about: it is behind the last event of the
/// journal, or a day and more ahead of it. None: it agrees, or the journal is empty.
std::optional<NoteClock> clock_at_start(const State& state, Instant now);

}  // namespace jedel
