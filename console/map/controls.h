#pragma once
// Mouse and keys of the map, turned into movements of the camera and into what was asked for.

#include "console/map/furniture.h"

namespace jedel::console {

/// What controls remember from frame to frame.
struct ControlState {
    bool dragged = false;   ///< the button held now has moved the map
    bool moved = false;     ///< the person moved the map in this frame
};

/// Reads the frame's input. Call right after the map's invisible button, so that its item is
/// ImGui's last one; `marks` are the ones of this frame, `button` what lies under the pointer.
void steer(Camera& camera, ControlState& state, const Canvas& canvas, const MapInput& input,
           double dt_s, const std::vector<MarkHit>& marks, std::optional<MapButton> button,
           MapOutput& out);

}  // namespace jedel::console
