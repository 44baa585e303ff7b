#pragma once
// Charts as PNG, drawn with cairo and written with Pango, so that Kazakh letters come out right.

#include <string>

#include "dispatch/exercise/figures.h"
#include "dispatch/exercise/texts.h"

namespace jedel::exercise {

/// Calls by hour of the day, stacked by category.
Result<void> chart_calls_by_hour(const Figures& figures, const Texts& texts,
                                 const std::string& path);
/// Arrival by category: the share of calls served within so many minutes, with the targets.
Result<void> chart_arrival(const Tally& tally, const Figures& figures, const Texts& texts,
                           const std::string& path);
/// Hand-over times: how many calls in each half minute, with the limit of 5 minutes.
Result<void> chart_hand_over(const Tally& tally, const Figures& figures, const Texts& texts,
                             const std::string& path);
/// Share of time each brigade was busy, and of it on the road.
Result<void> chart_brigades(const Figures& figures, const Texts& texts, const std::string& path);

}  // namespace jedel::exercise
