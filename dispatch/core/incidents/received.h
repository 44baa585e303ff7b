#pragma once
// Incidents of a span of time, as lists and exports take them.

#include <vector>

#include "dispatch/core/state.h"

namespace jedel {

/// Open and recently closed incidents received from `from` on and before `until`, in order of
/// receipt. What was closed longer ago than the state keeps is not among them.
std::vector<const Incident*> received_within(const State& state, Instant from, Instant until);

}  // namespace jedel
