// The lawful ways back to the insured status that fit this person, the cheapest first (I7–I12).

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "dispatch/patients/case.h"

namespace jedel {

namespace {

class WayFinder {
public:
    explicit WayFinder(InsuranceCase& c) : c_(c) {}

    void find() {
        if (!c_.row.also_iin.empty()) add("merge_numbers", 0);
        if (c_.wrong_entry) add("correct_entry", 0);
        if (c_.who->insurance == Ways::all) by_state();
        write_off();
        pay();
        std::stable_sort(c_.out.ways_back.begin(), c_.out.ways_back.end(), cheaper);
    }

private:
    static bool cheaper(const WayBack& a, const WayBack& b) {
        if (a.cost_tenge != b.cost_tenge) {
            return a.cost_tenge && (!b.cost_tenge || *a.cost_tenge < *b.cost_tenge);
        }
        return a.days && (!b.days || *a.days < *b.days);
    }

    WayBack* add(std::string_view key, std::optional<double> cost,
                 std::vector<std::string> arguments = {}) {
        const WayRow* row = c_.law.way(key, c_.day);
        if (row == nullptr) return nullptr;
        WayBack way{.key = row->key, .rule = row->rule, .source = row->source,
                    .office = row->office, .cost_tenge = cost, .days = {},
                    .arguments = std::move(arguments)};
        if (row->days >= 0) way.days = row->days;
        c_.out.ways_back.push_back(std::move(way));
        return &c_.out.ways_back.back();
    }

    /// The state pays: what would make it so.
    void by_state() {
        pregnancy();
        const bool working = c_.payer->works;
        if (c_.row.residence == Residence::kandas && !working) add("correct_entry", 0);
        const bool pupil = c_.age && *c_.age >= 18 && *c_.age < 20;
        const bool studied = std::any_of(c_.spans.begin(), c_.spans.end(), [&](const auto& s) {
            return s.row->number == "13" && s.to_day < c_.day;
        });
        if (!working && (pupil || studied)) add("enter_student", 0);
        if (c_.row.payer == Payer::none && !c_.child()) add("register_unemployed", 0);
    }

    void pregnancy() {
        if (c_.lost_by_esp) {
            const int back = first_day(c_.row.payments.back() + 3);
            if (WayBack* way = add("after_esp_wait", 0, {day_text(back)})) {
                way->days = std::max(0, back - c_.day);
            }
            add("after_esp_pay", c_.law.tenge("self", c_.month));
        }
        if (!c_.may_enter_pregnancy()) return;
        if (c_.pregnancy_from && *c_.pregnancy_from > c_.day) {
            if (WayBack* way = add("pregnant_wait", 0, {day_text(*c_.pregnancy_from)})) {
                way->days = *c_.pregnancy_from - c_.day;
            }
        } else if (!c_.pregnancy_from) {
            add("pregnant_register", 0);
        }
        if (!c_.row.temporary_status_from) add("temporary_status", 0);
    }

    /// Months with a privilege, before a permit, before a migrant's arrival (I12); and months
    /// that were paid for, whatever the register says.
    void write_off() {
        if (c_.owed.empty()) return;
        const int oldest = first_day(c_.owed.front());
        const bool privileged = std::any_of(c_.spans.begin(), c_.spans.end(), [&](const auto& s) {
            return s.to_day >= oldest;
        });
        const bool came = c_.who->insurance == Ways::payment ||
                          c_.who->residence == Residence::permit ||
                          c_.who->residence == Residence::kandas;
        if (privileged || came || !c_.row.also_iin.empty()) add("write_off", 0);
        if (c_.row.payer != Payer::none && c_.row.payer != Payer::unknown) {
            add("prove_payments", 0);
        }
    }

    void pay() {
        if (c_.owed.empty()) return;
        const std::vector<std::string> arguments{
            std::to_string(c_.owed.size()), month_text(c_.owed.front()),
            month_text(c_.owed.back())};
        switch (c_.row.payer) {
            case Payer::employee:
            case Payer::civil_contract:
                add("pay_debt_employee", c_.out.debt_tenge, arguments);
                break;
            case Payer::entrepreneur:
            case Payer::farm:
            case Payer::private_practice:
                add("pay_debt_entrepreneur", c_.out.debt_tenge, arguments);
                break;
            default: add("pay_debt", c_.out.debt_tenge, arguments);
        }
    }

    InsuranceCase& c_;
};

}  // namespace

std::string tenge_text(double sum) {
    char out[48];
    std::snprintf(out, sizeof out, sum == std::floor(sum) ? "%.0f" : "%.1f", sum);
    return out;
}

void find_ways_back(InsuranceCase& c) {
    if (c.who == nullptr) return;
    const Standing s = c.out.standing;
    if (s == Standing::guaranteed_only && c.who->residence == Residence::kandas_no_permit) {
        const WayRow* row = c.law.way("get_permit", c.day);
        if (row == nullptr) return;
        c.out.ways_back.push_back({.key = row->key, .rule = row->rule, .source = row->source,
                                   .office = row->office, .cost_tenge = {}, .days = {},
                                   .arguments = {}});
    }
    const bool lapsed = s == Standing::uninsured || s == Standing::conditional ||
                        s == Standing::temporary || (s == Standing::insured && !c.owed.empty());
    if (lapsed && c.payer != nullptr) WayFinder{c}.find();
}

}  // namespace jedel
