#include "dispatch/core/tasks/handlers.h"

namespace jedel {
namespace {

/// Adds a task to an open incident; a second one of the same number (a journal that was put
/// together wrongly) is not taken.
void add_task(Folding& f, IncidentId id, Task task) {
    f.incident(id, [&](Incident& i) {
        if (i.task(task.id) == nullptr) i.tasks.push_back(std::move(task));
    });
}

/// The place a status implies: what was reported, the base, or the scene.
std::optional<LatLon> implied_place(const Folding& f, const StatusReported& e, const Brigade& b) {
    if (e.lat && e.lon) return LatLon{*e.lat, *e.lon};
    if (e.status == BrigadeStatus::free_at_base) return b.base_place;
    if (e.status == BrigadeStatus::on_scene && e.incident) {
        const Incident* i = f.state.open.find(*e.incident);
        return i != nullptr ? i->place() : std::nullopt;
    }
    return std::nullopt;
}

template <class Change>
void polyclinic(Folding& f, IncidentId id, Change&& change) {
    f.incident(id, [&](Incident& i) {
        for (auto t = i.tasks.rbegin(); t != i.tasks.rend(); ++t) {
            if (t->resource != Resource::polyclinic) continue;
            change(*t);
            return;
        }
    });
}

}  // namespace

void fold(Folding& f, const BrigadeAssigned& e) {
    f.given(e.task.value, &DeskIds::task);
    const Instant at = e.at.value_or(f.event.at);
    Task task;
    task.id = e.task;
    task.resource = Resource::brigade;
    task.brigade = e.brigade;
    task.category = e.category;
    task.shown = e.shown;
    task.override_reason = e.override_reason;
    task.rerouted_from = e.rerouted_from;
    task.reasons = e.reasons;
    task.history.push_back(f.mark(TaskStep::sent, e.at));
    f.brigade(e.brigade, [&](Brigade& b) {
        task.from_status = b.status;
        b.task = e.task;
        b.incident = e.incident;
        b.standby.reset();
        b.status = BrigadeStatus::sent;
        b.status_at = at;
        b.status_source = Source::dispatcher;
    });
    add_task(f, e.incident, std::move(task));
}

void fold(Folding& f, const StatusReported& e) {
    f.brigade(e.brigade, [&](Brigade& b) {
        b.status = e.status;
        b.status_at = e.at;
        b.status_source = e.source;
        // At its base, off shift or out of service it waits at no post.
        if (!is_free(b) || e.status == BrigadeStatus::free_at_base) b.standby.reset();
        if (const auto place = implied_place(f, e, b)) {
            b.last_lat = place->lat;
            b.last_lon = place->lon;
            b.last_place_at = e.at;
            b.at_organisation.reset();
            b.at_organisation_since.reset();
        }
    });
    if (!e.incident || !e.task) return;
    std::optional<OrganisationId> hospital;
    f.task(*e.incident, *e.task, [&](Task& t) {
        if (const auto step = step_of(e.status)) t.history.push_back(f.mark(*step, e.at, e.source));
        if (e.hospital && t.hospital && e.hospital != t.hospital) {
            t.hospital_changes.push_back({t.hospital, *e.hospital, e.at, f.event.actor, {}});
        }
        if (e.hospital) t.hospital = e.hospital;
        hospital = t.hospital;
    });
    const bool there = e.status == BrigadeStatus::at_hospital ||
                       e.status == BrigadeStatus::handed_over;
    if (!there || !hospital || (e.lat && e.lon)) return;
    f.brigade(e.brigade, [&](Brigade& b) {
        b.at_organisation = hospital;
        b.at_organisation_since = e.at;
    });
}

void fold(Folding& f, const AssignmentEnded& e) {
    const Brigade* b = f.state.brigades.find(e.brigade);
    // Service ends when the crew says so, which may be before it was entered.
    Instant ended = e.at.value_or(f.event.at);
    if (!e.at && e.served && b != nullptr) ended = std::min(b->status_at, f.event.at);
    f.brigade(e.brigade, [&](Brigade& brigade) {
        if (brigade.task != e.task) return;
        brigade.task.reset();
        brigade.incident.reset();
        brigade.last_task_ended_at = ended;
    });
    f.task(e.incident, e.task, [&](Task& t) {
        t.history.push_back(f.mark(e.served ? TaskStep::done : TaskStep::returned, ended));
        t.released = e.reason;
    });
}

void fold(Folding& f, const HandedToPolyclinic& e) {
    Task task;
    task.id = e.task.value_or(lifted_task_id(f.event.seq));
    f.given(task.id.value, &DeskIds::task);
    task.resource = Resource::polyclinic;
    task.organisation = e.polyclinic;
    task.row = e.row;
    task.reasons = e.reasons;
    task.history.push_back(f.mark(TaskStep::sent, e.at));
    if (const Incident* i = f.state.open.find(e.incident)) task.category = i->working_category();
    add_task(f, e.incident, std::move(task));
}

void fold(Folding& f, const PolyclinicAccepted& e) {
    polyclinic(f, e.incident,
               [&](Task& t) { t.history.push_back(f.mark(TaskStep::accepted, e.at)); });
}

void fold(Folding& f, const PolyclinicReturned& e) {
    polyclinic(f, e.incident, [&](Task& t) {
        t.history.push_back(f.mark(TaskStep::returned, e.at));
        t.return_reason = e.reason;
    });
}

void fold(Folding& f, const ServiceRequested& e) {
    f.given(e.task.value, &DeskIds::task);
    Task task;
    task.id = e.task;
    task.resource = e.resource;
    task.organisation = e.organisation;
    task.category = e.category;
    task.purpose = e.purpose;
    task.history.push_back(f.mark(TaskStep::sent, e.at));
    add_task(f, e.incident, std::move(task));
}

void fold(Folding& f, const TaskReported& e) {
    f.task(e.incident, e.task, [&](Task& t) {
        t.history.push_back(f.mark(e.step, e.at));
        if (e.step == TaskStep::returned) t.return_reason = e.reason;
    });
}

void fold(Folding& f, const HospitalTriaged& e) {
    f.task(e.incident, e.task, [&](Task& t) {
        t.zone = e.zone;
        t.zone_at = f.event.at;
    });
}

}  // namespace jedel
