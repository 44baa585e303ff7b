#pragma once
// Help until the brigade comes: which card is shown, the metronome, the senior doctor's signature.

#include "console/audio/sound.h"
#include "console/ui.h"

namespace jedel::console {

/// The card on the screen; nullptr: none fits, or it was put away.
const triage::Card* card_shown(const UiState& ui);
/// A card that another leads to for this patient's age, and by which of its texts.
struct CardLink {
    const triage::LocalText* text;
    const triage::Card* to;
    triage::Tri answer = triage::Tri::unknown;  ///< yes, no: that answer to the card's question
};
/// Where the card leads, in the order it is read.
std::vector<CardLink> links_of(const View& view, const UiState& ui, const triage::Card& card);
/// Shows a card that the present one leads to.
void open_link(UiState& ui, const triage::Card& to);
/// The first card that the chosen one leads to, then the next; after the last the chosen one again.
void follow_link(const View& view, UiState& ui);
/// After the draft was read anew: keeps the card that was led to, and shows a card that has come to
/// stand first, whatever was shown or put away.
void keep_help(const View& view, UiState& ui, const triage::Card* first_before);
/// The next card that fits; after the last they are put away, then the first again. From a card
/// that was led to, back to the one that led there.
void show_next_help(const View& view, UiState& ui);
/// Starts or stops the beats of the card that has them.
void toggle_metronome(const View& view, UiState& ui);
/// No sound for two minutes, beats or alarms; it comes back by itself, or by the same key.
void toggle_mute(UiState& ui, Sound* sound);
/// Stops the beats when the call has no such card any more.
void keep_metronome(UiState& ui);
/// Signs the text of the card as it stands.
void sign_help(const View& view, UiState& ui, Commands& commands);

}  // namespace jedel::console
