// Brigades: roster, assignment, statuses, release. One brigade, one assignment.

#include <algorithm>

#include "dispatch/core/guards.h"

namespace jedel {
namespace {

/// How many lines of the shown list go into the journal: the chosen one and its rivals.
constexpr std::size_t shown_max = 5;

/// Place in the order of a call; 0 for statuses that are not part of one.
int step_of(BrigadeStatus status) {
    switch (status) {
        case BrigadeStatus::sent:
            return 1;
        case BrigadeStatus::accepted:
            return 2;
        case BrigadeStatus::departed:
            return 3;
        case BrigadeStatus::on_scene:
            return 4;
        case BrigadeStatus::transporting:
            return 5;
        case BrigadeStatus::at_hospital:
            return 6;
        case BrigadeStatus::handed_over:
            return 7;
        default:
            return 0;
    }
}

bool ends_service(BrigadeStatus status) {
    return status == BrigadeStatus::returning || status == BrigadeStatus::free_at_base;
}

Refusal taken(RefusalCode code, const Brigade& b, std::string detail) {
    Refusal refusal = refuse(code, std::move(detail), "brigade");
    refusal.first_actor = b.last_actor;
    refusal.first_at = b.status_at;
    refusal.first_incident = b.incident;
    return refusal;
}

std::optional<Refusal> check_brigade(const AssignBrigade& c, const Brigade& b, Category category) {
    if (b.assignment) return taken(RefusalCode::brigade_busy, b, "the brigade is on an incident");
    if (c.seen_version != 0 && c.seen_version != b.version) {
        return taken(RefusalCode::stale_version, b, "the brigade has changed since it was shown");
    }
    if (!is_free(b)) {
        return refuse(RefusalCode::brigade_not_free,
                      "its status is " + std::string{name_of(b.status)}, "brigade");
    }
    if (b.kind == BrigadeKind::polyclinic && category != Category::u4) {
        return refuse(RefusalCode::wrong_kind, "a polyclinic's brigade serves U4 only (D1, D2)",
                      "brigade");
    }
    return std::nullopt;
}

/// What a brigade on an incident may report next.
std::optional<Refusal> check_step(const ReportStatus& c, const Brigade& b) {
    if (c.status == b.status) {
        return refuse(RefusalCode::nothing_changed, "that is its status already", "status");
    }
    const auto order = [&](std::string detail) {
        return refuse(RefusalCode::status_order, std::move(detail), "status");
    };
    const std::string now_is = "its status is " + std::string{name_of(b.status)};
    if (!b.assignment) {
        if (step_of(c.status) > 0) {
            return refuse(RefusalCode::not_handed, "the brigade is on no incident; " + now_is,
                          "status");
        }
        return std::nullopt;
    }
    if (ends_service(c.status)) {
        if (step_of(b.status) < step_of(BrigadeStatus::on_scene)) {
            return order("it has not been on scene; release it with a reason; " + now_is);
        }
        return std::nullopt;
    }
    if (step_of(c.status) <= step_of(b.status)) return order(now_is);
    return std::nullopt;
}

std::optional<Refusal> check_facts(const ReportStatus& c, const Brigade& b, Instant at,
                                   Instant now) {
    if (at > now) return refuse(RefusalCode::time_order, "the time is in the future", "at");
    if (at < b.status_at) {
        return refuse(RefusalCode::time_order,
                      "before its present status, which is of " + to_iso(b.status_at), "at");
    }
    if (c.lat.has_value() != c.lon.has_value() || (c.lat && !is_valid({*c.lat, *c.lon}))) {
        return refuse(RefusalCode::bad_value, "expected lat and lon together, WGS 84 degrees",
                      "lat");
    }
    if (c.hospital && c.status != BrigadeStatus::transporting &&
        c.status != BrigadeStatus::at_hospital) {
        return refuse(RefusalCode::bad_value, "a hospital goes with transporting or at_hospital",
                      "hospital");
    }
    return std::nullopt;
}

}  // namespace

Decided decide_fleet(const Deciding& d, const RegisterBrigade& c) {
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
    Decision decision;
    decision.events.emplace_back(BrigadeRegistered{.brigade = c.brigade,
                                                   .name = c.name,
                                                   .brigade_kind = c.brigade_kind,
                                                   .base = c.base,
                                                   .base_place = c.base_place,
                                                   .shift_end = c.shift_end});
    return decision;
}

Decided decide_fleet(const Deciding& d, const AssignBrigade& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Brigade* brigade = d.state.brigades.find(c.brigade);
    if (brigade == nullptr) {
        return refuse(RefusalCode::unknown_brigade, "there is no such brigade", "brigade");
    }
    const Category category = incident->working_category();
    if (auto refusal = check_brigade(c, *brigade, category)) return *refusal;
    if (incident->polyclinic && incident->polyclinic->active()) {
        return refuse(RefusalCode::already_handed, "the call is with a polyclinic", "incident");
    }
    if (const Assignment* active = incident->active_assignment(); active && !c.additional) {
        const Brigade* first = d.state.brigades.find(active->brigade);
        Refusal refusal =
            refuse(RefusalCode::already_handed,
                   "a brigade is on this incident; one more must be asked for", "incident");
        refusal.first_at = active->sent_at;
        if (first != nullptr) refusal.first_actor = first->last_actor;
        refusal.first_incident = c.incident;
        return refusal;
    }
    Decision decision;
    if (!append_first_category(d, *incident, decision)) {
        return refuse(RefusalCode::category_missing,
                      "nothing is known yet that gives a category; set one", "incident");
    }
    BrigadeAssigned event{.assignment = {d.state.next_assignment},
                          .incident = c.incident,
                          .brigade = c.brigade,
                          .category = category,
                          .shown = c.shown,
                          .fix = c.fix,
                          .policy = c.policy};
    if (event.shown.size() > shown_max) event.shown.resize(shown_max);
    decision.events.emplace_back(std::move(event));
    return decision;
}

Decided decide_fleet(const Deciding& d, const ReportStatus& c) {
    const Brigade* brigade = d.state.brigades.find(c.brigade);
    if (brigade == nullptr) {
        return refuse(RefusalCode::unknown_brigade, "there is no such brigade", "brigade");
    }
    if (c.status == BrigadeStatus::sent) {
        return refuse(RefusalCode::status_order, "a brigade is sent by assigning it", "status");
    }
    const Instant at = c.at.value_or(d.now);
    if (auto refusal = check_step(c, *brigade)) return *refusal;
    if (auto refusal = check_facts(c, *brigade, at, d.now)) return *refusal;
    Decision decision;
    decision.events.emplace_back(StatusReported{.brigade = c.brigade,
                                                .assignment = brigade->assignment,
                                                .incident = brigade->incident,
                                                .status = c.status,
                                                .source = c.source,
                                                .at = at,
                                                .hospital = c.hospital,
                                                .lat = c.lat,
                                                .lon = c.lon});
    if (brigade->assignment && brigade->incident && ends_service(c.status)) {
        decision.events.emplace_back(AssignmentEnded{.assignment = *brigade->assignment,
                                                     .incident = *brigade->incident,
                                                     .brigade = c.brigade,
                                                     .served = true,
                                                     .reason = ReleaseReason::none});
    }
    return decision;
}

Decided decide_fleet(const Deciding& d, const ReleaseBrigade& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.reason == ReleaseReason::none) {
        return refuse(RefusalCode::reason_required, "a reason is needed", "reason");
    }
    if (c.reason == ReleaseReason::caller_cancelled && incident->caller_lost()) {
        return refuse(RefusalCode::disposition_not_allowed,
                      "the caller was lost; call back first", "reason");
    }
    const auto& all = incident->assignments;
    const auto it = std::find_if(all.begin(), all.end(), [&](const Assignment& a) {
        return a.active() && a.brigade == c.brigade;
    });
    if (it == all.end()) {
        return refuse(RefusalCode::not_handed, "the brigade is not on this incident", "brigade");
    }
    const Brigade* brigade = d.state.brigades.find(c.brigade);
    const bool left_base = brigade == nullptr || step_of(brigade->status) >= 3;
    // A brigade that had not moved is where it was; one that had is free on the way.
    BrigadeStatus status = left_base ? BrigadeStatus::returning : it->from_status;
    if (c.reason == ReleaseReason::vehicle_fault) status = BrigadeStatus::out_of_service;
    Decision decision;
    decision.events.emplace_back(AssignmentEnded{.assignment = it->id,
                                                 .incident = c.incident,
                                                 .brigade = c.brigade,
                                                 .served = false,
                                                 .reason = c.reason});
    decision.events.emplace_back(StatusReported{.brigade = c.brigade,
                                                .assignment = {},
                                                .incident = {},
                                                .status = status,
                                                .source = Source::rule,
                                                .at = d.now,
                                                .hospital = {},
                                                .lat = {},
                                                .lon = {}});
    return decision;
}

}  // namespace jedel
