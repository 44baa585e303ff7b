#pragma once
// What one brigade costs for one call. Internal to fleet: the sum and its parts come from one
// place, so that the list and its reasons never differ.

#include "dispatch/fleet/recommend.h"

namespace jedel::weighing {

/// What is asked, for every brigade alike.
struct Question {
    const RecommendationTable& table;
    Category category = Category::none;
    Instant now;
    const KindRow* kind = nullptr;
};

struct Costed {
    const BrigadeAtWork* brigade = nullptr;
    Basis basis = Basis::road;
    double cost_s = 0;
};

/// Why it is not offered by road; none: it is.
Exclusion exclusion(const BrigadeAtWork& b, const Question& q);
/// Busy yet, a known way, and free within the table's time.
bool is_soon_free(const BrigadeAtWork& b, const Question& q);
/// What the list is sorted by, in seconds.
double cost(const BrigadeAtWork& b, const Question& q, Basis basis);
/// Its parts, for many calls at once: what does not hang on the way, and what the kind adds.
double standing_cost(const BrigadeAtWork& b, const Question& q);
double kind_cost(BrigadeKind kind, const Question& q, bool meets_target);
/// The same with every part as a reason.
Candidate weigh(const BrigadeAtWork& b, const Question& q, Basis basis);

}  // namespace jedel::weighing
