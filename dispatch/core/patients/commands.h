#pragma once
// What may be asked about patients. `patient` may be left out while the incident has one.

#include "dispatch/core/calls/call.h"
#include "dispatch/core/patients/patient.h"
#include "dispatch/core/people/personal.h"

namespace jedel {

/// What is known of call, place and patient; absent fields stay as they are.
struct RecordIntake {
    static constexpr std::string_view kind = "record_intake";
    IncidentId incident;
    std::optional<double> lat, lon;  ///< both or none
    std::optional<double> age_years;
    std::optional<Sex> sex;
    std::optional<int> pregnancy_weeks;
    std::optional<int> patient_count;
    PersonalFields personal;
    std::optional<CallerRelation> caller;
    /// Of how many patients the findings tell: of one unless said; the rest are unknown.
    std::optional<int> patients_described;
    std::optional<PatientId> patient;
    std::optional<CallId> call;  ///< whose caller and words; none: the incident's only one
    std::vector<IntakeField> cleared;  ///< what was said and is not known after all
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("lat", s.lat);
        v("lon", s.lon);
        v("age_years", s.age_years);
        v("sex", s.sex);
        v("pregnancy_weeks", s.pregnancy_weeks);
        v("patient_count", s.patient_count);
        v("personal", s.personal);
        v("caller", s.caller);
        v("patients_described", s.patients_described);
        v("patient", s.patient);
        v("call", s.call);
        v("cleared", s.cleared);
    }
};

/// Somebody else of the same incident is ill or hurt; triaged apart.
struct AddPatient {
    static constexpr std::string_view kind = "add_patient";
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// Findings said or asked; a value "unknown" takes an answer back. Re-evaluates the category.
struct RecordFindings {
    static constexpr std::string_view kind = "record_findings";
    IncidentId incident;
    std::vector<FindingValue> findings;
    std::optional<PatientId> patient;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("findings", s.findings);
        v("patient", s.patient);
    }
};

/// Questions that were asked and that the caller could not answer: unknown, and not asked again.
/// `again` takes that back.
struct RecordUnanswered {
    static constexpr std::string_view kind = "record_unanswered";
    IncidentId incident;
    std::vector<std::string> findings;
    bool again = false;
    std::optional<PatientId> patient;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("findings", s.findings);
        v("again", s.again);
        v("patient", s.patient);
    }
};

/// The patient's insurance as the register knows it. The IIN itself goes by `personal`.
struct IdentifyPatient {
    static constexpr std::string_view kind = "identify_patient";
    IncidentId incident;
    PersonalFields personal;
    InsuranceRecord insurance;
    std::optional<PatientId> patient;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("personal", s.personal);
        v("insurance", s.insurance);
        v("patient", s.patient);
    }
};

struct RecordFollowUp {
    static constexpr std::string_view kind = "record_follow_up";
    IncidentId incident;
    std::vector<FollowUpItem> items;
    std::optional<PatientId> patient;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("items", s.items);
        v("patient", s.patient);
    }
};

}  // namespace jedel
