#include "dispatch/fleet/dispatch_table.h"

#include <algorithm>
#include <map>

#include "base/toml_row.h"

namespace jedel {
namespace {

std::size_t trips_min(TomlRow& in) {
    return static_cast<std::size_t>(in.whole("trips_min", 0, 1'000'000));
}

double minutes(TomlRow& in, std::string_view field) { return in.number(field, 0, 1e6); }

std::vector<BrigadeKind> kinds(TomlRow& in, std::string_view field) {
    std::vector<BrigadeKind> out;
    for (const std::string& name : in.texts(field)) {
        const auto kind = from_name<BrigadeKind>(name);
        if (!kind) in.fail(field, "there is no such kind of brigade: " + name);
        out.push_back(kind.value_or(BrigadeKind{}));
    }
    return out;
}

KindRow kind_row(TomlRow& in) {
    KindRow out;
    out.rules = in.texts("rules");
    out.findings = in.texts("findings");
    out.first = kinds(in, "first");
    out.second = kinds(in, "second");
    out.age_under = in.number("age_under", 0, 150, 0);
    if (out.rules.empty() && out.findings.empty() && out.age_under == 0) {
        in.fail("rules", "expected rules, findings or age_under");
    }
    return out;
}

TurnoutRow turnout_row(TomlRow& in) {
    TurnoutRow out;
    out.moving_s = in.number("moving_s", 0, 1e6);
    out.sigma = in.number("sigma", 0, 1e6);
    out.trips_min = trips_min(in);
    const std::vector<double> hours = in.numbers("base_s", 0, 3600);
    if (hours.size() != out.base_s.size()) {
        in.fail("base_s", "expected 24 numbers, by hour");
        return out;
    }
    std::copy(hours.begin(), hours.end(), out.base_s.begin());
    if (std::find(hours.begin(), hours.end(), 0) != hours.end()) {
        in.fail("base_s", "expected seconds above 0 and up to 3600");
    }
    return out;
}

BusyRow busy_row(TomlRow& in) {
    BusyRow out;
    out.on_scene_min = minutes(in, "on_scene_min");
    out.transporting_min = minutes(in, "transporting_min");
    out.at_hospital_min = minutes(in, "at_hospital_min");
    out.handed_over_min = minutes(in, "handed_over_min");
    out.at_least_min = minutes(in, "at_least_min");
    out.trips_min = trips_min(in);
    return out;
}

BreakRow break_row(TomlRow& in) {
    BreakRow out;
    out.after_min = minutes(in, "after_min");
    out.length_min = minutes(in, "length_min");
    out.penalty_s = in.number("penalty_s", 0, 1e6);
    return out;
}

/// The rows of an array that are in force: of each id the latest that has come, in file order.
/// Rows of other days are read too, so that a wrong one is found at the start.
template <class Row>
Result<std::vector<Row>> read_rows(const toml::table& document, const std::string& file,
                                   std::string_view name, int day, Row (*read)(TomlRow&)) {
    std::vector<Row> out;
    std::map<std::string, std::pair<int, std::size_t>> newest;  // by id: day, place in `out`
    const auto done = each_row(document, file, name, [&](TomlRow& in) {
        const std::string id = in.text("id");
        const int from = in.day("from");
        in.text("source");
        in.truth("approved");
        Row row = read(in);
        row.id = id;
        in.nothing_else();
        if (in.error() || from > day) return;
        const auto [it, first] = newest.try_emplace(id, from, out.size());
        if (first) {
            out.push_back(std::move(row));
        } else if (from > it->second.first) {
            it->second.first = from;
            out[it->second.second] = std::move(row);
        }
    });
    if (!done) return done.error();
    return out;
}

bool holds(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool fires(const KindRow& row, const Incident& incident) {
    for (const std::string& rule : incident.triage.rules) {
        if (holds(row.rules, rule)) return true;
    }
    for (const Patient& patient : incident.patients) {
        if (row.age_under > 0 && patient.age_years && *patient.age_years < row.age_under) {
            return true;
        }
        for (const FindingValue& f : patient.findings) {
            if (f.value == "yes" && holds(row.findings, f.finding)) return true;
        }
    }
    return false;
}

}  // namespace

Result<DispatchTable> parse_dispatch(std::string_view text, const std::string& file, int day) {
    const auto parsed = parse_toml(text, file);
    if (!parsed) return parsed.error();
    DispatchTable out;
    const auto turnout = read_rows(*parsed, file, "turnout", day, turnout_row);
    if (!turnout) return turnout.error();
    const auto busy = read_rows(*parsed, file, "busy", day, busy_row);
    if (!busy) return busy.error();
    if (turnout->empty() || busy->empty()) {
        return Error{.message = "no row is in force on that day", .where = file};
    }
    out.turnout = turnout->back();
    out.busy = busy->back();
    auto wanted = read_rows(*parsed, file, "kind", day, kind_row);
    if (!wanted) return wanted.error();
    out.kinds = *std::move(wanted);
    auto breaks = read_rows(*parsed, file, "break", day, break_row);
    if (!breaks) return breaks.error();
    out.breaks = *std::move(breaks);
    return out;
}

const KindRow* kind_wanted(const DispatchTable& table, const Incident& incident) {
    for (const KindRow& row : table.kinds) {
        if (fires(row, incident)) return &row;
    }
    return nullptr;
}

}  // namespace jedel
