#pragma once
// Parts of the course page.

#include "console/ui.h"

namespace jedel::console {

/// The question that stands open (which hospital, why released, why returned), with its keys.
/// False: none does.
bool draw_course_ask(const View& view, UiState& ui, Commands& commands, Box box);
/// True where this brigade stands at a hospital's door.
bool at_the_door(const View& view, const Task& task);
/// The nurse's sorting at the door (D13): three groups, and the 60 seconds it may take.
void draw_zone(const View& view, UiState& ui, Commands& commands, const Incident& incident,
               const Task& task, Box box);

}  // namespace jedel::console
