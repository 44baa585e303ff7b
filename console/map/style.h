#pragma once
// How the ground looks at a zoom: widths and colours. Calm greys; the strong colours of the
// screen belong to calls.

#include <cstdint>
#include <vector>

#include "console/map/camera.h"
#include "console/map/ground.h"

namespace jedel::console {

/// Colours packed as ImGui does (IM_COL32).
struct MapPalette {
    std::uint32_t ground = 0;
    std::array<std::uint32_t, area_kinds> area{};  ///< by AreaKind
    std::uint32_t building_edge = 0;
    std::uint32_t minor_road = 0, minor_casing = 0;
    std::uint32_t major_road = 0, major_casing = 0;
    std::uint32_t tunnel = 0;
    std::array<std::uint32_t, 3> reach{};  ///< nearest band first
    std::uint32_t label = 0, water_label = 0, halo = 0;
    std::uint32_t route = 0, other_route = 0, route_halo = 0;
    std::uint32_t closure = 0;
    std::array<std::uint32_t, 4> service_area{};
    std::uint32_t frame = 0;

    static MapPalette light();
    static MapPalette dark();
};

/// Width of a road in pixels; 0 = not shown at this zoom. `scale` = 1 at 96 dpi.
float road_width_px(roads::RoadClass road_class, double metres_per_px, float scale);

/// One thing to paint: some runs of one buffer in one colour.
struct Paint {
    enum class From : std::uint8_t { triangles, pieces, reach };
    From from = From::pieces;
    bool butt = false;     ///< lines end where they end, without round caps
    float width_px = 0;
    std::uint32_t colour = 0;
    std::uint32_t first_run = 0, run_count = 0;
};

/// A frame of ground, back to front. Kept from frame to frame, so that nothing is allocated.
struct PaintPlan {
    std::vector<Paint> paints;
    std::vector<Run> runs;
    void clear() { paints.clear(), runs.clear(); }
};

/// Lists what of the ground is seen and how it is painted; `reach` are the runs of the three
/// bands in the buffer of coloured roads (count 0 = none).
void plan_ground(const Ground& ground, const Camera& camera, const MapPalette& palette,
                 float scale, const std::array<Run, 3>& reach, PaintPlan& out);

}  // namespace jedel::console
