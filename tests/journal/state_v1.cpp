#include "tests/journal/state_v1.h"

namespace jedel::test::v1 {
namespace {

Assignment assignment_of(const Task& t) {
    Assignment a;
    a.id = t.id;
    a.brigade = t.brigade.value_or(BrigadeId{});
    a.category = t.category;
    a.from_status = t.from_status;
    a.sent_at = t.sent_at();
    a.accepted_at = t.accepted_at();
    a.departed_at = t.departed_at();
    a.on_scene_at = t.on_scene_at();
    a.left_scene_at = t.left_scene_at();
    a.at_hospital_at = t.at_hospital_at();
    a.handed_over_at = t.handed_over_at();
    a.ended_at = t.ended_at();
    a.hospital = t.hospital;
    a.zone = t.zone;
    a.zone_at = t.zone_at;
    a.served = t.served();
    a.released = t.released;
    a.shown = t.shown;
    return a;
}

PolyclinicHandOver hand_over_of(const Task& t) {
    PolyclinicHandOver p;
    p.polyclinic = t.organisation.value_or(OrganisationId{});
    p.row = t.row;
    p.sent_at = t.sent_at();
    p.accepted_at = t.accepted_at();
    p.returned_at = t.returned_at();
    p.return_reason = t.return_reason;
    p.reasons = t.reasons;
    return p;
}

Incident incident_of(const jedel::Incident& now) {
    const Call& call = now.first_call();
    const Patient& patient = now.first_patient();
    Incident i;
    i.id = now.id;
    i.version = now.version;
    i.day_number = now.day_number;
    i.day = now.day;
    i.channel = call.channel;
    i.received_at = now.received_at;
    each_person(now, [&](PersonRef ref) { i.person = std::max(i.person, std::optional{ref}); });
    i.lat = now.lat;
    i.lon = now.lon;
    i.age_years = patient.age_years;
    i.sex = patient.sex;
    i.pregnancy_weeks = patient.pregnancy_weeks;
    i.patient_count = now.patient_count;
    i.findings = patient.findings;
    i.triage = now.triage;
    i.category = now.category;
    i.category_changes = now.category_changes;
    for (const Task& t : now.tasks) {
        if (t.of_brigade()) i.assignments.push_back(assignment_of(t));
    }
    if (const Task* t = now.last_polyclinic()) i.polyclinic = hand_over_of(*t);
    i.insurance = patient.insurance;
    i.follow_up = patient.follow_up;
    i.disposition = now.ending.disposition;
    i.disposition_hospital = now.ending.hospital;
    i.disposition_at = now.ending.at;
    i.closed_at = now.closed_at;
    i.merged_into = now.merged_into;
    i.merged = now.merged;
    i.caller = call.caller;
    i.patients_described = now.patients_described;
    i.line_losses = call.line_losses;
    i.unanswered = patient.unanswered;
    return i;
}

Brigade brigade_of(const jedel::Brigade& now) {
    Brigade b;
    b.id = now.id;
    b.version = now.version;
    b.name = now.name;
    b.kind = now.kind;
    b.base = now.base;
    b.base_place = now.base_place;
    b.shift_end = now.shift_end;
    b.status = now.status;
    b.status_at = now.status_at;
    b.status_source = now.status_source;
    b.assignment = now.task;
    b.incident = now.incident;
    b.last_actor = now.last_actor;
    b.last_lat = now.last_lat;
    b.last_lon = now.last_lon;
    b.last_place_at = now.last_place_at;
    return b;
}

}  // namespace

State state_of(const jedel::State& now) {
    const DeskIds ids = now.ids_of(0);
    State s;
    s.seq = now.seq;
    s.at = now.at;
    for (const auto& i : now.open.rows()) s.open.put(incident_of(*i));
    for (const auto& i : now.recent.rows()) s.recent.put(incident_of(*i));
    for (const auto& b : now.brigades.rows()) s.brigades.put(brigade_of(*b));
    s.next_incident = ids.incident + 1;
    s.next_assignment = ids.task + 1;
    s.next_person = ids.person + 1;
    s.days = now.days;
    s.closed_total = now.closed_total;
    s.signatures = now.signatures;
    s.road_changes = now.road_changes;
    if (ids.road_change != 0) s.last_road_change = RoadChangeId{ids.road_change};
    return s;
}

}  // namespace jedel::test::v1
