#pragma once
// Decisions and folds of aid. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const RecordDanger& c);
Decided decide_one(Deciding& d, const AnnounceHospital& c);
Decided decide_one(Deciding& d, const RecordCompanion& c);
Decided decide_one(Deciding& d, const PrealertHospital& c);
Decided decide_one(Deciding& d, const RecordHelpRefusal& c);
Decided decide_one(Deciding& d, const GiveAdvice& c);

void fold(Folding& f, const DangerRecorded& e);
void fold(Folding& f, const HospitalAnnounced& e);
void fold(Folding& f, const CompanionRecorded& e);
void fold(Folding& f, const HospitalPrealerted& e);
void fold(Folding& f, const HelpRefused& e);
void fold(Folding& f, const AdviceGiven& e);

/// A danger to the brigade with the police asked for beside it, where they are not yet (D6).
void append_danger(Deciding& d, const Incident& incident, const RecordDanger& c,
                   Decision& decision);
/// Asks the police for this purpose unless they are asked already.
void append_police(Deciding& d, const Incident& incident, std::string_view purpose,
                   std::optional<OrganisationId> organisation, Decision& decision);
/// What an end takes before the call can be closed (practice: Intake); none: all is there.
std::optional<Refusal> check_end(const Deciding& d, const Incident& incident);

}  // namespace jedel
