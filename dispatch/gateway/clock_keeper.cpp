#include "dispatch/gateway/clock_keeper.h"

namespace jedel {

namespace {

void note(Desk& desk, NoteClock command) {
    desk.submit(
        {.id = {}, .actor = "clock", .seat = Seat::system, .command = std::move(command)});
}

}  // namespace

void check_clock_at_start(Desk& desk, const ClockPort& clock) {
    const auto room = desk.snapshot();
    if (room->read_only) return;
    if (auto trouble = clock_at_start(room->state, clock.now())) note(desk, *std::move(trouble));
}

NetworkThread::Timer keep_clock(NetworkThread& network, Desk& desk, RoomClock& clock,
                                std::chrono::milliseconds period) {
    return network.every(period, [&desk, &clock] {
        static_cast<void>(clock.now());
        const auto jump = clock.take_jump();
        if (jump && !desk.snapshot()->read_only) note(desk, {*jump, "jumped"});
    });
}

}  // namespace jedel
