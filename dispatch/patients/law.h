#pragma once
// The law's dated tables as read from data/law. Private to this folder.

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dispatch/core/types.h"
#include "dispatch/patients/entitlement.h"

namespace jedel {

/// The days a row is in force and where it stands in the documents.
struct Dated {
    int from_day = 0;
    int to_day = open_end;  ///< the last day in force
    std::string document, place;
    std::string source;  ///< document and place as one text
    std::string file;
    long line = 0;
    static constexpr int open_end = 2'000'000'000;
    [[nodiscard]] bool on(int day) const { return from_day <= day && day <= to_day; }
};

/// A sum that others are a multiple of: minimum wage, monthly calculation index.
struct BaseRow : Dated {
    std::string name;
    std::optional<double> tenge;
    bool known = true;
};

/// A monthly payment.
struct AmountRow : Dated {
    std::string payer;
    bool known = true;  ///< false: no document at hand says what held then
    double percent = 0, times = 1;
    std::string of;  ///< a base, or "income"
    std::optional<double> tenge;  ///< as printed
    std::optional<double> cap_times;  ///< of minimum wages; the income above it counts no more
};

struct EmployerFreeRow : Dated {
    std::vector<std::string> categories;
};

enum class Volume : std::uint8_t { full, dangerous };
enum class Ways : std::uint8_t { all, payment, none };
enum class Attach : std::uint8_t { papers, policy };

/// Who decides before what (I1).
struct WhoRow : Dated {
    Residence residence = Residence::unknown;
    std::string citizenship;  ///< "any", "eaeu", "other"
    Volume guaranteed = Volume::dangerous;
    Ways insurance = Ways::none;
    Attach attach = Attach::policy;
    std::string rule;
};

struct TreatyRow : Dated {
    std::string name, rule;
    std::vector<std::string> countries;
};

/// What makes a payer insured.
struct RegularRow : Dated {
    int payments = 0;
    std::string rule;
};
struct MonthsRow : Dated {
    int months = 0;
    std::string rule;
};

struct PayerRow : Dated {
    Payer payer = Payer::unknown;
    bool kept = false, penalty = false, works = false;
    std::string pays_as;  ///< payer of the amounts; empty = not known
};

struct ExemptRow : Dated {
    Exempt exempt = Exempt::none;
    std::string rule;
};

struct PrivilegedRow : Dated {
    std::string number, rule, kk, ru, en;
    Sex sex = Sex::unknown;   ///< whom it can be true of; unknown = both
    int under = 0;            ///< years of age; 0 = any
    int after_months = 0;     ///< kept so many calendar months after the end
    bool not_working = false;
};

struct PregnancyRow : Dated {
    int working_days = 0, months_without = 0, at_most_days = 0;
    std::string rule;
};

struct ServiceRow : Dated {
    Service service = Service::ambulance;
    std::string rule;
    bool guaranteed = false, insurance = false;
    std::string insurance_source;
    bool everyone = false, treaty = false, policy = false, insured_first = false,
         citizens = false;
    std::string groups;  ///< care of the dental table, or empty
    int under = 0;
};

struct DentalRow : Dated {
    std::string care;  ///< "planned", "urgent"
    bool children = false, pregnant = false, disease = false;
    std::vector<std::string> categories;
};

struct DiseaseRow : Dated {
    std::string key;
    PaidBy package = PaidBy::guaranteed;  ///< guaranteed or insurance
    bool social = false, dangerous = false;
    std::string place_of_care;  ///< profile of a centre, "polyclinic" or "hospital"
    int months = 0;  ///< only so long after the onset; 0 = always
    std::vector<std::string> findings;
    std::string kk, ru, en;
};

struct FollowUpRow : Dated {
    std::vector<std::string> any;
    FollowUpKind kind = FollowUpKind::information;
    std::string note, rule;
    Service service = Service::primary_care;
};

/// A lawful way back to the status.
struct WayRow : Dated {
    std::string key, rule, office;
    int days = -1;  ///< -1: no document says
    bool working_days = false;
};

/// A step of the follow-up plan.
struct StepRow : Dated {
    std::string key, rule, where, wish, after;
    std::vector<std::string> when, any, guard, needs;
    std::optional<Service> service;
    int minutes = 0, working_days = 0;
    int from_min = 0, until_min = 0;  ///< civil minutes it is done in; until 0 = any hour
};

struct LawTables {
    Dated begins;
    std::vector<BaseRow> bases;
    std::vector<AmountRow> amounts;
    std::vector<EmployerFreeRow> employer_free;
    std::vector<WhoRow> who;
    std::vector<TreatyRow> treaties;
    std::vector<RegularRow> regular;
    std::vector<MonthsRow> conditional, debt, temporary_status;
    std::vector<PayerRow> payers;
    std::vector<ExemptRow> exempt;
    std::vector<PrivilegedRow> privileged;
    std::vector<PregnancyRow> pregnancy;
    std::vector<ServiceRow> services;
    std::vector<DentalRow> dental;
    std::vector<DiseaseRow> diseases;
    std::vector<FollowUpRow> follow_up;
    std::vector<WayRow> ways;
    std::vector<StepRow> steps;
    std::set<int> days_off;    ///< civil days that are no working days besides weekends
    std::set<int> work_on;     ///< weekend days worked by transfer
    int calendar_from = 0, calendar_to = 0;  ///< days the calendar knows
    std::vector<LawFault> unread;  ///< keys no one reads, found while reading

    [[nodiscard]] const PrivilegedRow* privilege(std::string_view number, int day) const;
    [[nodiscard]] const PayerRow* payer(Payer payer, int day) const;
    [[nodiscard]] const WayRow* way(std::string_view key, int day) const;
    [[nodiscard]] const DiseaseRow* disease(std::string_view key, int day) const;
    /// One row of each disease: the one in force on a day.
    [[nodiscard]] std::vector<const DiseaseRow*> diseases_on(int day) const;
    /// What the payer pays for a month; nullopt where no row or no sum is known.
    [[nodiscard]] std::optional<double> tenge(std::string_view pays_as, int month) const;
    [[nodiscard]] std::optional<double> base(std::string_view name, int day) const;
    [[nodiscard]] bool in_treaty(std::string_view name, std::string_view country, int day) const;
    [[nodiscard]] bool working_day(int day) const;
    /// The day `count` working days after `day`.
    [[nodiscard]] int after_working_days(int day, int count) const;
};

/// The row of a table in force on a day; nullptr where there is none.
template <class Row>
const Row* row_on(const std::vector<Row>& rows, int day) {
    for (const Row& row : rows) {
        if (row.on(day)) return &row;
    }
    return nullptr;
}

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Volume> {
    static constexpr std::array<std::string_view, 2> names{"full", "dangerous"};
};
template <>
struct jedel::EnumNames<jedel::Ways> {
    static constexpr std::array<std::string_view, 3> names{"all", "payment", "none"};
};
template <>
struct jedel::EnumNames<jedel::Attach> {
    static constexpr std::array<std::string_view, 2> names{"papers", "policy"};
};
