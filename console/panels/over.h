#pragma once
// A window over everything, for a moment; shared by what lies over the screen.

#include "console/ui.h"

namespace jedel::console {

/// Opens a window of that size in design pixels, at most the screen; call close_over after.
Box open_over(const View& view, const Box& screen, float width, float height, const char* id);
void close_over();

}  // namespace jedel::console
