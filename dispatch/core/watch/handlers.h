#pragma once
// Decisions and folds of the exception list. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const Escalate& c);
Decided decide_one(Deciding& d, const SettleTrouble& c);

void fold(Folding& f, const StatusUnfit& e);
void fold(Folding& f, const TroubleSettled& e);
void fold(Folding& f, const Escalated& e);

/// A status of a crew or a tracker that was refused is kept on the list: nobody sits at that end
/// to read the refusal. nullopt: the refusal is the answer.
std::optional<Decision> keep_unfit(Deciding& d, const ReportStatus& c, const Refusal& refusal);
template <class C>
std::optional<Decision> keep_unfit(Deciding&, const C&, const Refusal&) {
    return std::nullopt;
}

}  // namespace jedel
