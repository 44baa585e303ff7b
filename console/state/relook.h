#pragma once
// The second look: what of it a person has put aside.

#include <vector>

#include "dispatch/fleet/relook.h"

namespace jedel::console {

struct RelookState {
    /// The proposal that was drawn as chosen; keys act on it alone.
    std::optional<Proposal> chosen;
    struct PutAside {
        Proposal proposal;
        Instant until;
    };
    std::vector<PutAside> aside;
    std::vector<TaskId> warned;  ///< journeys whose lateness was told once
};

}  // namespace jedel::console
