#pragma once
// Between the closures of the journal, which know lines on the ground, and the segments of the map
// that is loaded now.

#include <span>
#include <vector>

#include "dispatch/core/roads/road_change.h"
#include "dispatch/core/table.h"
#include "dispatch/roads/drawn.h"

namespace jedel {

/// A stretch of whole segments, joined end to end in this order, as the journal keeps it:
/// one piece for each way and street. Coordinates are the map's own.
std::vector<RoadPiece> pieces_of(const roads::RoadMap& map,
                                 std::span<const std::uint32_t> stretch);

/// Metres of road in the pieces.
double length_m(const std::vector<RoadPiece>& road);

/// One segment under a change that holds.
struct RoadMark {
    RoadChangeId change;
    std::uint32_t segment = 0;
    bool closed = false;
    double time_factor = 1;
};

/// The changes that hold, put on one map.
struct RoadsNow {
    std::vector<RoadChangeId> ids;         ///< of the changes it was made from, ascending
    std::vector<RoadMark> marks;           ///< by change, then segment
    std::vector<RoadChangeId> not_here;    ///< those no piece of which lies on this map
    std::vector<roads::SegmentChange> times;  ///< what travel times are made with, by segment
};

/// True when `now` was made from these changes (a change never alters; its number says enough).
bool made_from(const RoadsNow& now, const Table<RoadChange>& changes);

/// Finds them on the map: some 0.1 ms for each stretch, so once for each change of the list.
/// Where two lie on one segment, closed wins, else the slower.
RoadsNow put_on_map(const roads::TravelNetwork& network, const Table<RoadChange>& changes);

}  // namespace jedel
