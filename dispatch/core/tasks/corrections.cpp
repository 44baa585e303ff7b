// A step of a task, or its hospital, set right. Nothing is overwritten: the latest word counts, the
// earlier ones stay.

#include <algorithm>

#include "dispatch/core/incidents/handlers.h"
#include "dispatch/core/tasks/handlers.h"

namespace jedel {
namespace {

bool is_end(TaskStep step) { return step >= TaskStep::done; }

Refusal order(std::string detail) {
    return refuse(RefusalCode::status_order, std::move(detail), "step");
}

/// The brigade of an ended task that is asked to be at it again.
std::optional<Refusal> check_again_at_work(const Deciding& d, const Incident& incident,
                                           const Task& task) {
    if (!task.of_brigade()) {
        if (task.resource != Resource::polyclinic) return std::nullopt;
        if (incident.polyclinic_at_work() != nullptr ||
            incident.first_brigade_at_work() != nullptr) {
            return refuse(RefusalCode::already_handed, "somebody else has it now", "task");
        }
        if (incident.working_category() != Category::u4) {
            return refuse(RefusalCode::not_category_4, "only U4 is a polyclinic's (D2)", "task");
        }
        return std::nullopt;
    }
    const Brigade* brigade = d.state.brigades.find(*task.brigade);
    if (brigade == nullptr) {
        return refuse(RefusalCode::unknown_brigade, "the brigade is not known any more", "task");
    }
    if (brigade->task || brigade->last_task_ended_at != task.ended_at()) {
        Refusal refusal = refuse(RefusalCode::brigade_busy,
                                 "the brigade has been sent elsewhere since", "task");
        refusal.first_actor = brigade->last_actor;
        refusal.first_at = brigade->status_at;
        refusal.first_incident = brigade->incident;
        return refusal;
    }
    if (brigade->status == BrigadeStatus::off_shift) {
        return refuse(RefusalCode::brigade_not_free, "the brigade is off shift", "task");
    }
    return std::nullopt;
}

/// The step was not taken.
std::optional<Refusal> check_strike(const Deciding& d, const Incident& incident, const Task& task,
                                    TaskStep step) {
    if (!task.time_of(step)) {
        return refuse(RefusalCode::nothing_changed, "that step is not recorded", "step");
    }
    if (step == TaskStep::sent) return order("who was sent by mistake is released, with a reason");
    if (is_end(step)) return check_again_at_work(d, incident, task);
    if (step != TaskStep::on_scene || !task.of_brigade()) return std::nullopt;
    if (task.last_step() > TaskStep::on_scene && task.last_step() != TaskStep::returned) {
        return order("what came after it was at the scene; strike that first");
    }
    // How it ended may stand on a brigade having been there.
    const Ending& ending = incident.ending;
    if (ending.disposition == Disposition::none) return std::nullopt;
    Incident without = incident;
    for (Task& t : without.tasks) {
        if (t.id != task.id) continue;
        std::erase_if(t.history, [&](const TaskMark& m) { return m.step == step; });
    }
    auto refusal = check_disposition(without, ending.disposition, ending.hospital);
    if (refusal) refusal->detail = "take the outcome back first: " + refusal->detail;
    return refusal;
}

/// The step was taken at that time: after what comes before it, before what comes after.
std::optional<Refusal> check_moved(const Task& task, TaskStep step, Instant at) {
    const auto was = task.time_of(step);
    if (was == at) {
        return refuse(RefusalCode::nothing_changed, "its time is that already", "at");
    }
    if (!was && is_end(step)) return order("how it ended is reported, not set right");
    if (!was && step > task.last_step()) return order("it is reported as the next step");
    for (const TaskMark& mark : task.history) {
        const auto other = mark.step == step ? std::nullopt : task.time_of(mark.step);
        if (!other) continue;
        if (mark.step < step ? *other > at : *other < at) {
            return refuse(RefusalCode::time_order,
                          std::string{mark.step < step ? "before" : "after"} + " its step " +
                              std::string{name_of(mark.step)} + ", which is of " + to_iso(*other),
                          "at");
        }
    }
    return std::nullopt;
}

/// A brigade is at one task at a time, also in what is set right afterwards.
std::optional<Refusal> check_brigade_time(const Deciding& d, const Task& task, TaskStep step,
                                          Instant at) {
    if (!task.of_brigade()) return std::nullopt;
    const Brigade* b = d.state.brigades.find(*task.brigade);
    if (b == nullptr) return std::nullopt;
    const auto over = [](Instant other) {
        return refuse(RefusalCode::time_order,
                      "the brigade was at another task; that changed at " + to_iso(other), "at");
    };
    if (step == TaskStep::sent && b->task == task.id && b->last_task_ended_at &&
        at < *b->last_task_ended_at) {
        return over(*b->last_task_ended_at);
    }
    const bool moves_along = !b->task && b->last_task_ended_at == task.ended_at() &&
                             b->status_at == task.ended_at();
    if (is_end(step) && b->task != task.id && !moves_along && at > b->status_at) {
        return over(b->status_at);
    }
    return std::nullopt;
}

/// What the brigade does now follows from the steps that stand.
void follow(Folding& f, Brigade& b, const Task& before, const Task& now, const Incident& incident) {
    if (b.task && *b.task != now.id) return;
    if (!now.active()) {
        // Its end moved, and with it what it has done since, where it has done nothing else.
        const auto old = before.ended_at(), ended = now.ended_at();
        if (b.task || b.last_task_ended_at != old) return;
        b.last_task_ended_at = ended;
        if (old == b.status_at && ended) b.status_at = *ended;
        return;
    }
    b.task = now.id;
    b.incident = incident.id;
    const TaskStep last = now.last_step();
    const bool was_there = before.time_of(TaskStep::on_scene) && !now.time_of(TaskStep::on_scene);
    b.status = status_of(last);
    b.status_at = now.time_of(last).value_or(f.event.at);
    b.status_source = Source::dispatcher;
    if (last < TaskStep::at_hospital || !now.hospital) {
        b.at_organisation.reset();
        b.at_organisation_since.reset();
    } else {
        b.at_organisation = now.hospital;
        b.at_organisation_since = b.status_at;
    }
    if (!was_there || last >= TaskStep::on_scene) return;
    b.last_lat.reset();  // it was not at the scene; where it was is not known
    b.last_lon.reset();
}

}  // namespace

Decided decide_one(Deciding& d, const CorrectTask& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Task* task = incident->task(c.task);
    if (task == nullptr) {
        return refuse(RefusalCode::unknown_task, "the incident has no such task", "task");
    }
    if (c.words.empty()) {
        return refuse(RefusalCode::reason_required, "a correction needs words", "words");
    }
    if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
    if (c.at) {
        if (auto refusal = check_moved(*task, c.step, *c.at)) return *refusal;
        if (auto refusal = check_brigade_time(d, *task, c.step, *c.at)) return *refusal;
    } else if (auto refusal = check_strike(d, *incident, *task, c.step)) {
        return *refusal;
    }
    Decision decision;
    decision.events.emplace_back(TaskCorrected{c.incident, c.task, c.step, c.at, c.words});
    return decision;
}

Decided decide_one(Deciding& d, const CorrectHospital& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Task* task = incident->task(c.task);
    if (task == nullptr) {
        return refuse(RefusalCode::unknown_task, "the incident has no such task", "task");
    }
    if (!c.hospital) return refuse(RefusalCode::bad_value, "expected the hospital", "hospital");
    if (!task->left_scene_at() && !task->at_hospital_at() && !task->handed_over_at()) {
        return refuse(RefusalCode::status_order, "it has taken nobody to a hospital", "task");
    }
    if (task->hospital == c.hospital) {
        return refuse(RefusalCode::nothing_changed, "it is that hospital already", "hospital");
    }
    if (c.words.empty()) {
        return refuse(RefusalCode::reason_required, "a correction needs words", "words");
    }
    Decision decision;
    decision.events.emplace_back(HospitalCorrected{c.incident, c.task, c.hospital, c.words});
    const Ending& ending = incident->ending;
    if (ending.hospital && ending.hospital == task->hospital) {
        decision.events.emplace_back(
            DispositionCorrected{c.incident, ending.disposition, c.hospital, ending.at, c.words});
    }
    return decision;
}

void fold(Folding& f, const TaskCorrected& e) {
    const Incident* incident = f.state.open.find(e.incident);
    const Task* found = incident != nullptr ? incident->task(e.task) : nullptr;
    if (found == nullptr) return;
    const Task before = *found;
    TaskMark mark = f.mark(e.step, e.at ? e.at : before.time_of(e.step));
    mark.struck = !e.at;
    mark.words = e.words;
    f.task(e.incident, e.task, [&](Task& t) {
        t.history.push_back(mark);
        if (mark.struck && e.step == TaskStep::returned) {
            t.released = ReleaseReason::none;
            t.return_reason.clear();
        }
    });
    if (!before.brigade) return;
    incident = f.state.open.find(e.incident);
    const Task& now = *incident->task(e.task);
    f.brigade(*before.brigade, [&](Brigade& b) { follow(f, b, before, now, *incident); });
}

void fold(Folding& f, const HospitalCorrected& e) {
    std::optional<OrganisationId> from;
    std::optional<BrigadeId> brigade;
    f.task(e.incident, e.task, [&](Task& t) {
        from = t.hospital;
        brigade = t.brigade;
        t.hospital_changes.push_back({from, e.hospital, f.event.at, f.event.actor, e.words});
        t.hospital = e.hospital;
    });
    if (!brigade) return;
    f.brigade(*brigade, [&](Brigade& b) {
        const bool here = b.task == e.task && (b.status == BrigadeStatus::at_hospital ||
                                               b.status == BrigadeStatus::handed_over);
        if (here && !b.at_organisation) b.at_organisation_since = b.status_at;
        if (here || (!b.task && from && b.at_organisation == from)) b.at_organisation = e.hospital;
    });
}

}  // namespace jedel
