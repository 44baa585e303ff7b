// Status on a day, until when, and the months nobody paid for (I3–I8).

#include <algorithm>

#include "dispatch/patients/case.h"

namespace jedel {

namespace {

void stand(InsuranceCase& c, Standing standing, std::optional<int> until = {}) {
    c.out.standing = standing;
    c.out.until_day = until;
}

/// Insured because the state pays; true where some entry holds today.
bool by_privilege(InsuranceCase& c) {
    int until = -1;
    for (const PrivilegedSpan& s : c.spans) {
        if (!s.now || c.day < s.from_day || c.day > s.to_day) continue;
        until = std::max(until, s.to_day);
        c.line(s.row->rule, "entitlement.privileged." + s.row->number, {s.row->number},
               s.row->source);
        if (c.day > s.ends) c.line(s.row->rule, "entitlement.after_study", {day_text(s.ends)},
                                   "S2 58, q.12");
    }
    if (until < 0) return false;
    stand(c, Standing::insured,
          until == Dated::open_end ? std::nullopt : std::optional{until});
    c.line("I8", "entitlement.from_labour_ministry", {}, "S3 7");
    return true;
}

bool by_exemption(InsuranceCase& c) {
    for (const ExemptRow& row : c.law.exempt) {
        if (c.row.exempt != row.exempt || !row.on(c.day)) continue;
        stand(c, Standing::insured);
        c.line(row.rule, "entitlement.exempt", {}, row.source);
        return true;
    }
    return false;
}

bool by_temporary_status(InsuranceCase& c) {
    const MonthsRow* rule = row_on(c.law.temporary_status, c.day);
    if (!c.row.temporary_status_from || rule == nullptr) return false;
    const int from = *c.row.temporary_status_from;
    const int until = add_months(from, rule->months) - 1;
    if (from > c.day) return false;
    if (until < c.day) {
        c.line(rule->rule, "entitlement.temporary_status_over", {day_text(until)}, rule->source);
        return false;
    }
    if (c.row.sex == Sex::male) c.hint("temporary_status_of_man");
    stand(c, Standing::temporary, until);
    // Why there is a status comes first, why there would be none after it.
    c.out.status.insert(c.out.status.begin(),
                        {rule->rule, "entitlement.temporary_status", {day_text(until)},
                         rule->source});
    return true;
}

/// What the payments of the last months say.
struct Payments {
    int trailing = 0;     ///< owed months right before the one in progress
    int longest_gap = 0;  ///< of owed months that were followed by a paid one
    bool recent = false;  ///< the month before, or a later one, is paid
};

Payments look(InsuranceCase& c, const RegularRow& regular, int window) {
    const int first_counted = std::max(c.month - window, month_of_day(c.law.begins.from_day));
    // Before 2025 a first contribution insured: what lay before it was not missing (S2 q.24).
    const int first_payment = regular.payments == 0 && !c.row.payments.empty() &&
                                      !c.row.only_last_payment
                                  ? c.row.payments.front()
                                  : first_counted;
    Payments out;
    int run = 0;
    for (int m = first_counted; m < c.month; ++m) {
        if (m < first_payment || c.paid(m) || c.covered(m)) {
            out.longest_gap = std::max(out.longest_gap, run);
            run = 0;
            continue;
        }
        c.owed.push_back(m);
        ++run;
    }
    out.trailing = run;
    out.recent = !c.row.payments.empty() && (c.paid(c.month - 1) || c.paid(c.month));
    return out;
}

/// The last day on which nothing is missing yet: the month after the last one paid or covered.
int insured_until(const InsuranceCase& c) {
    int last = c.month - 1;
    while (last < c.month + 240 && (c.paid(last + 1) || c.covered(last + 1))) ++last;
    return last_day(last + 1);
}

void uninsured(InsuranceCase& c, const MonthsRow& debt) {
    stand(c, Standing::uninsured);
    if (c.row.payments.empty()) {
        const char* key = c.eaeu && c.who->insurance == Ways::payment
                              ? "entitlement.migrant_unpaid"
                              : "entitlement.never_paid";
        c.line(c.eaeu ? "I13" : "I3", key, {}, c.eaeu ? "S0 98, 508-513" : "S0 90-97");
    } else {
        c.line(debt.rule, "entitlement.uninsured", {month_text(c.row.payments.back())},
               debt.source);
    }
    for (const PrivilegedSpan& s : c.spans) {
        if (s.to_day < c.day && s.to_day > c.day - 366) {
            c.line(s.row->rule, "entitlement.privilege_over", {s.row->number, day_text(s.to_day)},
                   s.row->source);
        }
    }
}

void by_payment(InsuranceCase& c) {
    const RegularRow* regular = row_on(c.law.regular, c.day);
    const MonthsRow* grace = row_on(c.law.conditional, c.day);
    const MonthsRow* debt = row_on(c.law.debt, c.day);
    if (regular == nullptr || grace == nullptr || debt == nullptr || c.payer == nullptr) return;
    const Payments p = look(c, *regular, debt->months);
    const bool kept = c.payer->kept && !c.row.payments.empty();
    const bool whole = regular->payments > 0
                           ? static_cast<int>(c.owed.size()) == p.trailing
                           : p.longest_gap <= grace->months;
    const std::string last = c.row.payments.empty() ? "" : month_text(c.row.payments.back());
    if (whole && p.trailing == 0 && p.recent) {
        stand(c, Standing::insured, insured_until(c));
        c.line(c.eaeu && c.who->insurance == Ways::payment ? "I13" : regular->rule,
               "entitlement.paid", {last}, regular->source);
        if (!c.owed.empty()) {
            c.line(grace->rule, "entitlement.debt_stays", {std::to_string(c.owed.size())},
                   grace->source);
        }
    } else if (whole && kept && p.trailing > 0 && p.trailing < grace->months) {
        const int until = last_day(c.month - 1 - p.trailing + grace->months);
        stand(c, Standing::conditional, until);
        c.line(grace->rule, "entitlement.conditional",
               {month_text(c.month - 1 - p.trailing), month_text(month_of_day(until)),
                std::to_string(c.owed.size())},
               grace->source);
    } else {
        uninsured(c, *debt);
        if (regular->payments > 0 && p.trailing == 0 && p.recent) {
            c.line(regular->rule, "entitlement.not_regular",
                   {std::to_string(regular->payments), std::to_string(c.owed.size())},
                   regular->source);
        }
    }
    if (c.row.only_last_payment) c.hint("payments_assumed");
}

/// The months another number paid for are no debt but a request to the Fund (I11).
void join_numbers(InsuranceCase& c) {
    if (c.row.also_iin.empty()) return;
    for (const RegisterRow& other : c.context.joined) {
        const std::string first = other.payments.empty() ? "-" : month_text(other.payments.front());
        const std::string last = other.payments.empty() ? "-" : month_text(other.payments.back());
        c.line("I11", "entitlement.two_numbers", {first, last}, "S1 1464-1480");
    }
    if (c.context.joined.size() < c.row.also_iin.size()) c.hint("other_number_unknown");
    std::erase_if(c.owed, [&](int m) { return c.paid_elsewhere(m); });
}

void count_debt(InsuranceCase& c) {
    const bool debtor = c.out.standing == Standing::uninsured ||
                        c.out.standing == Standing::conditional ||
                        (c.out.standing == Standing::insured && !c.owed.empty());
    if (!debtor) {
        c.owed.clear();
        c.out.debt_tenge = 0;
        return;
    }
    join_numbers(c);
    if (c.out.standing == Standing::uninsured && c.may_enter_pregnancy()) {
        // She need not pay the debt to get the status (S1 1162-1163).
        c.owed.clear();
        c.line("I9", "entitlement.pregnant_no_debt", {}, "S1 1162-1163");
    }
    c.out.debt_months = c.owed;
    double sum = 0;
    bool known = true;
    for (const int m : c.owed) {
        const auto part = c.law.tenge(c.payer->pays_as, m);
        known = known && part;
        sum += part.value_or(0);
    }
    if (known) c.out.debt_tenge = sum;
    c.out.penalty = c.payer->penalty && !c.owed.empty();
}

}  // namespace

void decide_standing(InsuranceCase& c) {
    if (c.who == nullptr) {
        c.line("I1", "entitlement.who_unknown", {}, "S0 44-66");
        return;
    }
    if (c.who->insurance == Ways::none) {
        stand(c, Standing::guaranteed_only);
        c.out.debt_tenge = 0;
        c.line(c.who->rule,
               c.who->guaranteed == Volume::full ? "entitlement.full_volume_only"
                                                 : "entitlement.temporary",
               {}, c.who->source);
        return;
    }
    const bool all = c.who->insurance == Ways::all;
    if (all && (by_privilege(c) || by_exemption(c))) {
        count_debt(c);
        return;
    }
    if (!c.row.payments_known || c.payer == nullptr) {
        c.line("I3", "entitlement.payments_unknown", {}, "S0 84-95");
        if (all) by_temporary_status(c);
        return;
    }
    const bool maybe_child = !c.age && c.row.payments.empty() && all;
    if (maybe_child) {
        c.line("I4", "entitlement.age_unknown", {}, "S0 375");
        by_temporary_status(c);
        return;
    }
    by_payment(c);
    if (all && c.out.standing == Standing::uninsured) by_temporary_status(c);
    count_debt(c);
}

}  // namespace jedel
