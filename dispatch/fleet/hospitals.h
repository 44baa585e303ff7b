#pragma once
// To which hospital: the nearest emergency department by road, its announced state and the profile
// that the findings need (D7, S1 170-174), by data/law/hospital_profiles.toml.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/city/organisations.h"
#include "dispatch/core/state.h"

namespace jedel {

struct ProfileRow {
    std::string id;
    int from_day = 0;
    std::vector<std::string> rules;   ///< of triage, any of which calls for it
    std::optional<double> under_years;  ///< or the age
    std::string profile;              ///< "nearest": whatever the profile
    std::string source;
};
struct ProfileTable {
    std::vector<ProfileRow> rows;
};
Result<ProfileTable> parse_profiles(std::string_view toml, const std::string& file_name);

/// What a patient needs of a hospital; no profiles: any emergency department.
struct HospitalNeed {
    bool nearest = false;  ///< a threat to life: the way counts, not the profile
    std::vector<std::string> profiles;
    std::vector<std::string> rows;  ///< ids of the rows behind it
};
HospitalNeed hospital_need(const ProfileTable& table, const Incident& incident, int local_day);

/// A hospital as it may be chosen.
struct HospitalChoice {
    OrganisationId hospital;
    double travel_s = 0;
    HospitalState state = HospitalState::open;
    std::optional<Instant> until;  ///< of what was announced
    std::optional<int> beds;
    std::optional<Instant> said_at;  ///< when it announced that; none: it never did
    bool fits = true;      ///< has a profile that is needed
    bool nearest = false;  ///< by road, of all
};

/// Sorted: open before full before closed, then by profile where it counts, then by the way. None
/// is left out: a closed one can still be chosen by a person. `all` are travel times.
std::vector<HospitalChoice> rank_hospitals(std::vector<HospitalChoice> all,
                                           const Organisations& organisations, const State& state,
                                           const HospitalNeed& need, Instant now);

/// What a hospital has announced, as it stands now: what was said until an earlier time is over.
HospitalState state_now(const HospitalNow* said, Instant now);

}  // namespace jedel
