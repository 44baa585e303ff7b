#pragma once
// From a speed table to the cost of every directed segment. Internal.

#include <span>

#include "dispatch/roads/graph.h"
#include "dispatch/roads/travel.h"

namespace jedel::roads {

/// A posted limit below the class's speed lowers it; one above never raises it. Hour and siren
/// factors apply to either. No segment is driven slower than 1 km/h.
Weights make_weights(const RoadMap& map, const SpeedTable& speeds, int hour_of_week, int urgency,
                     std::span<const SegmentChange> changes);

}  // namespace jedel::roads
