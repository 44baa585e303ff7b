#pragma once
// The one mechanism: a command is decided into events or a refusal; events are applied to state.
// Both functions are pure: no I/O, no clock, no randomness.

#include <string>
#include <variant>
#include <vector>

#include "dispatch/core/commands.h"
#include "dispatch/core/events.h"
#include "dispatch/core/state.h"

namespace jedel {

namespace triage {
class Protocol;
}

enum class RefusalCode : std::uint8_t {
    bad_command_id,
    unknown_incident,
    unknown_brigade,
    incident_closed,
    brigade_busy,      ///< has an active assignment; `first_*` says whose
    brigade_not_free,  ///< status is not one it can be sent from
    stale_version,     ///< changed since it was on the screen; `first_*` says by whom
    wrong_kind,        ///< a polyclinic brigade for U1–U3 (D1), a station's for a polyclinic
    category_missing,  ///< nothing said yet that gives a category
    reason_required,   ///< below the rules: a reason and words are needed
    right_required,    ///< this seat may not do it
    not_category_4,    ///< only U4 goes to a polyclinic (D2)
    age_unknown,       ///< polyclinic guard: age must be known
    under_one_year,    ///< polyclinic guard: not under one year
    already_handed,    ///< already with a brigade or a polyclinic
    not_handed,        ///< nothing to accept, return or release
    status_order,      ///< this status cannot follow the present one
    time_order,        ///< a time before the call, or in the future
    bad_value,         ///< out of range; `field` says which
    unknown_finding,
    disposition_missing,
    still_at_work,  ///< a brigade or polyclinic has not finished
    disposition_not_allowed,
    nothing_changed,
    not_merged,  ///< there is no merge to take back, or it is too long ago
    unknown_road_change,  ///< it holds no more, or never did
    too_many,             ///< a bound of the room is reached; `detail` says which
};

/// Why a command was not done; typed, and with who was first where two raced.
struct Refusal {
    RefusalCode code = RefusalCode::bad_value;
    std::string field;   ///< the command's field concerned
    std::string detail;  ///< one English sentence for logs and scripts
    std::string first_actor;
    Instant first_at;
    std::optional<IncidentId> first_incident;
};

/// What `decide` may consult besides the state. All constant while the program runs.
struct DecideContext {
    const triage::Protocol* protocol = nullptr;  ///< null: findings are recorded, not evaluated
};

/// Events in order, and the personal rows they point to; all stored in one transaction.
struct Decision {
    std::vector<Event> events;
    std::vector<PersonalRecord> personal;
};

/// Looks up the present personal row of an incident, so that a new one can carry over what was
/// not changed. Returns nullptr when there is none (or it was erased).
using PersonalLookup = const PersonalRecord* (*)(const void* store, PersonRef ref);
struct PersonalView {
    const void* store = nullptr;
    PersonalLookup lookup = nullptr;
    [[nodiscard]] const PersonalRecord* find(PersonRef ref) const {
        return lookup != nullptr ? lookup(store, ref) : nullptr;
    }
};

/// What setting a category takes: below the more urgent of proposal and in force, the senior
/// doctor with a reason and words; where nothing is known, a reason and words unless it is U1.
struct OverrideNeeds {
    bool senior_doctor = false;
    bool reason_and_words = false;
};
OverrideNeeds override_needs(const Incident& incident, Category category);

/// Decides one command at time `now`. Repeated command ids are the caller's business (the journal
/// keeps them and answers a retry with what was stored).
std::variant<Decision, Refusal> decide(const State& state, const DecideContext& context,
                                       const PersonalView& personal,
                                       const CommandEnvelope& command, Instant now);

/// Whether a seat may close or slow roads, and take that back.
bool may_change_roads(Seat seat);

/// Folds one event into the state, in place. Total: an event that the journal holds always
/// applies; events about things that are not known are ignored.
void apply(State& state, const JournalEvent& event);

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::RefusalCode> {
    static constexpr std::array<std::string_view, 27> names{
        "bad_command_id",  "unknown_incident", "unknown_brigade",
        "incident_closed", "brigade_busy",     "brigade_not_free",
        "stale_version",   "wrong_kind",       "category_missing",
        "reason_required", "right_required",   "not_category_4",
        "age_unknown",     "under_one_year",   "already_handed",
        "not_handed",      "status_order",     "time_order",
        "bad_value",       "unknown_finding",  "disposition_missing",
        "still_at_work",   "disposition_not_allowed", "nothing_changed", "not_merged",
        "unknown_road_change", "too_many"};
};
