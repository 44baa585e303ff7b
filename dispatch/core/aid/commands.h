#pragma once
// What may be told about dangers, hospitals, companions, refusals and advice.

#include "dispatch/core/aid/aid.h"

namespace jedel {

/// A threat to the brigade: the police are asked along with it (D6). `lift`: it is over.
struct RecordDanger {
    static constexpr std::string_view kind = "record_danger";
    IncidentId incident;
    std::vector<std::string> kinds;
    Source source = Source::caller;
    std::string staging;
    std::optional<OrganisationId> police;  ///< the department to ask, where one is known
    bool lift = false;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("kinds", s.kinds);
        v("source", s.source);
        v("staging", s.staging);
        v("police", s.police);
        v("lift", s.lift);
    }
};

/// A hospital says what it can take.
struct AnnounceHospital {
    static constexpr std::string_view kind = "announce_hospital";
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

/// Who rides along with a brigade. A second one is refused; `instead` puts him in the place of
/// the first.
struct RecordCompanion {
    static constexpr std::string_view kind = "record_companion";
    IncidentId incident;
    BrigadeId brigade;
    Companion who = Companion::none;
    bool instead = false;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("who", s.who);
        v("instead", s.instead);
    }
};

/// Tells a hospital who is coming.
struct PrealertHospital {
    static constexpr std::string_view kind = "prealert_hospital";
    IncidentId incident;
    BrigadeId brigade;
    OrganisationId hospital;
    std::vector<std::string> findings;
    std::optional<Instant> arrival;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("hospital", s.hospital);
        v("findings", s.findings);
        v("arrival", s.arrival);
    }
};

/// What a patient refuses. Who cannot decide and is not represented cannot refuse.
struct RecordHelpRefusal {
    static constexpr std::string_view kind = "record_help_refusal";
    IncidentId incident;
    std::optional<PatientId> patient;
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

/// Advice that was read out to the caller. `instead`: no brigade goes; a person answers for it.
struct GiveAdvice {
    static constexpr std::string_view kind = "give_advice";
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
