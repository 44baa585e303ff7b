#pragma once
// Travel times over the road network: exact shortest times from many places to one and back.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/roads/roadmap.h"

namespace jedel::roads {

/// Speeds by road class and hour of week, siren factor by urgency; a dated row of
/// data/law/speeds.toml.
struct SpeedTable {
    std::string row;  ///< "2026-01-01 default"
    std::array<double, 9> base_kmh{};
    std::array<double, 168> hour_factor{};      ///< multiplies speed; [0] = Monday 00–01 local
    std::array<double, 5> urgency_factor{};     ///< by Category, [0] = no siren
    double turn_s = 0;                          ///< cost of a turn at a junction
};
Result<SpeedTable> parse_speeds(std::string_view toml, const std::string& file_name, int day);

/// A place put on the network.
struct Snapped {
    std::uint32_t segment = 0;
    double along = 0;       ///< 0 at `from` … 1 at `to`
    double distance_m = 0;  ///< from the place to the segment; over 500 m is doubtful
    LatLon on_road;
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
    TravelNetwork(TravelNetwork&&) noexcept;
    TravelNetwork& operator=(TravelNetwork&&) noexcept;
    ~TravelNetwork();

    [[nodiscard]] ScratchPtr scratch() const;
    /// Nearest drivable segment by projection; nullopt on an empty map.
    [[nodiscard]] std::optional<Snapped> snap(LatLon place) const;
    /// Times from every origin to one target: one reverse search.
    void to_one(Scratch& scratch, std::span<const Snapped> origins, const Snapped& target,
                Method method, std::span<Travel> out) const;
    /// Times from one origin to every target (hospitals).
    void from_one(Scratch& scratch, const Snapped& origin, std::span<const Snapped> targets,
                  Method method, std::span<Travel> out) const;
    [[nodiscard]] Route route(Scratch& scratch, const Snapped& from, const Snapped& to) const;
    [[nodiscard]] const RoadMap& map() const;

private:
    struct Impl;
    explicit TravelNetwork(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::roads
