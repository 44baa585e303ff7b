#include "dispatch/patients/follow_up_csv.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "dispatch/core/incidents/received.h"

namespace jedel {

namespace {

void cell(std::string& out, std::string_view text) {
    if (!out.empty() && out.back() != '\n') out += ',';
    // A spreadsheet would reckon with it: words of a caller are never a formula.
    const bool formula = !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) !=
                                              std::string_view::npos;
    out += '"';
    if (formula) out += ' ';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

class Rows {
public:
    Rows(const PersonalTable& personal, const Organisations& organisations)
        : personal_(&personal), organisations_(&organisations) {
        for (const char* column :
             {"incident", "day_number", "received_at", "category", "disposition", "patient",
              "patient_name", "iin", "age_years", "sex", "phone", "address", "directions",
              "insurance_status", "insurance_as_of", "polyclinic_of_attachment", "follow_up",
              "rule", "organisation", "organisation_name", "note"}) {
            cell(out_, column);
        }
        out_ += "\r\n";
    }
    void add(const Incident& i, const Patient& p, const FollowUpItem& item) {
        std::string row;
        cell(row, std::to_string(i.id.value));
        cell(row, std::to_string(i.day_number));
        cell(row, to_iso(i.received_at));
        cell(row, i.category == Category::none ? std::string_view{} : name_of(i.category));
        const Disposition ending = i.ending.disposition;
        cell(row, ending == Disposition::none ? std::string_view{} : name_of(ending));
        cell(row, std::to_string(p.id.value));
        cell(row, person(p.person, &PersonalRecord::patient_name));
        cell(row, person(p.person, &PersonalRecord::iin));
        cell(row, p.age_years ? age(*p.age_years) : std::string{});
        cell(row, p.sex == Sex::unknown ? std::string_view{} : name_of(p.sex));
        cell(row, person(i.first_call().person, &PersonalRecord::phone));
        cell(row, person(i.place_person, &PersonalRecord::address));
        cell(row, person(i.place_person, &PersonalRecord::directions));
        cell(row, p.insurance ? name_of(p.insurance->status) : std::string_view{});
        cell(row, p.insurance ? to_iso(p.insurance->as_of) : std::string{});
        cell(row, name(p.insurance ? p.insurance->polyclinic : std::nullopt));
        cell(row, name_of(item.kind));
        cell(row, item.rule);
        cell(row, item.organisation ? std::to_string(item.organisation->value) : std::string{});
        cell(row, name(item.organisation));
        cell(row, item.note_key);
        out_ += row + "\r\n";
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    [[nodiscard]] std::string_view person(const std::optional<PersonRef>& ref,
                                          std::string PersonalRecord::*field) const {
        const PersonalRecord* row = ref ? personal_->find(*ref) : nullptr;
        return row != nullptr ? std::string_view{row->*field} : std::string_view{};
    }
    [[nodiscard]] std::string name(const std::optional<OrganisationId>& id) const {
        if (!id) return {};
        const Organisation* found = organisations_->find(*id);
        return found != nullptr ? found->name_kk : std::to_string(id->value);
    }
    /// Whole years, or parts of one with a point; never rounded up.
    static std::string age(double years) {
        const double hundredths = std::floor(years * 100 + 1e-6);
        std::string text = std::to_string(hundredths / 100);
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
        return text;
    }

    const PersonalTable* personal_;
    const Organisations* organisations_;
    std::string out_;
};

}  // namespace

std::string follow_up_csv(const State& state, const PersonalTable& personal,
                          const Organisations& organisations, Instant from, Instant until,
                          std::optional<OrganisationId> organisation) {
    Rows rows{personal, organisations};
    for (const Incident* incident : received_within(state, from, until)) {
        for (const Patient& patient : incident->patients) {
            for (const FollowUpItem& item : patient.follow_up) {
                if (organisation && item.organisation != organisation) continue;
                rows.add(*incident, patient, item);
            }
        }
    }
    return rows.take();
}

}  // namespace jedel
