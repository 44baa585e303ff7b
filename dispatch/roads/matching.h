#pragma once
// Which road a brigade is on: its fixes matched to the roads as they come (a hidden Markov model
// after Newson & Krumm, ACM GIS 2009: near the fix, and driven there in about the straight way).

#include <memory>
#include <optional>
#include <span>

#include "base/time.h"
#include "dispatch/roads/travel.h"

namespace jedel::roads {

struct GpsFix {
    LatLon at;
    Instant time;
    std::optional<double> speed_kmh;
    std::optional<double> course_deg;  ///< clockwise from north; means little when standing
};

struct MatchedFix {
    Snapped place;
    double heading_deg = 0;  ///< along the road, clockwise from north
    double speed_kmh = 0;    ///< the tracker's, else from the way since the fix before
    double confidence = 0;   ///< share of this road among the candidates, 0…1
};

/// A fix this old is shown as old.
inline constexpr double old_fix_s = 60;
/// How far the brigade may be from its last place: the fix's own error, and once the fix is old
/// the way driven since then at its last speed (30 km/h at least, when that is unknown too).
double fix_radius_m(double age_s, std::optional<double> speed_kmh);

/// One brigade's matcher. One thread at a time; the network must outlive it. Fixes must come in
/// the order of their times: one that is not later than the last is ignored.
class MapMatcher {
public:
    explicit MapMatcher(const TravelNetwork& network);
    MapMatcher(MapMatcher&&) noexcept;
    MapMatcher& operator=(MapMatcher&&) noexcept;
    ~MapMatcher();
    /// nullopt when no road is within 80 m, or the fix is not a later one.
    std::optional<MatchedFix> add(const GpsFix& fix);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::roads
