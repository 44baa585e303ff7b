#pragma once
// What has happened about dangers, hospitals, companions, refusals and advice.

#include "dispatch/core/aid/aid.h"

namespace jedel {

struct DangerRecorded {
    static constexpr std::string_view kind = "danger_recorded";
    static constexpr int version = 1;
    IncidentId incident;
    std::vector<std::string> kinds;
    Source source = Source::caller;
    std::string staging;
    bool lifted = false;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("kinds", s.kinds);
        v("source", s.source);
        v("staging", s.staging);
        v("lifted", s.lifted);
    }
};

struct HospitalAnnounced {
    static constexpr std::string_view kind = "hospital_announced";
    static constexpr int version = 1;
    OrganisationId hospital;
    HospitalState state = HospitalState::open;
    std::optional<Instant> until;
    std::optional<int> beds;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("hospital", s.hospital);
        v("state", s.state);
        v("until", s.until);
        v("beds", s.beds);
        v("words", s.words);
    }
};

struct CompanionRecorded {
    static constexpr std::string_view kind = "companion_recorded";
    static constexpr int version = 1;
    IncidentId incident;
    TaskId task;
    Companion who = Companion::none;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("who", s.who);
    }
};

struct HospitalPrealerted {
    static constexpr std::string_view kind = "hospital_prealerted";
    static constexpr int version = 1;
    IncidentId incident;
    TaskId task;
    OrganisationId hospital;
    std::vector<std::string> findings;
    std::optional<Instant> arrival;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("hospital", s.hospital);
        v("findings", s.findings);
        v("arrival", s.arrival);
    }
};

struct HelpRefused {
    static constexpr std::string_view kind = "help_refused";
    static constexpr int version = 1;
    IncidentId incident;
    PatientId patient;
    Refused what = Refused::help;
    SignatureMark mark = SignatureMark::unknown;
    Capacity capacity = Capacity::unknown;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("patient", s.patient);
        v("what", s.what);
        v("mark", s.mark);
        v("capacity", s.capacity);
    }
};

struct AdviceGiven {
    static constexpr std::string_view kind = "advice_given";
    static constexpr int version = 1;
    IncidentId incident;
    std::vector<std::string> items;
    std::string language;
    bool instead = false;
    std::string reason;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("items", s.items);
        v("language", s.language);
        v("instead", s.instead);
        v("reason", s.reason);
        v("words", s.words);
    }
};

}  // namespace jedel
