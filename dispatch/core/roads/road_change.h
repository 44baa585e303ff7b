#pragma once
// What a dispatcher draws on the roads: a stretch that is closed or slow, why and until when.
// A stretch is described by what stays when the map is imported anew: its line on the ground, the
// way of the source it lies on and the street's name. Nothing here knows an index of a road map.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/id.h"
#include "base/names.h"
#include "base/time.h"

namespace jedel {

using RoadChangeId = Id<struct RoadChangeTag>;

/// Why a road is closed or slow.
enum class RoadReason : std::uint8_t {
    none,
    works,       ///< repair of the road or of pipes
    accident,
    obstacle,    ///< fallen tree, parked cars, a barrier
    jam,
    flood,
    mudflow,     ///< or a landslide
    snow,        ///< or ice
    fire,
    mass_event,  ///< procession, race, cordon
    other,
};

/// Why a change ended.
enum class RoadEnd : std::uint8_t {
    taken_back,  ///< by a person
    expired,     ///< its time ran out
};

/// One point of a line, WGS 84 degrees.
struct LinePoint {
    double lat = 0, lon = 0;
    [[nodiscard]] LatLon place() const { return {lat, lon}; }
    friend bool operator==(const LinePoint&, const LinePoint&) = default;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("lat", s.lat);
        v("lon", s.lon);
    }
};

/// A piece of road on one way of the source: a line from end to end.
struct RoadPiece {
    std::optional<std::uint64_t> way;  ///< number of the way in OpenStreetMap, where known
    std::string street;                ///< as signs say it; empty: the road has no name
    std::vector<LinePoint> line;       ///< two points or more
    friend bool operator==(const RoadPiece&, const RoadPiece&) = default;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("way", s.way);
        v("street", s.street);
        v("line", s.line);
    }
};

/// A change that holds. Where two lie on one road, closed wins, else the slower.
struct RoadChange {
    RoadChangeId id;
    std::vector<RoadPiece> road;
    bool closed = false;
    double time_factor = 1;  ///< driving takes so many times as long; 1 when closed
    RoadReason reason = RoadReason::none;
    std::optional<Instant> until;  ///< none: until it is taken back
    Instant at;                    ///< since when
    std::string actor;             ///< who drew it
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("road", s.road);
        v("closed", s.closed);
        v("time_factor", s.time_factor);
        v("reason", s.reason);
        v("until", s.until);
        v("at", s.at);
        v("actor", s.actor);
    }
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::RoadReason> {
    static constexpr std::array<std::string_view, 11> names{
        "none", "works", "accident", "obstacle",   "jam",  "flood", "mudflow",
        "snow", "fire",  "mass_event", "other"};
};
template <>
struct jedel::EnumNames<jedel::RoadEnd> {
    static constexpr std::array<std::string_view, 2> names{"taken_back", "expired"};
};
