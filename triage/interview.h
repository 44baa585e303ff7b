#pragma once
// Which question to ask next.

#include <optional>

#include "triage/evaluate.h"

namespace jedel::triage {

struct Question {
    FindingIndex finding = 0;
    bool danger = false;         ///< a danger-to-life question
    double expected_more = 0;    ///< expected number of questions to certainty, this one included
};

/// The question that settles the category in the fewest expected further ones; danger-to-life
/// first. `skip` are questions that the caller could not answer: not asked again. nullopt when the
/// category is settled or nothing that can be asked would help. Never changes an urgency.
///
/// Exact expectation (dynamic programming over the answers) where at most four questions still
/// matter. Otherwise one step is looked ahead, and the rest is estimated by the number of questions
/// that deny every more urgent rule if all are answered "no" (a greedy cover, within ln n of the
/// fewest: Chvátal 1979): a rollout of that policy (Bertsekas, Tsitsiklis and Wu 1997).
///
/// Answers are weighed by the prior of each finding, given the complaint, age, sex and, where
/// `local_hour` (0–23) is given, the hour: see Likelihood.
std::optional<Question> next_question(const Protocol& protocol, const Facts& facts,
                                      std::span<const FindingIndex> skip = {},
                                      std::optional<int> local_hour = {});

/// How often each finding is there in such a call, 0…1, by index.
std::vector<double> priors(const Protocol& protocol, const Facts& facts,
                           std::optional<int> local_hour = {});

}  // namespace jedel::triage
