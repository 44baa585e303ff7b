#pragma once
// What the rules make of one patient: not only what was said, but who said it, of how many
// patients, and whether anyone is still on the line. One place for the room and for the form
// being filled.

#include <span>

#include "dispatch/core/state.h"
#include "triage/evaluate.h"

namespace jedel {

/// Who spoke in a call that findings were said in.
struct CallVoice {
    CallId call;
    CallerRelation caller = CallerRelation::unknown;
    bool lost = false;
};

/// What an evaluation of a patient depends on.
struct CallPicture {
    triage::Patient patient;
    std::span<const FindingValue> findings;  ///< must outlive the picture
    CallerRelation caller = CallerRelation::unknown;  ///< of the first call
    bool line_lost = false;                           ///< of the first call
    int patients = 1;   ///< as far as is known
    int described = 1;  ///< of them the findings tell
    std::vector<CallVoice> others{};  ///< further calls about the incident
    /// The caller who says he is the patient means this one.
    bool may_be_caller = true;
    /// There are patients of whom nothing is known: unknown, never well.
    [[nodiscard]] bool others_unknown() const { return described < patients; }
};

CallPicture picture_of(const Incident& incident, const Patient& patient);

/// True when this value counts as said: a "no" from someone who does not see the patient does not.
bool counts(const FindingValue& value, CallerRelation caller);

/// The facts of the patient. Findings that the table does not know are left out (an earlier table
/// knew them). A patient who speaks on the line is known to speak ("patient_speaks").
triage::Facts facts_of(const triage::Protocol& protocol, const CallPicture& picture);

/// The range and the proposal. While there are patients of whom nothing is known, the range stays
/// as wide upward as for a call without words; what is certain of one stays certain.
triage::Evaluation evaluate_call(const triage::Protocol& protocol, const triage::Facts& facts,
                                 const CallPicture& picture);

/// What the rules say of all patients together: the most urgent of each; the rules are those of
/// the patient who gives the proposal. The incident's category is never below any patient's.
TriageRecord combined_triage(const std::vector<Patient>& patients);

/// "mass_casualty" where it ought to be asked: several patients, and nobody has said yet whether
/// it is an emergency situation (U1.18). The rulebook gives no number, so a person says.
std::optional<triage::FindingIndex> emergency_question(const triage::Protocol& protocol,
                                                       const triage::Facts& facts,
                                                       const CallPicture& picture);

}  // namespace jedel
