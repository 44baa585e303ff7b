#include "dispatch/fleet/elsewhere.h"

#include <algorithm>
#include <cstdio>

#include "dispatch/fleet/toml_row.h"

namespace jedel {
namespace {

Result<std::vector<std::string>> texts(const toml::table& row, const std::string& file,
                                       std::string_view key) {
    std::vector<std::string> out;
    const toml::node* node = row.get(key);
    if (node == nullptr) return out;
    const Error wrong = toml_row::at(row, file, key, "expected a list of texts");
    if (!node->is_array()) return wrong;
    for (const toml::node& item : *node->as_array()) {
        const auto text = item.value_exact<std::string>();
        if (!text || text->empty()) return wrong;
        out.push_back(*text);
    }
    return out;
}

std::optional<Hours> hours_of(const std::string& weekdays, const std::string& hours) {
    constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};
    const auto day = [&](std::string_view name) {
        const auto it = std::find(names.begin(), names.end(), name);
        return it == names.end() ? -1 : static_cast<int>(it - names.begin());
    };
    const auto dash = weekdays.find('-');
    const std::string_view text{weekdays};
    Hours out;
    out.first_weekday = day(text.substr(0, dash));
    out.last_weekday = dash == std::string::npos ? out.first_weekday : day(text.substr(dash + 1));
    int h1 = 0, m1 = 0, h2 = 0, m2 = 0, used = 0;
    const int read = std::sscanf(hours.c_str(), "%2d:%2d-%2d:%2d%n", &h1, &m1, &h2, &m2, &used);
    out.from_min = h1 * 60 + m1;
    out.to_min = h2 * 60 + m2;
    const bool lawful = read == 4 && used == static_cast<int>(hours.size()) && h1 >= 0 &&
                        m1 >= 0 && m1 < 60 && m2 >= 0 && m2 < 60 && out.from_min < out.to_min &&
                        out.to_min <= 1440 && out.first_weekday >= 0 &&
                        out.last_weekday >= out.first_weekday;
    return lawful ? std::optional{out} : std::nullopt;
}

Result<AdviceItem> read_item(const toml::table& row, const std::string& file) {
    AdviceItem out;
    for (const auto& [key, to] : {std::pair{"id", &out.id}, std::pair{"rule", &out.rule},
                                  std::pair{"source", &out.source}}) {
        const auto text = toml_row::text(row, file, key);
        if (!text) return text.error();
        *to = *text;
    }
    const auto from = toml_row::day(row, file, "from");
    if (!from) return from.error();
    out.from_day = *from;
    const auto hours = hours_of(row["weekdays"].value_or(std::string{}),
                                row["hours"].value_or(std::string{}));
    if (!hours) {
        return toml_row::at(row, file, "hours",
                            "expected weekdays as \"mon-fri\" and hours as \"08:00-18:00\"");
    }
    out.hours = *hours;
    out.polyclinic_hours = row["polyclinic_hours"].value_or(false);
    auto rules = texts(row, file, "rules");
    if (!rules) return rules.error();
    if (rules->empty()) return toml_row::at(row, file, "rules", "expected at least one rule");
    out.rules = *std::move(rules);
    auto never = texts(row, file, "never");
    if (!never) return never.error();
    out.never = *std::move(never);
    return out;
}

Result<AviationGround> read_ground(const toml::table& row, const std::string& file) {
    AviationGround out;
    const auto id = toml_row::text(row, file, "id");
    if (!id) return id.error();
    out.id = *id;
    const auto transport = toml_row::text(row, file, "transport");
    if (!transport) return transport.error();
    if (*transport != "ground" && *transport != "aircraft") {
        return toml_row::at(row, file, "transport", "expected ground or aircraft");
    }
    out.aircraft = *transport == "aircraft";
    const auto along = toml_row::text(row, file, "rides_along");
    if (!along) return along.error();
    const auto named = from_name<RidesAlong>(*along);
    if (!named) {
        return toml_row::at(row, file, "rides_along",
                            "expected none, adult_with_child or one_relative");
    }
    out.rides_along = *named;
    const auto from = toml_row::day(row, file, "from");
    if (!from) return from.error();
    out.from_day = *from;
    const auto source = toml_row::text(row, file, "source");
    if (!source) return source.error();
    out.source = *source;
    return out;
}

/// A rule of triage holds: "U4.14" by itself, "U4" by the category that the call works by.
bool fits(const AdviceItem& item, const Incident& incident) {
    const std::string category{name_of(incident.working_category())};
    return std::any_of(item.rules.begin(), item.rules.end(), [&](const std::string& rule) {
        if (rule.size() == 2) return !category.empty() && rule[1] == category.back();
        return std::any_of(incident.patients.begin(), incident.patients.end(),
                           [&](const Patient& p) {
                               const auto& held = p.triage.rules;
                               return std::find(held.begin(), held.end(), rule) != held.end();
                           });
    });
}

bool forbidden(const AdviceItem& item, const Incident& incident) {
    for (const Patient& patient : incident.patients) {
        for (const FindingValue& f : patient.findings) {
            const bool listed =
                std::find(item.never.begin(), item.never.end(), f.finding) != item.never.end();
            if (listed && f.value != "no" && f.value != "unknown") return true;
        }
    }
    return false;
}

bool holds(const Hours& hours, const CivilTime& local) {
    const int minute = local.hour * 60 + local.minute;
    return hours.first_weekday <= local.weekday && local.weekday <= hours.last_weekday &&
           hours.from_min <= minute && minute < hours.to_min;
}

}  // namespace

Result<ElsewhereTables> parse_elsewhere(std::string_view advice_toml,
                                        const std::string& advice_file,
                                        std::string_view aviation_toml,
                                        const std::string& aviation_file) {
    ElsewhereTables out;
    const auto advice = toml_row::parse(advice_toml, advice_file);
    if (!advice) return advice.error();
    auto done = toml_row::rows(*advice, advice_file, "item",
                               [&](const toml::table& row) -> Result<void> {
                                   auto read = read_item(row, advice_file);
                                   if (!read) return read.error();
                                   out.advice.push_back(*std::move(read));
                                   return {};
                               });
    if (!done) return done.error();
    const auto aviation = toml_row::parse(aviation_toml, aviation_file);
    if (!aviation) return aviation.error();
    done = toml_row::rows(*aviation, aviation_file, "ground",
                          [&](const toml::table& row) -> Result<void> {
                              auto read = read_ground(row, aviation_file);
                              if (!read) return read.error();
                              out.aviation.push_back(*std::move(read));
                              return {};
                          });
    if (!done) return done.error();
    return out;
}

std::vector<const AdviceItem*> advice_for(const ElsewhereTables& tables, const Incident& incident,
                                          const CivilTime& local, int local_day,
                                          const Organisation* polyclinic) {
    std::vector<const AdviceItem*> out;
    for (const AdviceItem& item : tables.advice) {
        if (item.from_day > local_day || !holds(item.hours, local)) continue;
        if (!fits(item, incident) || forbidden(item, incident)) continue;
        const bool open = polyclinic != nullptr && is_open(*polyclinic, local);
        if (item.polyclinic_hours && !open) continue;
        out.push_back(&item);
    }
    return out;
}

bool may_ride_along(const AviationGround& ground, std::optional<double> age_years) {
    constexpr double adult_years = 18;
    switch (ground.rides_along) {
        case RidesAlong::none: return false;
        case RidesAlong::one_relative: return true;
        case RidesAlong::adult_with_child: return age_years && *age_years < adult_years;
    }
    return false;
}

}  // namespace jedel
