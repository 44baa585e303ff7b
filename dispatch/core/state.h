#pragma once
// The state of the room: a fold of the journal and nothing else.

#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/road_change.h"
#include "dispatch/core/table.h"
#include "dispatch/core/types.h"

namespace jedel {

/// One brigade's work on one incident, with the times of the call card.
struct Assignment {
    AssignmentId id;
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
    [[nodiscard]] bool active() const { return !ended_at; }
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
    [[nodiscard]] bool active() const { return !returned_at; }
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

/// One change of category: who, when, why. The first stays for ever.
struct CategoryChange {
    Category from = Category::none;
    Category to = Category::none;
    Instant at;
    std::string actor;
    std::vector<std::string> rules;
    OverrideReason reason = OverrideReason::none;
    std::string words;
    bool by_person = false;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("from", s.from);
        v("to", s.to);
        v("at", s.at);
        v("actor", s.actor);
        v("rules", s.rules);
        v("reason", s.reason);
        v("words", s.words);
        v("by_person", s.by_person);
    }
};

/// One time without a caller on the line.
struct LineLoss {
    Instant lost_at;
    std::string actor;
    std::optional<Instant> reached_at;
    std::string reached_actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("lost_at", s.lost_at);
        v("actor", s.actor);
        v("reached_at", s.reached_at);
        v("reached_actor", s.reached_actor);
    }
};

/// A question that the caller could not answer.
struct Unanswered {
    std::string finding;
    Instant at;
    std::string actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("finding", s.finding);
        v("at", s.at);
        v("actor", s.actor);
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

    [[nodiscard]] bool open() const { return !closed_at; }
    [[nodiscard]] std::optional<LatLon> place() const {
        return lat && lon ? std::optional{LatLon{*lat, *lon}} : std::nullopt;
    }
    /// Nobody is on the line: the call is to be called back.
    [[nodiscard]] bool caller_lost() const {
        return !line_losses.empty() && !line_losses.back().reached_at;
    }
    [[nodiscard]] triage::Patient patient() const { return {age_years, sex, pregnancy_weeks}; }
    /// The category to sort and send by: the one in force, else the proposal.
    [[nodiscard]] Category working_category() const {
        return category != Category::none ? category : triage.proposed;
    }
    [[nodiscard]] const Assignment* active_assignment() const {
        for (const Assignment& a : assignments) {
            if (a.active()) return &a;
        }
        return nullptr;
    }
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
    std::optional<AssignmentId> assignment;  ///< the active one
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

/// A brigade can be sent: on shift, not assigned, and known to be free.
inline bool is_free(const Brigade& b) {
    return !b.assignment && (b.status == BrigadeStatus::free_at_base ||
                             b.status == BrigadeStatus::returning);
}

/// A text the senior doctor has signed, by the digest of what was read.
struct Signature {
    std::string subject;
    std::string version;
    std::string actor;
    Instant at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("subject", s.subject);
        v("version", s.version);
        v("actor", s.actor);
        v("at", s.at);
    }
};

/// Calls received on one civil day.
struct DayCount {
    int day = 0;
    std::uint32_t calls = 0;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("day", s.day);
        v("calls", s.calls);
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

    static constexpr std::size_t recent_max = 2000;
    static constexpr std::size_t days_max = 14;
    static constexpr std::size_t road_changes_max = 500;  ///< a whole city's; decide guards it

    /// The signature of a text as it stands; nullptr: not approved.
    [[nodiscard]] const Signature* signature(std::string_view subject,
                                             std::string_view version) const {
        for (const Signature& s : signatures) {
            if (s.subject == subject && s.version == version) return &s;
        }
        return nullptr;
    }
    /// Open or recently closed; nullptr when neither.
    [[nodiscard]] const Incident* incident(IncidentId id) const {
        const Incident* found = open.find(id);
        return found != nullptr ? found : recent.find(id);
    }
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

}  // namespace jedel
