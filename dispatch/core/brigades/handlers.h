#pragma once
// Decisions and folds of brigades. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const RegisterBrigade& c);
Decided decide_one(Deciding& d, const MoveToPost& c);
Decided decide_one(Deciding& d, const ReportPost& c);

void fold(Folding& f, const BrigadeRegistered& e);
void fold(Folding& f, const MovedToPost& e);
void fold(Folding& f, const PostReported& e);

}  // namespace jedel
