#include "dispatch/fleet/hospitals.h"

#include <algorithm>
#include <tuple>

#include "base/toml_row.h"

namespace jedel {
namespace {

ProfileRow read_row(TomlRow& in) {
    ProfileRow out;
    out.id = in.text("id");
    out.from_day = in.day("from");
    out.profile = in.text("profile");
    out.source = in.text("source");
    out.rules = in.texts("rules");
    if (std::find(out.rules.begin(), out.rules.end(), "") != out.rules.end()) {
        in.fail("rules", "expected a list of rules");
    }
    if (in.has("under_years")) out.under_years = in.number("under_years", 0, 150);
    if (out.rules.empty() && !out.under_years) {
        in.fail("rules", "expected rules or under_years");
    }
    in.truth("approved");
    in.nothing_else();
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
    const auto parsed = parse_toml(text, file_name);
    if (!parsed) return parsed.error();
    ProfileTable table;
    const auto done = each_row(*parsed, file_name, "row", [&](TomlRow& row) {
        table.rows.push_back(read_row(row));
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
