// Insurance status and what it opens, by the steps of the law. Pure.

#include "dispatch/patients/entitlement.h"

#include <algorithm>

#include "dispatch/patients/case.h"

namespace jedel {

namespace {

/// A register's row says nothing of payments made after it; older than this it says its age.
constexpr int old_after_days = 31;

/// As events keep it.
InsuranceStatus recorded(Standing standing) {
    switch (standing) {
        case Standing::unknown: return InsuranceStatus::unknown;
        case Standing::insured:
        case Standing::temporary: return InsuranceStatus::insured;
        case Standing::conditional: return InsuranceStatus::conditional;
        case Standing::uninsured: return InsuranceStatus::uninsured;
        case Standing::guaranteed_only: return InsuranceStatus::guaranteed_only;
    }
    return InsuranceStatus::unknown;
}

/// With nothing known of a person only what everybody has is said.
void for_everyone(const LawTables& law, int day, Entitlement& out) {
    for (const ServiceRow& row : law.services) {
        if (!row.on(day)) continue;
        out.services[static_cast<std::size_t>(row.service)] = {
            .paid_by = row.everyone ? PaidBy::guaranteed : PaidBy::unknown, .rule = row.rule,
            .source = row.source, .other_source = {}};
    }
}

void unknown(const LawTables& law, int day, EntitlementLine why, Entitlement& out) {
    out.record.rule = why.rule;
    out.status.push_back(std::move(why));
    for_everyone(law, day, out);
}

void decide(InsuranceCase& c) {
    decide_who(c);
    find_privileges(c);
    // For those whom the state does not pay for an entry says nothing.
    if (c.who == nullptr || c.who->insurance != Ways::all) c.spans.clear();
    decide_standing(c);
    find_ways_back(c);
    decide_services(c);
    decide_attachment(c);
}

void name_age(const RegisterRow& row, const std::string& register_name, int day,
              Entitlement& out) {
    const int age = day - day_of(row.as_of, kazakhstan_offset_minutes(row.as_of));
    if (age <= old_after_days) return;
    out.status.push_back({"I3", "entitlement.old_row", {std::to_string(age)},
                          register_name.empty() ? "register" : register_name});
    out.hints.push_back({"row_age", {std::to_string(age)}});
}

void record(Entitlement& out) {
    out.record.status = recorded(out.standing);
    if (!out.status.empty()) out.record.rule = out.status.front().rule;
    const bool debtor = out.standing == Standing::uninsured ||
                        out.standing == Standing::conditional || !out.debt_months.empty();
    if (debtor) out.record.debt_months = static_cast<int>(out.debt_months.size());
}

EntitlementLine service_line(const ServiceAnswer& a, std::size_t i) {
    std::string source{a.source};
    if (!a.other_source.empty()) source += " / " + std::string{a.other_source};
    return {std::string{a.rule},
            "package." + std::string{name_of(static_cast<Service>(i))}, {}, std::move(source)};
}

}  // namespace

Entitlement entitlement(const LawTables& law, const std::optional<RegisterRow>& row,
                        const std::string& register_name, int on_day, Instant now,
                        const EntitlementContext& context) {
    Entitlement out;
    out.record.source = register_name;
    out.record.as_of = row ? row->as_of : now;
    if (row) out.record.polyclinic = row->polyclinic;
    if (on_day < law.begins.from_day) {
        unknown(law, on_day, {"I3", "entitlement.before_law", {day_text(law.begins.from_day)},
                              law.begins.source}, out);
    } else if (!row) {
        unknown(law, on_day, {"I2", "entitlement.unknown", {}, "S2 118-120, q.55"}, out);
    } else {
        InsuranceCase c{law, *row, context, on_day, out};
        decide(c);
        name_age(*row, register_name, on_day, out);
        record(out);
    }
    return out;
}

std::optional<ServiceAnswer> disease_paid_by(const LawTables& law, const Entitlement& person,
                                             const std::optional<RegisterRow>& row,
                                             std::string_view disease, int on_day,
                                             std::optional<int> since) {
    const DiseaseRow* found = law.disease(disease, on_day);
    if (found == nullptr) return std::nullopt;
    ServiceAnswer out{.paid_by = PaidBy::unknown, .rule = "I16", .source = found->source,
                      .other_source = {}};
    // Everybody on the territory has the guaranteed volume for these (I1).
    if (found->dangerous) {
        out.paid_by = PaidBy::guaranteed;
        return out;
    }
    const bool full = person.services[static_cast<std::size_t>(Service::social_disease)].paid_by ==
                      PaidBy::guaranteed;
    const bool over = found->months > 0 && since &&
                      add_months(*since, found->months) <= on_day;
    if (full && found->package == PaidBy::guaranteed && !over) {
        out.paid_by = PaidBy::guaranteed;
        return out;
    }
    switch (person.standing) {
        case Standing::unknown: break;
        case Standing::insured:
        case Standing::conditional:
        case Standing::temporary: out.paid_by = PaidBy::insurance; break;
        case Standing::uninsured:
        case Standing::guaranteed_only: out.paid_by = PaidBy::own_cost; break;
    }
    if (!row) out.paid_by = PaidBy::unknown;
    return out;
}

std::vector<std::string_view> disease_keys(const LawTables& law) {
    std::vector<std::string_view> out;
    for (const DiseaseRow& row : law.diseases) {
        if (std::find(out.begin(), out.end(), row.key) == out.end()) out.push_back(row.key);
    }
    return out;
}

std::vector<EntitlementLine> free_lines(const Entitlement& person) {
    std::vector<EntitlementLine> out;
    for (std::size_t i = 0; i < service_count; ++i) {
        const ServiceAnswer& a = person.services[i];
        if (a.paid_by == PaidBy::unknown || a.paid_by == PaidBy::own_cost) continue;
        out.push_back(service_line(a, i));
    }
    return out;
}

std::vector<EntitlementLine> paid_lines(const Entitlement& person) {
    std::vector<EntitlementLine> out;
    for (const WayBack& way : person.ways_back) {
        std::vector<std::string> arguments = way.arguments;
        arguments.push_back(way.cost_tenge ? tenge_text(*way.cost_tenge) : "?");
        out.push_back({way.rule, "way." + way.key, std::move(arguments), way.source});
    }
    for (std::size_t i = 0; i < service_count; ++i) {
        const ServiceAnswer& a = person.services[i];
        if (a.paid_by == PaidBy::own_cost) out.push_back(service_line(a, i));
    }
    return out;
}

}  // namespace jedel
