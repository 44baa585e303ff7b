#pragma once
// What the rules make of one call: not only what was said, but who said it, of how many patients,
// and whether anyone is still on the line. One place for the room and for the form being filled.

#include <span>

#include "dispatch/core/state.h"
#include "triage/evaluate.h"

namespace jedel {

/// What an evaluation of a call depends on.
struct CallPicture {
    triage::Patient patient;
    std::span<const FindingValue> findings;  ///< must outlive the picture
    CallerRelation caller = CallerRelation::unknown;
    bool line_lost = false;
    int patients = 1;   ///< as far as is known
    int described = 1;  ///< of them the findings tell
    /// There are patients of whom nothing is known: unknown, never well.
    [[nodiscard]] bool others_unknown() const { return described < patients; }
};

CallPicture picture_of(const Incident& incident);

/// True when this value counts as said: a "no" from someone who does not see the patient does not.
bool counts(const FindingValue& value, CallerRelation caller);

/// The facts of the call. Findings that the table does not know are left out (an earlier table
/// knew them). A patient who speaks on the line is known to speak ("patient_speaks").
triage::Facts facts_of(const triage::Protocol& protocol, const CallPicture& picture);

/// The range and the proposal of the call. While there are patients of whom nothing is known, the
/// range stays as wide upward as for a call without words; what is certain of one stays certain.
triage::Evaluation evaluate_call(const triage::Protocol& protocol, const triage::Facts& facts,
                                 const CallPicture& picture);

/// "mass_casualty" where it ought to be asked: several patients, and nobody has said yet whether
/// it is an emergency situation (U1.18). The rulebook gives no number, so a person says.
std::optional<triage::FindingIndex> emergency_question(const triage::Protocol& protocol,
                                                       const triage::Facts& facts,
                                                       const CallPicture& picture);

}  // namespace jedel
