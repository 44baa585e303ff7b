#pragma once
// Keeps the room's brigades in step with the roster while the program runs.

#include "dispatch/city/city.h"
#include "dispatch/desk/desk.h"
#include "dispatch/gateway/network_thread.h"

namespace jedel {

/// Tells the desk what the roster makes known now, and waits until that is stored. Returns how
/// many changes there were; 0 on a journal that is open for reading only.
std::size_t tell_roster(Desk& desk, const City& city, const ClockPort& clock);

/// Does the same every `period` on the network thread, until the timer goes. The city, the desk
/// and the clock must outlive it.
[[nodiscard]] NetworkThread::Timer keep_roster(NetworkThread& network, Desk& desk,
                                               const City& city, const ClockPort& clock,
                                               std::chrono::milliseconds period);

}  // namespace jedel
