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

}  // namespace jedel
