#include "cli/entitlement_json.h"

#include <cmath>
#include <sstream>

#include "base/install.h"
#include "base/placeholders.h"
#include "dispatch/patients/calendar.h"

namespace jedel::cli {

namespace {

using json = nlohmann::ordered_json;

json sum_json(const std::optional<double>& sum) {
    if (!sum) return nullptr;
    if (*sum == std::floor(*sum)) return static_cast<std::int64_t>(*sum);
    return *sum;
}

json day_json(const std::optional<int>& day) { return day ? json(day_text(*day)) : json(); }

json rows_json(const Entitlement& e, const LawWords& words) {
    json out = json::array();
    for (const EntitlementLine& line : e.status) {
        out.push_back({{"rule", line.rule},
                       {"source", line.source},
                       {"text", words.of(line.text_key, line.arguments)}});
    }
    return out;
}

json ways_json(const Entitlement& e, const LawWords& words) {
    json out = json::array();
    for (const WayBack& way : e.ways_back) {
        out.push_back({{"rule", way.rule},
                       {"cost_tenge", sum_json(way.cost_tenge)},
                       {"days", way.days ? json(*way.days) : json()},
                       {"office", way.office},
                       {"text", words.of("way." + way.key, way.arguments)},
                       {"way", way.key},
                       {"source", way.source}});
    }
    return out;
}

json services_json(const Entitlement& e) {
    json out = json::object();
    for (std::size_t i = 0; i < service_count; ++i) {
        const ServiceAnswer& a = e.services[i];
        json one{{"paid_by", name_of(a.paid_by)}, {"rule", a.rule}, {"source", a.source}};
        if (!a.other_source.empty()) one["other_source"] = a.other_source;
        out[std::string{name_of(static_cast<Service>(i))}] = std::move(one);
    }
    return out;
}

json hints_json(const std::vector<EntitlementHint>& hints, const LawWords& words) {
    json out = json::array();
    for (const EntitlementHint& hint : hints) {
        out.push_back({{"hint", hint.key},
                       {"arguments", hint.arguments},
                       {"text", words.of("hint." + hint.key, hint.arguments)}});
    }
    return out;
}

/// A step's text; what it names is named by its own text where there is one.
std::string step_words(const PlanStep& step, const LawWords& words) {
    std::vector<std::string> arguments = step.arguments;
    if (step.key == "way_back" && !arguments.empty()) {
        const std::string key = "way." + arguments[0];
        arguments = {words.of(key, {arguments.begin() + 1, arguments.end()})};
    }
    return words.of("plan." + step.key, arguments);
}

json plan_json(const std::vector<PlanStep>& plan, const LawWords& words) {
    json out = json::array();
    for (const PlanStep& step : plan) {
        out.push_back({{"step", step.key},
                       {"rule", step.rule},
                       {"source", step.source},
                       {"paid_by", step.paid_by ? json(name_of(*step.paid_by)) : json()},
                       {"where", step.where},
                       {"organisation",
                        step.organisation ? json(step.organisation->value) : json()},
                       {"needs", step.needs},
                       {"by", step.by ? json(to_iso(*step.by)) : json()},
                       {"text", step_words(step, words)}});
    }
    return out;
}

std::vector<EntitlementHint> all_hints(const EntitlementAnswer& a) {
    std::vector<EntitlementHint> out = a.hints;
    out.insert(out.end(), a.found.hints.begin(), a.found.hints.end());
    return out;
}

}  // namespace

LawWords::LawWords(const std::string& folder, const std::string& language) {
    for (const char* name : {"entitlement.toml", "law.toml"}) {
        const auto file = read_file(folder + "/" + name);
        if (!file) continue;  // the keys are shown then
        std::istringstream lines{*file};
        std::string key;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("[\"") && line.ends_with("\"]")) {
                key = line.substr(2, line.size() - 4);
            } else if (line.starts_with(language + " = \"") && line.ends_with("\"")) {
                const auto start = language.size() + 4;
                texts_[key] = line.substr(start, line.size() - start - 1);
            }
        }
    }
}

std::string LawWords::of(const std::string& key, const std::vector<std::string>& arguments) const {
    const auto it = texts_.find(key);
    if (it == texts_.end()) return key;
    const std::vector<std::string_view> views{arguments.begin(), arguments.end()};
    return fill_placeholders(it->second, views);
}

json entitlement_json(const EntitlementAnswer& a, const LawWords& words) {
    const Entitlement& e = a.found;
    json debt = json::array();
    for (const int month : e.debt_months) debt.push_back(month_text(month));
    json out{{"format", 2},
             {"iin", a.iin},
             {"on", a.on},
             {"as_of", a.known ? json(to_iso(e.record.as_of)) : json()},
             {"known", a.known},
             {"iin_check", a.iin_check},
             {"polyclinic", e.record.polyclinic ? json(e.record.polyclinic->value) : json()},
             {"status", name_of(e.standing)},
             {"until", day_json(e.until_day)},
             {"rows", rows_json(e, words)},
             {"debt_months", std::move(debt)},
             {"debt_tenge", sum_json(e.debt_tenge)},
             {"penalty", e.penalty},
             {"ways_back", ways_json(e, words)},
             {"services", services_json(e)},
             {"attachment",
              {{"possible", e.attachment.possible ? json(*e.attachment.possible) : json()},
               {"until", day_json(e.attachment.until_day)},
               {"needs", e.attachment.needs}}},
             {"hints", hints_json(all_hints(a), words)},
             {"register", e.record.source},
             {"register_line", a.row && a.row->line > 0 ? json(a.row->line) : json()}};
    if (!a.diseases.empty()) out["diseases"] = a.diseases;
    if (a.plan) out["plan"] = plan_json(*a.plan, words);
    return out;
}

std::string entitlement_words(const EntitlementAnswer& a, const LawWords& words) {
    const Entitlement& e = a.found;
    std::ostringstream out;
    out << name_of(e.standing) << " on " << a.on << " by " << e.record.rule;
    if (e.until_day) out << ", until " << day_text(*e.until_day);
    if (a.known) {
        out << ", register " << e.record.source << " as of " << to_iso(e.record.as_of);
    }
    out << '\n';
    const auto list = [&](const char* title, const std::vector<EntitlementLine>& lines) {
        if (lines.empty()) return;
        out << title << '\n';
        for (const EntitlementLine& line : lines) {
            out << "  " << words.of(line.text_key, line.arguments) << "  [" << line.rule << ", "
                << line.source << "]\n";
        }
    };
    list("why", e.status);
    list("free of charge, by insurance or by policy", free_lines(e));
    list("at one's own cost, and the way back", paid_lines(e));
    for (const EntitlementHint& hint : all_hints(a)) {
        out << "to be asked: " << words.of("hint." + hint.key, hint.arguments) << '\n';
    }
    if (a.plan) out << "plan\n";
    for (const PlanStep& step : a.plan.value_or(std::vector<PlanStep>{})) {
        out << "  " << step_words(step, words);
        if (step.paid_by) out << " (" << name_of(*step.paid_by) << ')';
        if (step.by) out << ", by " << to_iso(*step.by);
        out << "  [" << step.rule << ", " << step.source << "]\n";
    }
    for (const auto& [key, paid_by] : a.diseases) out << key << ": " << paid_by << '\n';
    return out.str();
}

}  // namespace jedel::cli
