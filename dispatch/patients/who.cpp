// Who a person is to the law (I1), and for whom the state pays (I4): decided before any payment is
// looked at. An entry that cannot be true of the person is shown as wrong and not counted.

#include <algorithm>

#include "dispatch/patients/case.h"

namespace jedel {

namespace {

constexpr int no_beginning = -1'000'000;

/// The residence by what was said of it and of the citizenship; unknown where they contradict.
Residence residence_of(const InsuranceCase& c) {
    const bool citizen = c.row.citizenship == "KZ";
    const bool foreign = !c.row.citizenship.empty() && !citizen;
    switch (c.row.residence) {
        case Residence::unknown:
            if (citizen) return Residence::citizen;
            c.hint("residence_unknown");
            return Residence::unknown;
        case Residence::citizen:
            if (!foreign) return Residence::citizen;
            c.hint("citizenship_disagrees");
            return Residence::unknown;
        case Residence::permit:
        case Residence::kandas:
            // A citizen needs no permit; either way the rights are the same.
            if (citizen) c.hint("citizenship_disagrees");
            return c.row.residence;
        case Residence::kandas_no_permit:
        case Residence::refugee:
        case Residence::asylum:
        case Residence::temporary:
            if (!citizen) return c.row.residence;
            c.hint("citizenship_disagrees");
            return Residence::unknown;
    }
    return Residence::unknown;
}

void look_at_number(const InsuranceCase& c) {
    const IinReading reading = read_iin(c.row.iin);
    if (reading.verdict == IinVerdict::typo) c.hint("iin_typo");
    if (reading.hints.impossible_date) c.hint("iin_impossible_date");
    if (reading.hints.unknown_century) c.hint("iin_unknown_century");
    const auto& born = reading.hints.birth_day;
    if (born && c.row.birth_day && *born != *c.row.birth_day) {
        c.hint("iin_other_birth_date", {day_text(*born)});
    }
    const Sex sex = reading.hints.sex;
    if (sex != Sex::unknown && c.row.sex != Sex::unknown && sex != c.row.sex) {
        c.hint("iin_other_sex");
    }
}

}  // namespace

bool InsuranceCase::paid(int m) const {
    if (row.only_last_payment && !row.payments.empty()) return m <= row.payments.back();
    return std::binary_search(row.payments.begin(), row.payments.end(), m);
}

bool InsuranceCase::paid_elsewhere(int m) const {
    return std::any_of(context.joined.begin(), context.joined.end(), [&](const RegisterRow& o) {
        if (o.only_last_payment && !o.payments.empty()) return m <= o.payments.back();
        return std::binary_search(o.payments.begin(), o.payments.end(), m);
    });
}

bool InsuranceCase::covered(int m) const {
    const int first = first_day(m), last = last_day(m);
    return std::any_of(spans.begin(), spans.end(), [&](const PrivilegedSpan& s) {
        return s.from_day <= last && s.to_day >= first;
    });
}

bool InsuranceCase::worked_lately() const {
    const PregnancyRow* p = row_on(law.pregnancy, day);
    const int months = p != nullptr ? p->months_without : 2;
    // A self-payer pays neither pension contributions nor social payments (S1 1169).
    if (row.payer == Payer::self || row.payments.empty()) return false;
    return row.payments.back() >= month - months;
}

bool InsuranceCase::may_enter_pregnancy() const {
    const bool works = payer != nullptr && payer->works;
    return expecting() && who != nullptr && who->insurance == Ways::all && !works &&
           !worked_lately();
}

void decide_who(InsuranceCase& c) {
    c.month = month_of_day(c.day);
    c.payer = c.law.payer(c.row.payer, c.day);
    look_at_number(c);
    if (c.row.birth_day) {
        if (*c.row.birth_day <= c.day) {
            c.age = age_years(*c.row.birth_day, c.day);
        } else {
            c.hint("birth_after_day");
        }
    } else {
        c.hint("birth_date_unknown");
    }
    c.eaeu = c.row.citizenship == "EAEU" || c.law.in_treaty("eaeu", c.row.citizenship, c.day);
    const Residence residence = residence_of(c);
    if (residence == Residence::temporary && c.row.citizenship.empty()) {
        c.hint("citizenship_unknown");
    }
    for (const WhoRow& row : c.law.who) {
        const bool fits = row.citizenship == "any" || (row.citizenship == "eaeu") == c.eaeu;
        if (row.residence == residence && row.on(c.day) && fits) c.who = &row;
    }
}

namespace {

/// An entry of the law's number 1 says nothing that the birth date does not say better.
void add_child(InsuranceCase& c) {
    const PrivilegedRow* row = nullptr;
    for (const PrivilegedRow& p : c.law.privileged) {
        if (p.under > 0 && p.on(c.day)) row = &p;
    }
    if (row == nullptr || !c.row.birth_day) return;
    const int end = birthday(*c.row.birth_day, row->under) - 1;
    c.spans.push_back({.from_day = *c.row.birth_day, .to_day = end, .row = row, .ends = end});
}

void add_entry(InsuranceCase& c, const CategoryEntry& entry) {
    const PrivilegedRow* row = c.law.privilege(entry.number, c.day);
    if (row == nullptr) {
        c.hint("unknown_category", {entry.number});
        return;
    }
    const bool ended = entry.to_day && *entry.to_day < c.day;
    if (row->sex != Sex::unknown && c.row.sex != Sex::unknown && row->sex != c.row.sex) {
        c.wrong_entry = true;
        c.hint("wrong_category_sex", {entry.number});
        return;
    }
    if (row->under > 0 && c.row.birth_day) {
        if (c.age && *c.age >= row->under && !ended) {
            c.wrong_entry = true;
            c.hint("wrong_category_age", {entry.number, std::to_string(*c.age)});
        }
        return;
    }
    PrivilegedSpan span{.from_day = entry.from_day.value_or(no_beginning),
                        .to_day = entry.to_day.value_or(Dated::open_end),
                        .row = row};
    span.ends = span.to_day;
    if (row->after_months > 0 && entry.to_day) {
        span.to_day = last_day(month_of_day(*entry.to_day) + row->after_months);
    }
    const bool holds = span.from_day <= c.day && c.day <= span.to_day;
    const bool works = c.payer != nullptr && c.payer->works && c.worked_lately();
    if (row->not_working && holds && works) {
        span.now = false;
        c.wrong_entry = true;
        c.lost_by_esp = c.lost_by_esp || (row->sex == Sex::female && c.is_esp());
        c.hint("wrong_category_works", {entry.number});
    }
    c.spans.push_back(span);
}

/// A woman entered in the register of pregnant women is insured by number 3 after some days.
void add_pregnancy(InsuranceCase& c) {
    if (!c.row.pregnant) return;
    if (c.row.sex == Sex::male) {
        c.wrong_entry = true;
        c.hint("wrong_pregnancy");
        return;
    }
    const PregnancyRow* rule = row_on(c.law.pregnancy, c.day);
    if (!c.row.pregnancy_registered || rule == nullptr) return;
    const int entered = *c.row.pregnancy_registered;
    if (entered > c.day) return;
    if (c.day > entered + rule->at_most_days) {
        c.hint("pregnancy_over", {day_text(entered)});
        return;
    }
    if (c.is_esp() && c.worked_lately() && c.row.payments.back() >= month_of_day(entered)) {
        c.lost_by_esp = true;
    }
    if (!c.may_enter_pregnancy()) return;
    c.pregnancy_from = c.law.after_working_days(entered, rule->working_days);
    if (*c.pregnancy_from > c.day) return;
    for (const PrivilegedRow& row : c.law.privileged) {
        if (row.number != "3" || !row.on(c.day)) continue;
        const int end = entered + rule->at_most_days;
        c.spans.push_back({.from_day = *c.pregnancy_from, .to_day = end, .row = &row,
                           .ends = end});
    }
}

}  // namespace

void find_privileges(InsuranceCase& c) {
    c.spans.reserve(c.row.categories.size() + 2);
    add_child(c);
    for (const CategoryEntry& entry : c.row.categories) add_entry(c, entry);
    add_pregnancy(c);
}

}  // namespace jedel
