// What is wrong with the law's tables though they can be read: rows that overlap, days between rows
// that none covers, keys nobody reads, rows that can never fire.

#include <algorithm>
#include <functional>
#include <map>

#include "dispatch/patients/calendar.h"
#include "dispatch/patients/law.h"

namespace jedel {

namespace {

class Linter {
public:
    Linter(const LawTables& law, const std::vector<std::string>& findings)
        : law_(law), findings_(findings), faults_(law.unread) {}

    std::vector<LawFault> run() {
        series(law_.bases, [](const BaseRow& r) { return "base " + r.name; });
        series(law_.amounts, [](const AmountRow& r) { return "amount of " + r.payer; });
        series(law_.employer_free, [](const EmployerFreeRow&) { return "employer_free"; });
        series(law_.who, [](const WhoRow& r) {
            return "who " + std::string{name_of(r.residence)} + " " + r.citizenship;
        });
        series(law_.treaties, [](const TreatyRow& r) { return "treaty " + r.name; });
        series(law_.regular, [](const RegularRow&) { return "regular"; });
        series(law_.conditional, [](const MonthsRow&) { return "conditional"; });
        series(law_.debt, [](const MonthsRow&) { return "debt"; });
        series(law_.temporary_status, [](const MonthsRow&) { return "temporary_status"; });
        series(law_.payers, [](const PayerRow& r) {
            return "payer " + std::string{name_of(r.payer)};
        });
        series(law_.exempt, [](const ExemptRow& r) {
            return "exempt " + std::string{name_of(r.exempt)};
        });
        series(law_.privileged, [](const PrivilegedRow& r) { return "privileged " + r.number; });
        series(law_.pregnancy, [](const PregnancyRow&) { return "pregnancy"; });
        series(law_.services, [](const ServiceRow& r) {
            return "service " + std::string{name_of(r.service)};
        });
        series(law_.dental, [](const DentalRow& r) {
            return "dental " + r.care + " " + r.document;
        });
        series(law_.diseases, [](const DiseaseRow& r) { return "disease " + r.key; });
        series(law_.steps, [](const StepRow& r) { return "step " + r.key; });
        series(law_.ways, [](const WayRow& r) { return "way " + r.key; });
        never_fires();
        return std::move(faults_);
    }

private:
    void fault(const char* kind, const Dated& row, std::string message) {
        faults_.push_back({.kind = kind, .file = row.file, .line = row.line,
                           .message = std::move(message)});
    }

    /// Rows of one name follow one another day by day.
    template <class Row, class Name>
    void series(const std::vector<Row>& rows, Name&& name) {
        std::map<std::string, std::vector<const Row*>> groups;
        for (const Row& row : rows) groups[name(row)].push_back(&row);
        for (auto& [key, group] : groups) {
            std::stable_sort(group.begin(), group.end(), [](const Row* a, const Row* b) {
                return a->from_day < b->from_day;
            });
            for (std::size_t i = 0; i < group.size(); ++i) {
                const Row& row = *group[i];
                if (row.to_day < row.from_day) {
                    fault("never", row, key + ": ends before it begins");
                } else if (row.to_day < law_.begins.from_day) {
                    fault("never", row, key + ": ended before the law began");
                }
                if (i + 1 == group.size()) continue;
                const Row& next = *group[i + 1];
                if (next.from_day <= row.to_day) {
                    fault("overlap", next, key + ": begins while the row before is in force");
                } else if (next.from_day > row.to_day + 1) {
                    fault("gap", next, key + ": no row from " + day_text(row.to_day + 1) +
                                           " to " + day_text(next.from_day - 1));
                }
            }
        }
    }

    void never_fires() {
        const auto pays = [&](const std::string& payer) {
            return payer == "employer" ||
                   std::any_of(law_.payers.begin(), law_.payers.end(),
                               [&](const PayerRow& r) { return r.pays_as == payer; });
        };
        for (const AmountRow& row : law_.amounts) {
            if (!pays(row.payer)) fault("never", row, "nobody pays as '" + row.payer + "'");
            const bool base = !row.known || row.of == "income" ||
                              std::any_of(law_.bases.begin(), law_.bases.end(),
                                          [&](const BaseRow& b) { return b.name == row.of; });
            if (!base) fault("never", row, "there is no base '" + row.of + "'");
        }
        for (const DentalRow& row : law_.dental) {
            for (const std::string& number : row.categories) category(row, number);
            const bool asked = std::any_of(
                law_.services.begin(), law_.services.end(),
                [&](const ServiceRow& s) { return s.groups == row.care && overlap(s, row); });
            if (!asked) fault("never", row, "no service asks for '" + row.care + "'");
        }
        for (const EmployerFreeRow& row : law_.employer_free) {
            for (const std::string& number : row.categories) category(row, number);
        }
        for (const Residence r : {Residence::citizen, Residence::permit, Residence::kandas,
                                  Residence::kandas_no_permit, Residence::refugee,
                                  Residence::asylum, Residence::temporary}) {
            const bool there = std::any_of(law_.who.begin(), law_.who.end(),
                                           [&](const WhoRow& w) { return w.residence == r; });
            if (!there) {
                faults_.push_back({.kind = "gap", .file = {}, .line = 0,
                                   .message = "who: no row for " + std::string{name_of(r)}});
            }
        }
        missing_services();
        steps();
        words();
    }

    static bool overlap(const Dated& a, const Dated& b) {
        return a.from_day <= b.to_day && b.from_day <= a.to_day;
    }

    void category(const Dated& row, const std::string& number) {
        const bool there = std::any_of(
            law_.privileged.begin(), law_.privileged.end(),
            [&](const PrivilegedRow& p) { return p.number == number && overlap(p, row); });
        if (!there) fault("never", row, "there is no privileged category " + number);
    }

    void missing_services() {
        for (std::size_t i = 0; i < service_count; ++i) {
            const auto service = static_cast<Service>(i);
            const bool there = std::any_of(law_.services.begin(), law_.services.end(),
                                           [&](const auto& s) { return s.service == service; });
            if (!there) {
                faults_.push_back({.kind = "gap", .file = {}, .line = 0,
                                   .message = "no row for the service " +
                                              std::string{name_of(service)}});
            }
        }
    }

    /// Steps that nothing leads to.
    void steps() {
        for (const StepRow& row : law_.steps) {
            const bool stands_in = std::any_of(
                law_.steps.begin(), law_.steps.end(),
                [&](const StepRow& other) { return other.after == row.key; });
            const bool never = row.when == std::vector<std::string>{"never"};
            if ((row.when.empty() || never) && !stands_in) {
                fault("never", row, "no disposition leads to the step " + row.key);
            }
            if (row.after.empty()) continue;
            const bool there = std::any_of(
                law_.steps.begin(), law_.steps.end(),
                [&](const StepRow& other) { return other.key == row.after; });
            if (!there) fault("never", row, "there is no step '" + row.after + "'");
        }
    }

    /// Findings that no question of the protocol gives.
    void words() {
        if (findings_.empty()) return;
        const auto known = [&](const Dated& row, const std::string& finding) {
            if (std::find(findings_.begin(), findings_.end(), finding) == findings_.end()) {
                fault("never", row, "the protocol knows no finding '" + finding + "'");
            }
        };
        for (const FollowUpRow& row : law_.follow_up) {
            if (row.any.empty()) fault("never", row, "no finding fires this row");
            for (const std::string& finding : row.any) known(row, finding);
        }
        for (const DiseaseRow& row : law_.diseases) {
            for (const std::string& finding : row.findings) known(row, finding);
        }
        for (const StepRow& row : law_.steps) {
            for (const std::string& finding : row.any) known(row, finding);
            for (const std::string& finding : row.guard) known(row, finding);
        }
    }

    const LawTables& law_;
    const std::vector<std::string>& findings_;
    std::vector<LawFault> faults_;
};

}  // namespace

std::vector<LawFault> lint_law(const LawTables& law, const std::vector<std::string>& findings) {
    return Linter{law, findings}.run();
}

}  // namespace jedel
