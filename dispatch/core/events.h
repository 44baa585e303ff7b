#pragma once
// What has happened. Events are facts in the past; the state of the room is their fold.
// `kind` and `version` are written to the journal and never change meaning: a changed payload
// gets a new version and an upcaster (dispatch/journal/upcast.h).

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dispatch/core/road_change.h"
#include "dispatch/core/types.h"

namespace jedel {

struct BrigadeRegistered {
    static constexpr std::string_view kind = "brigade_registered";
    static constexpr int version = 1;
    BrigadeId brigade;
    std::string name;
    BrigadeKind brigade_kind = BrigadeKind::feldsher;
    OrganisationId base;
    LatLon base_place;
    std::optional<Instant> shift_end;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("name", s.name);
        v("brigade_kind", s.brigade_kind);
        v("base", s.base);
        v("lat", s.base_place.lat);
        v("lon", s.base_place.lon);
        v("shift_end", s.shift_end);
    }
};

struct CallReceived {
    static constexpr std::string_view kind = "call_received";
    static constexpr int version = 1;
    IncidentId incident;
    std::uint32_t day_number = 0;  ///< number of the call in its civil day, from 1
    int day = 0;                   ///< that civil day, days since 1970-01-01
    Channel channel = Channel::phone_103;
    Instant received_at;
    std::optional<PersonRef> person;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("day_number", s.day_number);
        v("day", s.day);
        v("channel", s.channel);
        v("received_at", s.received_at);
        v("person", s.person);
    }
};

struct IntakeRecorded {
    static constexpr std::string_view kind = "intake_recorded";
    static constexpr int version = 1;
    IncidentId incident;
    std::optional<double> lat, lon, age_years;
    std::optional<Sex> sex;
    std::optional<int> pregnancy_weeks, patient_count;
    std::optional<PersonRef> person;
    std::optional<CallerRelation> caller;
    std::optional<int> patients_described;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("lat", s.lat);
        v("lon", s.lon);
        v("age_years", s.age_years);
        v("sex", s.sex);
        v("pregnancy_weeks", s.pregnancy_weeks);
        v("patient_count", s.patient_count);
        v("person", s.person);
        v("caller", s.caller);
        v("patients_described", s.patients_described);
    }
};

/// The findings that changed.
struct FindingsRecorded {
    static constexpr std::string_view kind = "findings_recorded";
    static constexpr int version = 1;
    IncidentId incident;
    std::vector<FindingValue> findings;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("findings", s.findings);
    }
};

/// What the rule table said of all findings so far.
struct Triaged {
    static constexpr std::string_view kind = "triaged";
    static constexpr int version = 1;
    IncidentId incident;
    TriageRecord triage;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("triage", s.triage);
    }
};

/// The category in force changed. Downward only with a reason and by a person (decide guards it).
struct CategorySet {
    static constexpr std::string_view kind = "category_set";
    static constexpr int version = 1;
    IncidentId incident;
    Category from = Category::none;
    Category category = Category::none;
    std::vector<std::string> rules;  ///< rule ids behind it; empty when a person overrode
    OverrideReason reason = OverrideReason::none;
    std::string words;
    bool by_person = false;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("from", s.from);
        v("category", s.category);
        v("rules", s.rules);
        v("reason", s.reason);
        v("words", s.words);
        v("by_person", s.by_person);
    }
};

struct BrigadeAssigned {
    static constexpr std::string_view kind = "brigade_assigned";
    static constexpr int version = 1;
    AssignmentId assignment;
    IncidentId incident;
    BrigadeId brigade;
    Category category = Category::none;
    std::vector<RecommendedBrigade> shown;
    std::optional<Fix> fix;
    std::string policy;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("assignment", s.assignment);
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("category", s.category);
        v("shown", s.shown);
        v("fix", s.fix);
        v("policy", s.policy);
    }
};

struct StatusReported {
    static constexpr std::string_view kind = "status_reported";
    static constexpr int version = 1;
    BrigadeId brigade;
    std::optional<AssignmentId> assignment;
    std::optional<IncidentId> incident;
    BrigadeStatus status = BrigadeStatus::unknown;
    Source source = Source::dispatcher;
    Instant at;  ///< when it was true; the event's own time is when it was entered
    std::optional<OrganisationId> hospital;
    std::optional<double> lat, lon;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("assignment", s.assignment);
        v("incident", s.incident);
        v("status", s.status);
        v("source", s.source);
        v("at", s.at);
        v("hospital", s.hospital);
        v("lat", s.lat);
        v("lon", s.lon);
    }
};

/// An assignment ended: by service (reason none) or released.
struct AssignmentEnded {
    static constexpr std::string_view kind = "assignment_ended";
    static constexpr int version = 1;
    AssignmentId assignment;
    IncidentId incident;
    BrigadeId brigade;
    bool served = false;
    ReleaseReason reason = ReleaseReason::none;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("assignment", s.assignment);
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("served", s.served);
        v("reason", s.reason);
    }
};

struct HandedToPolyclinic {
    static constexpr std::string_view kind = "handed_to_polyclinic";
    static constexpr int version = 1;
    IncidentId incident;
    OrganisationId polyclinic;
    std::string row;
    std::vector<Reason> reasons;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("polyclinic", s.polyclinic);
        v("row", s.row);
        v("reasons", s.reasons);
    }
};

struct PolyclinicAccepted {
    static constexpr std::string_view kind = "polyclinic_accepted";
    static constexpr int version = 1;
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

struct PolyclinicReturned {
    static constexpr std::string_view kind = "polyclinic_returned";
    static constexpr int version = 1;
    IncidentId incident;
    std::string reason;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("reason", s.reason);
    }
};

struct PatientIdentified {
    static constexpr std::string_view kind = "patient_identified";
    static constexpr int version = 1;
    IncidentId incident;
    std::optional<PersonRef> person;
    InsuranceRecord insurance;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("person", s.person);
        v("insurance", s.insurance);
    }
};

struct FollowUpRecorded {
    static constexpr std::string_view kind = "follow_up_recorded";
    static constexpr int version = 1;
    IncidentId incident;
    std::vector<FollowUpItem> items;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("items", s.items);
    }
};

struct DispositionRecorded {
    static constexpr std::string_view kind = "disposition_recorded";
    static constexpr int version = 1;
    IncidentId incident;
    Disposition disposition = Disposition::none;
    std::optional<OrganisationId> hospital;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("disposition", s.disposition);
        v("hospital", s.hospital);
    }
};

struct IncidentClosed {
    static constexpr std::string_view kind = "incident_closed";
    static constexpr int version = 1;
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// `incident` was found to be the same event as `into`; it is closed and counted with it.
struct IncidentMerged {
    static constexpr std::string_view kind = "incident_merged";
    static constexpr int version = 1;
    IncidentId incident;
    IncidentId into;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("into", s.into);
    }
};

struct IncidentUnmerged {
    static constexpr std::string_view kind = "incident_unmerged";
    static constexpr int version = 1;
    IncidentId incident;
    IncidentId from;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("from", s.from);
    }
};

struct HospitalTriaged {
    static constexpr std::string_view kind = "hospital_triaged";
    static constexpr int version = 1;
    IncidentId incident;
    AssignmentId assignment;
    TriageZone zone = TriageZone::none;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("assignment", s.assignment);
        v("zone", s.zone);
    }
};

struct TextSigned {
    static constexpr std::string_view kind = "text_signed";
    static constexpr int version = 1;
    std::string subject;
    std::string text_version;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("subject", s.subject);
        v("text_version", s.text_version);
    }
};

/// A stretch of road is closed or slow from now on.
struct RoadChanged {
    static constexpr std::string_view kind = "road_changed";
    static constexpr int version = 1;
    RoadChangeId change;
    std::vector<RoadPiece> road;
    bool closed = false;
    double time_factor = 1;
    RoadReason reason = RoadReason::none;
    std::optional<Instant> until;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("change", s.change);
        v("road", s.road);
        v("closed", s.closed);
        v("time_factor", s.time_factor);
        v("reason", s.reason);
        v("until", s.until);
    }
};

/// A change holds no more: taken back, or its time has run out.
struct RoadRestored {
    static constexpr std::string_view kind = "road_restored";
    static constexpr int version = 1;
    RoadChangeId change;
    RoadEnd end = RoadEnd::taken_back;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("change", s.change);
        v("end", s.end);
    }
};

struct CallerLost {
    static constexpr std::string_view kind = "caller_lost";
    static constexpr int version = 1;
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

struct CallerReached {
    static constexpr std::string_view kind = "caller_reached";
    static constexpr int version = 1;
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// Asked, and the caller could not say.
struct QuestionUnanswered {
    static constexpr std::string_view kind = "question_unanswered";
    static constexpr int version = 1;
    IncidentId incident;
    std::vector<std::string> findings;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("findings", s.findings);
    }
};

/// May be asked again.
struct QuestionReopened {
    static constexpr std::string_view kind = "question_reopened";
    static constexpr int version = 1;
    IncidentId incident;
    std::vector<std::string> findings;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("findings", s.findings);
    }
};

using Event = std::variant<BrigadeRegistered, CallReceived, IntakeRecorded, FindingsRecorded,
                           Triaged, CategorySet, BrigadeAssigned, StatusReported, AssignmentEnded,
                           HandedToPolyclinic, PolyclinicAccepted, PolyclinicReturned,
                           PatientIdentified, FollowUpRecorded, DispositionRecorded,
                           IncidentClosed, IncidentMerged, IncidentUnmerged, HospitalTriaged,
                           TextSigned, RoadChanged, RoadRestored, CallerLost, CallerReached,
                           QuestionUnanswered, QuestionReopened>;

/// An event with what the journal knows of it.
struct JournalEvent {
    std::uint64_t seq = 0;   ///< from 1, without gaps; the only order there is
    Instant at;              ///< when it was decided
    std::string actor;       ///< who asked
    Seat seat = Seat::system;
    std::string command_id;  ///< the command it came from
    Event event;
};

}  // namespace jedel
