#pragma once
// What the steps of a decision share. Private to this folder.

#include <vector>

#include "dispatch/patients/calendar.h"
#include "dispatch/patients/law.h"

namespace jedel {

/// Days on which the state pays for a person.
struct PrivilegedSpan {
    int from_day = 0, to_day = 0;
    const PrivilegedRow* row = nullptr;
    int ends = 0;      ///< the entry's own end; later days are kept by the law
    bool now = true;   ///< false: cannot be true today (the person works), past months still count
};

/// One person on one day, and what has been found of him so far.
struct InsuranceCase {
    const LawTables& law;
    const RegisterRow& row;
    const EntitlementContext& context;
    int day = 0;
    Entitlement& out;

    int month = 0;                 ///< in progress on the day
    const WhoRow* who = nullptr;   ///< null: not known who the person is
    bool eaeu = false;
    std::optional<int> age{};      ///< full years; empty: not known
    const PayerRow* payer = nullptr;
    std::vector<PrivilegedSpan> spans{};
    std::vector<int> owed{};       ///< months nobody paid for, of those that count
    bool wrong_entry = false;      ///< some category cannot be true of this person
    bool lost_by_esp = false;      ///< a pregnant woman's status, by a single aggregate payment
    std::optional<int> pregnancy_from{};  ///< entered, and the status stands from this day

    [[nodiscard]] bool child() const { return age && *age < 18; }
    [[nodiscard]] bool expecting() const { return row.pregnant && row.sex != Sex::male; }
    [[nodiscard]] bool is_esp() const {
        return row.payer == Payer::esp || row.payer == Payer::esp_city ||
               row.payer == Payer::esp_village;
    }
    [[nodiscard]] bool paid(int month) const;
    [[nodiscard]] bool paid_elsewhere(int month) const;
    /// The state paid on some day of the month.
    [[nodiscard]] bool covered(int month) const;
    /// Contributions of one who works, in the last months before the day (S0 472).
    [[nodiscard]] bool worked_lately() const;
    /// May be insured as a non-working pregnant woman once she is entered (I9).
    [[nodiscard]] bool may_enter_pregnancy() const;

    void line(std::string rule, std::string key, std::vector<std::string> arguments,
              std::string source) const {
        out.status.push_back({std::move(rule), std::move(key), std::move(arguments),
                              std::move(source)});
    }
    void hint(std::string key, std::vector<std::string> arguments = {}) const {
        out.hints.push_back({std::move(key), std::move(arguments)});
    }
};

/// Each fills its part of the answer.
void decide_who(InsuranceCase& c);
void find_privileges(InsuranceCase& c);
void decide_standing(InsuranceCase& c);
void find_ways_back(InsuranceCase& c);
void decide_services(InsuranceCase& c);
void decide_attachment(InsuranceCase& c);

/// Tenge as people write them: whole where it is whole.
std::string tenge_text(double sum);

}  // namespace jedel
