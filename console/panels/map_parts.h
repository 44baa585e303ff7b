#pragma once
// What the map's panel is made of: drawing a closure, the legend of coloured roads.

#include "console/ui.h"

namespace jedel::console {

/// The map takes the card's place: while it has the keyboard and something is drawn or wanted.
bool map_is_large(const UiState& ui);

/// Starts drawing, goes on with what was begun, or, on the map itself, leaves it. False, with a
/// message, where this seat may not.
bool begin_drawing(const View& view, UiState& ui);
void end_drawing(UiState& ui);
/// Coloured roads on; the same kind again: off.
void show_reach(const View& view, UiState& ui, ReachKind kind);
/// Whose isochrone is meant: the brigade chosen, else the one on its way to the chosen call.
BrigadeId reach_brigade(const View& view, const UiState& ui);

/// Keys of the drawing; the rest stays for the map.
void drawing_keys(const View& view, UiState& ui, Commands& commands, LatLon crosshair);
/// A click on the ground while drawing.
void drawing_click(UiState& ui, LatLon at);
/// The strip below the map: what is drawn, how, why, until when.
float drawing_height(const View& view);
void draw_drawing(const View& view, UiState& ui, Commands& commands, const Box& strip);

/// What stands in the legend below the colours; empty = nothing is coloured.
std::vector<std::string> reach_lines(const View& view, const UiState& ui);
}  // namespace jedel::console
