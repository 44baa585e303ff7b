#pragma once
// Paints a plan with OpenGL 3.3 core. Everything here needs a current context, except building
// and destroying an empty painter.

#include <array>
#include <memory>
#include <cstdint>
#include <string>
#include <vector>

#include "console/map/style.h"

namespace jedel::console {

/// Where the map lies in the window, in ImGui's pixels, and its scale to the framebuffer.
struct GlView {
    float left = 0, top = 0, width = 0, height = 0;       ///< of the map
    float window_width = 0, window_height = 0;
    float framebuffer_scale_x = 1, framebuffer_scale_y = 1;
    float clip_left = 0, clip_top = 0, clip_right = 0, clip_bottom = 0;
    double centre_x = 0, centre_y = 0, metres_per_px = 1;
};

/// Owns the buffers and shaders. Not copied; used on the window's thread only.
class GlGround {
public:
    GlGround();
    ~GlGround();

    /// Fills the buffers of the ground at the next paint; nullptr = none.
    void set_ground(std::shared_ptr<const Ground> ground);
    /// Pieces of the coloured roads; filled at the next paint.
    void set_reach(std::vector<Piece> pieces);
    /// Paints; leaves every piece of state as it found it.
    void paint(const PaintPlan& plan, const GlView& view);
    /// Deletes what OpenGL holds. Without a current context it only forgets.
    void release();
    [[nodiscard]] std::uint64_t uploads() const;
    /// Why nothing can be painted (shader not accepted); empty when all is well.
    [[nodiscard]] const std::string& fault() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::console
