#pragma once
// A window over everything, for a moment.

#include "console/widgets/brush.h"

namespace jedel::console {

/// Opens one of the given size (in units of the 15-pixel design), at most the screen; returns what
/// is inside its frame. Call close_over after drawing.
Box open_over(const Brush& view, const Box& screen, float width, float height, const char* id);
void close_over();

}  // namespace jedel::console
