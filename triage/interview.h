#pragma once
// Which question to ask next.

#include <optional>

#include "triage/evaluate.h"

namespace jedel::triage {

struct Question {
    FindingIndex finding = 0;
    bool danger = false;         ///< a danger-to-life question
    double expected_more = 0;    ///< expected number of questions to certainty, this one included
    /// The proposal can be taken and a brigade sent; the questions go on for the card, the crew
    /// and the range. False while a question of danger to life is open below category 1.
    bool sufficient = false;
    int may_come = 0;  ///< questions still to come if each is answered "no", this one included
};

/// How an interview is led.
struct Asking {
    std::span<const FindingIndex> unanswered = {};  ///< asked, and not known: not asked again
    std::optional<int> local_hour = {};             ///< 0–23
    int patients = 1;                               ///< as far as is known
    bool crew = false;  ///< a crew answers: also what no caller can know
};

/// The question that settles the category in the fewest expected further ones; danger-to-life
/// first, the general before the particular, nothing that `[[unasked]]` keeps from this patient.
/// `skip` are questions that the caller could not answer: not asked again. nullopt when the
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

/// The same, led as `how` says. Whether the patient is conscious and breathes normally, and whether
/// blood is lost, is asked of everyone before the interview ends, for the help card depends on it;
/// from the first sufficient answer on (`Question::sufficient`) nobody has to wait for the rest.
std::optional<Question> next_question(const Protocol& protocol, const Facts& facts,
                                      const Asking& how);

/// What the room and the command line ask alike. Of several patients "is it an emergency
/// situation?" comes before all else (U1.18; the rulebook gives no number, so a person says).
/// "Doesn't know" counts as a "no" for the choice of the next question alone: an evaluation still
/// holds it unknown.
std::optional<Question> lead_interview(const Protocol& protocol, Facts facts, const Asking& how);

/// How often each finding is there in such a call, 0…1, by index.
std::vector<double> priors(const Protocol& protocol, const Facts& facts,
                           std::optional<int> local_hour = {});

}  // namespace jedel::triage
