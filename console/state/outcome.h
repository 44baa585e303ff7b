#pragma once
// How the call ended.

#include "dispatch/core/incidents/incident.h"

namespace jedel::console {

struct OutcomeState {
    int choice = 0;
    /// Instead of the one that is recorded, while the reason is asked; none: nothing is asked.
    Disposition instead = Disposition::none;
    int why = 0;  ///< the highlighted reason
};

}  // namespace jedel::console
