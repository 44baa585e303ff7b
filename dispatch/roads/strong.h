#pragma once
// Strongly connected parts of a road map. Internal.

#include <vector>

#include "dispatch/roads/roadmap.h"

namespace jedel::roads {

/// By node: the number of its part, whose every node can be driven to from every other (Tarjan,
/// 1972). Without last stretches where `through` is set. `largest`: the part of most nodes, the
/// first found among equals.
std::vector<std::uint32_t> strong_parts(const RoadMap& map, bool through, std::uint32_t& largest);

/// By node: true in the largest part whose every node can be driven to from every other
/// (Tarjan, 1972); the first found among equals.
std::vector<bool> largest_strong_part(const RoadMap& map);

}  // namespace jedel::roads
