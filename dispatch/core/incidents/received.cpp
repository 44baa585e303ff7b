#include "dispatch/core/incidents/received.h"

#include <algorithm>
#include <utility>

namespace jedel {

std::vector<const Incident*> received_within(const State& state, Instant from, Instant until) {
    std::vector<const Incident*> out;
    const auto look = [&](const Incident& incident) {
        if (incident.received_at >= from && incident.received_at < until) {
            out.push_back(&incident);
        }
    };
    for (const auto& row : state.open.rows()) look(*row);
    for (const auto& row : state.recent.rows()) look(*row);
    std::sort(out.begin(), out.end(), [](const Incident* a, const Incident* b) {
        return std::pair{a->received_at, a->id} < std::pair{b->received_at, b->id};
    });
    return out;
}

}  // namespace jedel
