#pragma once
// The state as the first program folded it, and how the state of today is told in it. What both
// shapes share is every fact that version 1 of the events knew: the hashes that the old program
// recorded beside its journals must come out of the new state too.

#include "dispatch/core/state.h"

namespace jedel::test::v1 {

/// One brigade's work on one incident, with the times of the call card.
struct Assignment {
    TaskId id;
    BrigadeId brigade;
    Category category = Category::none;  ///< in force when it was sent
    BrigadeStatus from_status = BrigadeStatus::unknown;  ///< what it was doing before
    Instant sent_at;
    std::optional<Instant> accepted_at, departed_at, on_scene_at, left_scene_at, at_hospital_at,
        handed_over_at, ended_at;
    std::optional<OrganisationId> hospital;
    TriageZone zone = TriageZone::none;  ///< at the hospital's door (D13)
    std::optional<Instant> zone_at;
    bool served = false;
    ReleaseReason released = ReleaseReason::none;
    std::vector<RecommendedBrigade> shown;  ///< why this brigade: the list as it was shown
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("brigade", s.brigade);
        v("category", s.category);
        v("from_status", s.from_status);
        v("sent_at", s.sent_at);
        v("accepted_at", s.accepted_at);
        v("departed_at", s.departed_at);
        v("on_scene_at", s.on_scene_at);
        v("left_scene_at", s.left_scene_at);
        v("at_hospital_at", s.at_hospital_at);
        v("handed_over_at", s.handed_over_at);
        v("ended_at", s.ended_at);
        v("hospital", s.hospital);
        v("zone", s.zone);
        v("zone_at", s.zone_at);
        v("served", s.served);
        v("released", s.released);
        v("shown", s.shown);
    }
};

/// A hand-over to a polyclinic: sent, then accepted or returned.
struct PolyclinicHandOver {
    OrganisationId polyclinic;
    std::string row;
    Instant sent_at;
    std::optional<Instant> accepted_at, returned_at;
    std::string return_reason;
    std::vector<Reason> reasons;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("polyclinic", s.polyclinic);
        v("row", s.row);
        v("sent_at", s.sent_at);
        v("accepted_at", s.accepted_at);
        v("returned_at", s.returned_at);
        v("return_reason", s.return_reason);
        v("reasons", s.reasons);
    }
};

struct Incident {
    IncidentId id;
    std::uint64_t version = 0;  ///< seq of the last event about it
    std::uint32_t day_number = 0;
    int day = 0;
    Channel channel = Channel::phone_103;
    Instant received_at;
    std::optional<PersonRef> person;  ///< latest personal row
    std::optional<double> lat, lon;
    std::optional<double> age_years;
    Sex sex = Sex::unknown;
    std::optional<int> pregnancy_weeks;
    std::optional<int> patient_count;
    std::vector<FindingValue> findings;  ///< latest value of each, in order of first mention
    TriageRecord triage;
    Category category = Category::none;  ///< in force; none until someone confirmed or sent
    std::vector<CategoryChange> category_changes;
    std::vector<Assignment> assignments;
    std::optional<PolyclinicHandOver> polyclinic;
    std::optional<InsuranceRecord> insurance;
    std::vector<FollowUpItem> follow_up;
    Disposition disposition = Disposition::none;
    std::optional<OrganisationId> disposition_hospital;
    std::optional<Instant> disposition_at, closed_at;
    std::optional<IncidentId> merged_into;  ///< closed as the same event as that one
    std::vector<IncidentId> merged;         ///< incidents that were found to be this one
    std::optional<CallerRelation> caller;
    std::optional<int> patients_described;  ///< of how many the findings tell; one unless said
    std::vector<LineLoss> line_losses;      ///< the last may still last
    std::vector<Unanswered> unanswered;     ///< asked, and still not known

    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("version", s.version);
        v("day_number", s.day_number);
        v("day", s.day);
        v("channel", s.channel);
        v("received_at", s.received_at);
        v("person", s.person);
        v("lat", s.lat);
        v("lon", s.lon);
        v("age_years", s.age_years);
        v("sex", s.sex);
        v("pregnancy_weeks", s.pregnancy_weeks);
        v("patient_count", s.patient_count);
        v("findings", s.findings);
        v("triage", s.triage);
        v("category", s.category);
        v("category_changes", s.category_changes);
        v("assignments", s.assignments);
        v("polyclinic", s.polyclinic);
        v("insurance", s.insurance);
        v("follow_up", s.follow_up);
        v("disposition", s.disposition);
        v("disposition_hospital", s.disposition_hospital);
        v("disposition_at", s.disposition_at);
        v("closed_at", s.closed_at);
        v("merged_into", s.merged_into);
        v("merged", s.merged);
        v("caller", s.caller);
        v("patients_described", s.patients_described);
        v("line_losses", s.line_losses);
        v("unanswered", s.unanswered);
    }
};

struct Brigade {
    BrigadeId id;
    std::uint64_t version = 0;  ///< seq of the last event about it
    std::string name;
    BrigadeKind kind = BrigadeKind::feldsher;
    OrganisationId base;
    LatLon base_place;
    std::optional<Instant> shift_end;
    BrigadeStatus status = BrigadeStatus::unknown;
    Instant status_at;  ///< since when
    Source status_source = Source::dispatcher;
    std::optional<TaskId> assignment;  ///< the active one
    std::optional<IncidentId> incident;
    std::string last_actor;  ///< who made the last change
    /// Where a status last put it (base, scene, what was reported), and when; trackers know better.
    std::optional<double> last_lat, last_lon;
    Instant last_place_at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("version", s.version);
        v("name", s.name);
        v("kind", s.kind);
        v("base", s.base);
        v("lat", s.base_place.lat);
        v("lon", s.base_place.lon);
        v("shift_end", s.shift_end);
        v("status", s.status);
        v("status_at", s.status_at);
        v("status_source", s.status_source);
        v("assignment", s.assignment);
        v("incident", s.incident);
        v("last_actor", s.last_actor);
        v("last_lat", s.last_lat);
        v("last_lon", s.last_lon);
        v("last_place_at", s.last_place_at);
    }
};

struct State {
    std::uint64_t seq = 0;  ///< last event folded in
    Instant at;             ///< time of the last event
    Table<Incident> open;
    /// Closed incidents, newest last; at most `recent_max`, older ones live in the journal only.
    Table<Incident> recent;
    Table<Brigade> brigades;
    std::uint64_t next_incident = 1;
    std::uint64_t next_assignment = 1;
    std::uint64_t next_person = 1;
    /// Ascending by day; the newest `days_max`, so that a paper call of yesterday gets a number.
    std::vector<DayCount> days;
    std::uint64_t closed_total = 0;     ///< incidents ever closed
    std::vector<Signature> signatures;  ///< the latest of each subject
    Table<RoadChange> road_changes;     ///< those that hold; written only where there are any
    std::optional<RoadChangeId> last_road_change;  ///< the highest number ever given

    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("seq", s.seq);
        v("at", s.at);
        v("open", s.open);
        v("recent", s.recent);
        v("brigades", s.brigades);
        v("next_incident", s.next_incident);
        v("next_assignment", s.next_assignment);
        v("next_person", s.next_person);
        v("days", s.days);
        v("closed_total", s.closed_total);
        v("signatures", s.signatures);
        v("road_changes", s.road_changes);
        v("last_road_change", s.last_road_change);
    }
};

/// Today's state in the shape of then. What then had no place for (a second patient, a second
/// call, tasks of the police) is left out; a journal of version 1 has none of it.
State state_of(const jedel::State& now);

}  // namespace jedel::test::v1
