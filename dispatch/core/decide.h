#pragma once
// The one mechanism: a command is decided into events or a refusal; events are applied to state.
// Both functions are pure: no I/O, no clock, no randomness.

#include <memory>
#include <variant>
#include <vector>

#include "dispatch/core/commands.h"
#include "dispatch/core/events.h"
#include "dispatch/core/people/persons.h"
#include "dispatch/core/people/rights.h"
#include "dispatch/core/refusal.h"
#include "dispatch/core/state.h"

namespace jedel {

namespace triage {
class Protocol;
}

/// What `decide` may consult besides the state. It owns what it points to, so rules that are read
/// anew cannot be freed under a decision.
struct DecideContext {
    std::shared_ptr<const triage::Protocol> protocol;  ///< null: findings are not evaluated
    std::shared_ptr<const Rights> rights;              ///< null: Rights::standard()
    DeskNo desk = 0;                                   ///< mints the ids
};

/// Events in order, and the personal rows they point to; all stored in one transaction. `at` is
/// the time they are to be stored with.
struct Decision {
    std::vector<Event> events;
    std::vector<PersonalRecord> personal;
    Instant at;
};

/// What setting a category takes: below the more urgent of proposal and in force, the right to
/// lower with a reason and words; where nothing is known, a reason and words unless it is U1. One's
/// own slip upward goes back to the proposed without that right, as an `entry_error` with words.
struct OverrideNeeds {
    bool senior_doctor = false;
    bool reason_and_words = false;
    bool own_slip = false;  ///< the reason is `entry_error`
};
OverrideNeeds override_needs(const Incident& incident, Category category,
                             std::string_view actor = {});

/// The time of an event decided now: never before the last one, so that a clock set back refuses
/// no work and makes no negative duration.
inline Instant event_time(const State& state, Instant now) {
    return now < state.at ? state.at : now;
}

/// Decides one command; `now` is the desk's clock. Repeated command ids are the caller's business
/// (the journal keeps them and answers a retry with what was stored).
std::variant<Decision, Refusal> decide(const State& state, const DecideContext& context,
                                       const PersonalView& personal,
                                       const CommandEnvelope& command, Instant now);

/// Folds one event into the state, in place. Total: an event that the journal holds always
/// applies; events about things that are not known are ignored.
void apply(State& state, const JournalEvent& event);

}  // namespace jedel
