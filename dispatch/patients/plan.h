#pragma once
// What follows the ambulance: steps from the disposition, what was found, what the person is
// entitled to and the organisations' hours (rulebook 3 and 5). Pure; proposes, never orders.

#include <optional>
#include <string>
#include <vector>

#include "dispatch/city/organisations.h"
#include "dispatch/patients/entitlement.h"

namespace jedel {

/// What is known when the plan is made.
struct PlanQuestion {
    Disposition disposition = Disposition::none;
    std::vector<std::string> findings;  ///< keys of those that are there
    std::vector<std::string> wishes;    ///< what crew or doctor asked for: "planned_hospital" …
    std::vector<std::string> diseases;  ///< keys of the disease table
    std::optional<LatLon> place;
    std::optional<int> age_years;
    Sex sex = Sex::unknown;
    Instant now;
};

struct PlanStep {
    std::string key;  ///< "active_visit_doctor"; its text is "plan.KEY"
    std::string rule, source;
    std::string where;  ///< "service_area", "attached", "home", "pharmacy" …
    std::optional<OrganisationId> organisation;
    std::optional<PaidBy> paid_by;  ///< empty: nothing is to be paid for
    std::vector<std::string> needs;  ///< papers by key
    std::optional<Instant> by;       ///< when it is to be done, at the latest
    std::vector<std::string> arguments;
};

/// The steps, what the person has free of charge first, then what would have to be paid, then for
/// the uninsured the ways back, the cheapest first.
std::vector<PlanStep> plan_follow_up(const LawTables& law, const PlanQuestion& question,
                                     const Entitlement& person,
                                     const std::optional<RegisterRow>& row,
                                     const Organisations& organisations);

/// Every wish that some step of the tables answers.
std::vector<std::string> plan_wishes(const LawTables& law);

}  // namespace jedel
