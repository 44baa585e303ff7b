#pragma once
// Who serves a city: ambulance station, polyclinics, hospitals, police. Read from
// organisations.toml of a city folder; edited by people.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/core/brigades/brigade.h"

namespace jedel {

enum class OrganisationKind : std::uint8_t {
    station,
    substation,
    polyclinic,
    hospital,
    police,
    airfield,
    dispensary,  ///< tuberculosis, AIDS, oncology, mental-health centre
};

/// Opening hours on a set of weekdays, minutes from midnight; 0–1440 = round the clock.
struct Hours {
    int first_weekday = 0, last_weekday = 6;  ///< 0 = Monday
    int from_min = 0, to_min = 1440;
};

struct Organisation {
    OrganisationId id;
    OrganisationKind kind = OrganisationKind::polyclinic;
    std::string name_kk, name_ru, name_en;
    LatLon place;
    int residents = 0;                   ///< attached population of a polyclinic
    std::vector<Hours> hours;            ///< empty = round the clock
    std::vector<LatLon> service_area;    ///< polygon, not closed; empty = none
    std::vector<std::string> profiles;   ///< hospital: "emergency", "cardiology", "stroke", …
    std::optional<OrganisationId> passes_u4_to;  ///< D4: another licensed organisation
    int mobile_brigades = 0;             ///< polyclinic's own brigades for U4
    std::string licence;             ///< number of its ambulance licence; empty: none is known
    std::optional<int> licence_until_day;  ///< last day it holds; none: without an end
    bool proposed = false;  ///< made by a program from a map; a person has not confirmed it
};

struct RosterBrigade {
    BrigadeId id;
    std::string name;  ///< "101"
    BrigadeKind kind = BrigadeKind::feldsher;
    OrganisationId base;
    int shift_start_min = 480;  ///< civil minutes from midnight
    int shift_hours = 24;
    bool proposed = false;  ///< as above
};

struct Organisations {
    std::vector<Organisation> all;  ///< ascending by id
    std::vector<RosterBrigade> roster;
    [[nodiscard]] const Organisation* find(OrganisationId id) const;
    /// The polyclinic whose service area holds the place; nullptr when none does.
    [[nodiscard]] const Organisation* polyclinic_for(LatLon place) const;
};

/// Parses organisations.toml; errors name the file, line, field and what was expected.
Result<Organisations> parse_organisations(std::string_view toml, const std::string& file_name);
/// The inverse of parse_organisations: same organisations, same bytes. `comment` lines (each
/// without its '#') go to the top of the file.
std::string write_organisations(const Organisations& organisations, std::string_view comment = {});

/// True when its ambulance licence holds on that day (D4). A station is one by what it is.
bool is_licensed(const Organisation& organisation, int local_day);

/// True when the point lies inside the polygon (even-odd, edges count as inside or outside
/// consistently).
bool contains(const std::vector<LatLon>& polygon, LatLon p);
/// True when the organisation is open at that civil time. Hours that end before they begin run
/// over midnight and belong to the weekday on which they began.
bool is_open(const Organisation& organisation, const CivilTime& local);

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::OrganisationKind> {
    static constexpr std::array<std::string_view, 7> names{
        "station", "substation", "polyclinic", "hospital", "police", "airfield", "dispensary"};
};
