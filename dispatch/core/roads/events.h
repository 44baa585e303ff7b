#pragma once
// What has happened to roads.

#include "dispatch/core/roads/road_change.h"

namespace jedel {

/// A stretch of road is closed or slow from now on.
struct RoadChanged {
    static constexpr std::string_view kind = "road_changed";
    static constexpr int version = 1;
    RoadChangeId change;
    std::vector<RoadPiece> road;
    bool closed = false;
    double time_factor = 1;
    RoadReason reason = RoadReason::none;
    std::optional<Instant> until;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("change", s.change);
        v("road", s.road);
        v("closed", s.closed);
        v("time_factor", s.time_factor);
        v("reason", s.reason);
        v("until", s.until);
    }
};

/// A change holds no more: taken back, or its time has run out.
struct RoadRestored {
    static constexpr std::string_view kind = "road_restored";
    static constexpr int version = 1;
    RoadChangeId change;
    RoadEnd end = RoadEnd::taken_back;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("change", s.change);
        v("end", s.end);
    }
};

}  // namespace jedel
