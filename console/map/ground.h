#pragma once
// The ground of a city, cut once into pieces for the graphics card: roads and water as straight
// pieces that the shader widens, areas as triangles, all sorted by what they are and by tile, so
// that a frame is a list of runs. Nothing here depends on zoom or place; three levels of detail.

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "console/map/projection.h"
#include "console/map/tessellate.h"
#include "dispatch/roads/roadmap.h"

namespace jedel::console {

/// A straight piece of a line, in metres on the plane.
struct Piece {
    MapPoint a, b;
};

/// How a road lies.
enum class RoadForm : std::uint8_t { tunnel, ground, bridge };

/// What a line is: 27 roads (class × form), 5 widths of water, edges of areas.
using LineKind = std::uint8_t;
inline constexpr std::size_t road_classes = 9;
constexpr LineKind road_kind(roads::RoadClass c, RoadForm f) {
    return static_cast<LineKind>(static_cast<std::size_t>(f) * road_classes +
                                 static_cast<std::size_t>(c));
}
inline constexpr LineKind first_water_kind = 27;
inline constexpr std::array<float, 5> water_width_m{3, 8, 20, 60, 120};
inline constexpr LineKind water_edge = 32, green_edge = 33, building_edge = 34;
inline constexpr LineKind line_kinds = 35;
inline constexpr std::size_t area_kinds = 5;

/// Levels of detail: every bend; bends over 4 m; bends over 15 m.
inline constexpr std::size_t levels = 3;
constexpr std::size_t level_for(double metres_per_px) {
    return metres_per_px < 3 ? 0 : metres_per_px < 12 ? 1 : 2;
}

/// A stretch of a buffer: pieces or indices.
struct Run {
    std::uint32_t first = 0, count = 0;
    friend bool operator==(const Run&, const Run&) = default;
};

/// Square tiles over the city, rows from south to north.
struct TileGrid {
    float low_x = 0, low_y = 0, side_m = 1;
    std::uint32_t columns = 1, rows = 1;
    [[nodiscard]] std::uint32_t tile_of(MapPoint p) const;
    [[nodiscard]] std::uint32_t count() const { return columns * rows; }
};

/// One kind of thing, tile by tile: `first[t] … first[t + 1]` of the buffer.
struct TiledLayer {
    std::vector<std::uint32_t> first;
    [[nodiscard]] bool empty() const { return first.empty() || first.front() == first.back(); }
};

/// An area larger than a tile, drawn when its box is seen.
struct LargeArea {
    MapBox box;
    Run run;
};

/// The direction a one-way street is driven in, at one place of it.
struct OneWay {
    MapPoint at;
    float along_x = 1, along_y = 0;  ///< unit vector, north up
};

struct Ground {
    Projection projection;
    MapBox box;   ///< all roads
    MapBox core;  ///< where most junctions are: the city without its far roads
    TileGrid grid;
    std::vector<Piece> pieces;
    std::array<std::array<TiledLayer, line_kinds>, levels> lines;
    std::vector<OneWay> one_ways;  ///< every 60 m or so, by tile
    TiledLayer one_way_tiles;
    Triangles triangles;
    std::array<TiledLayer, area_kinds> areas;
    std::array<std::vector<LargeArea>, area_kinds> large_areas;

    /// The runs of a layer that may be seen in `seen`, added to `out`; neighbours are merged.
    void runs(const TiledLayer& layer, const MapBox& seen, std::vector<Run>& out) const;
    void large_runs(std::size_t area_kind, const MapBox& seen, std::vector<Run>& out) const;
};

/// Cuts a map. Never fails: an empty map gives an empty ground.
std::shared_ptr<const Ground> build_ground(const roads::RoadMap& map);

}  // namespace jedel::console
