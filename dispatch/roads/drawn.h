#pragma once
// Lines drawn along roads: found again on this map, also when they were drawn on another import of
// it, and stretches of whole segments between places a person picked.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dispatch/roads/travel.h"

namespace jedel::roads {

/// A line along one road, perhaps of another import.
struct DrawnLine {
    std::uint64_t way = 0;     ///< way of the source; 0 = not known
    std::string street;        ///< in any language; empty = not known
    std::vector<LatLon> line;  ///< two points or more
};

/// The segments of this map that lie under the line, ascending; empty = the road is not there.
/// A segment lies under it when at least half of it runs along it within 12 m and 35°, or when it
/// holds most of the line. Of those, the ones of the same way are taken, where there are any; else
/// the ones of the same street; else, where the line had either, those within 6 m. Without the way
/// only the nearest of parallel carriageways, up to 4 m further off than the best, are taken.
std::vector<std::uint32_t> segments_under(const TravelNetwork& network, const DrawnLine& drawn);

/// Joins segments to stretches, whichever way they may be driven. Keeps the map; thread-safe.
class StretchFinder {
public:
    explicit StretchFinder(std::shared_ptr<const RoadMap> map);

    /// The shortest way from one segment to another, both included, which leaves the first one's
    /// street only where that saves two thirds. Empty when there is none within 30 km.
    [[nodiscard]] std::vector<std::uint32_t> between(std::uint32_t from, std::uint32_t to) const;
    /// What goes on straightest at an end of a stretch, the same street first; nullopt = a dead
    /// end, or only sharp turns.
    [[nodiscard]] std::optional<std::uint32_t> beyond(std::span<const std::uint32_t> stretch,
                                                      bool at_end) const;
    /// The node at which a stretch ends (or begins).
    [[nodiscard]] std::uint32_t end_node(std::span<const std::uint32_t> stretch,
                                         bool at_end) const;

private:
    [[nodiscard]] std::span<const std::uint32_t> touching(std::uint32_t node) const;

    std::shared_ptr<const RoadMap> map_;
    std::vector<std::uint32_t> first_, segments_;  ///< by node
};

}  // namespace jedel::roads
