#include "dispatch/core/brigades/handlers.h"

namespace jedel {

void fold(Folding& f, const BrigadeRegistered& e) {
    const Brigade* known = f.state.brigades.find(e.brigade);
    Brigade b = known != nullptr ? *known : Brigade{};
    b.id = e.brigade;
    b.version = f.event.seq;
    b.name = e.name;
    b.kind = e.brigade_kind;
    b.base = e.base;
    b.base_place = e.base_place;
    b.shift_end = e.shift_end;
    b.last_actor = f.event.actor;
    if (known == nullptr) b.status_at = f.event.at;
    f.state.brigades.put(std::move(b));
}

void fold(Folding& f, const MovedToPost& e) {
    f.brigade(e.brigade, [&](Brigade& b) {
        b.standby = Standby{.post = e.post,
                            .place = e.place,
                            .ordered_at = f.event.at,
                            .accepted_at = {},
                            .departed_at = {},
                            .arrived_at = {},
                            .plan = e.plan,
                            .gain = e.gain,
                            .policy = e.policy};
    });
}

void fold(Folding& f, const PostReported& e) {
    f.brigade(e.brigade, [&](Brigade& b) {
        if (!b.standby) return;
        switch (e.step) {
            case PostStep::accepted: b.standby->accepted_at = e.at; break;
            case PostStep::departed:
                b.standby->departed_at = e.at;
                // It is at its base no more; it stays free.
                if (b.status == BrigadeStatus::free_at_base) {
                    b.status = BrigadeStatus::returning;
                    b.status_at = std::max(b.status_at, e.at);
                    b.status_source = e.source;
                }
                break;
            case PostStep::arrived:
                b.standby->arrived_at = e.at;
                b.last_lat = b.standby->place.lat;
                b.last_lon = b.standby->place.lon;
                b.last_place_at = e.at;
                break;
            case PostStep::ended: b.standby.reset(); break;
        }
    });
}

}  // namespace jedel
