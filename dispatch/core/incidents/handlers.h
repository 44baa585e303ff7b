#pragma once
// Decisions and folds of incidents. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const SetCategory& c);
Decided decide_one(Deciding& d, const RecordDisposition& c);
Decided decide_one(Deciding& d, const CorrectDisposition& c);
Decided decide_one(Deciding& d, const ReopenIncident& c);
Decided decide_one(Deciding& d, const CloseIncident& c);
Decided decide_one(Deciding& d, const MergeIncident& c);
Decided decide_one(Deciding& d, const UnmergeIncident& c);

/// What must have happened before an incident can end so.
std::optional<Refusal> check_disposition(const Incident& incident, Disposition disposition,
                                         std::optional<OrganisationId> hospital);

void fold(Folding& f, const CategorySet& e);
void fold(Folding& f, const DispositionRecorded& e);
void fold(Folding& f, const DispositionCorrected& e);
void fold(Folding& f, const IncidentReopened& e);
void fold(Folding& f, const IncidentClosed& e);
void fold(Folding& f, const IncidentMerged& e);
void fold(Folding& f, const IncidentUnmerged& e);

}  // namespace jedel
