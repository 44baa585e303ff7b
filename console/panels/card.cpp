// The selected call in the middle: its head is always the same, below it one of five pages.

#include "console/panels/describe.h"
#include "console/panels/pages.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"
#include "dispatch/core/incidents/clocks.h"

namespace jedel::console {

namespace {

/// The key of a tab; empty: it has none.
std::string_view sign_of(const PageRow& tab) {
    return tab.action ? key_of(*tab.action).shown : std::string_view{};
}

void draw_tabs(const View& view, UiState& ui, Box box) {
    fill(box, view.theme.raised);
    rule_below(view, box);
    const bool focused = ui.area == Area::card;
    if (focused) fill({box.x0, box.y0, box.x0 + 4 * view.unit, box.y1}, view.theme.focus);
    box.cut_left(5 * view.unit);
    float needed = 0;
    const auto tabs = page_table();
    for (const PageRow& tab : tabs) {
        needed += text_width(view, view.tr(tab.title_key), view.fonts.bold) +
                  text_width(view, sign_of(tab), view.fonts.small);
    }
    const float spare = (box.width() - needed) / static_cast<float>(tabs.size());
    const float gap = std::clamp(spare * 0.2F, 2.0F, 5 * view.unit);
    const float pad = std::clamp((spare - gap) / 2, 0.0F, 10 * view.unit);
    for (const PageRow& tab : tabs) {
        const std::string_view words = view.tr(tab.title_key);
        const std::string_view sign = sign_of(tab);
        const bool open = ui.page == tab.page;
        const float words_width = text_width(view, words, view.fonts.bold) + 1;
        const float key_width = text_width(view, sign, view.fonts.small) + 1;
        Box strip = box.cut_left(words_width + gap + key_width + 2 * pad);
        if (open) {
            fill(strip, view.theme.panel);
            fill({strip.x0, strip.y1 - 2 * view.unit, strip.x1, strip.y1}, view.theme.focus);
        }
        if (clicked(view, strip, std::string{"tab:"}.append(tab.title_key))) {
            ui.page = tab.page;
            ui.area = Area::card;
            ui.focus.moved = true;
        }
        strip.cut_left(pad);
        text(view, strip.cut_left(words_width), words,
             {open ? view.fonts.bold : view.fonts.text, open ? view.theme.text : view.theme.dim});
        strip.cut_left(gap);
        text(view, strip, sign, {view.fonts.small, view.theme.dim});
    }
}

/// A clock with its name: "Hand-over 3:12", and when late the diamond.
float head_clock(const View& view, Box box, std::string_view name, const Clock& clock) {
    const float start = box.x0;
    box.x0 += text(view, box, name, {view.fonts.small, view.theme.dim}) + 4 * view.unit;
    const Countdown c = countdown(view, clock);
    if (c.late) {
        const float radius = 4 * view.unit;
        draw_late(*ImGui::GetWindowDrawList(), {box.x0 + radius, (box.y0 + box.y1) / 2}, radius,
                  view.theme.alarm);
        box.x0 += 2 * radius + 3 * view.unit;
    }
    box.x0 += text(view, box, c.text, {c.counts ? view.fonts.large : nullptr, c.colour});
    return box.x0 - start;
}

void draw_head(const View& view, const UiState& ui, Box box, const Incident* incident) {
    rule_below(view, box);
    box = box.inset(8 * view.unit, 3 * view.unit);
    const float mark = box.height();
    const Category category = incident ? incident->working_category() : Category::none;
    urgency(view, box.cut_left(mark), category);
    box.cut_left(8 * view.unit);
    Box first = box.cut_top(box.height() / 2);
    if (incident == nullptr) {
        text(view, first, view.tr("card.new_call"), {view.fonts.bold});
        return;
    }
    const std::string number = "№ " + std::to_string(incident->day_number);
    first.cut_left(text(view, first, number, {view.fonts.bold}) + 8 * view.unit);
    const std::string words = category_text(view, category);
    text(view, first.cut_right(text_width(view, words, view.fonts.bold) + 1), words,
         {view.fonts.bold, 0, Align::right});
    first.x1 -= 8 * view.unit;
    text(view, first, address_of(view, *incident), {nullptr, 0, Align::left, true});
    const CallClocks clocks = clocks_of(*incident);
    const float gap = 12 * view.unit;
    box.cut_left(head_clock(view, box, view.tr("queue.head_hand_over"), clocks.hand_over) + gap);
    box.cut_left(head_clock(view, box, view.tr("queue.head_arrival"), clocks.arrival) + gap);
    box.cut_left(head_clock(view, box, view.tr("queue.clock_wait"), clocks.caller_wait) + gap);
    if (incident->first_call().channel == Channel::paper) {
        box.cut_left(text(view, box, view.tr("card.from_paper"), {view.fonts.small}) + gap);
    }
    if (incident->merged_into) {
        text(view, box, view.tr("card.merged_into", {number_of(view, *incident->merged_into)}),
             {view.fonts.bold, 0, Align::left, true});
    } else if (!incident->open()) {
        text(view, box, view.tr("card.closed"), {view.fonts.bold});
    } else if (!incident->merged.empty()) {
        text(view, box, view.tr("card.calls", {std::to_string(incident->merged.size() + 1)}),
             {view.fonts.bold, 0, Align::left, true});
    }
    (void)ui;
}

void draw_welcome(const View& view, Box box) {
    box = box.inset(18 * view.unit, 18 * view.unit);
    paragraph(view, box, view.tr("card.nothing_selected"), {view.fonts.bold});
    box.cut_top(8 * view.unit);
    for (const Action action : {Action::new_call, Action::focus_queue, Action::palette,
                                Action::help, Action::next_language}) {
        const ActionKey& row = key_of(action);
        Box line = box.cut_top(line_height(view) + 4 * view.unit);
        text(view, line.cut_left(90 * view.unit), row.shown, {view.fonts.bold});
        text(view, line, view.tr(row.text_key));
    }
}

}  // namespace

void draw_card(const View& view, UiState& ui, Commands& commands, const Box& given) {
    Box box = given;
    fill(box, view.theme.panel);
    draw_tabs(view, ui, box.cut_top(std::ceil(27 * view.unit)));
    const Incident* incident = selected_incident(view, ui);
    const bool pending = !ui.intake.draft.pending_command.empty();
    if (incident == nullptr && !pending && !ui.intake.draft.active()) {
        draw_welcome(view, box);
        return;
    }
    draw_head(view, ui, box.cut_top(std::ceil(46 * view.unit)), incident);
    row_of(ui.page).draw(view, ui, commands, box);
}

}  // namespace jedel::console
