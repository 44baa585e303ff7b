#pragma once
// Travel times over the road network: exact shortest times from many places to one and back.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/roads/roadmap.h"

namespace jedel::roads {

/// A place further than this from any road is doubtful: say so, do not hide it.
inline constexpr double doubtful_snap_m = 500;
/// Beyond this the place is not in this city: no time is given, rather than one that is a guess.
inline constexpr double snap_max_m = 2000;

/// Speeds by road class and hour of week, siren factor by urgency; a dated row of
/// data/law/speeds.toml.
struct SpeedTable {
    std::string row;  ///< "2026-01-01 default"
    std::array<double, 9> base_kmh{};
    std::array<double, 168> hour_factor{};      ///< multiplies speed; [0] = Monday 00–01 local
    std::array<double, 5> urgency_factor{};     ///< by Category, [0] = no siren
    double turn_s = 0;                          ///< cost of a turn at a junction
};
/// The row in force on `day` (days since 1970-01-01). Errors:
/// not TOML, no row for the day, a missing or impossible number; each names line and field.
Result<SpeedTable> parse_speeds(std::string_view toml, const std::string& file_name, int day);

/// Nearer to its road than this a place is at that road, whatever else lies beside it.
inline constexpr double at_road_m = 25;

/// A place put on the network.
struct Snapped {
    std::uint32_t segment = 0;
    double along = 0;       ///< 0 at `from` … 1 at `to`
    double distance_m = 0;  ///< from the place to the segment; over 500 m is doubtful
    LatLon on_road;
};

/// Why times to or from a place may be wrong though a road is near.
enum class Doubt : std::uint8_t {
    far_from_road,  ///< over `doubtful_snap_m`
    nearer_road,    ///< a nearer road is there and cannot be driven
    across_water    ///< a river, canal or lake lies between the place and its road
};
struct PlaceDoubt {
    Doubt doubt = Doubt::far_from_road;
    NoDrive why = NoDrive::no_way;  ///< of a nearer road
    std::uint32_t name = 0;         ///< of that road; 0 = none
    double distance_m = 0;          ///< to that road, or to the road that would be driven
};

struct Travel {
    bool reachable = false;
    std::int64_t time_ms = 0;  ///< to the millisecond, the same by both methods
    double distance_m = 0;
};

struct RoutePoint {
    LatLon at;
    std::uint32_t name = 0;  ///< street from here on
};
struct Route {
    Travel travel;
    std::vector<RoutePoint> points;
};

/// What a drawn change means for one segment of a map: it cannot be driven through, or slowly only.
struct SegmentChange {
    std::uint32_t segment = 0;
    bool closed = false;
    double time_factor = 1;  ///< multiplies the driving time when not closed; at least 0.05
};

/// A piece of road within reach: 0 at the segment's `from` … 1 at `to`, whichever way it is driven.
struct Reached {
    std::uint32_t segment = 0;
    double from_along = 0, to_along = 0;
    std::int64_t from_ms = 0, to_ms = 0;  ///< when each of the two is reached
};

/// How large a network is; bytes count its own tables, not the map.
struct NetworkFigures {
    std::size_t nodes = 0, segments = 0, states = 0, arcs = 0;
    std::size_t hierarchy_arcs = 0, triangles = 0, depth = 0;
    std::size_t shared_bytes = 0;  ///< once for a map
    std::size_t own_bytes = 0;     ///< for each set of times
};

enum class Method : std::uint8_t { plain, fast };

/// Thread-safe for reading once built; give each thread its own `Scratch`.
class TravelNetwork {
public:
    struct Scratch;
    struct ScratchDeleter {
        void operator()(Scratch* scratch) const;
    };
    using ScratchPtr = std::unique_ptr<Scratch, ScratchDeleter>;

    /// Builds the network of a map for one set of speeds. `hour_of_week` 0 = Monday 00–01 local;
    /// `urgency` picks the siren factor.
    static TravelNetwork build(std::shared_ptr<const RoadMap> map, const SpeedTable& speeds,
                               int hour_of_week, int urgency);
    /// The same roads at another hour, urgency or with other changes drawn on the map, sharing all
    /// but the times: a few milliseconds for a city. Builds anew only where turns begin or cease to
    /// cost something.
    [[nodiscard]] TravelNetwork with_times(const SpeedTable& speeds, int hour_of_week, int urgency,
                                           std::span<const SegmentChange> changes = {}) const;
    TravelNetwork(TravelNetwork&&) noexcept;
    TravelNetwork& operator=(TravelNetwork&&) noexcept;
    ~TravelNetwork();

    [[nodiscard]] ScratchPtr scratch() const;
    /// Nearest drivable segment by projection; nullopt on an empty map.
    [[nodiscard]] std::optional<Snapped> snap(LatLon place) const;
    /// What makes the road found for a place doubtful; empty where nothing does.
    [[nodiscard]] std::vector<PlaceDoubt> doubts(LatLon place, const Snapped& snapped) const;
    /// Times from every origin to one target: one reverse search.
    void to_one(Scratch& scratch, std::span<const Snapped> origins, const Snapped& target,
                Method method, std::span<Travel> out) const;
    /// Times from one origin to every target (hospitals).
    void from_one(Scratch& scratch, const Snapped& origin, std::span<const Snapped> targets,
                  Method method, std::span<Travel> out) const;
    [[nodiscard]] Route route(Scratch& scratch, const Snapped& from, const Snapped& to) const;
    /// Every piece of road that can be driven to within `limit_ms`, by ascending segment.
    [[nodiscard]] std::vector<Reached> reach(Scratch& scratch, const Snapped& origin,
                                             std::int64_t limit_ms) const;
    /// The same from whichever origin is nearest to each piece: one search for all of them.
    [[nodiscard]] std::vector<Reached> reach(Scratch& scratch, std::span<const Snapped> origins,
                                             std::int64_t limit_ms) const;
    /// Every segment within `radius_m` of a place, nearest first.
    [[nodiscard]] std::vector<Snapped> snap_all(LatLon place, double radius_m) const;
    [[nodiscard]] const RoadMap& map() const;
    [[nodiscard]] NetworkFigures figures() const;

private:
    friend class PreparedOrigins;
    struct Impl;
    explicit TravelNetwork(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Places of brigades kept ready, so that a call costs one upward search and one short scan for
/// each brigade. One thread at a time; the network must outlive it. A place set once stays until
/// it is set again; slots that were never set are not reachable.
class PreparedOrigins {
public:
    explicit PreparedOrigins(const TravelNetwork& network);
    PreparedOrigins(PreparedOrigins&&) noexcept;
    PreparedOrigins& operator=(PreparedOrigins&&) noexcept;
    ~PreparedOrigins();

    /// Puts or moves the brigade of a slot; slots grow as needed.
    void set(std::size_t slot, const Snapped& place);
    void clear(std::size_t slot);
    [[nodiscard]] std::size_t slots() const;
    /// Exact driving time in milliseconds from every slot to the target; negative where there is
    /// no way. The span's size must be slots().
    void times_to(const Snapped& target, std::span<std::int64_t> out_ms);
    /// The way of one slot with metres, to the target of the last `times_to`.
    [[nodiscard]] Travel way_of(std::size_t slot) const;
    /// All of them with metres.
    void travels_to(const Snapped& target, std::span<Travel> out);
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::roads

template <>
struct jedel::EnumNames<jedel::roads::Doubt> {
    static constexpr std::array<std::string_view, 3> names{"far_from_road", "nearer_road",
                                                           "across_water"};
};
