#pragma once
// What of the second look stands on the screen now.

#include "console/ui.h"

namespace jedel::console {

/// Proposals that are true in this very room and were not put aside, most urgent first.
std::vector<const Proposal*> proposals_now(const View& view, const UiState& ui);
/// Predicted to be late, and still on the way and not late yet.
std::vector<const PredictedLate*> late_now(const View& view);
/// Says once of each journey that it will most likely be late, before it is.
void warn_of_late(const View& view, UiState& ui);
/// Does a proposal as one command.
void accept_proposal(UiState& ui, Commands& commands, const Proposal& proposal);
/// Puts it aside for the table's minutes.
void dismiss_proposal(const View& view, UiState& ui, const Proposal& proposal);
/// The number in the top bar with its key; returns the words, empty where there is nothing.
std::string relook_words(const View& view, const UiState& ui);
/// The list over the screen.
void draw_relook(const View& view, UiState& ui, Commands& commands, const Box& screen);

}  // namespace jedel::console
