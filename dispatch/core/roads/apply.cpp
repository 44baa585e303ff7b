#include "dispatch/core/roads/handlers.h"

namespace jedel {

void fold(Folding& f, const RoadChanged& e) {
    f.given(e.change.value, &DeskIds::road_change);
    f.state.road_changes.put({.id = e.change,
                              .road = e.road,
                              .closed = e.closed,
                              .time_factor = e.time_factor,
                              .reason = e.reason,
                              .until = e.until,
                              .at = f.event.at,
                              .actor = f.event.actor});
}

void fold(Folding& f, const RoadRestored& e) { f.state.road_changes.erase(e.change); }

}  // namespace jedel
