// Which package pays for each service (rulebook, section 5), and where one may be attached (I15).

#include <algorithm>

#include "dispatch/patients/case.h"

namespace jedel {

namespace {

bool insured(Standing s) {
    return s == Standing::insured || s == Standing::conditional || s == Standing::temporary;
}

bool full_volume(const InsuranceCase& c) {
    return c.who != nullptr && c.who->guaranteed == Volume::full;
}

bool policy_holds(const InsuranceCase& c) {
    return c.row.vmi_until && *c.row.vmi_until >= c.day && c.who != nullptr &&
           c.who->guaranteed == Volume::dangerous;
}

/// By a treaty of the union emergency and urgent care is free; by the commonwealth's agreement
/// emergency care is.
const TreatyRow* treaty(const InsuranceCase& c) {
    for (const TreatyRow& row : c.law.treaties) {
        if (!row.on(c.day)) continue;
        if (c.row.citizenship == "EAEU" && row.name == "eaeu") return &row;
        if (c.law.in_treaty(row.name, c.row.citizenship, c.day)) return &row;
    }
    return nullptr;
}

bool has_category(const InsuranceCase& c, const std::string& number) {
    return std::any_of(c.spans.begin(), c.spans.end(), [&](const PrivilegedSpan& s) {
        return s.row->number == number && s.from_day <= c.day && c.day <= s.to_day;
    });
}

/// A disease that is infectious, socially significant or dangerous to others.
bool has_named_disease(const InsuranceCase& c) {
    return std::any_of(c.context.diseases.begin(), c.context.diseases.end(), [&](auto key) {
        const DiseaseRow* row = c.law.disease(key, c.day);
        return row != nullptr && (row->social || row->dangerous);
    });
}

bool in_dental_list(const InsuranceCase& c, const DentalRow& list) {
    if (list.children && c.child()) return true;
    if (list.pregnant && (c.expecting() || has_category(c, "3"))) return true;
    if (list.disease && has_named_disease(c)) return true;
    return std::any_of(list.categories.begin(), list.categories.end(),
                       [&](const std::string& number) { return has_category(c, number); });
}

/// The documents disagree on the lists and on the package: what all of them give is said plainly,
/// what one of them gives is shown as disputed, what none gives is at one's own cost.
ServiceAnswer dental(const InsuranceCase& c, const ServiceRow& row) {
    const DentalRow *names = nullptr, *names_not = nullptr;
    for (const DentalRow& list : c.law.dental) {
        if (list.care != row.groups || !list.on(c.day)) continue;
        (in_dental_list(c, list) ? names : names_not) = &list;
    }
    ServiceAnswer out{.paid_by = PaidBy::own_cost, .rule = row.rule, .source = row.source,
                      .other_source = {}};
    if (names == nullptr) {
        if (names_not != nullptr) out.source = names_not->source;
        return out;
    }
    out.source = names->source;
    const bool may = full_volume(c) || insured(c.out.standing);
    if (!may) return out;
    if (names_not != nullptr) {
        out.paid_by = PaidBy::disputed;
        out.other_source = names_not->source;
    } else if (insured(c.out.standing)) {
        out.paid_by = PaidBy::insurance;
        out.source = row.insurance_source;
    } else {
        out.paid_by = PaidBy::disputed;  // S0 and S1: guaranteed too; S3 and S4: insurance only
        out.source = row.source;
        out.other_source = row.insurance_source;
    }
    return out;
}

ServiceAnswer answer(const InsuranceCase& c, const ServiceRow& row) {
    ServiceAnswer out{.paid_by = PaidBy::unknown, .rule = row.rule, .source = row.source,
                      .other_source = {}};
    const auto by = [&](PaidBy paid_by, std::string_view source) {
        out.paid_by = paid_by;
        out.source = source;
        return out;
    };
    if (row.everyone) return by(PaidBy::guaranteed, row.source);
    if (c.who == nullptr) return out;
    const bool is_insured = insured(c.out.standing);
    const bool unclear = c.out.standing == Standing::unknown;
    if (row.under > 0) {
        if (!c.age) return out;
        if (*c.age >= row.under) return by(PaidBy::own_cost, row.source);
    }
    if (!row.groups.empty()) return unclear ? out : dental(c, row);
    if (row.insured_first && is_insured) return by(PaidBy::insurance, row.insurance_source);
    if (row.guaranteed && full_volume(c)) {
        if (row.citizens && c.who->residence != Residence::citizen) {
            out.other_source = "S0 504";
            return by(PaidBy::disputed, row.source);
        }
        if (row.insured_first && unclear) return out;
        return by(PaidBy::guaranteed, row.source);
    }
    if (row.treaty) {
        if (const TreatyRow* t = treaty(c)) return by(PaidBy::guaranteed, t->source);
    }
    if (row.insurance && is_insured) return by(PaidBy::insurance, row.insurance_source);
    if (row.policy && policy_holds(c)) return by(PaidBy::voluntary_policy, "S0 511; S1 1293-1302");
    if (unclear) return out;
    if (c.who->guaranteed == Volume::dangerous) return by(PaidBy::own_cost, "S0 515");
    return by(PaidBy::own_cost, row.insurance ? row.insurance_source : row.source);
}

}  // namespace

void decide_services(InsuranceCase& c) {
    for (const ServiceRow& row : c.law.services) {
        if (!row.on(c.day)) continue;
        c.out.services[static_cast<std::size_t>(row.service)] = answer(c, row);
    }
}

void decide_attachment(InsuranceCase& c) {
    Attachment& out = c.out.attachment;
    if (c.who == nullptr) return;
    if (c.who->attach == Attach::papers) {
        out.possible = true;
        out.needs = {"identity_document", "application"};
        if (c.child()) out.needs.emplace_back("representative_document");
        return;
    }
    out.possible = c.row.vmi_until && *c.row.vmi_until >= c.day;
    if (*out.possible) out.until_day = c.row.vmi_until;
    out.needs = {"voluntary_policy", "passport", "application"};
    if (c.child()) out.needs.emplace_back("representative_document");
}

}  // namespace jedel
