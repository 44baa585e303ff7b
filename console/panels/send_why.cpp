// Why the first is first, and what sending another costs.

#include <algorithm>
#include <cmath>
#include <map>

#include "console/panels/describe.h"
#include "console/panels/send_parts.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

constexpr std::size_t shown_max = 5;

std::string joined(const View& view, const std::vector<Reason>& reasons) {
    std::string out;
    for (const Reason& reason : reasons) {
        if (!out.empty()) out += "; ";
        out += reason_text(view, reason);
    }
    return out;
}

/// A row of a city's own table may have no words here; then it is quoted as it is called there.
std::string kind_row_text(const View& view, const std::string& id) {
    std::string key = std::string{"kind_row"} + ".";
    for (const char c : id) {
        if (c == ',') continue;
        key += c == ' ' ? '_' : c;
    }
    return view.tr.table().has(key) ? std::string{view.tr(key)} : "«" + id + "»";
}

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

std::string clock_of(double seconds) {
    return clock_text(static_cast<std::int64_t>(std::abs(seconds) * 1000));
}

std::string brigade_name(const View& view, BrigadeId id) {
    const Brigade* brigade = view.room.state.brigades.find(id);
    return brigade != nullptr ? brigade->name : std::to_string(id.value);
}

/// "1 crew fits · 2 equipment …"
std::string choices(const View& view) {
    std::string out;
    for (int digit = 1; digit <= static_cast<int>(EnumNames<ChoiceReason>::names.size());
         ++digit) {
        if (!out.empty()) out += "  ";
        out += std::to_string(digit) + "\u00A0";  // a key never parts from what it says
        out += view.tr.of("choice", choice_reason(digit));
    }
    return out;
}

void draw_excluded(const View& view, const Recommendation& r, Box& strip) {
    std::map<Exclusion, int> counts;
    for (const Excluded& e : r.excluded) ++counts[e.why];
    std::string words;
    for (const auto& [why, count] : counts) {
        if (!words.empty()) words += ", ";
        words += std::string{view.tr.of("exclusion", why)} + " " + std::to_string(count);
    }
    if (words.empty()) return;
    paragraph(view, strip, view.tr("send.excluded", {words}),
              {view.fonts.small, view.theme.dim, Align::left, true});
}

}  // namespace

int place_of(const Recommendation& r, std::optional<BrigadeId> brigade) {
    if (!brigade) return -1;
    for (std::size_t i = 0; i < r.ranked.size(); ++i) {
        if (r.ranked[i].brigade == *brigade) return static_cast<int>(i);
    }
    return -1;
}

std::string travel_text(const Candidate& candidate) {
    if (candidate.basis == Basis::no_place) return "—";
    const std::string clock = clock_of(candidate.travel_s);
    return candidate.basis == Basis::road ? clock : "≈ " + clock;
}

std::string place_text(const View& view, const Candidate& candidate, const Brigade& brigade) {
    if (candidate.free_in_s > 0) {
        return view.tr("send.free_in", {clock_of(candidate.free_in_s)});
    }
    if (brigade.status == BrigadeStatus::free_at_base) return std::string{view.tr("send.at_base")};
    if (candidate.basis == Basis::base) return "?";
    return duration_text(view, candidate.fix_age_ms);
}

std::string target_text(const View& view, const Candidate& candidate) {
    if (candidate.basis == Basis::no_place) return "—";
    if (candidate.basis == Basis::road && candidate.in_target_probability >= 0.005) {
        return percent(candidate.in_target_probability);
    }
    return std::string{view.tr(candidate.within_target ? "send.in_time" : "send.too_late")};
}

std::string override_text(const View& view, const OverrideCost& cost) {
    std::string what;
    if (cost.later_s && clock_of(*cost.later_s) == clock_of(0)) {
        what = view.tr("send.same_time");
    } else if (cost.later_s) {
        what = view.tr(*cost.later_s >= 0 ? "send.later" : "send.sooner",
                       {clock_of(*cost.later_s)});
    } else {
        what = view.tr("send.time_unknown");
    }
    if (cost.first_probability && cost.chosen_probability) {
        what += ", " + view.tr("send.chance", {percent(*cost.first_probability),
                                               percent(*cost.chosen_probability),
                                               std::to_string(cost.target_min)});
    }
    if (!cost.given_up.empty()) what += "; " + joined(view, cost.given_up);
    return view.tr("send.against",
                   {brigade_name(view, cost.chosen), brigade_name(view, cost.first), what});
}

ChoiceReason choice_reason(int digit) {
    const int last = static_cast<int>(EnumNames<ChoiceReason>::names.size()) - 1;
    return static_cast<ChoiceReason>(std::clamp(digit - 1, 0, last));
}

std::vector<RecommendedBrigade> shown_lines(const Recommendation& r, BrigadeId chosen) {
    std::vector<RecommendedBrigade> out;
    const auto add = [&](const Candidate& c) {
        out.push_back({c.brigade, c.travel_s, c.distance_m, c.reasons});
    };
    for (const Candidate& c : r.ranked) {
        const bool room = out.size() + 1 < shown_max || place_of(r, chosen) < 0 ||
                          place_of(r, chosen) < static_cast<int>(shown_max);
        if (out.size() < shown_max && (room || c.brigade == chosen)) add(c);
    }
    return out;
}

void draw_basis(const View& view, const Recommendation& r, Box& box) {
    if (r.ranked.empty() || r.ranked.front().basis == Basis::road) return;
    Box strip = box.cut_top(std::ceil(40 * view.unit));
    fill(strip, view.theme.raised);
    rule_below(view, strip);
    strip = strip.inset(8 * view.unit, 4 * view.unit);
    const bool nowhere = r.ranked.front().basis == Basis::no_place;
    paragraph(view, strip, view.tr(nowhere ? "send.no_place" : "send.off_map"),
              {view.fonts.small, view.theme.notice, Align::left, true});
}

void draw_why(const View& view, const UiState& ui, Box& box) {
    const Recommendation& r = view.advice->recommendation;
    Box strip = box.cut_bottom(std::ceil(112 * view.unit));
    fill(strip, view.theme.raised);
    strip = strip.inset(8 * view.unit, 4 * view.unit);
    const auto chosen = static_cast<std::size_t>(std::max(0, place_of(r, ui.send.chosen)));
    const Incident* incident = selected_incident(view, ui);
    if (chosen == 0) {
        if (!r.kind_row.empty()) {
            paragraph(view, strip, view.tr("send.kind_row", {kind_row_text(view, r.kind_row)}),
                      {view.fonts.small, view.theme.dim, Align::left, true});
        }
        paragraph(view, strip, view.tr("send.why_first", {joined(view, r.why_first)}),
                  {view.fonts.small, 0, Align::left, true});
        if (!r.ranked.empty()) {
            paragraph(view, strip, view.tr("send.parts", {joined(view, r.ranked[0].reasons)}),
                      {view.fonts.small, view.theme.dim, Align::left, true});
        }
        return draw_excluded(view, r, strip);
    }
    if (chosen >= r.ranked.size() || incident == nullptr) return;
    if (const auto cost =
            override_cost(r, incident->working_category(), r.ranked[chosen].brigade)) {
        paragraph(view, strip, override_text(view, *cost),
                  {view.fonts.small, view.theme.notice, Align::left, true});
    }
    paragraph(view, strip, view.tr("send.say_why", {choices(view)}),
              {view.fonts.small, 0, Align::left, true});
    paragraph(view, strip, view.tr("send.parts", {joined(view, r.ranked[chosen].reasons)}),
              {view.fonts.small, view.theme.dim, Align::left, true});
}

}  // namespace jedel::console
