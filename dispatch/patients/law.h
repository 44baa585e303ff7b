#pragma once
// The law's dated tables as read from data/law. Private to this folder.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/core/types.h"
#include "dispatch/patients/entitlement.h"

namespace jedel {

/// A monthly payment from a day on. No sum: it depends on the income, or none is printed.
struct AmountRow {
    std::string payer;
    int from_day = 0;
    std::string from;  ///< as written
    std::optional<double> tenge_per_month;
    std::optional<double> percent_of_income;
    std::string source;
};

/// What makes a payer insured from a day on.
struct RegularRow {
    int from_day = 0;
    std::string rule, source;
};

struct PayerRow {
    std::string category;
    bool kept = false;   ///< the status is kept for the conditional months (I6)
    std::string amount;  ///< payer of the amounts table
};

struct PrivilegedRow {
    std::string number, kk, ru, en;
};

enum class Package : std::uint8_t { guaranteed, insurance };

struct ServiceRow {
    Package package = Package::guaranteed;
    std::string key, rule, source;
    bool always = false;     ///< for everybody, whatever is known (I2)
    bool dangerous = false;  ///< for those with nothing but dangerous diseases (I1)
};

struct DentalRow {
    std::string source, planned, urgent;
};

struct DiseaseRow {
    std::string id;
    int from_day = 0;
    std::string place;  ///< profile of a dispensary, or "polyclinic"
    Package package = Package::guaranteed;
    std::string source;
    std::vector<std::string> findings;
};

struct FollowUpRow {
    std::vector<std::string> any;
    FollowUpKind kind = FollowUpKind::information;
    std::string note, rule, source;
    Package package = Package::guaranteed;
};

struct LawTables {
    std::vector<RegularRow> regular;
    int conditional_months = 0;
    std::string conditional_rule, conditional_source;
    int debt_months_max = 0;
    std::string debt_rule, debt_source;
    std::vector<AmountRow> amounts;
    std::vector<PayerRow> payers;
    std::vector<std::string> exempt;
    std::vector<PrivilegedRow> privileged;
    std::vector<ServiceRow> services;
    std::vector<DentalRow> dental;
    std::vector<DiseaseRow> diseases;
    std::vector<FollowUpRow> follow_up;

    [[nodiscard]] const PayerRow* payer(const std::string& category) const;
    [[nodiscard]] const PrivilegedRow* privilege(const std::string& number) const;
    /// The row in force on a day; nullptr before the first.
    [[nodiscard]] const AmountRow* amount(const std::string& payer, int day) const;
    [[nodiscard]] RegularRow regular_on(int day) const;
    /// One row of each disease: the one in force on a day.
    [[nodiscard]] std::vector<const DiseaseRow*> diseases_on(int day) const;
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Package> {
    static constexpr std::array<std::string_view, 2> names{"guaranteed", "insurance"};
};
