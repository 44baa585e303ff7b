#pragma once
// A city's roads and ground as loaded from `roads.bin` of a city folder. Immutable after loading;
// shared between threads.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/geo.h"
#include "base/names.h"
#include "base/result.h"

namespace jedel::roads {

enum class RoadClass : std::uint8_t {
    motorway, trunk, primary, secondary, tertiary, residential, living, service, track
};

/// Coordinates as 1e-7 degrees, as OpenStreetMap keeps them.
struct FixedPoint {
    std::int32_t lat_e7 = 0, lon_e7 = 0;
    [[nodiscard]] LatLon degrees() const { return {lat_e7 * 1e-7, lon_e7 * 1e-7}; }
    friend bool operator==(const FixedPoint&, const FixedPoint&) = default;
};
inline FixedPoint fixed(LatLon p) {
    return {static_cast<std::int32_t>(std::llround(p.lat * 1e7)),
            static_cast<std::int32_t>(std::llround(p.lon * 1e7))};
}

/// A name in the languages the source had; empty where it had none. `any` is what signs say.
struct Name {
    std::string any, kk, ru, en;
    std::vector<std::string> old;  ///< former and alternative names
};

/// A piece of road between two junctions.
struct Segment {
    std::uint32_t from = 0, to = 0;  ///< indices of `nodes`
    std::uint32_t first_point = 0, point_count = 0;  ///< inner geometry, from `points`
    float length_m = 0;
    std::uint16_t max_speed_kmh = 0;  ///< 0 = not given
    RoadClass road_class = RoadClass::residential;
    bool forward = true, backward = true;  ///< which directions may be driven
    bool bridge = false, tunnel = false, roundabout = false;
    /// A private road or one behind a private gate: driven only as the first or the last stretch.
    bool last_stretch = false;
    std::uint8_t delay_s = 0;  ///< lost at a gate on it, however fast it is driven
    std::uint32_t name = 0;    ///< index of `names`; 0 = none
    std::uint64_t source_way = 0;
};

/// Turning from one segment into another at a node is not allowed.
struct TurnBan {
    std::uint32_t from_segment = 0, via_node = 0, to_segment = 0;
};

/// Driving these segments one after the other is not allowed: a turn by way of others between.
struct PathBan {
    /// At least three; 2 × segment, plus 1 where it is driven against its geometry.
    std::vector<std::uint32_t> directed;
};

/// Why a road of the extract is on no drive.
enum class NoDrive : std::uint8_t {
    no_way,      ///< there is no way in and out again
    ferry,       ///< only by ferry
    barrier,     ///< behind a barrier that is closed
    no_access,   ///< closed to vehicles
    impassable,  ///< under construction, abandoned, marked as impassable, or of one season
    too_small    ///< too low, narrow, short or weak for the vehicle
};

/// A road that is there but cannot be driven: who lives on it is not simply at the next road.
struct BeyondRoad {
    NoDrive why = NoDrive::no_way;
    std::uint32_t first_point = 0, point_count = 0;  ///< at least two of `points`
    std::uint32_t name = 0;
};

enum class AreaKind : std::uint8_t { water, green, building, industrial, residential };

struct Area {
    AreaKind kind = AreaKind::water;
    std::uint32_t first_point = 0, point_count = 0;  ///< outer ring in `points`, not closed
};
/// A river or stream drawn as a line.
struct Waterline {
    std::uint32_t first_point = 0, point_count = 0;
    float width_m = 0;
};

enum class PlaceKind : std::uint8_t { house, landmark, suburb, organisation };

/// Something an address search can find; `name` for landmarks, `street` + `number` for houses.
struct Place {
    PlaceKind kind = PlaceKind::house;
    FixedPoint at;
    std::uint32_t name = 0;    ///< index of `names`
    std::uint32_t street = 0;  ///< index of `names`
    std::string number;        ///< "12/3"
};

/// Where people live, for drawing places of calls.
struct PopulationPoint {
    FixedPoint at;
    std::uint32_t residents = 0;
};

struct RoadMap {
    std::vector<FixedPoint> nodes;
    std::vector<FixedPoint> points;  ///< inner geometry of segments, areas, waterlines
    std::vector<Segment> segments;
    std::vector<TurnBan> turn_bans;
    std::vector<PathBan> path_bans;
    std::vector<Name> names;  ///< [0] is the empty name
    std::vector<Area> areas;
    std::vector<Waterline> waterlines;
    std::vector<Place> places;
    std::vector<PopulationPoint> population;
    std::vector<BeyondRoad> beyond;
};

/// Binary, little-endian, with magic, version and a checksum; same map, same bytes.
std::string write_roadmap(const RoadMap& map);
/// Errors: not a road map, newer version, truncated, checksum, an index out of range.
Result<RoadMap> read_roadmap(std::string_view bytes, const std::string& file_name);

}  // namespace jedel::roads

template <>
struct jedel::EnumNames<jedel::roads::NoDrive> {
    static constexpr std::array<std::string_view, 6> names{
        "no_way", "ferry", "barrier", "no_access", "impassable", "too_small"};
};
