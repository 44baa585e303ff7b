#pragma once
// Is the call being taken about an event that is known already? A hint, and the person decides.

#include "console/ui.h"

namespace jedel::console {

/// Looks for similar calls where the room or the form has changed since; else does nothing.
void refresh_similar(const View& view, UiState& ui);
/// Merges the call into the chosen similar one and goes there.
void merge_similar(const View& view, UiState& ui, Commands& commands);
void choose_next_similar(UiState& ui);
/// The call whose merge can be taken back from where the person is: the selected one, or the
/// last that was merged into it. None: nothing to take back.
std::optional<IncidentId> merged_here(const View& view, const UiState& ui);
void take_merge_back(const View& view, UiState& ui, Commands& commands);

}  // namespace jedel::console
