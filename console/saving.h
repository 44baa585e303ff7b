#pragma once
// What of the form is in the journal. A field counts as saved when the answer to its command says
// so; what was refused or failed is sent again with the next saving. A form that is left before
// its answers have come is kept until they have.

#include <optional>
#include <string>

#include "console/ui.h"

namespace jedel::console {

PersonalFields personal_of(const Draft& draft);

/// Keeps the form aside where something of it still waits for its answer. Call before another
/// form takes its place.
void leave_draft(UiState& ui);
/// Goes on with a form whose call was refused, and asks for the call again. False: there is none.
bool take_up_refused(UiState& ui, Commands& commands);
/// Goes on with the form of this call that was left before all was stored. False: there is none.
bool take_up_unsaved(UiState& ui, IncidentId incident);

/// The answer to a command of a form. True: fields of a call that is not on the screen were not
/// stored; they are kept for when it is shown again.
bool note_answer(UiState& ui, const std::string& id, bool stored);
/// The answer to the command that opens a call; none: refused or failed. True: it was the form's
/// that is on the screen.
bool note_opened(UiState& ui, Commands& commands, const std::string& id,
                 std::optional<IncidentId> incident);

}  // namespace jedel::console
