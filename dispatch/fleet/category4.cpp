#include "dispatch/fleet/category4.h"

#include <algorithm>
#include <tuple>

#include "base/toml_row.h"
#include "dispatch/city/hours_text.h"

namespace jedel {
namespace {

Category4Row read_row(TomlRow& in) {
    Category4Row row;
    row.id = in.text("id");
    row.from_day = in.day("from");
    const auto days = weekdays_from(in.text("weekdays"));
    if (!days || days->second < days->first) {
        in.fail_at(nullptr, "weekdays", "expected days as \"mon-fri\" or \"sat\"");
    }
    const auto hours = minutes_from(in.text("hours"));
    if (!hours) in.fail_at(nullptr, "hours", "expected hours as \"08:00-20:00\"");
    if (in.error()) return row;
    std::tie(row.first_weekday, row.last_weekday) = *days;
    std::tie(row.from_min, row.to_min) = *hours;
    row.server = in.name<Category4Server>("server");
    row.source = in.text("source");
    return row;
}

SmallPolyclinicRow read_small(TomlRow& in) {
    in.only({"from", "residents_below", "source"});
    SmallPolyclinicRow row;
    row.from_day = in.day("from");
    row.residents_below = static_cast<int>(in.whole("residents_below", 0, 10'000'000));
    row.source = in.text("source");
    return row;
}

/// Residents below which a polyclinic is small on a day; 0 where no row is in force.
int small_below(const Category4Table& table, int day) {
    const SmallPolyclinicRow* best = nullptr;
    for (const SmallPolyclinicRow& row : table.small) {
        if (row.from_day <= day && (best == nullptr || row.from_day > best->from_day)) best = &row;
    }
    return best != nullptr ? best->residents_below : 0;
}

const Category4Row* row_in_force(const Category4Table& table, const CivilTime& local, int day) {
    const int minute = local.hour * 60 + local.minute;
    const Category4Row* best = nullptr;
    for (const Category4Row& row : table.rows) {
        const bool holds = row.from_day <= day && row.first_weekday <= local.weekday &&
                           local.weekday <= row.last_weekday && row.from_min <= minute &&
                           minute < row.to_min;
        const bool before = best == nullptr || std::pair{row.own, row.from_day} >
                                                   std::pair{best->own, best->from_day};
        if (holds && before) best = &row;
    }
    return best;
}

Result<std::vector<Category4Row>> read_rows(const toml::table& document,
                                            const std::string& file_name, bool own) {
    std::vector<Category4Row> out;
    const auto done = each_row(document, file_name, "row", [&](TomlRow& row) {
        out.push_back(read_row(row));
        out.back().own = own;
    });
    if (!done) return done.error();
    return out;
}

/// Who drives for this polyclinic: itself, or where it is small another one with a licence (D4).
void take_over(const Category4Table& table, const Organisations& organisations,
               const Organisation& polyclinic, int local_day, Category4Route& route) {
    route.polyclinic = polyclinic.id;
    const bool small =
        polyclinic.residents > 0 && polyclinic.residents < small_below(table, local_day);
    if (!small || !polyclinic.passes_u4_to) return;
    const Organisation* substitute = organisations.find(*polyclinic.passes_u4_to);
    if (substitute == nullptr || !is_licensed(*substitute, local_day)) {
        route.reasons.emplace_back("substitute_unlicensed");
        return;
    }
    route.instead_of = polyclinic.id;
    route.reasons.emplace_back("passed_on");
    const bool station = substitute->kind == OrganisationKind::station ||
                         substitute->kind == OrganisationKind::substation;
    route.polyclinic.reset();  // a station serves by its own queue
    if (!station) route.polyclinic = substitute->id;
}

}  // namespace

Result<std::vector<Category4Row>> parse_own_category4(std::string_view text,
                                                      const std::string& file_name) {
    const auto parsed = parse_toml(text, file_name);
    if (!parsed) return parsed.error();
    return read_rows(*parsed, file_name, true);
}

Result<Category4Table> parse_category4(std::string_view text, const std::string& file_name) {
    const auto parsed = parse_toml(text, file_name);
    if (!parsed) return parsed.error();
    auto rows = read_rows(*parsed, file_name, false);
    if (!rows) return rows.error();
    Category4Table table{.rows = *std::move(rows), .small = {}};
    // Without a row for every hour of the week somebody would be served by nobody.
    const bool whole = std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) {
        return row.from_day <= 0 && row.first_weekday == 0 && row.last_weekday == 6 &&
               row.from_min == 0 && row.to_min == 1440;
    });
    if (!whole) {
        return Error{.message = "expected a default row from 1970-01-01 for all days and hours",
                     .where = file_name};
    }
    const auto done = each_row(*parsed, file_name, "small_polyclinic", [&](TomlRow& row) {
        table.small.push_back(read_small(row));
    });
    if (!done) return done.error();
    return table;
}

Category4Route route_category4(const Category4Table& table, const Organisations& organisations,
                               const CivilTime& local, int local_day,
                               std::optional<OrganisationId> attached,
                               std::optional<LatLon> place) {
    Category4Route route;
    const Category4Row* row = row_in_force(table, local, local_day);
    if (row == nullptr) {
        // parse_category4 refuses such a table; one made by hand falls to the station.
        route.row.server = Category4Server::station;
        route.reasons.emplace_back("no_row");
        return route;
    }
    route.row = *row;
    if (row->server == Category4Server::station) {
        route.reasons.emplace_back("station_hours");
        return route;
    }
    const Organisation* home = attached ? organisations.find(*attached) : nullptr;
    if (home != nullptr && home->kind == OrganisationKind::polyclinic) route.attached = home->id;
    if (!place) {
        route.reasons.emplace_back("place_unknown");
        if (route.attached) route.reasons.emplace_back("attachment_is_a_hint");
        return route;
    }
    const Organisation* polyclinic = organisations.polyclinic_for(*place);
    if (polyclinic == nullptr) {
        route.reasons.emplace_back("no_polyclinic");
        return route;
    }
    route.reasons.emplace_back("service_area");
    if (route.attached && *route.attached != polyclinic->id) {
        route.reasons.emplace_back("attached_elsewhere");
    }
    if (row->server == Category4Server::polyclinic_mobile && !is_open(*polyclinic, local)) {
        route.reasons.emplace_back("polyclinic_closed");  // the station serves
        return route;
    }
    take_over(table, organisations, *polyclinic, local_day, route);
    return route;
}

}  // namespace jedel
