#pragma once
// What all hands that draw on the map share, and text that stays readable on any ground.

#include <string_view>

#include <imgui.h>

#include "console/map/camera.h"
#include "console/map/labels.h"
#include "console/map/style.h"
#include "console/theme/theme.h"

namespace jedel::console {

/// Where and how to draw in this frame.
struct Canvas {
    ImDrawList* list = nullptr;
    const Camera* camera = nullptr;
    const Projection* projection = nullptr;
    const Theme* theme = nullptr;
    const Fonts* fonts = nullptr;
    const MapPalette* palette = nullptr;
    ImVec2 origin;    ///< upper left corner of the map in the window
    float scale = 1;  ///< 1 at a 15 px type

    [[nodiscard]] ImVec2 at(Camera::Point map) const {
        const auto p = camera->to_screen(map);
        return {origin.x + static_cast<float>(p.x), origin.y + static_cast<float>(p.y)};
    }
    [[nodiscard]] ImVec2 at(MapPoint p) const { return at(Camera::Point{p.x, p.y}); }
    [[nodiscard]] ImVec2 at(LatLon p) const {
        return at(Camera::Point{projection->x(p), projection->y(p)});
    }
    [[nodiscard]] bool sees(ImVec2 p, float margin) const {
        return p.x >= origin.x - margin && p.y >= origin.y - margin &&
               p.x <= origin.x + static_cast<float>(camera->width()) + margin &&
               p.y <= origin.y + static_cast<float>(camera->height()) + margin;
    }
    [[nodiscard]] float px(double metres) const {
        return static_cast<float>(metres / camera->metres_per_px());
    }
};

/// A font at a size. Turned letters are taken from a larger face and made smaller, which the
/// graphics card does more smoothly than turning small ones.
struct Type {
    ImFont* font = nullptr;
    float px = 0;
    ImFont* turned = nullptr;  ///< nullptr = `font`
};
Type type_of(LabelKind kind, const Fonts& fonts);
/// Width and height of one line.
ImVec2 text_size(Type type, std::string_view text);

/// One line centred on `middle`, turned by `angle` (counter-clockwise on the screen), with a halo
/// around each letter; halo 0 = none.
void draw_text(ImDrawList& list, Type type, ImVec2 middle, float angle, std::string_view text,
               ImU32 colour, ImU32 halo);

void draw_labels(const Canvas& canvas, const std::vector<Label>& labels);

}  // namespace jedel::console
