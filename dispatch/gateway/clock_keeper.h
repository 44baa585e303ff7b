#pragma once
// Tells the room of a clock that does not agree, at its start and while it runs.

#include "dispatch/desk/desk.h"
#include "dispatch/desk/room_clock.h"
#include "dispatch/gateway/network_thread.h"

namespace jedel {

/// Records what a person has to be asked about, if the clock disagrees with the journal's head.
void check_clock_at_start(Desk& desk, const ClockPort& clock);

/// Looks every `period` whether the system's clock has jumped, and records it. The desk and the
/// clock must outlive it.
[[nodiscard]] NetworkThread::Timer keep_clock(NetworkThread& network, Desk& desk, RoomClock& clock,
                                              std::chrono::milliseconds period);

}  // namespace jedel
