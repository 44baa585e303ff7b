#pragma once
// What has become known of patients, and of call and place while the form was filled.

#include "dispatch/core/calls/call.h"
#include "dispatch/core/patients/patient.h"

namespace jedel {

struct IntakeRecorded {
    static constexpr std::string_view kind = "intake_recorded";
    // 2: caller, patients_described; 3: call and patient apart; 4: what was cleared
    static constexpr int version = 4;
    IncidentId incident;
    std::optional<double> lat, lon, age_years;
    std::optional<Sex> sex;
    std::optional<int> pregnancy_weeks, patient_count;
    std::optional<CallerRelation> caller;
    std::optional<int> patients_described;
    CallId call;
    PatientId patient;
    std::optional<PersonRef> person, place_person, patient_person;  ///< of the call, …
    std::vector<IntakeField> cleared;  ///< not known any more
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("lat", s.lat);
        v("lon", s.lon);
        v("age_years", s.age_years);
        v("sex", s.sex);
        v("pregnancy_weeks", s.pregnancy_weeks);
        v("patient_count", s.patient_count);
        v("caller", s.caller);
        v("patients_described", s.patients_described);
        v("call", s.call);
        v("patient", s.patient);
        v("person", s.person);
        v("place_person", s.place_person);
        v("patient_person", s.patient_person);
        v("cleared", s.cleared);
    }
};

struct PatientAdded {
    static constexpr std::string_view kind = "patient_added";
    static constexpr int version = 1;
    IncidentId incident;
    PatientId patient;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("patient", s.patient);
    }
};

/// The findings that changed.
struct FindingsRecorded {
    static constexpr std::string_view kind = "findings_recorded";
    static constexpr int version = 2;  // 2: names the patient
    IncidentId incident;
    PatientId patient;
    std::vector<FindingValue> findings;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("patient", s.patient);
        v("findings", s.findings);
    }
};

/// What the rule table said of all findings of a patient so far.
struct Triaged {
    static constexpr std::string_view kind = "triaged";
    static constexpr int version = 2;  // 2: names the patient
    IncidentId incident;
    PatientId patient;
    TriageRecord triage;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("patient", s.patient);
        v("triage", s.triage);
    }
};

/// Asked, and the caller could not say.
struct QuestionUnanswered {
    static constexpr std::string_view kind = "question_unanswered";
    static constexpr int version = 2;  // 2: names the patient
    IncidentId incident;
    PatientId patient;
    std::vector<std::string> findings;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("patient", s.patient);
        v("findings", s.findings);
    }
};

struct QuestionReopened {
    static constexpr std::string_view kind = "question_reopened";
    static constexpr int version = 2;  // 2: names the patient
    IncidentId incident;
    PatientId patient;
    std::vector<std::string> findings;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("patient", s.patient);
        v("findings", s.findings);
    }
};

struct PatientIdentified {
    static constexpr std::string_view kind = "patient_identified";
    static constexpr int version = 2;  // 2: names the patient; rows of call, place, patient apart
    IncidentId incident;
    PatientId patient;
    std::optional<PersonRef> person, place_person, patient_person;
    InsuranceRecord insurance;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("patient", s.patient);
        v("person", s.person);
        v("place_person", s.place_person);
        v("patient_person", s.patient_person);
        v("insurance", s.insurance);
    }
};

struct FollowUpRecorded {
    static constexpr std::string_view kind = "follow_up_recorded";
    static constexpr int version = 2;  // 2: names the patient
    IncidentId incident;
    PatientId patient;
    std::vector<FollowUpItem> items;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("patient", s.patient);
        v("items", s.items);
    }
};

}  // namespace jedel
