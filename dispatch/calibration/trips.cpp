#include "dispatch/calibration/trips.h"

#include <algorithm>
#include <numeric>

namespace jedel::calibration {

namespace {

constexpr double seconds_min = 20, seconds_max = 3 * 3600;
constexpr double way_min_m = 300;
constexpr double metres_per_s_max = 150 / 3.6;
constexpr double detour_factor = 1.5, detour_slack_m = 300;

std::optional<LeftOut> why_not(const Trip& trip, const roads::Travel& travel) {
    if (!travel.reachable) return LeftOut::no_way;
    if (travel.distance_m < way_min_m) return LeftOut::short_way;
    if (travel.distance_m / trip.seconds > metres_per_s_max) return LeftOut::too_fast;
    if (trip.driven_m && *trip.driven_m > travel.distance_m * detour_factor + detour_slack_m) {
        return LeftOut::detour;
    }
    return std::nullopt;
}

}  // namespace

void LeftOuts::add(LeftOut why, const std::string& where) {
    Count& count = counts_[why];
    if (count.count++ == 0) count.first = where;
}

void LeftOuts::add(const LeftOuts& other) {
    for (const auto& [why, theirs] : other.counts_) {
        Count& count = counts_[why];
        if (count.count == 0) count.first = theirs.first;
        count.count += theirs.count;
    }
}

std::vector<roads::TimedTrip> compute_trips(const City& city, const roads::SpeedTable& speeds,
                                            Trips& trips) {
    // One set of times for each hour and urgency: trips in that order, results in the given one.
    std::vector<std::size_t> order(trips.trips.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto times_of = [&](std::size_t i) {
        const Trip& trip = trips.trips[i];
        return std::pair{hour_of_week(trip.departed), static_cast<int>(trip.urgency)};
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return times_of(a) < times_of(b); });
    std::vector<std::optional<roads::TimedTrip>> computed(order.size());
    std::vector<std::optional<LeftOut>> why(order.size());
    auto network = roads::TravelNetwork::build(city.roads, speeds, 0, 0);
    auto scratch = network.scratch();
    std::optional<std::pair<int, int>> times;
    for (const std::size_t i : order) {
        const Trip& trip = trips.trips[i];
        if (times != times_of(i)) {
            times = times_of(i);
            network = network.with_times(speeds, times->first, times->second);
            scratch = network.scratch();
        }
        const auto from = network.snap(trip.from), to = network.snap(trip.to);
        if (trip.seconds <= seconds_min || trip.seconds > seconds_max) {
            why[i] = LeftOut::times;
        } else if (!from || !to || from->distance_m > roads::doubtful_snap_m ||
                   to->distance_m > roads::doubtful_snap_m) {
            why[i] = LeftOut::off_the_roads;
        } else {
            roads::Travel travel;
            network.to_one(*scratch, {&*from, 1}, *to, roads::Method::fast, {&travel, 1});
            why[i] = why_not(trip, travel);
            computed[i] = {.computed_s = static_cast<double>(travel.time_ms) / 1000,
                           .actual_s = trip.seconds,
                           .distance_m = travel.distance_m,
                           .hour_of_week = times->first,
                           .urgency = times->second};
        }
    }
    std::vector<roads::TimedTrip> out;
    for (std::size_t i = 0; i < computed.size(); ++i) {
        if (why[i]) trips.left_out.add(*why[i], trips.trips[i].where);
        else out.push_back(*computed[i]);
    }
    return out;
}

}  // namespace jedel::calibration
