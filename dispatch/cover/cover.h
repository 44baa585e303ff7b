#pragma once
// What is covered now, what is lost when a brigade leaves, and who should stand where. Pure:
// travel times come in as numbers. Cheap: some microseconds for a city.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "dispatch/core/types.h"
#include "dispatch/cover/mexclp.h"

namespace jedel::cover {

/// What leaves with one idle brigade.
struct CoverLoss {
    BrigadeId brigade;
    /// Share of the expected U1 demand that nobody else idle reaches in time: 0 … 1.
    double share = 0;
    /// The same with the others' busy fraction: how much less is expected to be covered, 0 … 1.
    double expected = 0;
};

/// Shares of the expected U1 demand of this hour, 0 … 1.
struct CoverFigure {
    double share = 0;     ///< at least one idle brigade reaches it in time
    double expected = 0;  ///< Σ demand × (1 − busy^k): k reach it, each busy a part of the time
    double busy = 0;      ///< the busy fraction it was made with
    std::vector<CoverLoss> losses;  ///< of each idle brigade that was counted, ascending by id
    /// What is lost when this brigade leaves; nullptr: it was not counted (busy, or nobody knows
    /// where it is). The cost of a look: a binary search.
    [[nodiscard]] const CoverLoss* loss_of(BrigadeId brigade) const;
};

/// `reach` has a row for each of `brigades` and a column for each place. Demand that is 0 in sum
/// gives shares of 0. Places × brigades steps.
CoverFigure cover_figure(std::span<const double> demand, const CoverMatrix& reach,
                         std::span<const BrigadeId> brigades, double busy);

/// What plans are made from; rows of `reach` and `travel_s` are the brigades'.
struct PlanInput {
    std::vector<double> demand;
    double busy = 0;
    std::vector<BrigadeId> brigades;  ///< idle, ascending
    CoverMatrix reach;  ///< from where each stands, or is going to stand
    CoverMatrix posts;  ///< from where one may stand
    std::vector<double> travel_s;  ///< brigade by brigade to each post; negative: no way
    std::vector<int> room;         ///< brigades that fit at each post beside those in `standing`
    std::vector<int> standing;     ///< post of each brigade; -1: at none of them
    double least_gain = 0.01;      ///< of the expected share: what is not worth a drive
    double travel_max_s = 900;
    std::size_t moves_max = 4;
};

/// One brigade to one post.
struct Move {
    std::size_t brigade = 0, post = 0;  ///< rows of the input
    double travel_s = 0;
    double gain = 0;           ///< of the expected share, by this move after those before it
    double share_gain = 0;     ///< of the plain share; may be negative
};

/// All moves together are one plan.
struct CoverPlan {
    CoverFigure now;
    double share_then = 0, expected_then = 0;  ///< when all have arrived
    std::vector<Move> moves;                   ///< in the order of their gain
};

/// The move that gains most, then the next beside it, each brigade once, until none gains
/// `least_gain`; of equal gains the shorter way. Deterministic.
CoverPlan plan_cover(const PlanInput& input);

}  // namespace jedel::cover
