#pragma once
// Parts of the send page: what a brigade's place in the list rests on, and what another costs.

#include "console/ui.h"

namespace jedel::console {

/// Where a brigade stands in the list as it is now; -1: not in it.
int place_of(const Recommendation& r, std::optional<BrigadeId> brigade);
/// The drive, "≈" before what no road says, "—" where nothing does.
std::string travel_text(const Candidate& candidate);
/// At its base, how old its place is, or in how long it is free.
std::string place_text(const View& view, const Candidate& candidate, const Brigade& brigade);
/// The chance to be in time, else the word.
std::string target_text(const View& view, const Candidate& candidate);
/// "Brigade 12: 3:00 later, 71 % → 48 % to meet 10 min".
std::string override_text(const View& view, const OverrideCost& cost);
/// The reason on that digit key, 1 to 9.
ChoiceReason choice_reason(int digit);
/// The lines that go into the journal with the decision: the best, and the chosen one.
std::vector<RecommendedBrigade> shown_lines(const Recommendation& r, BrigadeId chosen);
/// Says what the list rests on where that is not roads; cuts its strip off the box.
void draw_basis(const View& view, const Recommendation& r, Box& box);
/// Why the first is first, or what sending the chosen one costs; cuts its strip off the box.
void draw_why(const View& view, const UiState& ui, Box& box);

}  // namespace jedel::console
