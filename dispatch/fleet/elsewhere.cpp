#include "dispatch/fleet/elsewhere.h"

#include <algorithm>

#include "base/toml_row.h"
#include "dispatch/city/hours_text.h"

namespace jedel {
namespace {

std::vector<std::string> names(TomlRow& in, std::string_view field) {
    std::vector<std::string> out = in.texts(field);
    if (std::find(out.begin(), out.end(), "") != out.end()) {
        in.fail(field, "expected a list of texts");
    }
    return out;
}

AdviceItem read_item(TomlRow& in) {
    AdviceItem out;
    out.id = in.text("id");
    out.rule = in.text("rule");
    out.source = in.text("source");
    out.from_day = in.day("from");
    const auto days = weekdays_from(in.text("weekdays"));
    if (!days || days->second < days->first) {
        in.fail("weekdays", "expected days as \"mon-fri\" or \"sat\"");
    }
    const auto hours = minutes_from(in.text("hours"));
    if (!hours) in.fail("hours", "expected hours as \"08:00-18:00\"");
    if (days && hours) out.hours = {days->first, days->second, hours->first, hours->second};
    out.polyclinic_hours = in.truth("polyclinic_hours");
    out.rules = names(in, "rules");
    if (out.rules.empty()) in.fail("rules", "expected at least one rule");
    out.never = names(in, "never");
    in.truth("approved");
    in.nothing_else();
    return out;
}

AviationGround read_ground(TomlRow& in) {
    AviationGround out;
    out.id = in.text("id");
    const std::string transport = in.text("transport");
    if (transport != "ground" && transport != "aircraft") {
        in.fail("transport", "expected ground or aircraft");
    }
    out.aircraft = transport == "aircraft";
    out.rides_along = in.name<RidesAlong>("rides_along");
    out.from_day = in.day("from");
    out.source = in.text("source");
    in.truth("approved");
    in.nothing_else();
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
    const auto advice = parse_toml(advice_toml, advice_file);
    if (!advice) return advice.error();
    auto done = each_row(*advice, advice_file, "item",
                         [&](TomlRow& row) { out.advice.push_back(read_item(row)); });
    if (!done) return done.error();
    const auto aviation = parse_toml(aviation_toml, aviation_file);
    if (!aviation) return aviation.error();
    done = each_row(*aviation, aviation_file, "ground",
                    [&](TomlRow& row) { out.aviation.push_back(read_ground(row)); });
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
