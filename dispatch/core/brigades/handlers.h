#pragma once
// Decisions and folds of brigades. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const RegisterBrigade& c);

void fold(Folding& f, const BrigadeRegistered& e);

}  // namespace jedel
