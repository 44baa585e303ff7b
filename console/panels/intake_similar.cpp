// Calls that may be about the same event, and the way back from a merge.

#include <cmath>

#include "console/panels/describe.h"
#include "console/reading.h"
#include "console/similar.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// "№ 12 · 4 min ago · 80 m · same phone · on scene".
std::string hint_text(const View& view, const DuplicateHint& hint, const Incident& incident) {
    std::string words = "№ " + std::to_string(incident.day_number) + " · " +
                        view.tr("similar.ago",
                                {duration_text(view, (view.now - incident.received_at).count())});
    if (hint.distance_m) {
        words += " · " + view.tr("similar.metres", {std::to_string(std::lround(*hint.distance_m))});
    }
    if (hint.same_phone) words += " · " + std::string{view.tr("similar.same_phone")};
    const Task* task = incident.first_brigade_at_work();
    const Brigade* brigade = task ? view.room.state.brigades.find(*task->brigade) : nullptr;
    if (brigade != nullptr) {
        words += " · " + brigade->name + " " + std::string{view.tr.of("status", brigade->status)};
    } else if (at_polyclinic(incident)) {
        words += " · " + std::string{view.tr("queue.polyclinic")};
    } else {
        words += " · " + std::string{view.tr("queue.nobody")};
    }
    const std::string_view reason = reason_of(view, incident);
    if (!reason.empty()) words += " · " + std::string{reason};
    return words;
}

void draw_merged(const View& view, const UiState& ui, Box& box, IncidentId merged) {
    const Incident* incident = selected_incident(view, ui);
    const bool away = incident != nullptr && incident->merged_into.has_value();
    Box line = box.cut_top(std::ceil(20 * view.unit));
    fill(line, view.theme.chosen);
    line = line.inset(5 * view.unit, 0);
    const std::string words =
        away ? view.tr("similar.merged_away", {number_of(view, *incident->merged_into)})
             : view.tr("similar.merged_here", {number_of(view, merged)});
    text(view, line, words, {view.fonts.small});
}

}  // namespace

float similar_height(const View& view, const UiState& ui) {
    if (ui.page != Page::intake) return 0;
    float height = merged_here(view, ui) ? std::ceil(20 * view.unit) : 0;
    if (!ui.intake.similar.hints.empty() && ui.intake.similar.self == ui.intake.draft.incident) {
        height += std::ceil(18 * view.unit) +
                  static_cast<float>(ui.intake.similar.hints.size()) * std::ceil(20 * view.unit);
    }
    return height > 0 ? height + std::ceil(5 * view.unit) : 0;
}

void draw_similar(const View& view, UiState& ui, Commands& commands, const Box& given) {
    (void)commands;
    Box box = given;
    fill(box, view.theme.panel);
    box = box.inset(6 * view.unit, 1 * view.unit);
    if (const auto merged = merged_here(view, ui)) draw_merged(view, ui, box, *merged);
    SimilarCalls& similar = ui.intake.similar;
    if (similar.hints.empty() || similar.self != ui.intake.draft.incident) return;
    Box title = box.cut_top(std::ceil(18 * view.unit));
    if (similar.hints.size() > 1) {
        const std::string_view more = view.tr("similar.more");
        text(view, title.cut_right(text_width(view, more, view.fonts.small) + 1), more,
             {view.fonts.small, view.theme.dim, Align::right});
        title.x1 -= 8 * view.unit;
    }
    text(view, title, view.tr("similar.title"), {view.fonts.small, view.theme.notice});
    for (std::size_t i = 0; i < similar.hints.size(); ++i) {
        const Incident* incident = view.room.state.incident(similar.hints[i].incident);
        if (incident == nullptr) continue;
        Box line = box.cut_top(std::ceil(20 * view.unit));
        fill(line, i == similar.choice ? view.theme.chosen : view.theme.raised);
        if (i == similar.choice) frame(line, view.theme.line);
        if (clicked(view, line, "similar:" + std::to_string(i))) similar.choice = i;
        line = line.inset(4 * view.unit, 1 * view.unit);
        urgency(view, line.cut_left(line.height()), incident->working_category());
        line.cut_left(6 * view.unit);
        text(view, line, hint_text(view, similar.hints[i], *incident),
             {view.fonts.small, 0, Align::left, true});
    }
}

}  // namespace jedel::console
