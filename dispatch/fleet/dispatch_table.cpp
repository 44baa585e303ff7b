#include "dispatch/fleet/dispatch_table.h"

#include <algorithm>
#include <map>

#include "dispatch/fleet/toml_row.h"

namespace jedel {
namespace {

using toml_row::at;

/// The rows of an array that are in force: of each id the latest that has come, in file order.
Result<std::vector<const toml::table*>> in_force(const toml::table& file_table,
                                                 const std::string& file, std::string_view name,
                                                 int day) {
    std::vector<const toml::table*> rows;
    std::map<std::string, std::pair<int, std::size_t>> newest;  // by id: day, place in `rows`
    const auto done = toml_row::rows(
        file_table, file, name, [&](const toml::table& row) -> Result<void> {
            const auto id = toml_row::text(row, file, "id");
            if (!id) return id.error();
            const auto from = toml_row::day(row, file, "from");
            if (!from) return from.error();
            const auto source = toml_row::text(row, file, "source");
            if (!source) return source.error();
            if (*from > day) return {};
            const auto [it, first] = newest.try_emplace(*id, *from, rows.size());
            if (first) {
                rows.push_back(&row);
            } else if (*from > it->second.first) {
                it->second.first = *from;
                rows[it->second.second] = &row;
            }
            return {};
        });
    if (!done) return done.error();
    return rows;
}

struct Number {
    std::string_view key;
    double& to;
};

Result<void> numbers(const toml::table& row, const std::string& file,
                     std::initializer_list<Number> wanted) {
    for (const Number& n : wanted) {
        const auto value = toml_row::amount(row, file, n.key);
        if (!value) return value.error();
        n.to = *value;
    }
    return {};
}

Result<std::vector<std::string>> texts(const toml::table& row, const std::string& file,
                                       std::string_view key) {
    std::vector<std::string> out;
    const toml::array* array = row[key].as_array();
    if (array == nullptr) {
        if (row.contains(key)) return at(row, file, key, "expected a list of texts");
        return out;
    }
    for (const toml::node& node : *array) {
        const auto value = node.value<std::string>();
        if (!value) return at(node, file, key, "expected a text");
        out.push_back(*value);
    }
    return out;
}

Result<std::vector<BrigadeKind>> kinds(const toml::table& row, const std::string& file,
                                       std::string_view key) {
    const auto names = texts(row, file, key);
    if (!names) return names.error();
    std::vector<BrigadeKind> out;
    for (const std::string& name : *names) {
        const auto kind = from_name<BrigadeKind>(name);
        if (!kind) return at(row, file, key, "there is no such kind of brigade: " + name);
        out.push_back(*kind);
    }
    return out;
}

Result<KindRow> kind_row(const toml::table& row, const std::string& file) {
    KindRow out;
    out.id = toml_row::text(row, file, "id").value();
    const auto take = [&](std::string_view key, auto& to, auto read) -> Result<void> {
        auto value = read(row, file, key);
        if (!value) return value.error();
        to = *std::move(value);
        return {};
    };
    if (auto r = take("rules", out.rules, texts); !r) return r.error();
    if (auto r = take("findings", out.findings, texts); !r) return r.error();
    if (auto r = take("first", out.first, kinds); !r) return r.error();
    if (auto r = take("second", out.second, kinds); !r) return r.error();
    if (row.contains("age_under")) {
        if (auto r = take("age_under", out.age_under, toml_row::amount); !r) return r.error();
    }
    if (out.rules.empty() && out.findings.empty() && out.age_under == 0) {
        return at(row, file, "rules", "expected rules, findings or age_under");
    }
    return out;
}

Result<TurnoutRow> turnout_row(const toml::table& row, const std::string& file) {
    TurnoutRow out;
    out.id = toml_row::text(row, file, "id").value();
    double trips = 0;
    if (auto r = numbers(row, file, {{"moving_s", out.moving_s}, {"sigma", out.sigma},
                                     {"trips_min", trips}});
        !r) {
        return r.error();
    }
    out.trips_min = static_cast<std::size_t>(trips);
    const toml::array* hours = row["base_s"].as_array();
    if (hours == nullptr || hours->size() != out.base_s.size()) {
        return at(row, file, "base_s", "expected 24 numbers, by hour");
    }
    for (std::size_t h = 0; h < out.base_s.size(); ++h) {
        const auto value = (*hours)[h].value<double>();
        if (!value || !(*value > 0) || *value > 3600) {
            return at(row, file, "base_s", "expected seconds above 0 and up to 3600");
        }
        out.base_s[h] = *value;
    }
    return out;
}

Result<BusyRow> busy_row(const toml::table& row, const std::string& file) {
    BusyRow out;
    out.id = toml_row::text(row, file, "id").value();
    double trips = 0;
    if (auto r = numbers(row, file,
                         {{"on_scene_min", out.on_scene_min},
                          {"transporting_min", out.transporting_min},
                          {"at_hospital_min", out.at_hospital_min},
                          {"handed_over_min", out.handed_over_min},
                          {"at_least_min", out.at_least_min},
                          {"trips_min", trips}});
        !r) {
        return r.error();
    }
    out.trips_min = static_cast<std::size_t>(trips);
    return out;
}

Result<BreakRow> break_row(const toml::table& row, const std::string& file) {
    BreakRow out;
    out.id = toml_row::text(row, file, "id").value();
    if (auto r = numbers(row, file, {{"after_min", out.after_min},
                                     {"length_min", out.length_min},
                                     {"penalty_s", out.penalty_s}});
        !r) {
        return r.error();
    }
    return out;
}

/// Every row of an array that is in force, read by `read`.
template <class Row, class Read>
Result<std::vector<Row>> read_rows(const toml::table& table, const std::string& file,
                                   std::string_view name, int day, Read&& read) {
    const auto rows = in_force(table, file, name, day);
    if (!rows) return rows.error();
    std::vector<Row> out;
    for (const toml::table* row : *rows) {
        Result<Row> made = read(*row, file);
        if (!made) return made.error();
        out.push_back(*std::move(made));
    }
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
    const Result<toml::table> parsed = toml_row::parse(text, file);
    if (!parsed) return parsed.error();
    DispatchTable out;
    const auto turnout = read_rows<TurnoutRow>(*parsed, file, "turnout", day, turnout_row);
    if (!turnout) return turnout.error();
    const auto busy = read_rows<BusyRow>(*parsed, file, "busy", day, busy_row);
    if (!busy) return busy.error();
    if (turnout->empty() || busy->empty()) {
        return Error{.message = "no row is in force on that day", .where = file};
    }
    out.turnout = turnout->back();
    out.busy = busy->back();
    auto wanted = read_rows<KindRow>(*parsed, file, "kind", day, kind_row);
    if (!wanted) return wanted.error();
    out.kinds = *std::move(wanted);
    auto breaks = read_rows<BreakRow>(*parsed, file, "break", day, break_row);
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
