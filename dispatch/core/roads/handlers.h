#pragma once
// Decisions and folds of roads. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const ChangeRoad& c);
Decided decide_one(Deciding& d, const RestoreRoad& c);

void fold(Folding& f, const RoadChanged& e);
void fold(Folding& f, const RoadRestored& e);

}  // namespace jedel
