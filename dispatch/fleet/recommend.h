#pragma once
// Which brigade to send, and why. Pure: travel times come in as numbers.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/core/state.h"
#include "dispatch/fleet/crew.h"

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
    Spread turnout{};  ///< from the hand-over to leaving; nothing known = leaves at once
    /// Busy now, and free in so many seconds, most likely; `fix` and `travel_s` are then of where
    /// it will be. none = nobody can say.
    std::optional<double> free_in_s;
    double calls_more = 0;   ///< than the others of the shift had lately; below 0 = fewer
    double break_due_s = 0;  ///< the penalty of the row of breaks that is due
    /// Share of the expected U1 demand left unreached once it has gone, 0 to 1; none = not
    /// known, and shown so.
    std::optional<double> cover_loss;
    /// Seconds over the ground where no road was found, or from its base where its place is not
    /// known; none = not even that.
    std::optional<double> straight_s;
    bool straight_from_base = false;
};

/// Why a brigade is not offered.
enum class Exclusion : std::uint8_t {
    none, busy, off_shift, out_of_service, status_unknown, no_position, no_road, wrong_kind,
    returning_unknown,
    cut_off,  ///< only a closed road leads from there
};

/// What a brigade's place in the list rests on.
enum class Basis : std::uint8_t {
    road,
    straight_line,  ///< no road leads from or to the place on this map
    base,           ///< the same, and its own place is not known: from its base
    no_place,       ///< the call has no place: by kind, readiness and shift alone, no time
};

struct Candidate {
    BrigadeId brigade;
    double travel_s = 0;
    double distance_m = 0;
    double cost_s = 0;       ///< what the list is sorted by: travel plus the penalties in `reasons`
    std::int64_t fix_age_ms = 0;
    bool within_target = false;  ///< leaving and driving, most likely, end within the target
    /// Probability that both, begun now, end within the category's target.
    double in_target_probability = 0;
    /// The kind that the case wants (data/law/dispatch.toml), else for U1 a doctor or a
    /// specialised brigade; never excludes.
    bool fits_kind = true;
    std::vector<Reason> reasons;
    Basis basis = Basis::road;
    double turnout_s = 0;  ///< median, from the hand-over to leaving
    double free_in_s = 0;  ///< of a brigade that is busy yet
    std::optional<double> cover_loss;
    /// Seconds from now until it is there, most likely; meaningless with Basis::no_place.
    [[nodiscard]] double arrival_s() const { return free_in_s + turnout_s + travel_s; }
};

struct Excluded {
    BrigadeId brigade;
    Exclusion why = Exclusion::none;
};

struct Recommendation {
    IncidentId incident;
    std::uint64_t state_seq = 0;  ///< state it was computed on
    Instant at;
    std::vector<Candidate> ranked;  ///< best first; never empty while a fitting brigade is free
    std::vector<Candidate> soon;    ///< busy yet, free soon: to compare with, they cannot be sent
    std::vector<Excluded> excluded;
    /// Why the first is first, compared with the second; codes for the console to put in words.
    std::vector<Reason> why_first;
    std::string kind_row;  ///< of the table of kinds that fired; empty: none
};

/// What sending another than the first costs.
struct OverrideCost {
    BrigadeId first, chosen;
    std::optional<double> later_s;  ///< below 0: sooner; none: a time is not known
    std::optional<double> first_probability, chosen_probability;  ///< to meet the target
    int target_min = 0;
    std::vector<Reason> given_up;  ///< what the first has and the chosen has not
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
    double kind_bonus_s = 420;
    double second_kind_bonus_s = 120;
    double other_kind_penalty_s = 180;
    double fairness_s_per_call = 20;
    double fairness_hours = 12;
    double cover_s_per_percent = 15;
    double soon_free_within_min = 15;
    double straight_line_kmh = 35;
    double straight_line_factor = 1.35;
    double predicted_late_below = 0.5;
    double takeover_gain_s = 120;
    double turn_gain_s = 180;
    double kept_gain_share = 0.5;
    double dismissed_min = 10;
    double on_way_s = 180;
    double road_told_from_s = 1;  ///< what a closed or slow road costs is told from here on
};

/// The row in force on a civil day (days since 1970-01-01).
Result<RecommendationTable> parse_recommendation(std::string_view toml,
                                                 const std::string& file_name, int day);

/// Ranks the free brigades; every other one stands in `excluded` with its reason. Equal facts give
/// equal lists. `kind`: the crew that the case wants (kind_wanted). `limit`: with all reasons only
/// so many of the best; the list then ends there.
Recommendation recommend(const Incident& incident, std::span<const BrigadeAtWork> fleet,
                         const RecommendationTable& table, std::uint64_t state_seq, Instant now,
                         const KindRow* kind = nullptr,
                         std::size_t limit = static_cast<std::size_t>(-1));

/// What sending `chosen` instead of the first costs; nullopt when it is the first or not listed.
std::optional<OverrideCost> override_cost(const Recommendation& recommendation, Category category,
                                          BrigadeId chosen);

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Basis> {
    static constexpr std::array<std::string_view, 4> names{"road", "straight_line", "base",
                                                           "no_place"};
};
template <>
struct jedel::EnumNames<jedel::Exclusion> {
    static constexpr std::array<std::string_view, 10> names{
        "none", "busy", "off_shift", "out_of_service", "status_unknown", "no_position",
        "no_road", "wrong_kind", "returning_unknown", "cut_off"};
};
