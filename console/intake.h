#pragma once
// The call being taken: from what is typed to what is recorded. No drawing here.

#include "console/ui.h"

namespace jedel::console {

/// Opens a call (its clock starts now) and an empty form for it.
void begin_call(UiState& ui, Commands& commands);
/// The same for a call that was being opened when the last session ended.
void begin_call_as(UiState& ui, Commands& commands, const ReceiveCall& opening);
/// The same for a call taken on paper: its clock has been running since `received`.
void begin_paper_call(UiState& ui, Commands& commands, Instant received);
/// Fills the form with what is known of a call, after the old form has been saved.
void load_draft(const View& view, UiState& ui, const Incident& incident);
/// Takes away the call on the form when nothing was typed in it and nothing is known of it; the
/// room refuses where something is. False: it was touched.
bool discard_untouched(UiState& ui, Commands& commands);
/// The journal has given the pending call its number.
void adopt_number(UiState& ui, IncidentId incident);

/// Reads the words again and evaluates what is known. Cheap; call when the draft changed.
void refresh_triage(const View& view, UiState& ui);
/// Sends what differs from what was last sent. Nothing while the call has no number.
void save_draft(UiState& ui, Commands& commands);
/// Saves and takes the proposed category.
void confirm_draft(const View& view, UiState& ui, Commands& commands);
/// Answers the question on the screen and saves the answer.
void answer_question(const View& view, UiState& ui, Commands& commands, triage::Tri answer);
/// The line is lost, or someone is on it again; journalled at once.
void note_line(const View& view, UiState& ui, Commands& commands);
/// Who calls: not known, the patient, someone beside, someone who does not see the patient.
void next_caller_relation(const View& view, UiState& ui, Commands& commands);
/// From now on the answers are the brigade's that was sent, or the caller's again; a category that
/// comes of them is set with "reported by the brigade". What the caller could not say may be asked
/// of the brigade.
void switch_speaker(const View& view, UiState& ui);
/// Takes the place of an address hit and shows its name; the address stays as it was typed.
void pick_address(const View& view, UiState& ui, Commands& commands, const AddressHit& hit);
/// Finds out again what the place of a call taken up again is called, and whether it is the one
/// that was said.
void name_place(const View& view, UiState& ui, Commands& commands);
/// Confirms a finding, or takes it away.
void confirm_finding(const View& view, UiState& ui, Commands& commands, std::size_t index);
void strike_finding(const View& view, UiState& ui, Commands& commands, std::size_t index);

}  // namespace jedel::console
