#include "dispatch/desk/room_clock.h"

namespace jedel {

namespace {

Instant system_now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

std::chrono::milliseconds steady_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

RoomClock::RoomClock() : RoomClock(system_now, steady_now) {}

RoomClock::RoomClock(Wall wall, Steady steady)
    : wall_(wall), steady_(steady), base_(wall()), base_steady_(steady()) {}

Instant RoomClock::now() const {
    const std::lock_guard hold{mutex_};
    const std::chrono::milliseconds steady = steady_();
    const Instant expected = base_ + (steady - base_steady_);
    const Instant wall = wall_();
    const auto apart = wall - expected;
    if (apart <= jump_from && apart >= -jump_from) {
        // Small steps are the time server's; they are followed, and never backward.
        apart_ = false;
        base_ = wall < base_ ? base_ : wall;
        base_steady_ = steady;
        return base_;
    }
    if (!apart_) jump_ = wall;
    apart_ = true;
    base_ = expected;
    base_steady_ = steady;
    return expected;
}

std::optional<Instant> RoomClock::take_jump() {
    const std::lock_guard hold{mutex_};
    return std::exchange(jump_, std::nullopt);
}

std::optional<NoteClock> clock_at_start(const State& state, Instant now) {
    constexpr std::chrono::hours ahead_from{24};
    if (state.seq == 0) return std::nullopt;
    if (now < state.at) return NoteClock{now, "behind"};
    if (now - state.at >= ahead_from) return NoteClock{now, "ahead"};
    return std::nullopt;
}

}  // namespace jedel
