#pragma once
// Help until the brigade comes: which card is shown, the metronome, the senior doctor's signature.

#include "console/ui.h"

namespace jedel::console {

/// The card on the screen; nullptr: none fits, or it was put away.
const triage::Card* card_shown(const UiState& ui);
/// The next card that fits; after the last they are put away, then the first again.
void show_next_help(const View& view, UiState& ui);
/// Starts or stops the beats of the card that has them.
void toggle_metronome(const View& view, UiState& ui);
/// Stops the beats when the call has no such card any more.
void keep_metronome(UiState& ui);
/// Signs the text of the card as it stands.
void sign_help(const View& view, UiState& ui, Commands& commands);

}  // namespace jedel::console
