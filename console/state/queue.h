#pragma once
// The list of calls on the left.

#include <memory>
#include <vector>

#include "dispatch/core/state.h"

namespace jedel::console {

/// The order of the queue, made once per snapshot.
struct QueueOrder {
    std::uint64_t seq = ~std::uint64_t{0};
    std::size_t count = 0;
    bool by_time = false;
    std::vector<std::shared_ptr<const Incident>> rows;
};

struct QueueState {
    QueueOrder order;
    bool by_time = false;
    bool scroll = false;  ///< bring the selection into view
};

}  // namespace jedel::console
