#pragma once
// What insurance entitles to, and the follow-up that comes from it. Pure; never consulted by
// triage or dispatch (I2).

#include <array>
#include <memory>
#include <optional>
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
    std::string source;  ///< document and place: "S0 327-336"
};

enum class Standing : std::uint8_t {
    unknown,
    insured,
    conditional,      ///< within the months of grace after the last payment (I6)
    uninsured,
    guaranteed_only,  ///< has the guaranteed volume or a part of it, and cannot be insured (I1)
    temporary,        ///< temporary status of a month (I9)
};

/// What of the guaranteed volume and the insurance a person may ask for, in the contract's order.
enum class Service : std::uint8_t {
    ambulance,
    aviation,
    primary_care,
    vaccination,
    active_visit,
    emergency_inpatient,
    planned_inpatient,
    day_hospital,
    home_hospital,
    high_technology,
    specialist,
    diagnostics,
    chronic_follow_up,
    social_disease,
    dangerous_disease,
    dental_urgent,
    dental_planned,
    rehabilitation,
    rehabilitation_tuberculosis,
    palliative,
    medicines_outpatient,
    medicines_inpatient,
    infant_food,
    blood,
    pathology,
    transplantation,
    treatment_abroad,
    check_up,
};
inline constexpr std::size_t service_count = 28;

enum class PaidBy : std::uint8_t {
    unknown,
    guaranteed,
    insurance,
    voluntary_policy,
    own_cost,
    disputed,  ///< the documents disagree; the source names both
};

struct ServiceAnswer {
    PaidBy paid_by = PaidBy::unknown;
    std::string_view rule;    ///< of the tables, which outlive the answer
    std::string_view source;
    std::string_view other_source;  ///< the second document where they disagree
};

/// A lawful way back to the status.
struct WayBack {
    std::string key;  ///< "pay_debt", "register_unemployed" …; its text is "way.KEY"
    std::string rule, source, office;
    std::optional<double> cost_tenge;  ///< empty: depends on the income, or no sum is known
    std::optional<int> days;           ///< until the status stands; empty: no document says
    std::vector<std::string> arguments;
};

/// Something to be asked or put right, never a ground for refusing.
struct EntitlementHint {
    std::string key;  ///< "wrong_category", "row_age" …; its text is "hint.KEY"
    std::vector<std::string> arguments;
};

struct Attachment {
    std::optional<bool> possible;  ///< empty: not known
    std::optional<int> until_day;
    std::vector<std::string> needs;  ///< papers by key
};

struct Entitlement {
    InsuranceRecord record;  ///< as events keep it: a temporary status counts as insured there
    Standing standing = Standing::unknown;
    std::optional<int> until_day;         ///< last day the status stands by what is known
    std::vector<EntitlementLine> status;  ///< why this status
    std::vector<int> debt_months;         ///< months since 1970-01, ascending
    std::optional<double> debt_tenge;     ///< empty: depends on the income, or no sum is known
    bool penalty = false;
    std::vector<WayBack> ways_back;       ///< the cheapest first
    std::array<ServiceAnswer, service_count> services;
    Attachment attachment;
    std::vector<EntitlementHint> hints;
};

/// Dated tables: amounts, packages, privileged categories (data/law/*.toml).
struct LawTables;
struct LawTablesDeleter {
    void operator()(LawTables* tables) const;
};
using LawTablesPtr = std::unique_ptr<LawTables, LawTablesDeleter>;
/// Reads every table of a folder; errors name file and line.
Result<LawTablesPtr> load_law(const std::string& folder);

/// Something wrong with the tables that still can be read.
struct LawFault {
    std::string kind;  ///< "overlap", "gap", "unread", "never"
    std::string file;
    long line = 0;
    std::string message;
};
/// Rows that overlap, days between rows that no row covers, keys nobody reads, rows that can never
/// fire. `findings`: the vocabulary of the protocol; empty = not checked against it.
std::vector<LawFault> lint_law(const LawTables& law, const std::vector<std::string>& findings);

/// What is known of the person's other rows and diseases.
struct EntitlementContext {
    std::vector<RegisterRow> joined;       ///< rows of the person's other numbers (I11)
    std::vector<std::string_view> diseases;  ///< keys of the disease table that the person has
};

/// Status on a civil day. No row = unknown, not uninsured.
Entitlement entitlement(const LawTables& law, const std::optional<RegisterRow>& row,
                        const std::string& register_name, int on_day, Instant now,
                        const EntitlementContext& context = {});

/// Who pays for a disease's care on a day; nullopt where the table has no such disease. `since`:
/// the day of onset, for those that count only for some months.
std::optional<ServiceAnswer> disease_paid_by(const LawTables& law, const Entitlement& person,
                                             const std::optional<RegisterRow>& row,
                                             std::string_view disease, int on_day,
                                             std::optional<int> since = {});
/// Keys of the disease table.
std::vector<std::string_view> disease_keys(const LawTables& law);

/// The services as lines: what is free for the person, and what is not, with the ways back.
std::vector<EntitlementLine> free_lines(const Entitlement& person);
std::vector<EntitlementLine> paid_lines(const Entitlement& person);

/// Proposed follow-up after a disposition, each with its rule.
std::vector<FollowUpItem> propose_follow_up(const LawTables& law, const Incident& incident,
                                            const Organisations& organisations, int on_day);

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Standing> {
    static constexpr std::array<std::string_view, 6> names{
        "unknown", "insured", "conditional", "uninsured", "guaranteed_only", "temporary"};
};
template <>
struct jedel::EnumNames<jedel::Service> {
    static constexpr std::array<std::string_view, service_count> names{
        "ambulance", "aviation", "primary_care", "vaccination", "active_visit",
        "emergency_inpatient", "planned_inpatient", "day_hospital", "home_hospital",
        "high_technology", "specialist", "diagnostics", "chronic_follow_up", "social_disease",
        "dangerous_disease", "dental_urgent", "dental_planned", "rehabilitation",
        "rehabilitation_tuberculosis", "palliative", "medicines_outpatient",
        "medicines_inpatient", "infant_food", "blood", "pathology", "transplantation",
        "treatment_abroad", "check_up"};
};
template <>
struct jedel::EnumNames<jedel::PaidBy> {
    static constexpr std::array<std::string_view, 6> names{
        "unknown", "guaranteed", "insurance", "voluntary_policy", "own_cost", "disputed"};
};
