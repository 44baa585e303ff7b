#pragma once
// Sections of the page of what goes beside the room's own brigades.

#include <string>
#include <vector>

#include "console/ui.h"

namespace jedel::console {

/// One line that can be chosen.
struct SectionRow {
    std::string words;
    std::string right;  ///< small, at the right edge
    bool done = false;  ///< recorded already
    bool bad = false;   ///< what stands right is a warning
};
/// Draws the rows; digits, arrows, Enter and the mouse choose. The index that was taken, or -1.
int choose_row(const View& view, UiState& ui, Box& box, const std::vector<SectionRow>& rows);

void draw_advice(const View&, UiState&, Commands&, const Incident&, Box box);
void draw_danger(const View&, UiState&, Commands&, const Incident&, Box box);
void draw_aviation(const View&, UiState&, Commands&, const Incident&, Box box);
void draw_hospital_states(const View&, UiState&, Commands&, const Incident&, Box box);
void draw_companion(const View&, UiState&, Commands&, const Incident&, Box box);
void draw_refusal(const View&, UiState&, Commands&, const Incident&, Box box);
/// The steps of a service that was asked for, and its next step by key; false: none is under way.
bool draw_service(const View&, UiState&, Commands&, const Incident&, Resource, Box& box);

}  // namespace jedel::console
