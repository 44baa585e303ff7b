#pragma once
// How well the computed travel times fit trips that were driven, and the [[spread]] row that fits
// them better. Nothing here changes a table in force: a person puts the new row there.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "dispatch/roads/uncertainty.h"

namespace jedel::roads {

/// One trip as it was driven and as the present tables compute it.
struct TimedTrip {
    double computed_s = 0;  ///< above 0; before the spread row's bias
    double actual_s = 0;    ///< above 0
    double distance_m = 0;  ///< of the computed way
    int hour_of_week = 0;   ///< 0 = Monday 00–01 local
    int urgency = 0;        ///< 0 none, 1–4: the siren factor it was computed with
};

/// How a group of trips lies against a spread row. Shares are 0…1.
struct Fit {
    std::size_t trips = 0;
    double bias = 1;        ///< median of actual over computed time
    double bias_error = 0;  ///< standard error of its logarithm; 0.05 is about 5 %
    double sigma = 0;       ///< of the logarithm, from the 10 % and the 90 % quantile
    double covered_80 = 0;  ///< inside the 80 % interval: 0.8 where the row is right
    double promised = 0;    ///< mean probability of arriving within the target …
    double kept = 0;        ///< … and the share that did
};

struct FitGroup {
    std::string name;  ///< "all", "to 1000 m", "busy hours", "u1"
    Fit before;        ///< against the row in force
    Fit held_out;      ///< against rows made without the trip that is judged
};

struct Calibration {
    SpreadTable table;              ///< the new row; `row` is left empty
    std::vector<FitGroup> groups;   ///< "all" first; groups without trips are left out
    std::vector<std::string> kept;  ///< numbers of the row in force that stand, and why
};

/// Fewer trips than this make no row.
inline constexpr std::size_t trips_min = 100;
/// A band of distance with fewer keeps the old row's figure, in proportion to the other bands.
inline constexpr std::size_t trips_in_band_min = 40;

/// Median and quantiles rather than mean and variance: a trip with a stop on the way is no reason
/// to widen every estimate. The fit that is reported is by five folds, each judged by a row made
/// from the other four. The target is the category's (10, 15, 30, 60 min; none: 15).
/// Error: fewer than `trips_min` trips, a trip whose times are not above 0, or trips that scatter
/// less than 1 %: a simulated shift drives exactly as computed and calibrates nothing.
Result<Calibration> calibrate(std::span<const TimedTrip> trips, const SpreadTable& in_force);

/// The row as it stands in data/law/speeds.toml. `from` is YYYY-MM-DD.
std::string spread_row_text(const SpreadTable& table, const std::string& from,
                            const std::string& name, const std::string& note);

}  // namespace jedel::roads
