#pragma once
// Ends closures and slow-downs whose time has run out, while the program runs.

#include "dispatch/desk/desk.h"
#include "dispatch/gateway/network_thread.h"

namespace jedel {

/// Tells the desk which changes of roads have outlived their `until`, and waits until that is
/// stored. Returns how many ended; 0 on a journal that is open for reading only.
std::size_t end_road_changes(Desk& desk, const ClockPort& clock);

/// Does the same every `period` on the network thread, until the timer goes; asks the desk for
/// nothing while none is due. The desk and the clock must outlive it.
[[nodiscard]] NetworkThread::Timer keep_roads(NetworkThread& network, Desk& desk,
                                              const ClockPort& clock,
                                              std::chrono::milliseconds period);

}  // namespace jedel
