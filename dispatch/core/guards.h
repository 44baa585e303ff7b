#pragma once
// What decide checks again and again: lookups that end in a typed refusal. Private to core.

#include <string>
#include <string_view>
#include <variant>

#include "dispatch/core/decide.h"

namespace jedel {

using Decided = std::variant<Decision, Refusal>;

inline Refusal refuse(RefusalCode code, std::string detail, std::string_view field = {}) {
    Refusal refusal;
    refusal.code = code;
    refusal.detail = std::move(detail);
    refusal.field = field;
    return refusal;
}

/// What every decision reads.
struct Deciding {
    const State& state;
    const DecideContext& context;
    const PersonalView& personal;
    const CommandEnvelope& envelope;
    Instant now;

    [[nodiscard]] bool by_person() const { return envelope.seat != Seat::system; }
};

/// The refusal for an incident that is not open.
Refusal not_open(const State& state, IncidentId id);

/// A new personal row: what is known of the incident's person with the given fields replaced.
/// `next` is the reference it gets.
PersonalRecord merged_person(const PersonalView& view, const Incident* incident, IncidentId id,
                             const PersonalFields& fields, PersonRef next);

/// Evaluates the rules on `incident` as it will be and appends `triaged`, and where the proposal
/// rises above the category in force, the raise, for the reason given. Never lowers.
void append_triage(const Deciding& d, const Incident& before, const Incident& after,
                   Decision& decision, OverrideReason reason = OverrideReason::none);

/// Sets the category in force to the proposal if there is none yet. False: nothing proposed.
bool append_first_category(const Deciding& d, const Incident& incident, Decision& decision);

Decided decide_intake(const Deciding& d, const ReceiveCall& c);
Decided decide_intake(const Deciding& d, const RecordIntake& c);
Decided decide_intake(const Deciding& d, const RecordFindings& c);
Decided decide_intake(const Deciding& d, const SetCategory& c);
Decided decide_intake(const Deciding& d, const MergeIncident& c);
Decided decide_intake(const Deciding& d, const UnmergeIncident& c);
Decided decide_intake(const Deciding& d, const RecordCallerLost& c);
Decided decide_intake(const Deciding& d, const RecordCallerReached& c);
Decided decide_intake(const Deciding& d, const RecordUnanswered& c);
Decided decide_fleet(const Deciding& d, const RegisterBrigade& c);
Decided decide_fleet(const Deciding& d, const AssignBrigade& c);
Decided decide_fleet(const Deciding& d, const ReportStatus& c);
Decided decide_fleet(const Deciding& d, const ReleaseBrigade& c);
Decided decide_ending(const Deciding& d, const HandToPolyclinic& c);
Decided decide_ending(const Deciding& d, const AcceptByPolyclinic& c);
Decided decide_ending(const Deciding& d, const ReturnFromPolyclinic& c);
Decided decide_ending(const Deciding& d, const IdentifyPatient& c);
Decided decide_ending(const Deciding& d, const RecordFollowUp& c);
Decided decide_ending(const Deciding& d, const RecordDisposition& c);
Decided decide_ending(const Deciding& d, const CloseIncident& c);
Decided decide_ending(const Deciding& d, const RecordHospitalTriage& c);
Decided decide_ending(const Deciding& d, const SignText& c);
Decided decide_roads(const Deciding& d, const ChangeRoad& c);
Decided decide_roads(const Deciding& d, const RestoreRoad& c);

}  // namespace jedel
