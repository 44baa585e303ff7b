#pragma once
// Service areas by the nearest organisation: Voronoi cells within a rectangle.

#include <vector>

#include "base/geo.h"

namespace jedel {

/// One polygon per site, tiling the rectangle: neighbours share their corners to the last bit, so
/// every place inside lies in exactly one. Sites that fall together are told apart by a metre.
std::vector<std::vector<LatLon>> nearest_areas(std::vector<LatLon> sites, LatLon low, LatLon high);

}  // namespace jedel
