#include "dispatch/core/patients/handlers.h"
#include "dispatch/core/patients/triage.h"

namespace jedel {
namespace {

void forget_unanswered(Patient& patient, std::string_view finding) {
    std::erase_if(patient.unanswered, [&](const Unanswered& u) { return u.finding == finding; });
}

}  // namespace

void fold(Folding& f, const IntakeRecorded& e) {
    f.incident(e.incident, [&](Incident& i) {
        if (e.lat) i.lat = e.lat;
        if (e.lon) i.lon = e.lon;
        if (e.patient_count) i.patient_count = e.patient_count;
        if (e.patients_described) i.patients_described = e.patients_described;
        f.person(i.place_person, e.place_person);
        for (Call& c : i.calls) {
            if (c.id != e.call) continue;
            if (e.caller) c.caller = e.caller;
            f.person(c.person, e.person);
        }
        for (Patient& p : i.patients) {
            if (p.id != e.patient) continue;
            if (e.age_years) p.age_years = e.age_years;
            if (e.sex) p.sex = *e.sex;
            if (e.pregnancy_weeks) p.pregnancy_weeks = e.pregnancy_weeks;
            f.person(p.person, e.patient_person);
            for (const IntakeField field : e.cleared) clear(i, p, field);
        }
    });
}

void fold(Folding& f, const PatientAdded& e) {
    f.given(e.patient.value, &DeskIds::patient);
    f.incident(e.incident, [&](Incident& i) {
        if (i.patient(e.patient) == nullptr) i.patients.emplace_back().id = e.patient;
    });
}

void fold(Folding& f, const FindingsRecorded& e) {
    f.patient(e.incident, e.patient, [&](Patient& p) {
        for (const FindingValue& value : e.findings) {
            const auto it = std::find_if(
                p.findings.begin(), p.findings.end(),
                [&](const FindingValue& old) { return old.finding == value.finding; });
            if (it != p.findings.end()) {
                *it = value;
            } else {
                p.findings.push_back(value);
            }
            if (value.value != "unknown") forget_unanswered(p, value.finding);
        }
    });
}

void fold(Folding& f, const Triaged& e) {
    f.incident(e.incident, [&](Incident& i) {
        for (Patient& p : i.patients) {
            if (p.id == e.patient) p.triage = e.triage;
        }
        i.triage = combined_triage(i.patients);
    });
}

void fold(Folding& f, const QuestionUnanswered& e) {
    f.patient(e.incident, e.patient, [&](Patient& p) {
        for (const std::string& finding : e.findings) {
            forget_unanswered(p, finding);
            p.unanswered.push_back({finding, f.event.at, f.event.actor});
        }
    });
}

void fold(Folding& f, const QuestionReopened& e) {
    f.patient(e.incident, e.patient, [&](Patient& p) {
        for (const std::string& finding : e.findings) forget_unanswered(p, finding);
    });
}

void fold(Folding& f, const PatientIdentified& e) {
    f.incident(e.incident, [&](Incident& i) {
        f.person(i.calls.front().person, e.person);
        f.person(i.place_person, e.place_person);
        for (Patient& p : i.patients) {
            if (p.id != e.patient) continue;
            p.insurance = e.insurance;
            f.person(p.person, e.patient_person);
        }
    });
}

void fold(Folding& f, const FollowUpRecorded& e) {
    f.patient(e.incident, e.patient, [&](Patient& p) { p.follow_up = e.items; });
}

}  // namespace jedel
