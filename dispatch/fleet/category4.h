#pragma once
// Who serves category 4: by the dated table in data/law/category4.toml (practice: Category 4).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dispatch/city/organisations.h"

namespace jedel {

enum class Category4Server : std::uint8_t { polyclinic_emergency, polyclinic_mobile, station };

/// One dated row; the row in force is the one with the latest `from_day` whose weekdays and hours
/// hold, a centre's own before the country's, default last.
struct Category4Row {
    std::string id;                ///< "ministry-2025 weekdays"
    int from_day = 0;              ///< days since 1970-01-01, local
    int first_weekday = 0, last_weekday = 6;
    int from_min = 0, to_min = 1440;
    Category4Server server = Category4Server::polyclinic_emergency;
    std::string source;            ///< "S1, D2/D3"
    bool own = false;              ///< of this centre; stands before the country's rows
};

/// Below how many residents a polyclinic passes category 4 on (D4); dated.
struct SmallPolyclinicRow {
    int from_day = 0;
    int residents_below = 0;
    std::string source;
};

struct Category4Table {
    std::vector<Category4Row> rows;  ///< as in the file
    std::vector<SmallPolyclinicRow> small;
};

Result<Category4Table> parse_category4(std::string_view toml, const std::string& file_name);
/// The rows that a centre has set for itself; they need no default.
Result<std::vector<Category4Row>> parse_own_category4(std::string_view toml,
                                                      const std::string& file_name);

/// The answer and everything behind it.
struct Category4Route {
    Category4Row row;
    std::optional<OrganisationId> polyclinic;  ///< none: the ambulance station serves
    std::optional<OrganisationId> instead_of;  ///< D4: the small polyclinic that passes U4 on
    std::optional<OrganisationId> attached;  ///< of the patient, where known: it drives nobody
    std::vector<std::string> reasons;  ///< codes: "service_area", "attached_elsewhere", …
};

/// Pure. The polyclinic in whose service area the patient is serves, whatever the attachment
/// (S1 255-260, S0 617); while the place is not known the attachment is a hint and no more.
/// `local` is civil time where the call is; `attached` the polyclinic of attachment if known.
Category4Route route_category4(const Category4Table& table, const Organisations& organisations,
                               const CivilTime& local, int local_day,
                               std::optional<OrganisationId> attached,
                               std::optional<LatLon> place);

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Category4Server> {
    static constexpr std::array<std::string_view, 3> names{"polyclinic_emergency",
                                                           "polyclinic_mobile", "station"};
};
