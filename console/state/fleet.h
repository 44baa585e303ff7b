#pragma once
// The list of brigades on the right.

namespace jedel::console {

struct FleetState {
    bool scroll = false;  ///< bring the selection into view
};

}  // namespace jedel::console
