#pragma once
// What may be asked of those who work on an incident. `at` is when it was true, if not now: a call
// from paper keeps its whole course.

#include "dispatch/core/tasks/task.h"

namespace jedel {

/// Sends a brigade. `seen_version` is the brigade's version on the screen; if it has changed
/// since, the command is refused with who was first.
struct AssignBrigade {
    static constexpr std::string_view kind = "assign_brigade";
    static constexpr bool of_own_calls = true;  ///< see right::own_calls
    IncidentId incident;
    BrigadeId brigade;
    std::uint64_t seen_version = 0;
    std::vector<RecommendedBrigade> shown;  ///< the list on the screen, best first
    std::optional<Fix> fix;                 ///< the brigade's fix the decision used
    std::string policy;                     ///< who chose: empty = a person
    bool additional = false;  ///< meant as one more brigade; else a second one is refused
    std::optional<Instant> at;
    std::optional<ChoiceReason> override_reason;  ///< where it is not the first of `shown`
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("seen_version", s.seen_version);
        v("shown", s.shown);
        v("fix", s.fix);
        v("policy", s.policy);
        v("additional", s.additional);
        v("at", s.at);
        v("override_reason", s.override_reason);
    }
};

/// One brigade of a re-route.
struct BrigadeMove {
    BrigadeId brigade;
    std::uint64_t seen_version = 0;  ///< as in AssignBrigade
    std::optional<IncidentId> from;  ///< it is on its way there; none: it is free
    std::optional<IncidentId> to;    ///< none: it becomes free
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("seen_version", s.seen_version);
        v("from", s.from);
        v("to", s.to);
    }
};

/// Turns brigades that are on their way, all of the moves or none: to something more urgent (the
/// first incident is in the queue again, its clocks never stopped), or because a nearer one takes
/// over. Refused once a brigade is on scene, and where it would leave an incident that is not
/// less urgent with nobody.
struct RerouteBrigades {
    static constexpr std::string_view kind = "reroute_brigades";
    std::vector<BrigadeMove> moves;
    std::vector<Reason> reasons;  ///< what was shown to gain: "gain_s", "gain_probability" …
    std::string policy;           ///< who chose: empty = a person
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("moves", s.moves);
        v("reasons", s.reasons);
        v("policy", s.policy);
    }
};

/// A brigade's status. With `task` it is refused unless the brigade is at that task.
struct ReportStatus {
    static constexpr std::string_view kind = "report_status";
    static constexpr bool of_own_calls = true;  ///< see right::own_calls
    BrigadeId brigade;
    BrigadeStatus status = BrigadeStatus::unknown;
    Source source = Source::dispatcher;
    std::optional<Instant> at;
    std::optional<OrganisationId> hospital;  ///< with `transporting` or `at_hospital`
    std::optional<double> lat, lon;  ///< where it was, if known; both or none
    std::optional<TaskId> task;      ///< what it is about, as it was on the screen
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("status", s.status);
        v("source", s.source);
        v("at", s.at);
        v("hospital", s.hospital);
        v("lat", s.lat);
        v("lon", s.lon);
        v("task", s.task);
    }
};

/// Takes a brigade off an incident before service is done.
struct ReleaseBrigade {
    static constexpr std::string_view kind = "release_brigade";
    static constexpr bool of_own_calls = true;  ///< see right::own_calls
    IncidentId incident;
    BrigadeId brigade;
    ReleaseReason reason = ReleaseReason::none;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("reason", s.reason);
        v("at", s.at);
    }
};

/// Hands a U4 call to a polyclinic (D2). `row` is the table row in force that names it.
struct HandToPolyclinic {
    static constexpr std::string_view kind = "hand_to_polyclinic";
    IncidentId incident;
    OrganisationId polyclinic;
    std::string row;
    std::vector<Reason> reasons;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("polyclinic", s.polyclinic);
        v("row", s.row);
        v("reasons", s.reasons);
        v("at", s.at);
    }
};

/// The polyclinic's second step of the hand-off.
struct AcceptByPolyclinic {
    static constexpr std::string_view kind = "accept_by_polyclinic";
    IncidentId incident;
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("at", s.at);
    }
};

/// The call comes back to the station (not accepted, closed, worse).
struct ReturnFromPolyclinic {
    static constexpr std::string_view kind = "return_from_polyclinic";
    IncidentId incident;
    std::string reason;  ///< a code: "not_accepted", "closed", "category_raised", "other"
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("reason", s.reason);
        v("at", s.at);
    }
};

/// Asks the police, the fire service or medical aviation to come.
struct RequestService {
    static constexpr std::string_view kind = "request_service";
    IncidentId incident;
    Resource resource = Resource::police;
    std::optional<OrganisationId> organisation;
    std::string purpose;  ///< a code: "threat", "death", "access", "transport" …
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("resource", s.resource);
        v("organisation", s.organisation);
        v("purpose", s.purpose);
        v("at", s.at);
    }
};

/// A step of a task that is no brigade's: accepted, under way, on scene, done, returned.
struct ReportTask {
    static constexpr std::string_view kind = "report_task";
    IncidentId incident;
    TaskId task;
    TaskStep step = TaskStep::accepted;
    std::string reason;  ///< with `returned`
    std::optional<Instant> at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("step", s.step);
        v("reason", s.reason);
        v("at", s.at);
    }
};

/// Sets a step of a task right: its time (or that it was taken and not reported), or, without
/// `at`, that it was not taken. What was said first stays in the history.
struct CorrectTask {
    static constexpr std::string_view kind = "correct_task";
    IncidentId incident;
    TaskId task;
    TaskStep step = TaskStep::sent;
    std::optional<Instant> at;
    std::string words;  ///< why, without personal data
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("step", s.step);
        v("at", s.at);
        v("words", s.words);
    }
};

/// Sets right which hospital a brigade took its patient to.
struct CorrectHospital {
    static constexpr std::string_view kind = "correct_hospital";
    IncidentId incident;
    TaskId task;
    OrganisationId hospital;
    std::string words;  ///< why, without personal data
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("hospital", s.hospital);
        v("words", s.words);
    }
};

/// The nurse's sorting at the hospital's door (D13).
struct RecordHospitalTriage {
    static constexpr std::string_view kind = "record_hospital_triage";
    IncidentId incident;
    BrigadeId brigade;  ///< the one that brought the patient
    TriageZone zone = TriageZone::none;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("zone", s.zone);
    }
};

}  // namespace jedel
