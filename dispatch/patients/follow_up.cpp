// What to propose after the ambulance, each with its rule. Pure.

#include <algorithm>

#include "dispatch/patients/law.h"
#include "dispatch/core/incidents/disposition.h"

namespace jedel {

namespace {

bool found(const Incident& incident, const std::string& finding) {
    const auto& findings = incident.first_patient().findings;
    return std::any_of(findings.begin(), findings.end(),
                       [&](const FindingValue& f) {
                           return f.finding == finding && f.value == "yes";
                       });
}

/// True for any of the findings said, and for what the card itself says.
bool any_found(const Incident& incident, const std::vector<std::string>& findings) {
    return std::any_of(findings.begin(), findings.end(), [&](const std::string& finding) {
        if (finding == "pregnant" && incident.first_patient().pregnancy_weeks) return true;
        return found(incident, finding);
    });
}

/// Nearest organisation of a kind that has one of the profiles; straight distance, as a first
/// proposal that a person looks at.
std::optional<OrganisationId> nearest(const Organisations& organisations, OrganisationKind kind,
                                      std::initializer_list<std::string_view> profiles,
                                      const std::optional<LatLon>& place) {
    const Organisation* best = nullptr;
    double best_m = 0;
    for (const Organisation& o : organisations.all) {
        const bool fits = o.kind == kind && std::any_of(
            profiles.begin(), profiles.end(), [&](std::string_view profile) {
                return std::find(o.profiles.begin(), o.profiles.end(), profile) !=
                       o.profiles.end();
            });
        if (!fits) continue;
        if (!place) {
            // With no place none is the nearest; the only one there is may still be named.
            if (best != nullptr) return std::nullopt;
            best = &o;
            continue;
        }
        const double metres = distance_m(*place, o.place);
        if (best == nullptr || metres < best_m) {
            best = &o;
            best_m = metres;
        }
    }
    return best != nullptr ? std::optional{best->id} : std::nullopt;
}

struct Proposing {
    const LawTables& law;
    const Incident& incident;
    const Organisations& organisations;
    int day;
    std::vector<FollowUpItem> out{};

    void add(FollowUpKind kind, std::string rule, std::optional<OrganisationId> organisation,
             std::string note) {
        FollowUpItem item{kind, std::move(rule), organisation, std::move(note)};
        const bool known = std::any_of(out.begin(), out.end(), [&](const FollowUpItem& i) {
            return i.kind == item.kind && i.note_key == item.note_key;
        });
        if (!known) out.push_back(std::move(item));
    }

    [[nodiscard]] InsuranceStatus insurance() const {
        const auto& known = incident.first_patient().insurance;
        return known ? known->status : InsuranceStatus::unknown;
    }
    /// Polyclinic of the service area (D10), else of attachment.
    [[nodiscard]] std::optional<OrganisationId> polyclinic() const {
        if (const auto place = incident.place()) {
            if (const Organisation* o = organisations.polyclinic_for(*place)) return o->id;
        }
        const auto& known = incident.first_patient().insurance;
        return known ? known->polyclinic : std::nullopt;
    }
    /// Polyclinic of attachment: where chronic disease is followed.
    [[nodiscard]] std::optional<OrganisationId> attached() const {
        if (incident.first_patient().insurance && incident.first_patient().insurance->polyclinic) {
            return incident.first_patient().insurance->polyclinic;
        }
        return polyclinic();
    }

    void hospital() {
        const Category category = incident.working_category();
        const bool threat = category == Category::u1 || category == Category::u2;
        auto where = incident.ending.hospital;
        if (!where) {
            where = nearest(organisations, OrganisationKind::hospital,
                            {"emergency", "emergency_department"}, incident.place());
        }
        add(FollowUpKind::hospital, threat ? "D7" : "R9", where,
            threat ? "follow_note.nearest_emergency" : "follow_note.hospital_any_hour");
    }

    void stayed() {
        add(FollowUpKind::active_visit, "D10", polyclinic(), "follow_note.active_visit");
        add(FollowUpKind::signal_sheet, "D10", {}, "follow_note.signal_sheet");
        by_disease();
        by_findings();
        ways_back();
    }

    /// Care is proposed to everybody, and marked where this person would have to pay for it.
    void priced(FollowUpKind kind, const std::string& rule,
                std::optional<OrganisationId> organisation, const std::string& note,
                PaidBy package) {
        const bool guaranteed = package == PaidBy::guaranteed;
        switch (insurance()) {
            case InsuranceStatus::insured:
            case InsuranceStatus::conditional: return add(kind, rule, organisation, note);
            case InsuranceStatus::unknown:
                return add(kind, rule, organisation, guaranteed ? note : note + ".if_insured");
            case InsuranceStatus::uninsured:
                return add(kind, rule, organisation,
                           guaranteed ? note : note + ".insurance_only");
            case InsuranceStatus::guaranteed_only:
                // A part of these have no more than care of dangerous diseases (I1).
                return add(kind, rule, organisation, note + ".insurance_only");
        }
    }
    /// The package of a service on the day; the guaranteed volume where it stands in both.
    [[nodiscard]] PaidBy package_of(Service service) const {
        for (const ServiceRow& row : law.services) {
            if (row.service == service && row.on(day)) {
                return row.guaranteed || row.everyone ? PaidBy::guaranteed : PaidBy::insurance;
            }
        }
        return PaidBy::insurance;
    }

    void by_disease() {
        for (const DiseaseRow* row : law.diseases_on(day)) {
            if (!row->social && !row->dangerous) continue;
            if (!any_found(incident, row->findings)) continue;
            // Everybody has the guaranteed volume for what is dangerous to others (I1).
            const bool free = row->dangerous && insurance() == InsuranceStatus::guaranteed_only;
            const auto give = [&](FollowUpKind kind, std::optional<OrganisationId> where,
                                  const std::string& note) {
                if (free) add(kind, "I16", where, note);
                else priced(kind, "I16", where, note, row->package);
            };
            if (row->place_of_care == "polyclinic") {
                give(FollowUpKind::polyclinic, attached(), "follow_note.social_disease");
            } else {
                give(FollowUpKind::dispensary,
                     nearest(organisations, OrganisationKind::dispensary, {row->place_of_care},
                             incident.place()),
                     "follow_note.dispensary." + row->place_of_care);
            }
        }
    }

    void by_findings() {
        for (const FollowUpRow& row : law.follow_up) {
            if (!row.on(day) || !any_found(incident, row.any)) continue;
            const bool at_polyclinic = row.kind == FollowUpKind::polyclinic;
            priced(row.kind, row.rule, at_polyclinic ? attached() : std::nullopt, row.note,
                   package_of(row.service));
        }
    }

    void ways_back() {
        if (insurance() == InsuranceStatus::conditional) {
            add(FollowUpKind::information, "I6", {}, "follow_note.conditional");
        }
        if (insurance() == InsuranceStatus::guaranteed_only) {
            add(FollowUpKind::information, "I1", {}, "follow_note.own_cost");
        }
        if (insurance() != InsuranceStatus::uninsured) return;
        if (incident.first_patient().pregnancy_weeks || found(incident, "pregnant")) {
            add(FollowUpKind::information, "I9", attached(), "follow_note.pregnant_register");
        }
        add(FollowUpKind::information, "I12", {}, "follow_note.write_off");
        add(FollowUpKind::information, "I7", {}, "follow_note.pay_debt");
    }
};

}  // namespace

std::vector<FollowUpItem> propose_follow_up(const LawTables& law, const Incident& incident,
                                            const Organisations& organisations, int on_day) {
    Proposing p{law, incident, organisations, on_day};
    if (incident.ending.disposition == Disposition::none) {
        // While the crew is at work: what the rules say of the way it goes now.
        const Category category = incident.working_category();
        if (category == Category::u1 || category == Category::u2) p.hospital();
        return std::move(p.out);
    }
    switch (row_of(incident.ending.disposition).after) {
        case After::transported: p.hospital(); break;
        case After::left: p.stayed(); break;
        case After::refused:
            p.add(FollowUpKind::information, "R8", {}, "follow_note.come_yourself");
            p.add(FollowUpKind::polyclinic, "R1", p.attached(), "follow_note.polyclinic");
            break;
        case After::to_polyclinic:
            p.add(FollowUpKind::polyclinic, "R1", p.attached(), "follow_note.polyclinic");
            break;
        case After::nowhere: break;
    }
    return std::move(p.out);
}

}  // namespace jedel
