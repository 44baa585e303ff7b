#pragma once
// What the log leaves open about one call, drawn before the call begins. Every number depends on
// the seed and the call alone, never on what else happens, so that two policies meet the same
// patients.

#include <string>

#include "dispatch/exercise/places.h"
#include "dispatch/exercise/recorded.h"

namespace jedel::exercise {

/// Medians in seconds with the spread (sigma of the logarithm) and bounds of a log-normal; the
/// project's own working values for what logs lack. Shares are probabilities.
struct DrawTable {
    struct Time {
        double median_s = 0, sigma = 0, low_s = 0, high_s = 0;
    };
    /// Sorting and handing over: the national mean is 1.7 minutes with 2.6 % over 5 (2025).
    Time handling{92, 0.55, 20, 900};
    Time accept{12, 0.5, 3, 60};         ///< crew confirms
    Time turnout{70, 0.4, 20, 300};      ///< until the wheels turn
    Time on_scene{1080, 0.45, 240, 5400};
    Time at_hospital{1080, 0.4, 300, 5400};
    Time polyclinic_accept{150, 0.7, 15, 540};
    double polyclinic_silent_share = 0.01;  ///< not accepted in 10 minutes: comes back
    /// Taken to hospital, by category (index 0: none).
    std::array<double, 5> transported{0.4, 0.72, 0.55, 0.42, 0.15};
    double refused_share = 0.03;
    double not_found_share = 0.008;
    double false_share = 0.004;
    /// Share of calls by age: under 1, 1–3, 3–15, 15–30, 30–45, 45–60, 60–75, 75–95 years.
    std::array<double, 8> ages{0.02, 0.05, 0.09, 0.13, 0.15, 0.18, 0.22, 0.16};
    double female_share = 0.56;
    double kazakh_share = 0.5;  ///< language of words that come from a code
};

inline constexpr std::int64_t polyclinic_silence_ms = 10 * 60'000;

/// One call ready to be played.
struct CallPlan {
    RecordedCall call;  ///< every field the replay needs is known, with its origin
    std::int64_t handling_ms = 0;
    Origin handling_origin = Origin::drawn;
    std::int64_t accept_ms = 0;
    std::int64_t polyclinic_accept_ms = 0;
    bool polyclinic_silent = false;
    double transported_below = 0;  ///< compared with the category's share when it is known
    double ending_below = 0;       ///< refused, not found, false, or served
    bool kazakh = false;
};

/// Completes a call. `index` is its place in the log.
CallPlan plan_call(const RecordedCall& call, std::size_t index, const Mapping& mapping,
                   const PlaceDrawer& places, const DrawTable& table, std::uint64_t seed);

}  // namespace jedel::exercise
