#pragma once
// What a damaged store still holds, brought into an empty one.

#include "dispatch/journal/rows.h"

namespace jedel {

/// Moves the events up to `found.head`, the personal rows, erasures, sound snapshots and the latest
/// places. Events of the gap, if there is one, go as they are, those that can be read. `notes` gets
/// a line for each kind of row that could not be brought along.
Result<void> move_sound(Store& from, Store& to, const Examination& found,
                        std::vector<std::string>& notes);

/// Makes the tables of commands and guards say again what the events say.
Result<void> mend_derived(Store& store, std::uint64_t last);

}  // namespace jedel
