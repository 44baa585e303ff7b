#include "dispatch/fleet/hospitals.h"

#include <algorithm>
#include <tuple>

#include "dispatch/fleet/toml_row.h"

namespace jedel {
namespace {

Result<ProfileRow> read_row(const toml::table& row, const std::string& file) {
    ProfileRow out;
    const auto id = toml_row::text(row, file, "id");
    if (!id) return id.error();
    out.id = *id;
    const auto from = toml_row::day(row, file, "from");
    if (!from) return from.error();
    out.from_day = *from;
    const auto profile = toml_row::text(row, file, "profile");
    if (!profile) return profile.error();
    out.profile = *profile;
    const auto source = toml_row::text(row, file, "source");
    if (!source) return source.error();
    out.source = *source;
    if (const toml::array* rules = row["rules"].as_array()) {
        for (const toml::node& node : *rules) {
            const auto rule = node.value_exact<std::string>();
            if (!rule || rule->empty()) {
                return toml_row::at(row, file, "rules", "expected a list of rules");
            }
            out.rules.push_back(*rule);
        }
    }
    if (row.contains("under_years")) {
        const auto years = toml_row::amount(row, file, "under_years");
        if (!years) return years.error();
        out.under_years = *years;
    }
    if (out.rules.empty() && !out.under_years) {
        return toml_row::at(row, file, "rules", "expected rules or under_years");
    }
    return out;
}

bool calls_for(const ProfileRow& row, const Incident& incident) {
    return std::any_of(incident.patients.begin(), incident.patients.end(), [&](const Patient& p) {
        const bool young = row.under_years && p.age_years && *p.age_years < *row.under_years;
        const bool ruled = std::any_of(row.rules.begin(), row.rules.end(), [&](const auto& rule) {
            const auto& held = p.triage.rules;
            return std::find(held.begin(), held.end(), rule) != held.end();
        });
        return young || ruled;
    });
}

}  // namespace

Result<ProfileTable> parse_profiles(std::string_view text, const std::string& file_name) {
    const Result<toml::table> parsed = toml_row::parse(text, file_name);
    if (!parsed) return parsed.error();
    ProfileTable table;
    const auto done = toml_row::rows(*parsed, file_name, "row",
                                     [&](const toml::table& row) -> Result<void> {
                                         Result<ProfileRow> read = read_row(row, file_name);
                                         if (!read) return read.error();
                                         table.rows.push_back(*std::move(read));
                                         return {};
                                     });
    if (!done) return done.error();
    return table;
}

HospitalNeed hospital_need(const ProfileTable& table, const Incident& incident, int local_day) {
    HospitalNeed need;
    for (const ProfileRow& row : table.rows) {
        if (row.from_day > local_day || !calls_for(row, incident)) continue;
        need.rows.push_back(row.id);
        if (row.profile == "nearest") {
            need.nearest = true;
        } else {
            need.profiles.push_back(row.profile);
        }
    }
    return need;
}

HospitalState state_now(const HospitalNow* said, Instant now) {
    if (said == nullptr || (said->until && *said->until <= now)) return HospitalState::open;
    return said->state;
}

std::vector<HospitalChoice> rank_hospitals(std::vector<HospitalChoice> all,
                                           const Organisations& organisations, const State& state,
                                           const HospitalNeed& need, Instant now) {
    for (HospitalChoice& choice : all) {
        const HospitalNow* said = state.hospitals.find(choice.hospital);
        choice.state = state_now(said, now);
        if (said != nullptr && !(said->until && *said->until <= now)) {
            choice.until = said->until;
            choice.beds = said->beds;
            choice.said_at = said->at;
        }
        const Organisation* hospital = organisations.find(choice.hospital);
        choice.fits = need.profiles.empty();
        for (const std::string& profile : need.profiles) {
            choice.fits |= hospital != nullptr &&
                           std::find(hospital->profiles.begin(), hospital->profiles.end(),
                                     profile) != hospital->profiles.end();
        }
    }
    const auto near = std::min_element(
        all.begin(), all.end(), [](const HospitalChoice& a, const HospitalChoice& b) {
            return std::tie(a.travel_s, a.hospital) < std::tie(b.travel_s, b.hospital);
        });
    if (near != all.end()) near->nearest = true;
    std::sort(all.begin(), all.end(), [&](const HospitalChoice& a, const HospitalChoice& b) {
        const auto key = [&](const HospitalChoice& c) {
            const int shut = c.state == HospitalState::closed ? 2 : c.beds && *c.beds == 0 ? 1 : 0;
            return std::tuple{shut, !need.nearest && !c.fits, c.travel_s, c.hospital};
        };
        return key(a) < key(b);
    });
    return all;
}

}  // namespace jedel
