#pragma once
// Two ways to place idle brigades on the same days of the same city: home posts against the post
// that adds most cover. Every day is played twice with the same calls and the same patients.

#include <functional>
#include <string>
#include <vector>

#include "dispatch/city/day.h"
#include "dispatch/exercise/replay.h"

namespace jedel::exercise {

struct CompareWanted {
    std::uint64_t seed = 1;  ///< of the first day; each day has the next
    int days = 20;           ///< played both ways
    int learn_days = 7;      ///< other days, played at home, that the room knows its rates from
    int calls = 500;         ///< a day
    int first_day = 0;       ///< civil day, days since 1970-01-01
    int brigades = 0;        ///< of the roster; 0: all
};

/// One day in one way.
struct DayOutcome {
    long u1 = 0, u1_late = 0;    ///< U1 with a brigade on the scene or due; not within the target
    double u1_mean_s = 0;        ///< sent → scene, of U1
    double mean_s = 0;           ///< the same of every call that a brigade of the station served
    double wait_mean_s = 0;      ///< received → scene, all
    long all = 0, all_late = 0;  ///< over the target of the category
    long never = 0;              ///< nobody came
    long moves = 0;              ///< brigades sent to a post that is not their base
    double driven_h = 0;         ///< on calls
};

/// A paired difference, second way less first, over days: mean and 95 % interval (Student).
struct Paired {
    double home = 0, moved = 0;  ///< means of the two ways
    double difference = 0, half = 0;
    [[nodiscard]] double low() const { return difference - half; }
    [[nodiscard]] double high() const { return difference + half; }
};

struct Comparison {
    CompareWanted wanted;
    std::vector<DayOutcome> home, moved;
    long u1 = 0;
    Paired u1_late_share;  ///< of all U1 of a day
    Paired u1_mean_s, mean_s, wait_mean_s, late_share, never;
    double relative_u1_late = 0;  ///< change of the late share over all days together
    double moves_per_day = 0;
    double busy = 0;  ///< mean busy fraction that was learned
    bool learned = false;  ///< rates are the room's own; else the dated row's
};

/// `base` gives city, tables and mapping; its log is not played. `progress` after each day.
Result<Comparison> compare_relocation(const std::shared_ptr<const ReplayInput>& base,
                                      const std::vector<ComplaintTemplate>& complaints,
                                      const CompareWanted& wanted,
                                      const std::function<void(int done)>& progress = {});

/// Mean and 95 % interval of paired values; half is 0 where there are fewer than two.
Paired paired(const std::vector<double>& home, const std::vector<double>& moved);

}  // namespace jedel::exercise
