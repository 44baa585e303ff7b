#pragma once
// What a person does on the map beside looking: drawing a closure, asking where brigades can be.
// Questions go to the worker (advice.h), answers come back here; the panel only reads them.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "console/map/map_view.h"
#include "dispatch/fleet/advisor.h"

namespace jedel::console {

/// The roads that are closed or slow, as segments of the map that is shown.
struct RoadsAnswer {
    RoadsNow roads;
    std::vector<MapClosure> closures;  ///< one for each segment
};

/// One step of drawing a stretch.
struct DrawStep {
    enum class Kind : std::uint8_t {
        place,        ///< the road nearest to a place, and the way there from the end so far
        longer_end,   ///< one segment more at the end
        longer_begin  ///< one segment more at the beginning
    };
    Kind kind = Kind::place;
    LatLon at;  ///< of `place`
};

/// The stretch that some steps give. `serial` is the question's.
struct StretchAnswer {
    std::uint64_t serial = 0;
    std::vector<std::uint32_t> segments;  ///< in order
    std::vector<RoadPiece> road;          ///< the same for the journal
    std::vector<std::uint32_t> streets;   ///< indices of RoadMap::names, each once, in order
    double length_m = 0;
    bool no_road = false;   ///< the last step: no road near that place
    bool no_way = false;    ///< the last step: no way there, or nothing goes on
};

enum class ReachKind : std::uint8_t { none, brigade, coverage };

/// Roads by the minute at which they can be reached.
struct ReachAnswer {
    ReachKind kind = ReachKind::none;
    BrigadeId brigade;       ///< of ReachKind::brigade
    Instant at;              ///< when it was asked
    std::uint64_t state_seq = 0;
    bool no_place = false;   ///< nobody knows where the brigade is, or it is off the roads
    std::size_t free = 0;    ///< coverage: by so many brigades
    std::size_t unknown = 0; ///< coverage: left out, as nobody knows where or what they are
    std::shared_ptr<const std::vector<MapReach>> roads;
};

/// Bands of the colours, minutes; the first is U1's target.
inline constexpr std::array<float, 3> reach_bands_min{5, 10, 15};

/// What can be drawn; closed first.
struct RoadEffect {
    bool closed = false;
    double time_factor = 1;
};
inline constexpr std::array<RoadEffect, 3> road_effects{{{true, 1}, {false, 2}, {false, 4}}};
/// For how long, minutes; 0 = until it is taken back.
inline constexpr std::array<int, 7> road_ends_min{0, 30, 60, 120, 240, 720, 1440};

/// What the person is doing with them. Part of UiState.
struct MapTools {
    bool large = false;    ///< the map takes the card's place while it has the keyboard
    bool drawing = false;
    std::vector<DrawStep> steps;
    std::uint64_t serial = 0;  ///< grows with each change of `steps`
    std::size_t effect = 0;    ///< index of road_effects
    RoadReason reason = RoadReason::works;
    std::size_t end = 0;       ///< index of road_ends_min
    bool confirm_wanted = false;  ///< Enter came; given when the stretch of `steps` is known
    ReachKind reach = ReachKind::none;
    RoadChangeId list_choice;  ///< in the list of changes
    std::optional<LatLon> go_to;  ///< the map moves there at the next frame
};

}  // namespace jedel::console
