#include "dispatch/core/brigades/handlers.h"

namespace jedel {

Decided decide_one(Deciding& d, const RegisterBrigade& c) {
    if (!c.brigade) return refuse(RefusalCode::bad_value, "expected a number above 0", "brigade");
    if (c.name.empty()) return refuse(RefusalCode::bad_value, "expected a name", "name");
    if (!is_valid(c.base_place)) {
        return refuse(RefusalCode::bad_value, "expected WGS 84 degrees", "lat");
    }
    const Brigade* known = d.state.brigades.find(c.brigade);
    if (known != nullptr && known->name == c.name && known->kind == c.brigade_kind &&
        known->base == c.base && known->base_place == c.base_place &&
        known->shift_end == c.shift_end) {
        return refuse(RefusalCode::nothing_changed, "registered so already");
    }
    const LatLon place = c.base_place;
    Decision decision;
    decision.events.emplace_back(BrigadeRegistered{.brigade = c.brigade,
                                                   .name = c.name,
                                                   .brigade_kind = c.brigade_kind,
                                                   .base = c.base,
                                                   .base_place = place,
                                                   .shift_end = c.shift_end});
    return decision;
}

}  // namespace jedel
