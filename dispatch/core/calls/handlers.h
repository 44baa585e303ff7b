#pragma once
// Decisions and folds of calls. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const ReceiveCall& c);
Decided decide_one(Deciding& d, const DiscardCall& c);
Decided decide_one(Deciding& d, const RecordCallerLost& c);
Decided decide_one(Deciding& d, const RecordCallerReached& c);

void fold(Folding& f, const CallReceived& e);
void fold(Folding& f, const CallDiscarded& e);
void fold(Folding& f, const CallerLost& e);
void fold(Folding& f, const CallerReached& e);

}  // namespace jedel
