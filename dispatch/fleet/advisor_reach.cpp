// Where brigades can be in a time: one brigade's isochrone, and what all free ones cover.

#include "dispatch/fleet/advisor_impl.h"

namespace jedel {
namespace {

std::int64_t limit_ms(double limit_min) {
    return static_cast<std::int64_t>(limit_min * 60 * ms_per_s);
}

/// Off shift and polyclinics' brigades (D2: U4 only) cover nothing, and nobody expects them to.
bool counts(const Brigade& b, Instant now) {
    if (b.kind == BrigadeKind::polyclinic) return false;
    return !b.shift_end || *b.shift_end > now;
}

}  // namespace

std::vector<roads::Reached> Adviser::reach_from(LatLon from, Category urgency, Instant now,
                                                double limit_min) {
    Network* network = impl_->network_for(urgency, now);
    const auto origin = network != nullptr ? impl_->snap(*network, from) : std::nullopt;
    if (!origin) return {};
    return network->network.reach(*network->scratch, *origin, limit_ms(limit_min));
}

Adviser::Coverage Adviser::coverage(const State& state,
                                    const std::unordered_map<BrigadeId, Fix>& fixes,
                                    Category urgency, Instant now, double limit_min) {
    Coverage out;
    impl_->take_up(state.road_changes, now);
    Network* network = impl_->network_for(urgency, now);
    if (network == nullptr) return out;
    std::vector<roads::Snapped> origins;
    for (const auto& brigade : state.brigades.rows()) {
        if (!counts(*brigade, now)) continue;
        if (brigade->status == BrigadeStatus::unknown) ++out.unknown;
        if (!is_free(*brigade)) continue;
        const auto fix = known_place(*brigade, fixes, &impl_->city->organisations);
        const auto on_road = fix ? impl_->snap(*network, fix->place) : std::nullopt;
        if (on_road) {
            origins.push_back(*on_road);
        } else {
            ++out.unknown;
        }
    }
    out.free = origins.size();
    out.roads = network->network.reach(*network->scratch, origins, limit_ms(limit_min));
    return out;
}

}  // namespace jedel
