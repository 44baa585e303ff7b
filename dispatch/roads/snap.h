#pragma once
// Nearest drivable segment to a place, by a grid over all pieces of geometry. Internal.

#include <optional>
#include <vector>

#include "dispatch/roads/travel.h"

namespace jedel::roads {

class SnapGrid {
public:
    explicit SnapGrid(const RoadMap& map);
    /// Equal distances go to the smaller segment, so the answer is always the same one.
    [[nodiscard]] std::optional<Snapped> nearest(const RoadMap& map, LatLon place) const;
    /// Every segment with a point within `radius_m`, nearest first, each once.
    [[nodiscard]] std::vector<Snapped> within(const RoadMap& map, LatLon place,
                                              double radius_m) const;
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Piece {
        std::uint32_t segment = 0;
        std::uint32_t part = 0;  ///< which leg of its geometry
    };
    template <class Visit>
    void visit_cell(long row, long column, Visit&& visit) const;

    double low_lat_ = 0, low_lon_ = 0, cell_lat_ = 1, cell_lon_ = 1;
    long rows_ = 0, columns_ = 0;
    std::vector<std::uint32_t> first_;  ///< by cell
    std::vector<Piece> pieces_;
};

/// The geometry of a segment with its end nodes, from `from` to `to`.
std::vector<FixedPoint> polyline(const RoadMap& map, std::uint32_t segment);

}  // namespace jedel::roads
