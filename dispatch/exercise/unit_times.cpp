#include "dispatch/exercise/unit_times.h"

#include <algorithm>

#include "dispatch/tables/civil_format.h"

namespace jedel::exercise {
namespace {

constexpr int day_s = 86'400;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

void add_unit_list(std::string_view list, UnitMoment moment, std::vector<UnitTimes>& units,
                   std::vector<std::string>& bad) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view item = trimmed(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
        if (item.empty()) continue;
        const std::size_t equals = item.rfind('=');
        const auto seconds = equals == std::string_view::npos
                                 ? std::nullopt
                                 : tables::read_time_of_day(trimmed(item.substr(equals + 1)));
        const std::string_view name = trimmed(item.substr(0, std::min(equals, item.size())));
        if (!seconds || name.empty()) {
            bad.emplace_back(item);
            continue;
        }
        auto unit = std::find_if(units.begin(), units.end(),
                                 [&](const UnitTimes& u) { return u.unit == name; });
        if (unit == units.end()) {
            units.push_back({.unit = std::string{name}});
            unit = std::prev(units.end());
        }
        int& at = unit->at_s[static_cast<std::size_t>(moment)];
        if (at == UnitTimes::none || moment == UnitMoment::free) at = *seconds;
    }
}

void roll_over(std::vector<UnitTimes>& units) {
    // Dispatches on both sides of midnight: the evening ones are the first.
    int earliest = UnitTimes::none;
    int latest = UnitTimes::none;
    for (const UnitTimes& unit : units) {
        const int at = unit.at(UnitMoment::dispatched);
        if (at == UnitTimes::none) continue;
        if (earliest == UnitTimes::none || at < earliest) earliest = at;
        latest = std::max(latest, at);
    }
    if (earliest == UnitTimes::none) return;
    int base = earliest;
    if (latest - earliest > day_s / 2) {
        base = latest;
        for (const UnitTimes& unit : units) {
            const int at = unit.at(UnitMoment::dispatched);
            if (at != UnitTimes::none && at > day_s / 2) base = std::min(base, at);
        }
    }
    for (UnitTimes& unit : units) {
        for (int& at : unit.at_s) {
            if (at != UnitTimes::none && at < base - day_s / 2) at += day_s;
        }
    }
}

const UnitTimes* leading_unit(const std::vector<UnitTimes>& units) {
    const auto first_by = [&](UnitMoment moment) {
        const UnitTimes* best = nullptr;
        for (const UnitTimes& unit : units) {
            if (unit.at(moment) == UnitTimes::none ||
                unit.at(UnitMoment::dispatched) == UnitTimes::none) {
                continue;
            }
            if (best == nullptr || unit.at(moment) < best->at(moment)) best = &unit;
        }
        return best;
    };
    for (const UnitMoment moment : {UnitMoment::at_hospital, UnitMoment::left_scene,
                                    UnitMoment::on_scene, UnitMoment::dispatched}) {
        if (const UnitTimes* unit = first_by(moment)) return unit;
    }
    return nullptr;
}

}  // namespace jedel::exercise
