#pragma once
// Which brigade to send, and why. Pure: travel times come in as numbers.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/core/state.h"

namespace jedel {

/// One brigade with what was found out about its way to the incident.
struct BrigadeAtWork {
    const Brigade* brigade = nullptr;
    std::optional<Fix> fix;             ///< last known place; none = unknown
    std::optional<double> travel_s;     ///< road time to the incident; none = no road or no place
    double distance_m = 0;
    double sigma = 0;  ///< spread of the road time, of its logarithm; 0 = taken as certain
    double bias = 1;   ///< real median over computed time
    /// The same way if no road were closed or slow; none = no road changes hold, or no way at all.
    std::optional<double> free_travel_s;
    double free_distance_m = 0;
};

/// Why a brigade is not offered.
enum class Exclusion : std::uint8_t {
    none, busy, off_shift, out_of_service, status_unknown, no_position, no_road, wrong_kind,
    returning_unknown,
    cut_off,  ///< only a closed road leads from there
};

struct Candidate {
    BrigadeId brigade;
    double travel_s = 0;
    double distance_m = 0;
    double cost_s = 0;       ///< what the list is sorted by: travel plus the penalties in `reasons`
    std::int64_t fix_age_ms = 0;
    bool within_target = false;  ///< the median travel time is within the category's target
    /// Probability that the drive, begun now, ends within the category's target.
    double in_target_probability = 0;
    bool fits_kind = true;       ///< U1 wants a doctor or a specialised brigade; never excludes
    std::vector<Reason> reasons;
};

struct Excluded {
    BrigadeId brigade;
    Exclusion why = Exclusion::none;
};

struct Recommendation {
    IncidentId incident;
    std::uint64_t state_seq = 0;  ///< state it was computed on
    Instant at;
    std::vector<Candidate> ranked;  ///< best first
    std::vector<Excluded> excluded;
    /// Why the first is first, compared with the second; codes for the console to put in words.
    std::vector<Reason> why_first;
};

/// Weights; a dated row of data/law/recommendation.toml.
struct RecommendationTable {
    std::string row;
    double old_fix_after_s = 60;       ///< a fix older than this costs
    double old_fix_penalty_s = 60;     ///< for each begun step of age beyond it
    double old_fix_step_s = 300;
    int old_fix_steps_max = 3;
    double shift_end_soon_min = 30;
    double shift_end_penalty_s = 120;
    double specialised_for_u1_bonus_s = 120;
    double specialised_for_low_penalty_s = 180;  ///< keep specialised brigades for U1
    double returning_penalty_s = 0;
    double road_told_from_s = 1;  ///< what a closed or slow road costs is told from here on
};

/// The row in force on a civil day (days since 1970-01-01).
Result<RecommendationTable> parse_recommendation(std::string_view toml,
                                                 const std::string& file_name, int day);

/// Ranks the free brigades; every other one stands in `excluded` with its reason. Equal facts give
/// equal lists.
Recommendation recommend(const Incident& incident, std::span<const BrigadeAtWork> fleet,
                         const RecommendationTable& table, std::uint64_t state_seq, Instant now);

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Exclusion> {
    static constexpr std::array<std::string_view, 10> names{
        "none", "busy", "off_shift", "out_of_service", "status_unknown", "no_position",
        "no_road", "wrong_kind", "returning_unknown", "cut_off"};
};
