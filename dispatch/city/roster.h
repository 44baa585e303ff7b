#pragma once
// Who works when: shifts of the roster, and what the journal has to be told about them.

#include <vector>

#include "dispatch/city/organisations.h"
#include "dispatch/core/commands.h"
#include "dispatch/core/state.h"

namespace jedel {

/// When a brigade of the roster works, seen from an instant.
struct ShiftTimes {
    bool on = false;     ///< it works now
    Instant ends;        ///< end of the present shift, or of the last one
    Instant next_start;  ///< when the next shift begins
};

/// Shifts start at the same local time every day and last at most a day.
ShiftTimes shift_at(const RosterBrigade& brigade, Instant now);

/// What the roster makes known at `now`: brigades that are new or begin another shift, and free
/// ones whose shift is over. A brigade that is out on a call is left alone until it is free; one
/// that a person put off shift or out of service stays so. Source of every status is `rule`.
std::vector<Command> roster_changes(const State& state, const Organisations& organisations,
                                    Instant now);

}  // namespace jedel
