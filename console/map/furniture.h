#pragma once
// What stands around the map: scale bar, north, attribution, buttons, notes, hints.

#include <optional>
#include <string>

#include "console/map/canvas.h"
#include "console/map/map_view.h"
#include "console/map/marks.h"

namespace jedel::console {

/// A round length for the scale bar, 1, 2 or 5 × 10ⁿ metres, at most so long on the screen.
double scale_bar_m(double metres_per_px, float longest_px);
/// "200 м" or "5 км", in the words of the screen.
std::string length_text(double metres, const Texts& texts);
/// "45 с" or "3 мин".
std::string age_text(double seconds, const Texts& texts);
/// "© OpenStreetMap contributors · данные на 2012-03-01".
std::string attribution_text(const City& city, const Texts& texts);

enum class MapButton : std::uint8_t { nearer, farther, home };
/// Draws the three buttons and says over which the pointer is.
std::optional<MapButton> draw_buttons(const Canvas& canvas, ImVec2 pointer);

void draw_scale_bar(const Canvas& canvas, const Texts& texts);
void draw_attribution(const Canvas& canvas, const std::string& text);
/// A line at the top of the map, e.g. whom it follows.
void draw_note(const Canvas& canvas, const std::string& text);
/// What the coloured roads mean: their minutes, and the lines of the input below. Nothing while
/// there are none.
void draw_legend(const Canvas& canvas, const MapInput& input);
/// The middle of the map, for taking a place by keyboard.
void draw_crosshair(const Canvas& canvas);
/// What the mark under the pointer is.
std::string hint_text(const MarkHit& hit, const MapInput& input, const City* city);

}  // namespace jedel::console
