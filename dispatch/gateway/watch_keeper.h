#pragma once
// Does what the exception list does by itself: a call that no polyclinic accepts comes back, and
// seniors are told what is late.

#include "dispatch/desk/desk.h"
#include "dispatch/fleet/watch.h"
#include "dispatch/gateway/network_thread.h"

namespace jedel {

/// On the desk's thread, between a look at the state and its commands nobody else decides. Returns
/// how many commands were taken.
std::size_t tell_watch(Engine& engine, const WatchTable& table, Instant now);

/// The same every `period`. What it points to must outlive the timer.
NetworkThread::Timer keep_watch(NetworkThread& network, Desk& desk, const WatchTable& table,
                                const ClockPort& clock,
                                std::chrono::milliseconds period = std::chrono::seconds{5});

}  // namespace jedel
