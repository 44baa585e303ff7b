#pragma once
// The figures of a replay, computed from what was counted.

#include <array>
#include <string>
#include <vector>

#include "dispatch/exercise/headless.h"
#include "dispatch/exercise/replay.h"

namespace jedel::exercise {

/// A set of times in seconds.
struct TimeFigures {
    long count = 0;
    double mean_s = 0, p50_s = 0, p90_s = 0;
    long late = 0;  ///< over the target, where there is one
    [[nodiscard]] double late_share() const {
        return count == 0 ? 0 : static_cast<double>(late) / static_cast<double>(count);
    }
};

struct CategoryFigures {
    long calls = 0;
    long rules_silent = 0;
    long queued = 0;
    TimeFigures hand_over;         ///< limit 5 minutes
    TimeFigures arrival;           ///< target 10, 15, 30, 60 minutes
    TimeFigures caller_wait;       ///< no target
    TimeFigures simulated_travel;  ///< of calls whose travel the log has too
    TimeFigures recorded_travel;
    TimeFigures recorded_arrival;  ///< first dispatch → first arrival in the log
};

struct BrigadeFigures {
    std::string name;
    BrigadeKind kind = BrigadeKind::feldsher;
    long calls = 0;
    double busy_share = 0;    ///< of the whole simulated time
    double driving_share = 0;  ///< of the busy time
};

struct Figures {
    std::array<CategoryFigures, 5> category;  ///< [0] = all
    std::array<std::array<long, 5>, 24> by_hour{};  ///< hour × category; [0] = none given
    std::vector<BrigadeFigures> brigades;
    std::array<long, 14> dispositions{};
    std::vector<std::pair<OrganisationId, long>> polyclinics;
    long polyclinic_returned = 0;
    long closed = 0;
    long never_served = 0;  ///< open still: nobody came in hours
    double span_days = 0;
    double calls_per_s = 0;
    HeadlessResult run;
};

/// Nearest-rank percentiles.
Figures compute_figures(const Replay& replay, const HeadlessResult& run);

}  // namespace jedel::exercise
