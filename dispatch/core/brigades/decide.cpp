#include <cmath>

#include "dispatch/core/brigades/handlers.h"

namespace jedel {
namespace {

constexpr std::size_t post_bytes_max = 100;

std::optional<Refusal> check_order(const MoveToPost& c, const Brigade& b) {
    if (b.task) {
        Refusal refusal =
            refuse(RefusalCode::brigade_busy, "the brigade is on an incident", "brigade");
        refusal.first_actor = b.last_actor;
        refusal.first_at = b.status_at;
        refusal.first_incident = b.incident;
        return refusal;
    }
    if (c.seen_version != 0 && c.seen_version != b.version) {
        Refusal refusal = refuse(RefusalCode::stale_version,
                                 "the brigade has changed since it was shown", "brigade");
        refusal.first_actor = b.last_actor;
        return refusal;
    }
    if (!is_free(b)) {
        return refuse(RefusalCode::brigade_not_free,
                      "its status is " + std::string{name_of(b.status)}, "brigade");
    }
    if (b.kind == BrigadeKind::polyclinic) {
        return refuse(RefusalCode::wrong_kind,
                      "a polyclinic's brigade serves U4 only and waits there (D2)", "brigade");
    }
    if (b.standby && b.standby->post == c.post) {
        return refuse(RefusalCode::nothing_changed, "it was asked to wait there already", "post");
    }
    return std::nullopt;
}

/// The next step of a wait at a post: forward only, not before the last one.
std::optional<Refusal> check_post_step(const ReportPost& c, const Standby& s, Instant at,
                                       Instant now) {
    if (c.step == PostStep::ended) {
        if (c.reason.empty()) {
            return refuse(RefusalCode::reason_required, "a reason is needed", "reason");
        }
    } else {
        const PostStep last = s.arrived_at    ? PostStep::arrived
                              : s.departed_at ? PostStep::departed
                                              : PostStep::accepted;
        const bool taken = s.accepted_at || last != PostStep::accepted;
        if (taken && c.step <= last) {
            return refuse(RefusalCode::status_order, "that or a later step is on record", "step");
        }
    }
    if (at > now) return refuse(RefusalCode::time_order, "the time is in the future", "at");
    if (at < s.last_at()) {
        return refuse(RefusalCode::time_order,
                      "before its last step, which is of " + to_iso(s.last_at()), "at");
    }
    return std::nullopt;
}

}  // namespace

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

Decided decide_one(Deciding& d, const MoveToPost& c) {
    const Brigade* brigade = d.state.brigades.find(c.brigade);
    if (brigade == nullptr) {
        return refuse(RefusalCode::unknown_brigade, "there is no such brigade", "brigade");
    }
    if (c.post.empty() || c.post.size() > post_bytes_max || c.plan.size() > post_bytes_max) {
        return refuse(RefusalCode::bad_value, "expected the name of a post, up to 100 bytes",
                      "post");
    }
    if (!is_valid(c.place)) {
        return refuse(RefusalCode::bad_value, "expected WGS 84 degrees", "lat");
    }
    if (!std::isfinite(c.gain)) return refuse(RefusalCode::bad_value, "expected a number", "gain");
    if (auto refusal = check_order(c, *brigade)) return *refusal;
    Decision decision;
    decision.events.emplace_back(MovedToPost{.brigade = c.brigade,
                                             .post = c.post,
                                             .place = c.place,
                                             .plan = c.plan,
                                             .gain = c.gain,
                                             .policy = c.policy});
    return decision;
}

Decided decide_one(Deciding& d, const ReportPost& c) {
    const Brigade* brigade = d.state.brigades.find(c.brigade);
    if (brigade == nullptr) {
        return refuse(RefusalCode::unknown_brigade, "there is no such brigade", "brigade");
    }
    if (!brigade->standby) {
        return refuse(RefusalCode::not_handed, "the brigade was asked to no post", "brigade");
    }
    const Instant at = c.at.value_or(d.now);
    if (auto refusal = check_post_step(c, *brigade->standby, at, d.now)) return *refusal;
    Decision decision;
    decision.events.emplace_back(PostReported{.brigade = c.brigade,
                                              .step = c.step,
                                              .reason = c.reason,
                                              .source = c.source,
                                              .at = at});
    return decision;
}

}  // namespace jedel
