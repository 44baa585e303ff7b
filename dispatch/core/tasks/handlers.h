#pragma once
// Decisions and folds of tasks. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const AssignBrigade& c);
Decided decide_one(Deciding& d, const RerouteBrigades& c);
Decided decide_one(Deciding& d, const ReportStatus& c);
Decided decide_one(Deciding& d, const ReleaseBrigade& c);
Decided decide_one(Deciding& d, const HandToPolyclinic& c);
Decided decide_one(Deciding& d, const AcceptByPolyclinic& c);
Decided decide_one(Deciding& d, const ReturnFromPolyclinic& c);
Decided decide_one(Deciding& d, const RequestService& c);
Decided decide_one(Deciding& d, const ReportTask& c);
Decided decide_one(Deciding& d, const CorrectTask& c);
Decided decide_one(Deciding& d, const CorrectHospital& c);
Decided decide_one(Deciding& d, const RecordHospitalTriage& c);

void fold(Folding& f, const BrigadeAssigned& e);
void fold(Folding& f, const StatusReported& e);
void fold(Folding& f, const AssignmentEnded& e);
void fold(Folding& f, const HandedToPolyclinic& e);
void fold(Folding& f, const PolyclinicAccepted& e);
void fold(Folding& f, const PolyclinicReturned& e);
void fold(Folding& f, const ServiceRequested& e);
void fold(Folding& f, const TaskReported& e);
void fold(Folding& f, const TaskCorrected& e);
void fold(Folding& f, const HospitalCorrected& e);
void fold(Folding& f, const HospitalTriaged& e);

}  // namespace jedel
