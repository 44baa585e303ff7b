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
/// first. nullopt when the category is settled or nothing that can be asked would help.
std::optional<Question> next_question(const Protocol& protocol, const Facts& facts);

}  // namespace jedel::triage
