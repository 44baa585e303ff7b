#pragma once
// What insurance entitles to, and the follow-up that comes from it. Pure; never consulted by
// triage or dispatch (I2).

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/city/organisations.h"
#include "dispatch/core/state.h"
#include "dispatch/patients/register.h"

namespace jedel {

/// One line of an explanation: a rule id and the key of a text in assets/, with its numbers.
struct EntitlementLine {
    std::string rule;      ///< "I6"
    std::string text_key;  ///< "entitlement.conditional"
    std::vector<std::string> arguments;
    std::string source;  ///< "S0" …, and the row's date where an amount is involved
};

struct Entitlement {
    InsuranceRecord record;
    std::vector<EntitlementLine> status;     ///< why this status
    std::vector<EntitlementLine> covered;    ///< what is free for this person
    std::vector<EntitlementLine> uncovered;  ///< insurance-only, and the way back
};

/// Dated tables: amounts, packages, privileged categories (data/law/*.toml).
struct LawTables;
struct LawTablesDeleter {
    void operator()(LawTables* tables) const;
};
using LawTablesPtr = std::unique_ptr<LawTables, LawTablesDeleter>;
/// Reads every table of a folder; errors name file and line.
Result<LawTablesPtr> load_law(const std::string& folder);

/// Status on a civil day. No row = unknown, not uninsured.
Entitlement entitlement(const LawTables& law, const std::optional<RegisterRow>& row,
                        const std::string& register_name, int on_day, Instant now);

/// Proposed follow-up after a disposition, each with its rule.
std::vector<FollowUpItem> propose_follow_up(const LawTables& law, const Incident& incident,
                                            const Organisations& organisations, int on_day);

}  // namespace jedel
