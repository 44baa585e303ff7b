// Insurance status by rules I1–I9 and what it opens. Pure.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "dispatch/patients/law.h"

namespace jedel {

namespace {

/// A register's row says nothing of payments made after it; older than this it is marked as old.
constexpr int old_after_days = 31;

/// Months since 1970-01 of a civil day.
int month_of(int day) {
    const CivilTime c = to_civil(Instant{std::int64_t{day} * 86'400'000}, 0);
    return (c.year - 1970) * 12 + c.month - 1;
}

std::string month_text(int month) {
    char out[16];
    std::snprintf(out, sizeof out, "%04d-%02d", 1970 + month / 12, month % 12 + 1);
    return out;
}

std::string tenge(double sum) {
    char out[32];
    std::snprintf(out, sizeof out, sum == std::floor(sum) ? "%.0f" : "%.1f", sum);
    return out;
}

struct Deciding {
    const LawTables& law;
    const RegisterRow& row;
    int day;
    Entitlement& out;

    void status(InsuranceStatus status, std::string rule, std::string key,
                std::vector<std::string> arguments, std::string source) {
        out.record.status = status;
        out.record.rule = rule;
        out.status.push_back({std::move(rule), std::move(key), std::move(arguments),
                              std::move(source)});
    }

    void decide() {
        if (row.privileged || !row.privilege.empty()) return privileged();
        const bool exempt = std::find(law.exempt.begin(), law.exempt.end(), row.category) !=
                            law.exempt.end();
        if (exempt) return status(InsuranceStatus::insured, "I5", "entitlement.exempt", {}, "S0");
        const PayerRow* payer = law.payer(row.category);
        if (payer == nullptr) {
            return status(InsuranceStatus::unknown, "I3", "entitlement.category_unknown",
                          {row.category}, "S0");
        }
        if (!row.participant && row.category != "eaeu_migrant") {
            return status(InsuranceStatus::guaranteed_only, "I1", "entitlement.temporary", {},
                          "S0");
        }
        paying(*payer);
    }

    void privileged() {
        const PrivilegedRow* known = law.privilege(row.privilege);
        if (!row.participant) {
            return status(InsuranceStatus::guaranteed_only, "I1", "entitlement.temporary", {},
                          "S0");
        }
        if (known == nullptr) {
            return status(InsuranceStatus::unknown, "I4", "entitlement.privilege_unknown",
                          {row.privilege}, "S0");
        }
        status(InsuranceStatus::insured, "I4", "entitlement.privileged." + known->number,
               {known->number}, "S0");
        out.status.push_back({"I8", "entitlement.from_labour_ministry", {}, "S3"});
    }

    void paying(const PayerRow& payer) {
        const bool migrant = row.category == "eaeu_migrant";
        if (!row.last_paid_month) {
            if (migrant) {
                return status(InsuranceStatus::guaranteed_only, "I13",
                              "entitlement.migrant_unpaid", {}, "S2");
            }
            status(InsuranceStatus::uninsured, "I3", "entitlement.never_paid", {}, "S0");
            out.record.debt_months = law.debt_months_max;
            return debt(payer);
        }
        const int missed = month_of(day) - *row.last_paid_month;
        const std::string last = month_text(*row.last_paid_month);
        // The month in progress is not over, so it cannot have been missed.
        if (missed <= 1) {
            const RegularRow regular = law.regular_on(day);
            status(InsuranceStatus::insured, migrant ? "I13" : regular.rule, "entitlement.paid",
                   {last}, migrant ? "S2" : regular.source);
        } else if (payer.kept && missed <= law.conditional_months) {
            const int until = *row.last_paid_month + law.conditional_months;
            status(InsuranceStatus::conditional, law.conditional_rule, "entitlement.conditional",
                   {last, month_text(until), std::to_string(missed)}, law.conditional_source);
            out.record.debt_months = missed;
        } else {
            status(InsuranceStatus::uninsured, law.debt_rule, "entitlement.uninsured", {last},
                   law.debt_source);
            out.record.debt_months = std::min(missed, law.debt_months_max);
        }
        if (out.record.debt_months) debt(payer);
    }

    /// What to pay on this day (I7), by the amount in force on it.
    void debt(const PayerRow& payer) {
        const std::string months = std::to_string(*out.record.debt_months);
        const AmountRow* amount = law.amount(payer.amount, day);
        if (amount == nullptr) {
            out.uncovered.push_back({"I7", "entitlement.debt_unknown_sum", {months},
                                     law.debt_source});
        } else if (amount->tenge_per_month) {
            const double sum = *amount->tenge_per_month * *out.record.debt_months;
            out.uncovered.push_back({"I7", "entitlement.debt",
                                     {months, tenge(*amount->tenge_per_month), tenge(sum)},
                                     amount->source + ", " + amount->from});
        } else if (amount->percent_of_income) {
            out.uncovered.push_back({"I7", "entitlement.debt_percent",
                                     {months, tenge(*amount->percent_of_income)},
                                     amount->source + ", " + amount->from});
        } else {
            out.uncovered.push_back({"I7", "entitlement.debt_unknown_sum", {months},
                                     amount->source + ", " + amount->from});
        }
    }
};

void add_packages(const LawTables& law, Entitlement& out) {
    const InsuranceStatus status = out.record.status;
    const bool insured =
        status == InsuranceStatus::insured || status == InsuranceStatus::conditional;
    const bool guaranteed = insured || status == InsuranceStatus::uninsured;
    // A migrant who pays has the insurance, but not the full guaranteed volume (I13).
    const bool migrant = out.record.rule == "I13";
    for (const ServiceRow& row : law.services) {
        const EntitlementLine line{row.rule, row.key, {}, row.source};
        if (row.always) {
            out.covered.push_back(line);
        } else if (row.package == Package::guaranteed) {
            const bool dangerous = row.dangerous && status == InsuranceStatus::guaranteed_only;
            if ((guaranteed && !migrant) || dangerous || (row.dangerous && migrant)) {
                out.covered.push_back(line);
            }
        } else if (insured) {
            out.covered.push_back(line);
        } else if (status == InsuranceStatus::uninsured) {
            out.uncovered.push_back(line);
        }
    }
    if (!insured) return;
    // The documents disagree which list is which: both are shown with their source.
    for (const DentalRow& row : law.dental) {
        out.covered.push_back({"R7", "entitlement.dental_" + row.planned + "_planned", {},
                               row.source});
    }
}

/// The lawful ways back, the cheapest first (I12, I9, I7).
void add_ways_back(Entitlement& out) {
    if (out.record.status != InsuranceStatus::uninsured) return;
    out.uncovered.push_back({"I12", "entitlement.write_off", {}, "S0"});
    out.uncovered.push_back({"I9", "entitlement.if_pregnant", {}, "S0"});
    out.uncovered.push_back({"I4", "entitlement.if_privileged", {}, "S0"});
}

}  // namespace

Entitlement entitlement(const LawTables& law, const std::optional<RegisterRow>& row,
                        const std::string& register_name, int on_day, Instant now) {
    Entitlement out;
    out.record.source = register_name;
    if (!row) {
        out.record.as_of = now;
        out.record.rule = "I2";
        out.status.push_back({"I2", "entitlement.unknown", {}, "S2 q.55"});
        add_packages(law, out);
        return out;
    }
    out.record.as_of = row->as_of;
    out.record.polyclinic = row->polyclinic;
    Deciding{law, *row, on_day, out}.decide();
    const int age_days = on_day - day_of(row->as_of, kazakhstan_offset_minutes(row->as_of));
    if (age_days > old_after_days) {
        out.status.push_back({"I3", "entitlement.old_row", {std::to_string(age_days)},
                              register_name});
    }
    add_packages(law, out);
    add_ways_back(out);
    return out;
}

}  // namespace jedel
