#pragma once
// What is kept of an extract while it is read. Internal.

#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "dispatch/roads/access.h"
#include "dispatch/roads/osm_import.h"

namespace jedel::roads {

/// Looks a tag up; nullptr when the object has none of that key.
using TagLookup = std::function<const char*(const char*)>;

/// A run of node references in RawOsm::refs.
struct RefRun {
    std::uint64_t first = 0;
    std::uint32_t count = 0;
};

/// Which object of the file something came from, so that of two versions the older goes.
struct Origin {
    std::int64_t id = 0;
    std::uint32_t version = 0;
};

struct RawRoad {
    std::uint64_t way = 0;
    RefRun refs;
    Segment sample;  ///< class, directions, flags, name, speed
    Origin origin;
};

/// A road that is in the file and closed to vehicles.
struct RawClosed {
    NoDrive why = NoDrive::no_access;
    RefRun refs;
    std::uint32_t name = 0;
    Origin origin;
};

/// What stands on a node of a road.
struct NodeGate {
    enum class Kind : std::uint8_t { open, slow, last_stretch, closed } kind = Kind::open;
    int seconds = 0;
    std::string what;      ///< "barrier=bollard", "maxheight"
    bool unknown = false;  ///< a barrier that the table does not have
};
/// Lost where a barrier has to be taken out by hand, or a private gate opened by someone inside.
inline constexpr int removable_barrier_s = 30, private_gate_s = 30;

struct RawArea {
    AreaKind kind = AreaKind::water;
    RefRun refs;
    double residents_per_m2 = 0;        ///< of ground, as a small building
    double residents_per_m2_large = 0;  ///< as a large one
    bool named_home = false;            ///< tagged as a home, whatever its size
    Origin origin;
};

struct RawWaterline {
    RefRun refs;
    float width_m = 0;
    Origin origin;
};

/// Something with a name or a house number; its place is a node or the middle of a way.
struct RawPlace {
    Place place;
    std::optional<RefRun> outline;
    std::string organisation;  ///< kind of a proposed organisation
    Origin origin;             ///< nodes and ways apart: by whether there is an outline
};

struct RawRestriction {
    bool only = false;
    std::int64_t from_way = 0, via_node = 0, to_way = 0;
    std::vector<std::int64_t> via_ways;  ///< in the order they are driven; then via_node is 0
    Origin origin;
};

struct RawMember {
    bool is_way = false;  ///< else a node
    std::int64_t ref = 0;
    std::string role;
};

struct RawMultipolygon {
    AreaKind kind = AreaKind::water;
    std::vector<std::int64_t> outer_ways;
    Origin origin;
};

/// Names, each once; [0] is the empty one.
class NameTable {
public:
    NameTable() { names_.push_back({}); }
    std::uint32_t add(const Name& name);
    /// The first name any of whose words is `text`, or a new one.
    std::uint32_t street(const std::string& text);
    [[nodiscard]] const std::vector<Name>& all() const { return names_; }
    [[nodiscard]] std::vector<Name> take() { return std::move(names_); }

private:
    std::vector<Name> names_;
    std::map<std::string, std::uint32_t> by_key_;
    std::unordered_map<std::string, std::uint32_t> by_text_;
};

struct RawOsm {
    NameTable names;
    std::vector<std::int64_t> refs;
    std::vector<RawRoad> roads;
    std::vector<RawClosed> closed;
    std::vector<RefRun> ferries;
    std::unordered_map<std::int64_t, NodeGate> gates;  ///< by node; only of nodes referred to
    std::vector<RawArea> areas;
    std::vector<RawWaterline> waterlines;
    std::vector<RawPlace> places;
    std::vector<RawRestriction> restrictions;
    std::vector<RawMultipolygon> multipolygons;
    std::unordered_map<std::int64_t, RefRun> ring_ways;  ///< outer ways of multipolygons
    std::vector<std::int64_t> node_ids;                  ///< ascending
    std::vector<std::optional<FixedPoint>> node_places;  ///< beside node_ids

    [[nodiscard]] std::optional<FixedPoint> place_of(std::int64_t node) const;
    /// Place of `node` in node_ids; its size when it is not there.
    [[nodiscard]] std::size_t slot_of(std::int64_t node) const;
};

/// Keeps a turn restriction that binds an ambulance, or counts why not (osm_restriction.cpp).
void read_restriction(const TagLookup& tag, const std::vector<RawMember>& members, Origin origin,
                      RawOsm& raw, ImportSummary& summary);
// Meaning of tags (osm_tags.cpp, osm_access.cpp).
Name name_from(const TagLookup& tag);
struct RoadTags {
    enum class Use { none, not_driven, closed, road } use = Use::none;
    NoDrive why = NoDrive::no_access;  ///< where it is closed
    std::string what;                  ///< by which tag
    Segment sample;                    ///< without name
    bool reversible = false, speed_given = false, speed_read = false;
    bool oneway_unread = false, access_unread = false, limit_unread = false, conditional = false;
};
RoadTags road_from(const TagLookup& tag, const AccessRules& rules);
/// What stands on a node, if it stands on a road.
NodeGate gate_from(const TagLookup& tag, const AccessRules& rules);
std::optional<AreaKind> area_from(const TagLookup& tag);
std::optional<float> waterline_from(const TagLookup& tag);
/// "hospital", "clinic", "ambulance_station", "police" or empty.
std::string organisation_from(const TagLookup& tag);
/// House, suburb, landmark or organisation; nullopt when there is nothing to search for.
std::optional<RawPlace> place_from(const TagLookup& tag, NameTable& names);
/// People for each square metre of ground a building covers; 0 when it is no home.
double residents_per_m2(const TagLookup& tag, double ground_m2);
inline constexpr double small_house_m2 = 250, largest_home_m2 = 3000, smallest_home_m2 = 25;

/// Reads the file into memory (osm_read.cpp).
Result<RawOsm> read_osm(const std::string& path, const AccessRules& rules,
                        const ImportProgressFn& progress, ImportSummary& summary);
/// Makes the map of it (osm_build.cpp, osm_ground.cpp, osm_turns.cpp).
Result<RoadMap> build_map(RawOsm raw, ImportSummary& summary, const std::string& path);
/// Splits the drivable part from the rest: the largest part without last stretches whose every
/// junction can be driven to from every other, with the last stretches that hang on it; all other
/// roads become RoadMap::beyond with the reason. `new_index` gives the kept node of each node
/// built, no_index where it is gone (osm_parts.cpp).
struct BuiltRoads {
    RoadMap map;                              ///< every segment of the file
    std::vector<bool> at_ferry, at_barrier;   ///< by node
};
RoadMap keep_drivable(BuiltRoads built, std::vector<std::uint32_t>& new_index,
                      ImportSummary& summary);
void build_ground(const RawOsm& raw, RoadMap& map, ImportSummary& summary);
/// Bans by way of other roads. "only_" of that kind is taken at its word: who has come from the one
/// way along the others has to go on into the last.
void build_path_bans(const RawOsm& raw, RoadMap& map, ImportSummary& summary);
/// `node_of` gives the map's node of an OSM node, no_index when there is none.
void build_turn_bans(const RawOsm& raw, RoadMap& map,
                     const std::function<std::uint32_t(std::int64_t)>& node_of,
                     ImportSummary& summary);

}  // namespace jedel::roads
