// Help until the brigade comes: one card, read aloud step by step, with beats where it has them.

#include <cmath>

#include "console/help_card.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// Says whether the senior doctor has signed this very text.
void draw_approval(const View& view, const UiState& ui, Box& box, const triage::Card& card) {
    const Signature* signature = view.room.state.signature("card:" + card.id, card.version);
    if (signature != nullptr) {
        const std::string when = date_and_time(signature->at, view.utc_offset_minutes);
        paragraph(view, box, view.tr("help.approved", {signature->actor, when.substr(0, 10)}),
                  {view.fonts.small, view.theme.dim, Align::left, true});
        return;
    }
    Box line = box.cut_top(std::ceil(21 * view.unit));
    fill(line, view.theme.alarm_ground);
    const float radius = 5 * view.unit;
    draw_late(*ImGui::GetWindowDrawList(),
              {line.x0 + 2 * radius, (line.y0 + line.y1) / 2}, radius, view.theme.alarm);
    line.cut_left(4 * radius);
    text(view, line, view.tr("help.not_approved"), {view.fonts.small, view.theme.alarm});
    if (ui.seat == Seat::senior_doctor) {
        text(view, box.cut_top(std::ceil(20 * view.unit)), view.tr("help.sign"),
             {view.fonts.small});
    }
}

void draw_step(const View& view, Box& box, std::size_t number, std::string_view words) {
    const float indent = 21 * view.unit;
    const float height = paragraph_height(view, box.width() - indent, words);
    Box row = box.cut_top(std::min(height, box.height()));
    const Box first{row.x0, row.y0, row.x0 + indent, row.y0 + line_height(view)};
    text(view, first, std::to_string(number), {view.fonts.bold});
    row.cut_left(indent);
    paragraph(view, row, words);
    box.cut_top(4 * view.unit);
}

}  // namespace

float draw_beat(const View& view, const UiState& ui, const Box& given) {
    if (!ui.help.metronome.running()) return 0;
    Box box = given;
    const float radius = std::min(box.height() / 2 - 2 * view.unit, 11 * view.unit);
    const ImVec2 centre{box.x0 + radius + 2 * view.unit, (box.y0 + box.y1) / 2};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    // Size and fill beat together, so that the beat is seen without colour too.
    if (ui.help.metronome.lit(view.steady_s)) {
        list.AddCircleFilled(centre, radius, view.theme.text, 24);
    } else {
        list.AddCircle(centre, radius * 0.55F, view.theme.text, 24, 1.5F * view.unit);
    }
    box.cut_left(2 * radius + 9 * view.unit);
    const std::string words =
        view.tr("help.beat", {std::to_string(ui.help.metronome.count(view.steady_s)),
                              std::to_string(ui.help.metronome.per_min)});
    return 2 * radius + 9 * view.unit + text(view, box, words, {view.fonts.bold});
}

void draw_help_card(const View& view, UiState& ui, Commands& commands, const Box& given) {
    (void)commands;
    const triage::Card& card = *card_shown(ui);
    Box box = given;
    fill(box, view.theme.panel);
    header(view, box, view.tr("help.title"), "Ctrl+H", false);
    box = box.inset(9 * view.unit, 6 * view.unit);
    paragraph(view, box, view.tr.of(card.title), {view.fonts.bold});
    draw_approval(view, ui, box, card);
    box.cut_top(7 * view.unit);
    Box source = box.cut_bottom(
        paragraph_height(view, box.width(), card.source, view.fonts.small) + 2 * view.unit);
    paragraph(view, source, card.source, {view.fonts.small, view.theme.dim, Align::left, true});
    for (const triage::Card* other : ui.intake.triage.cards) {
        if (other == &card) continue;
        const std::string words = view.tr("help.next", {view.tr.of(other->title)});
        text(view, box.cut_bottom(std::ceil(18 * view.unit)), words,
             {view.fonts.small, view.theme.dim, Align::left, true});
    }
    for (std::size_t i = 0; i < card.steps.size(); ++i) {
        draw_step(view, box, i + 1, view.tr.of(card.steps[i]));
    }
    if (card.metronome_per_min == 0) return;
    box.cut_top(4 * view.unit);
    Box line = box.cut_top(std::ceil(30 * view.unit));
    const std::string_view words = view.tr("help.beat_start");
    const Box key = line.cut_left(button_width(view, words, "^B"));
    if (button(view, key, words, "^B", ui.help.metronome.running())) toggle_metronome(view, ui);
    line.cut_left(8 * view.unit);
    draw_beat(view, ui, line);
}

}  // namespace jedel::console
