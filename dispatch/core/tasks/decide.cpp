// Brigades at work: sent, their statuses, released. One brigade, one task.

#include <algorithm>

#include "dispatch/core/aid/handlers.h"
#include "dispatch/core/tasks/handlers.h"

namespace jedel {
namespace {

/// How many lines of the shown list go into the journal: the chosen one and its rivals.
constexpr std::size_t shown_max = 5;

/// Place in the order of a call; 0 for statuses that are not part of one.
int place_of(BrigadeStatus status) {
    const auto step = step_of(status);
    return step ? static_cast<int>(*step) + 1 : 0;
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
    if (b.task) return taken(RefusalCode::brigade_busy, b, "the brigade is on an incident");
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
    if (c.at && b.last_task_ended_at && *c.at < *b.last_task_ended_at) {
        return taken(RefusalCode::time_order, b,
                     "the brigade was at another task until " + to_iso(*b.last_task_ended_at));
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
    if (!b.task) {
        if (place_of(c.status) > 0) {
            return refuse(RefusalCode::not_handed, "the brigade is on no incident; " + now_is,
                          "status");
        }
        return std::nullopt;
    }
    if (ends_service(c.status)) {
        if (place_of(b.status) < place_of(BrigadeStatus::on_scene)) {
            return order("it has not been on scene; release it with a reason; " + now_is);
        }
        return std::nullopt;
    }
    if (place_of(c.status) <= place_of(b.status)) return order(now_is);
    return std::nullopt;
}

std::optional<Refusal> check_facts(const ReportStatus& c, const Brigade& b, Instant at,
                                   Instant now) {
    if (at > now) return refuse(RefusalCode::time_order, "the time is in the future", "at");
    if (at < b.status_at) {
        return refuse(RefusalCode::time_order,
                      "before its present status, which is of " + to_iso(b.status_at), "at");
    }
    const bool place = !c.lat || (is_valid({*c.lat, c.lon.value_or(0)}) && !(*c.lat == 0 &&
                                                                            c.lon == 0.0));
    if (c.lat.has_value() != c.lon.has_value() || !place) {
        return refuse(RefusalCode::bad_value, "expected lat and lon together, WGS 84 degrees",
                      "lat");
    }
    if (c.hospital && c.status != BrigadeStatus::transporting &&
        c.status != BrigadeStatus::at_hospital) {
        return refuse(RefusalCode::bad_value, "a hospital goes with transporting or at_hospital",
                      "hospital");
    }
    if (c.task && b.task != c.task) {
        return taken(RefusalCode::stale_version, b, "the brigade is not at that task any more");
    }
    return std::nullopt;
}

}  // namespace

Decided decide_one(Deciding& d, const AssignBrigade& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Brigade* brigade = d.state.brigades.find(c.brigade);
    if (brigade == nullptr) {
        return refuse(RefusalCode::unknown_brigade, "there is no such brigade", "brigade");
    }
    const Category category = incident->working_category();
    if (auto refusal = check_brigade(c, *brigade, category)) return *refusal;
    if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
    // Its own brigade serves the call for the polyclinic that has it; nobody else is sent beside.
    const Task* polyclinic = incident->polyclinic_at_work();
    const bool own = polyclinic != nullptr && brigade->kind == BrigadeKind::polyclinic &&
                     polyclinic->organisation == brigade->base;
    if (polyclinic != nullptr && !own) {
        return refuse(RefusalCode::already_handed, "the call is with a polyclinic", "incident");
    }
    if (const Task* active = incident->first_brigade_at_work(); active && !c.additional) {
        const Brigade* first = d.state.brigades.find(*active->brigade);
        Refusal refusal =
            refuse(RefusalCode::already_handed,
                   "a brigade is on this incident; one more must be asked for", "incident");
        refusal.first_at = active->sent_at();
        if (first != nullptr) refusal.first_actor = first->last_actor;
        refusal.first_incident = c.incident;
        return refusal;
    }
    Decision decision;
    if (!append_first_category(d, *incident, decision)) {
        return refuse(RefusalCode::category_missing,
                      "nothing is known yet that gives a category; set one", "incident");
    }
    BrigadeAssigned event{.task = d.new_task(),
                          .incident = c.incident,
                          .brigade = c.brigade,
                          .category = category,
                          .shown = c.shown,
                          .fix = c.fix,
                          .policy = c.policy,
                          .at = c.at,
                          .override_reason = c.override_reason,
                          .rerouted_from = {},
                          .reasons = {}};
    if (event.shown.size() > shown_max) event.shown.resize(shown_max);
    decision.events.emplace_back(std::move(event));
    return decision;
}

Decided decide_one(Deciding& d, const ReportStatus& c) {
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
                                                .task = brigade->task,
                                                .incident = brigade->incident,
                                                .status = c.status,
                                                .source = c.source,
                                                .at = at,
                                                .hospital = c.hospital,
                                                .lat = c.lat,
                                                .lon = c.lon});
    if (brigade->task && brigade->incident && ends_service(c.status)) {
        decision.events.emplace_back(AssignmentEnded{.task = *brigade->task,
                                                     .incident = *brigade->incident,
                                                     .brigade = c.brigade,
                                                     .served = true,
                                                     .reason = ReleaseReason::none,
                                                     .at = at});
    }
    return decision;
}

Decided decide_one(Deciding& d, const ReleaseBrigade& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.reason == ReleaseReason::none) {
        return refuse(RefusalCode::reason_required, "a reason is needed", "reason");
    }
    if (c.reason == ReleaseReason::caller_cancelled && incident->caller_lost()) {
        return refuse(RefusalCode::disposition_not_allowed,
                      "the caller was lost; call back first", "reason");
    }
    if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
    const Task* task = incident->active_task_of(c.brigade);
    if (task == nullptr) {
        return refuse(RefusalCode::not_handed, "the brigade is not on this incident", "brigade");
    }
    const Brigade* brigade = d.state.brigades.find(c.brigade);
    if (c.at && brigade != nullptr && *c.at < brigade->status_at) {
        return refuse(RefusalCode::time_order,
                      "before its present status, which is of " + to_iso(brigade->status_at),
                      "at");
    }
    const bool has_patient =
        brigade != nullptr && place_of(brigade->status) >= place_of(BrigadeStatus::transporting);
    if (has_patient && c.reason != ReleaseReason::vehicle_fault) {
        return refuse(RefusalCode::status_order,
                      "it has a patient; its status is " + std::string{name_of(brigade->status)} +
                          ", only a fault of the vehicle takes it off",
                      "brigade");
    }
    const bool left_base =
        brigade == nullptr || place_of(brigade->status) >= place_of(BrigadeStatus::departed);
    // A brigade that had not moved is where it was; one that had is free on the way.
    BrigadeStatus status = left_base ? BrigadeStatus::returning : task->from_status;
    if (c.reason == ReleaseReason::vehicle_fault) status = BrigadeStatus::out_of_service;
    Decision decision;
    decision.events.emplace_back(AssignmentEnded{.task = task->id,
                                                 .incident = c.incident,
                                                 .brigade = c.brigade,
                                                 .served = false,
                                                 .reason = c.reason,
                                                 .at = c.at});
    if (c.reason == ReleaseReason::crew_threatened) {
        append_danger(d, *incident,
                      {.incident = c.incident, .kinds = {"threat"}, .source = Source::brigade},
                      decision);
    }
    decision.events.emplace_back(StatusReported{.brigade = c.brigade,
                                                .task = {},
                                                .incident = {},
                                                .status = status,
                                                .source = Source::rule,
                                                .at = c.at.value_or(d.now),
                                                .hospital = {},
                                                .lat = {},
                                                .lon = {}});
    return decision;
}

Decided decide_one(Deciding& d, const RecordHospitalTriage& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.zone == TriageZone::none) {
        return refuse(RefusalCode::bad_value, "expected red, yellow or green", "zone");
    }
    const auto& all = incident->tasks;
    const auto it = std::find_if(all.rbegin(), all.rend(), [&](const Task& t) {
        return t.brigade == c.brigade && t.at_hospital_at();
    });
    if (it == all.rend()) {
        return refuse(RefusalCode::status_order, "the brigade has not reached a hospital",
                      "brigade");
    }
    if (it->zone == c.zone) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "zone");
    }
    Decision decision;
    decision.events.emplace_back(HospitalTriaged{c.incident, it->id, c.zone});
    return decision;
}

}  // namespace jedel
