#pragma once
// Decisions and folds of patients. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const RecordIntake& c);
Decided decide_one(Deciding& d, const AddPatient& c);
Decided decide_one(Deciding& d, const RecordFindings& c);
Decided decide_one(Deciding& d, const RecordUnanswered& c);
Decided decide_one(Deciding& d, const IdentifyPatient& c);
Decided decide_one(Deciding& d, const RecordFollowUp& c);

/// Makes a field of the form not known; true where it was.
bool clear(Incident& incident, Patient& patient, IntakeField field);

void fold(Folding& f, const IntakeRecorded& e);
void fold(Folding& f, const PatientAdded& e);
void fold(Folding& f, const FindingsRecorded& e);
void fold(Folding& f, const Triaged& e);
void fold(Folding& f, const QuestionUnanswered& e);
void fold(Folding& f, const QuestionReopened& e);
void fold(Folding& f, const PatientIdentified& e);
void fold(Folding& f, const FollowUpRecorded& e);

}  // namespace jedel
