#pragma once
// What may be asked about roads.

#include "dispatch/core/roads/road_change.h"

namespace jedel {

/// Closes a stretch of road or makes it slow, for every travel time from the next one on.
struct ChangeRoad {
    static constexpr std::string_view kind = "change_road";
    std::vector<RoadPiece> road;
    bool closed = false;
    double time_factor = 1;  ///< above 1 where it is slow; 1 where it is closed
    RoadReason reason = RoadReason::none;
    std::optional<Instant> until;  ///< none: until it is taken back
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("road", s.road);
        v("closed", s.closed);
        v("time_factor", s.time_factor);
        v("reason", s.reason);
        v("until", s.until);
    }
};

/// Takes a change back, or ends one whose time has run out.
struct RestoreRoad {
    static constexpr std::string_view kind = "restore_road";
    RoadChangeId change;
    RoadEnd end = RoadEnd::taken_back;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("change", s.change);
        v("end", s.end);
    }
};

}  // namespace jedel
