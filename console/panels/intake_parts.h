#pragma once
// Parts of the intake page, one function each.

#include "console/ui.h"

namespace jedel::console {

/// Category, rule, what would change it, the next question.
void draw_triage(const View& view, UiState& ui, Commands& commands, Box box);
/// The caller's words with what was read from them underlined; cuts what it took off the box.
void draw_words(const View& view, const UiState& ui, Box& box);
/// Findings that can be confirmed or struck.
void draw_findings(const View& view, UiState& ui, Commands& commands, Box box);
/// Hits under the address field, over what lies below it.
void draw_address_hits(const View& view, UiState& ui, Commands& commands);

}  // namespace jedel::console
