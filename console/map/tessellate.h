#pragma once
// Polygons into triangles.

#include <cstdint>
#include <span>
#include <vector>

#include "console/map/projection.h"

namespace jedel::console {

/// Triangles of many polygons: corners and, three by three, which corners make one.
struct Triangles {
    std::vector<MapPoint> corners;
    std::vector<std::uint32_t> indices;
};

/// Adds the inside (even-odd rule) of a ring, not closed, to `out`. A ring that crosses itself is
/// cut at the crossing; one with fewer than three points or no area adds nothing. Uses the GLU
/// tessellator, which needs no OpenGL context.
void add_polygon(std::span<const MapPoint> ring, Triangles& out);

}  // namespace jedel::console
