#pragma once
// Decisions and folds of people. Private to core.

#include "dispatch/core/folding.h"
#include "dispatch/core/guards.h"

namespace jedel {

Decided decide_one(Deciding& d, const SignText& c);
Decided decide_one(Deciding& d, const NoteClock& c);
Decided decide_one(Deciding& d, const CorrectClock& c);

void fold(Folding& f, const TextSigned& e);
void fold(Folding& f, const ClockNoted& e);
void fold(Folding& f, const ClockCorrected& e);

}  // namespace jedel
