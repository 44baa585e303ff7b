#pragma once
// The least urgent category is not taken by one key while an answer could still make the call
// urgent: the form stops, names that answer and asks for it. Going on without it takes a reason.

#include "console/ui.h"

namespace jedel::console {

/// What is known gives category 4, but 1 or 2 is still possible.
bool four_is_open(const DraftTriage& triage);
/// Answers that would make the call U1 or U2, the most urgent first.
std::vector<triage::WhatIf> still_urgent(const triage::Protocol& protocol,
                                         const triage::Facts& facts,
                                         const triage::Evaluation& evaluation);
/// True: stopped. The form with the question is shown, nothing is to be done now. False where the
/// category is settled, or has been set already.
bool stop_before_four(const View& view, UiState& ui);
/// The question to be asked next of a form that was stopped; none: as the interview goes.
std::optional<triage::Question> stopped_question(const DraftTriage& triage,
                                                 const std::vector<triage::FindingIndex>& asked);

}  // namespace jedel::console
