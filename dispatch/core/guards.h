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

/// What every decision reads, and the numbers it gives on the way.
struct Deciding {
    const State& state;
    const DecideContext& context;
    const PersonalView& personal;
    const CommandEnvelope& envelope;
    Seat seat;    ///< the one that was said
    Instant now;  ///< of the events: never before the last one
    DeskIds ids;  ///< of this desk, counted on as things are made

    [[nodiscard]] bool by_person() const { return seat != Seat::system; }
    [[nodiscard]] IncidentId new_incident() { return {id_of(ids.desk, ++ids.incident)}; }
    [[nodiscard]] CallId new_call() { return {id_of(ids.desk, ++ids.call)}; }
    [[nodiscard]] PatientId new_patient() { return {id_of(ids.desk, ++ids.patient)}; }
    [[nodiscard]] TaskId new_task() { return {id_of(ids.desk, ++ids.task)}; }
    [[nodiscard]] PersonRef new_person() { return {id_of(ids.desk, ++ids.person)}; }
    [[nodiscard]] RoadChangeId new_road_change() {
        return {id_of(ids.desk, ++ids.road_change)};
    }
    [[nodiscard]] TroubleId new_trouble() { return {id_of(ids.desk, ++ids.trouble)}; }
};

/// Whether the seat has a right, and the refusal that names the seats that have it.
std::optional<Refusal> check_right(const Deciding& d, std::string_view what);

/// The refusal for an incident that is not open.
Refusal not_open(const State& state, IncidentId id);

/// The patient or call that is meant, or why it cannot be told: named and not there, or not named
/// where there are several.
using WhichPatient = std::variant<const Patient*, Refusal>;
using WhichCall = std::variant<const Call*, Refusal>;
WhichPatient which_patient(const Incident& incident, std::optional<PatientId> named);
WhichCall which_call(const Incident& incident, std::optional<CallId> named);

/// That call in a copy of its incident; the first where it is not there.
Call& same_call(Incident& incident, CallId id);

/// Refused: a time before the incident's receipt or in the future.
std::optional<Refusal> check_time(const Deciding& d, const Incident& incident,
                                  std::optional<Instant> at);

/// New rows of what was typed: one for each subject of which something is new. What is known of
/// it is carried over; a row that would say nothing new is not made.
struct NewPersons {
    std::optional<PersonRef> call, place, patient;
};
NewPersons take_persons(Deciding& d, const Incident* incident, IncidentId id, const Call* call,
                        const Patient* patient, const PersonalFields& typed, Decision& decision);

/// Evaluates the rules on a patient of `after` and appends `triaged`, and where the incident's
/// proposal rises above the category in force, the raise, for the reason given. Never lowers.
void append_triage(const Deciding& d, const Incident& before, const Incident& after,
                   PatientId patient, Decision& decision,
                   OverrideReason reason = OverrideReason::none);

/// Sets the category in force to the proposal if there is none yet. False: nothing proposed.
bool append_first_category(const Deciding& d, const Incident& incident, Decision& decision);

constexpr double polyclinic_age_min_years = 1;

/// What may not go to a polyclinic may not stay there: the call comes back at once when it becomes
/// known that a patient is under one year, or is with a polyclinic by another call. `after` is the
/// incident as it will be.
void append_return_when_unfit(const Deciding& d, const Incident& before, const Incident& after,
                              Decision& decision);
/// Another open call that a polyclinic has, of a patient with the same number, as it is known or
/// as `rows` say now; nullptr: none.
const Incident* same_patient_at_polyclinic(const Deciding& d, const Incident& incident,
                                           const std::vector<PersonalRecord>& rows);

/// A call that is not U4 any more comes back from the polyclinic at once (D1, D2).
void append_return_when_raised(const Incident& incident, Category category, Decision& decision);

}  // namespace jedel
