#include "dispatch/core/guards.h"

#include <algorithm>

namespace jedel {

Refusal not_open(const State& state, IncidentId id) {
    const bool existed = count_of(id.value) > 0 &&
                         count_of(id.value) <= state.ids_of(desk_of(id.value)).incident;
    return existed ? refuse(RefusalCode::incident_closed, "the incident is closed", "incident")
                   : refuse(RefusalCode::unknown_incident, "there is no such incident", "incident");
}

WhichPatient which_patient(const Incident& incident, std::optional<PatientId> named) {
    if (named) {
        if (const Patient* patient = incident.patient(*named)) return patient;
        return refuse(RefusalCode::unknown_patient, "the incident has no such patient", "patient");
    }
    if (incident.patients.size() == 1) return &incident.patients.front();
    return refuse(RefusalCode::which_one, "the incident has several patients; name the one meant",
                  "patient");
}

WhichCall which_call(const Incident& incident, std::optional<CallId> named) {
    if (named) {
        if (const Call* call = incident.call(*named)) return call;
        return refuse(RefusalCode::unknown_call, "the incident has no such call", "call");
    }
    if (incident.calls.size() == 1) return &incident.calls.front();
    return refuse(RefusalCode::which_one, "the incident has several calls; name the one meant",
                  "call");
}

Call& same_call(Incident& incident, CallId id) {
    for (Call& call : incident.calls) {
        if (call.id == id) return call;
    }
    return incident.calls.front();
}

std::optional<Refusal> check_time(const Deciding& d, const Incident& incident,
                                  std::optional<Instant> at) {
    if (!at) return std::nullopt;
    if (*at > d.now) return refuse(RefusalCode::time_order, "the time is in the future", "at");
    if (*at < incident.received_at) {
        return refuse(RefusalCode::time_order,
                      "before the call, which is of " + to_iso(incident.received_at), "at");
    }
    return std::nullopt;
}

namespace {

std::optional<PersonRef> take_person(Deciding& d, IncidentId id, std::optional<PersonRef> known,
                                     PersonalSubject subject, const PersonalFields& typed,
                                     Decision& decision) {
    if (!typed.any(subject)) return std::nullopt;
    const PersonalRecord* before = d.personal.find(known);
    PersonalRecord row;
    bool changed = before == nullptr;
    for (const PersonalField& field : personal_fields) {
        if (field.subject != subject) continue;
        if (before != nullptr) row.*field.kept = before->*field.kept;
        const auto& text = typed.*field.typed;
        if (!text || row.*field.kept == *text) continue;
        row.*field.kept = *text;
        changed = true;
    }
    if (!changed) return std::nullopt;
    if (subject == PersonalSubject::call) {
        if (before != nullptr) row.first_words = before->first_words;
        if (row.first_words.empty()) row.first_words = row.words;
    }
    row.ref = d.new_person();
    row.incident = id;
    row.subject = subject;
    decision.personal.push_back(std::move(row));
    return decision.personal.back().ref;
}

}  // namespace

NewPersons take_persons(Deciding& d, const Incident* incident, IncidentId id, const Call* call,
                        const Patient* patient, const PersonalFields& typed, Decision& decision) {
    NewPersons out;
    out.call = take_person(d, id, call != nullptr ? call->person : std::nullopt,
                           PersonalSubject::call, typed, decision);
    out.place = take_person(d, id, incident != nullptr ? incident->place_person : std::nullopt,
                            PersonalSubject::place, typed, decision);
    out.patient = take_person(d, id, patient != nullptr ? patient->person : std::nullopt,
                              PersonalSubject::patient, typed, decision);
    return out;
}

namespace {

/// Numbers (IIN) of an incident's patients; rows that come with the decision say them newest.
std::vector<std::string_view> numbers_of(const Deciding& d, const Incident& incident,
                                         const std::vector<PersonalRecord>& rows) {
    std::vector<std::string_view> out;
    for (const Patient& patient : incident.patients) {
        const PersonalRecord* row = d.personal.find(patient.person);
        if (row != nullptr && !row->iin.empty()) out.push_back(row->iin);
    }
    for (const PersonalRecord& row : rows) {
        if (row.incident == incident.id && !row.iin.empty()) out.push_back(row.iin);
    }
    return out;
}

bool returns_already(const Decision& decision) {
    return std::any_of(decision.events.begin(), decision.events.end(), [](const Event& e) {
        return std::holds_alternative<PolyclinicReturned>(e);
    });
}

}  // namespace

const Incident* same_patient_at_polyclinic(const Deciding& d, const Incident& incident,
                                           const std::vector<PersonalRecord>& rows) {
    const auto mine = numbers_of(d, incident, rows);
    if (mine.empty()) return nullptr;
    for (const auto& other : d.state.open.rows()) {
        if (other->id == incident.id || other->polyclinic_at_work() == nullptr) continue;
        for (const std::string_view number : numbers_of(d, *other, {})) {
            if (std::find(mine.begin(), mine.end(), number) != mine.end()) return &*other;
        }
    }
    return nullptr;
}

void append_return_when_unfit(const Deciding& d, const Incident& before, const Incident& after,
                              Decision& decision) {
    if (before.polyclinic_at_work() == nullptr || returns_already(decision)) return;
    const bool infant = std::any_of(
        after.patients.begin(), after.patients.end(), [](const Patient& p) {
            return p.age_years && *p.age_years < polyclinic_age_min_years;
        });
    if (infant) {
        decision.events.emplace_back(PolyclinicReturned{before.id, "under_one_year", {}});
    } else if (same_patient_at_polyclinic(d, after, decision.personal) != nullptr) {
        decision.events.emplace_back(PolyclinicReturned{before.id, "accepted_elsewhere", {}});
    }
}

void append_return_when_raised(const Incident& incident, Category category, Decision& decision) {
    if (category == Category::u4 || incident.polyclinic_at_work() == nullptr) return;
    decision.events.emplace_back(PolyclinicReturned{incident.id, "category_raised", {}});
}

}  // namespace jedel
