#pragma once
// One line of `jedel triage`: a call as JSON.

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "triage/evaluate.h"

namespace jedel::cli {

struct TriageCall {
    nlohmann::ordered_json id;
    std::string language = "kk";
    std::string complaint;
    triage::Patient patient;
    std::vector<std::pair<triage::FindingIndex, std::string>> answers;
    std::vector<triage::FindingIndex> unanswered;  ///< null: asked, and not known
    int patients = 1;
};

/// Reads one line; errors name the field and what was expected.
Result<TriageCall> read_triage_call(const triage::Protocol& protocol, const std::string& text);

}  // namespace jedel::cli
