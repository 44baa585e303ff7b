#pragma once
// The answer of `jedel entitlement` as JSON and as words. Private to the command line.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "dispatch/patients/entitlement.h"
#include "dispatch/patients/plan.h"

namespace jedel::cli {

/// One language of the strings that explain the law.
class LawWords {
public:
    /// Reads entitlement.toml and law.toml of the folder; what is missing is shown as its key.
    LawWords(const std::string& folder, const std::string& language);
    [[nodiscard]] std::string of(const std::string& key,
                                 const std::vector<std::string>& arguments) const;

private:
    std::map<std::string, std::string> texts_;
};

/// What was asked and found.
struct EntitlementAnswer {
    std::string iin, on, iin_check;
    bool known = false;
    std::optional<RegisterRow> row;
    Entitlement found;
    std::map<std::string, std::string> diseases;  ///< key and who pays
    std::vector<EntitlementHint> hints;           ///< of the number as typed
    std::optional<std::vector<PlanStep>> plan;    ///< where one was asked for
};

/// The contract's object, "format" 2.
nlohmann::ordered_json entitlement_json(const EntitlementAnswer& answer, const LawWords& words);
/// The same for people.
std::string entitlement_words(const EntitlementAnswer& answer, const LawWords& words);

}  // namespace jedel::cli
