#pragma once
// From an OpenStreetMap extract to a road map.
//
// Tags are read as the OpenStreetMap wiki describes them (Key:highway, Key:access, Key:oneway,
// Relation:restriction, Relation:multipolygon).

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "dispatch/roads/roadmap.h"

namespace jedel::roads {

/// An organisation seen in the tags, for a person to check: kind is "hospital", "clinic",
/// "ambulance_station" or "police".
struct ProposedOrganisation {
    std::string kind;
    Name name;
    LatLon at;
};

/// What was read, kept, and dropped with the reason.
struct ImportSummary {
    std::uint64_t nodes_read = 0, ways_read = 0, relations_read = 0;
    std::uint64_t road_ways = 0;                ///< ways with a class an ambulance drives
    std::uint64_t dropped_no_access = 0;        ///< road ways closed to vehicles
    std::map<std::string, std::uint64_t> ways_closed;   ///< others, by the tag that closes them
    std::map<std::string, std::uint64_t> nodes_closed;  ///< roads cut, by what stands there
    std::map<std::string, std::uint64_t> nodes_slow;    ///< where time is lost
    std::uint64_t barriers_unknown = 0;         ///< of nodes_closed: not in the table
    std::uint64_t private_ways = 0;             ///< driven as first or last stretch only
    std::uint64_t conditional_ways = 0;         ///< with conditions of time that were not weighed
    std::uint64_t unread_access = 0, unread_oneways = 0, unread_limits = 0;
    std::uint64_t last_stretches = 0;           ///< segments
    std::uint64_t beyond = 0;                   ///< roads that are there and cannot be driven
    std::uint64_t twice = 0;                    ///< objects met before, left out
    std::uint64_t deleted = 0;                  ///< objects marked as deleted, left out
    std::uint64_t long_legs = 0;                ///< of roads, over `longest_leg_m`: cut there
    std::uint64_t far_objects = 0;              ///< houses and homes far from every road
    double stated_population = 0;               ///< by the largest town in the file
    std::uint64_t dropped_not_driven = 0;       ///< highways for feet, bicycles, under construction
    std::uint64_t missing_node_refs = 0;        ///< of road ways: nodes that are not in the file
    std::uint64_t missing_ground_refs = 0;      ///< of areas, waterlines and places
    std::uint64_t road_ways_cut = 0;            ///< road ways that lost a piece to those
    std::uint64_t one_way_ways = 0, reversible_ways = 0;  ///< reversible: taken as both ways
    std::uint64_t speed_limits = 0, unread_speed_limits = 0;
    std::uint64_t segments = 0, junctions = 0, bridges = 0, tunnels = 0;
    std::uint64_t dropped_segments = 0;         ///< outside the largest strongly connected part
    double kept_km = 0, dropped_km = 0;
    std::uint64_t restrictions_read = 0, turn_bans = 0;
    std::uint64_t restrictions_via_way = 0;     ///< of those read
    std::uint64_t path_bans = 0;                ///< what came of these
    std::uint64_t restrictions_other = 0;       ///< conditional, for other vehicles, unknown kind
    std::uint64_t restrictions_broken = 0;      ///< a member is missing or not a kept road
    std::uint64_t restrictions_unsplit = 0;     ///< at a node within a way that is not split there
    std::uint64_t houses = 0, landmarks = 0, suburbs = 0, organisations = 0;
    std::uint64_t buildings = 0, waters = 0, greens = 0, other_areas = 0, waterlines = 0;
    std::uint64_t open_rings = 0;               ///< areas whose outline is not closed: dropped
    std::uint64_t residents_estimated = 0;
    /// "2012-03-17": what the file's header says of its age, else the newest node in it; empty
    /// where neither is there.
    std::string extract_date;
    bool date_from_header = false;
    std::uint64_t memory_bytes_estimated = 0;   ///< before reading, for the whole import

    std::vector<ProposedOrganisation> proposed;

    /// English lines for a person: what, how many.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> rows() const;
    /// English sentences: what a person should look at before the map is used.
    [[nodiscard]] std::vector<std::string> warnings() const;
};

struct ImportProgress {
    std::string phase;  ///< "plan", "relations", "ways", "nodes", "roads", "done"
    std::uint64_t read_bytes = 0, total_bytes = 0;
    std::uint64_t objects = 0;  ///< of this phase so far
    std::string note;           ///< at "plan": the memory it will take at most
};
using ImportProgressFn = std::function<void(const ImportProgress&)>;

/// Residents on a kilometre of road outside these are an estimate gone wrong; the lower one only
/// for files with at least this much road, which are no villages.
inline constexpr double least_residents_per_km = 100, most_residents_per_km = 5'000;
inline constexpr double full_network_km = 300;

/// A road between two neighbouring nodes that is longer is taken for a slip of one of them.
inline constexpr double longest_leg_m = 50'000;

/// Most bytes an import of a file of this size takes: at most 1 KB for each node it can hold.
std::uint64_t import_memory_bytes(std::uint64_t file_bytes, bool plain_xml = false);

/// Reads .osm.pbf (also .osm, .osm.gz, .osm.bz2), three passes. Population is an estimate: see
/// osm_ground.cpp. Errors: cannot be read, empty, foreign, truncated, a history or change file, an
/// unfinished answer of a server, no roads in it, a city across the 180th meridian, or more than
/// `most_memory_bytes` needed.
Result<std::pair<RoadMap, ImportSummary>> import_osm(
    const std::string& path, const ImportProgressFn& progress = {},
    std::uint64_t most_memory_bytes = std::uint64_t{16} << 30);

}  // namespace jedel::roads
