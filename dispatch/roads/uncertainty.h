#pragma once
// How sure a travel time is. A travel time is taken as log-normal around its median: times are
// positive, errors grow with the time and have a long upper tail (as found for ambulances by
// Budge, Ingolfsson & Zerom, Management Science 2010). The spread is a dated table.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jedel::roads {

/// A dated [[spread]] row of data/law/speeds.toml.
struct SpreadTable {
    std::string row;              ///< "2000-01-01 working values"
    double bias = 1;              ///< real median over computed time
    std::vector<double> up_to_m;  ///< ascending; one fewer than `sigma`
    std::vector<double> sigma;    ///< of the logarithm of time, by distance
    double busy_factor = 1;       ///< multiplies sigma in the busy hours of workdays
    std::vector<int> busy_hours;  ///< local, 0–23
    std::array<double, 168> hour_factor{};  ///< the same by hour of week; [0] = Monday 00–01 local
};
/// Fills hour_factor from busy_factor and busy_hours.
void spread_over_week(SpreadTable& table);
/// The row in force on `day` (days since 1970-01-01); errors as parse_speeds.
Result<SpreadTable> parse_spread(std::string_view toml, const std::string& file_name, int day);

/// Sigma for a way of that length at that hour of the week (taken modulo 168).
double sigma_of(const SpreadTable& table, double distance_m, int hour_of_week);

/// Probability that a log-normal time with this median and sigma is at most `target_s`: 0 for a
/// target that is not positive, and a plain yes or no for a median or sigma of zero.
double probability_within(double target_s, double median_s, double sigma);
/// The same for a computed travel time, with the table's bias and spread.
double probability_within(const SpreadTable& table, double target_s, double computed_s,
                          double distance_m, int hour_of_week);
/// The time that is kept with probability `p`, 0 < p < 1.
double time_kept_with(double p, double median_s, double sigma);

}  // namespace jedel::roads
