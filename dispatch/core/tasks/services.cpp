// Those who are no brigade of the station: polyclinics, police, fire service, medical aviation.

#include <algorithm>
#include <array>

#include "dispatch/core/tasks/handlers.h"

namespace jedel {
namespace {

constexpr std::size_t tasks_max = 500;  ///< of one incident
constexpr std::size_t code_max = 40;

std::optional<Refusal> check_polyclinic_guards(const Incident& incident) {
    if (incident.working_category() != Category::u4) {
        return refuse(RefusalCode::not_category_4, "only U4 goes to a polyclinic (D2)",
                      "incident");
    }
    for (const Patient& patient : incident.patients) {
        if (!patient.age_years) {
            return refuse(RefusalCode::age_unknown, "the age must be known first", "age_years");
        }
        if (*patient.age_years < polyclinic_age_min_years) {
            return refuse(RefusalCode::under_one_year, "the patient is under one year of age",
                          "age_years");
        }
    }
    if (incident.first_brigade_at_work() != nullptr) {
        return refuse(RefusalCode::already_handed, "a brigade is on this incident", "incident");
    }
    if (incident.polyclinic_at_work() != nullptr) {
        return refuse(RefusalCode::already_handed, "the call is with a polyclinic", "incident");
    }
    return std::nullopt;
}

/// Refused: before the last step of the task.
std::optional<Refusal> check_after(const Task& task, std::optional<Instant> at) {
    if (!at) return std::nullopt;
    for (const TaskMark& mark : task.history) {
        const auto was = task.time_of(mark.step);
        if (was && *at < *was) {
            return refuse(RefusalCode::time_order,
                          "before its step " + std::string{name_of(mark.step)} + ", which is of " +
                              to_iso(*was),
                          "at");
        }
    }
    return std::nullopt;
}

/// The polyclinic's task that is meant, or why there is none.
std::variant<const Task*, Refusal> polyclinic_task(const Deciding& d, IncidentId id,
                                                   std::optional<Instant> at) {
    const Incident* incident = d.state.open.find(id);
    if (incident == nullptr) return not_open(d.state, id);
    if (auto refusal = check_time(d, *incident, at)) return *refusal;
    const Task* task = incident->polyclinic_at_work();
    if (task == nullptr) {
        return refuse(RefusalCode::not_handed, "the call is with no polyclinic", "incident");
    }
    if (auto refusal = check_after(*task, at)) return *refusal;
    return task;
}

}  // namespace

Decided decide_one(Deciding& d, const HandToPolyclinic& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (!c.polyclinic) {
        return refuse(RefusalCode::bad_value, "expected a polyclinic", "polyclinic");
    }
    if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
    if (auto refusal = check_polyclinic_guards(*incident)) return *refusal;
    if (const Incident* other = same_patient_at_polyclinic(d, *incident, {})) {
        Refusal refusal = refuse(RefusalCode::accepted_elsewhere,
                                 "the same patient is with a polyclinic already", "incident");
        refusal.first_incident = other->id;
        refusal.first_at = other->polyclinic_at_work()->sent_at();
        refusal.first_actor = other->polyclinic_at_work()->history.front().actor;
        return refusal;
    }
    Decision decision;
    append_first_category(d, *incident, decision);
    decision.events.emplace_back(HandedToPolyclinic{.task = d.new_task(),
                                                    .incident = c.incident,
                                                    .polyclinic = c.polyclinic,
                                                    .row = c.row,
                                                    .reasons = c.reasons,
                                                    .at = c.at});
    return decision;
}

Decided decide_one(Deciding& d, const AcceptByPolyclinic& c) {
    const auto task = polyclinic_task(d, c.incident, c.at);
    if (const auto* refusal = std::get_if<Refusal>(&task)) return *refusal;
    if (std::get<const Task*>(task)->accepted_at()) {
        return refuse(RefusalCode::nothing_changed, "accepted already", "incident");
    }
    Decision decision;
    decision.events.emplace_back(PolyclinicAccepted{c.incident, c.at});
    return decision;
}

Decided decide_one(Deciding& d, const ReturnFromPolyclinic& c) {
    constexpr std::array<std::string_view, 4> reasons{"not_accepted", "closed", "category_raised",
                                                      "other"};
    const auto task = polyclinic_task(d, c.incident, c.at);
    if (const auto* refusal = std::get_if<Refusal>(&task)) return *refusal;
    if (std::find(reasons.begin(), reasons.end(), c.reason) == reasons.end()) {
        return refuse(RefusalCode::reason_required,
                      "expected not_accepted, closed, category_raised or other", "reason");
    }
    Decision decision;
    decision.events.emplace_back(PolyclinicReturned{c.incident, c.reason, c.at});
    return decision;
}

Decided decide_one(Deciding& d, const RequestService& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.resource == Resource::brigade || c.resource == Resource::polyclinic) {
        return refuse(RefusalCode::bad_value,
                      "expected police, fire_service or medical_aviation; brigades are assigned, "
                      "calls are handed to polyclinics",
                      "resource");
    }
    if (c.purpose.empty() || c.purpose.size() > code_max) {
        return refuse(RefusalCode::reason_required, "expected what it is for, a short code",
                      "purpose");
    }
    if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
    for (const Task& task : incident->tasks) {
        if (task.resource != c.resource || !task.active() || task.purpose != c.purpose) continue;
        Refusal refusal = refuse(RefusalCode::already_handed, "it is asked for already",
                                 "resource");
        refusal.first_actor = task.history.front().actor;
        refusal.first_at = task.sent_at();
        return refusal;
    }
    if (incident->tasks.size() >= tasks_max) {
        return refuse(RefusalCode::too_many, "500 tasks of one incident are listed already",
                      "incident");
    }
    Decision decision;
    decision.events.emplace_back(ServiceRequested{.task = d.new_task(),
                                                  .incident = c.incident,
                                                  .resource = c.resource,
                                                  .organisation = c.organisation,
                                                  .category = incident->working_category(),
                                                  .purpose = c.purpose,
                                                  .at = c.at});
    return decision;
}

Decided decide_one(Deciding& d, const ReportTask& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Task* task = incident->task(c.task);
    if (task == nullptr) {
        return refuse(RefusalCode::unknown_task, "the incident has no such task", "task");
    }
    if (task->of_brigade()) {
        return refuse(RefusalCode::wrong_kind, "a brigade's steps are its statuses", "task");
    }
    if (!task->active()) return refuse(RefusalCode::not_handed, "the task has ended", "task");
    if (c.step == TaskStep::sent) {
        return refuse(RefusalCode::status_order, "a task is sent by asking for it", "step");
    }
    if (c.step == TaskStep::returned && c.reason.empty()) {
        return refuse(RefusalCode::reason_required, "a reason is needed", "reason");
    }
    if (task->last_step() >= c.step) {
        return refuse(RefusalCode::status_order,
                      "its step is " + std::string{name_of(task->last_step())}, "step");
    }
    if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
    if (auto refusal = check_after(*task, c.at)) return *refusal;
    Decision decision;
    decision.events.emplace_back(TaskReported{c.incident, c.task, c.step, c.reason, c.at});
    return decision;
}

}  // namespace jedel
