#pragma once
// What a person, a script or a tracker may ask for. A command is a wish; `decide` answers with
// events or a refusal. `kind` is the command's name in `jedel tell` (a promise).

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dispatch/core/road_change.h"
#include "dispatch/core/types.h"

namespace jedel {

/// Personal fields as typed; an absent one leaves what is known as it is.
struct PersonalFields {
    std::optional<std::string> phone, caller_name, patient_name, iin, address, directions, words,
        note;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("phone", s.phone);
        v("caller_name", s.caller_name);
        v("patient_name", s.patient_name);
        v("iin", s.iin);
        v("address", s.address);
        v("directions", s.directions);
        v("words", s.words);
        v("note", s.note);
    }
    [[nodiscard]] bool any() const {
        return phone || caller_name || patient_name || iin || address || directions || words ||
               note;
    }
};

/// A brigade of the roster starts or changes its shift. Without it a brigade is not known.
struct RegisterBrigade {
    static constexpr std::string_view kind = "register_brigade";
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

/// A call comes in; opens an incident. `received_at` only for back-entry (channel paper, replay).
struct ReceiveCall {
    static constexpr std::string_view kind = "receive_call";
    Channel channel = Channel::phone_103;
    std::optional<Instant> received_at;
    PersonalFields personal;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("channel", s.channel);
        v("received_at", s.received_at);
        v("personal", s.personal);
    }
};

/// What is known of patient and place; absent fields stay as they are.
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
    }
};

/// Findings said or asked; a value "unknown" takes an answer back. Re-evaluates the category.
struct RecordFindings {
    static constexpr std::string_view kind = "record_findings";
    IncidentId incident;
    std::vector<FindingValue> findings;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("findings", s.findings);
    }
};

/// Takes the proposed category, or another one. Up is free; below the proposal needs the senior
/// doctor's seat, a reason and words.
struct SetCategory {
    static constexpr std::string_view kind = "set_category";
    IncidentId incident;
    Category category = Category::none;
    OverrideReason reason = OverrideReason::none;
    std::string words;  ///< why, without personal data
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("category", s.category);
        v("reason", s.reason);
        v("words", s.words);
    }
};

/// Sends a brigade. `seen_version` is the brigade's version on the screen; if it has changed
/// since, the command is refused with who was first.
struct AssignBrigade {
    static constexpr std::string_view kind = "assign_brigade";
    IncidentId incident;
    BrigadeId brigade;
    std::uint64_t seen_version = 0;
    std::vector<RecommendedBrigade> shown;  ///< the list on the screen, best first
    std::optional<Fix> fix;                 ///< the brigade's fix the decision used
    std::string policy;                     ///< who chose: empty = a person
    bool additional = false;  ///< meant as one more brigade; else a second one is refused
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("seen_version", s.seen_version);
        v("shown", s.shown);
        v("fix", s.fix);
        v("policy", s.policy);
        v("additional", s.additional);
    }
};

/// A brigade's status. `at` when it was true, if not now (late or paper entry).
struct ReportStatus {
    static constexpr std::string_view kind = "report_status";
    BrigadeId brigade;
    BrigadeStatus status = BrigadeStatus::unknown;
    Source source = Source::dispatcher;
    std::optional<Instant> at;
    std::optional<OrganisationId> hospital;  ///< with `transporting` or `at_hospital`
    std::optional<double> lat, lon;  ///< where it was, if known; both or none
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("status", s.status);
        v("source", s.source);
        v("at", s.at);
        v("hospital", s.hospital);
        v("lat", s.lat);
        v("lon", s.lon);
    }
};

/// Takes a brigade off an incident before service is done.
struct ReleaseBrigade {
    static constexpr std::string_view kind = "release_brigade";
    IncidentId incident;
    BrigadeId brigade;
    ReleaseReason reason = ReleaseReason::none;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("brigade", s.brigade);
        v("reason", s.reason);
    }
};

/// Hands a U4 call to a polyclinic (D2). `row` is the table row in force that names it.
struct HandToPolyclinic {
    static constexpr std::string_view kind = "hand_to_polyclinic";
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

/// The polyclinic's second step of the hand-off.
struct AcceptByPolyclinic {
    static constexpr std::string_view kind = "accept_by_polyclinic";
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// The call comes back to the station (not accepted, closed, worse).
struct ReturnFromPolyclinic {
    static constexpr std::string_view kind = "return_from_polyclinic";
    IncidentId incident;
    std::string reason;  ///< a code: "not_accepted", "closed", "category_raised", "other"
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("reason", s.reason);
    }
};

/// The patient's insurance as the register knows it. The IIN itself goes by `personal`.
struct IdentifyPatient {
    static constexpr std::string_view kind = "identify_patient";
    IncidentId incident;
    PersonalFields personal;
    InsuranceRecord insurance;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("personal", s.personal);
        v("insurance", s.insurance);
    }
};

struct RecordFollowUp {
    static constexpr std::string_view kind = "record_follow_up";
    IncidentId incident;
    std::vector<FollowUpItem> items;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("items", s.items);
    }
};

struct RecordDisposition {
    static constexpr std::string_view kind = "record_disposition";
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

/// Closes an incident that has a disposition and no brigade or polyclinic at work.
struct CloseIncident {
    static constexpr std::string_view kind = "close_incident";
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// The incident is the same event as an earlier one: its call goes to that one, it closes.
struct MergeIncident {
    static constexpr std::string_view kind = "merge_incident";
    IncidentId incident;
    IncidentId into;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("into", s.into);
    }
};

/// Takes a merge back: the incident is open again as it was.
struct UnmergeIncident {
    static constexpr std::string_view kind = "unmerge_incident";
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
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

/// The senior doctor signs a text as it stands: an instruction card or a working definition.
struct SignText {
    static constexpr std::string_view kind = "sign_text";
    std::string subject;  ///< "card:choking", "rule:U1.10"
    std::string version;  ///< digest of the text that was read; another text is not signed
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("subject", s.subject);
        v("version", s.version);
    }
};

/// Closes a stretch of road or makes it slow, for every travel time from the next one on.
struct ChangeRoad {
    static constexpr std::string_view kind = "change_road";
    std::vector<RoadPiece> road;
    bool closed = false;
    double time_factor = 1;  ///< above 1 where it is slow; 1 where it is closed
    RoadReason reason = RoadReason::none;
    std::optional<Instant> until;  ///< none: until it is taken back
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("road", s.road);
        v("closed", s.closed);
        v("time_factor", s.time_factor);
        v("reason", s.reason);
        v("until", s.until);
    }
};

/// Takes a change back, or ends one whose time has run out.
struct RestoreRoad {
    static constexpr std::string_view kind = "restore_road";
    RoadChangeId change;
    RoadEnd end = RoadEnd::taken_back;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("change", s.change);
        v("end", s.end);
    }
};

/// The caller hung up or the line broke: what was not said stays unknown, the call stays open and
/// is to be called back.
struct RecordCallerLost {
    static constexpr std::string_view kind = "caller_lost";
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// Someone of the call is on the line again.
struct RecordCallerReached {
    static constexpr std::string_view kind = "caller_reached";
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// Questions that were asked and that the caller could not answer: unknown, and not asked again.
/// `again` takes that back.
struct RecordUnanswered {
    static constexpr std::string_view kind = "record_unanswered";
    IncidentId incident;
    std::vector<std::string> findings;
    bool again = false;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("findings", s.findings);
        v("again", s.again);
    }
};

using Command =
    std::variant<RegisterBrigade, ReceiveCall, RecordIntake, RecordFindings, SetCategory,
                 AssignBrigade, ReportStatus, ReleaseBrigade, HandToPolyclinic, AcceptByPolyclinic,
                 ReturnFromPolyclinic, IdentifyPatient, RecordFollowUp, RecordDisposition,
                 CloseIncident, MergeIncident, UnmergeIncident, RecordHospitalTriage, SignText,
                 ChangeRoad, RestoreRoad, RecordCallerLost, RecordCallerReached,
                 RecordUnanswered>;

/// A command on its way: who asks, from which seat, and an id so that a retry does nothing twice.
struct CommandEnvelope {
    std::string id;     ///< 1–64 characters, unique for ever in one journal
    std::string actor;  ///< name of the person's account or desk, not personal data
    Seat seat = Seat::system;
    Command command;
};

}  // namespace jedel
