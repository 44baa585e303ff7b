// What lies over the screen for a moment: the palette, the keys, the messages, another category.

#include <algorithm>
#include <array>

#include "base/letters.h"
#include "console/category_stop.h"
#include "console/intake.h"
#include "console/messages.h"
#include "console/panels/describe.h"
#include "console/relook.h"
#include "console/widgets/format.h"
#include "console/widgets/over.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

void draw_palette(const View& view, UiState& ui, const Box& screen) {
    Box box = open_over(view, screen, 560, 480, "##palette");
    header(view, box, view.tr("action.palette"), "Ctrl+K", true);
    box = box.inset(9 * view.unit, 7 * view.unit);
    const FieldResult result =
        text_field(view, ui.focus, box.cut_top(std::ceil(28 * view.unit)), "palette",
                   ui.palette.query, true, view.tr("palette.hint"));
    if (result.changed) ui.palette.choice = 0;
    box.cut_top(5 * view.unit);
    const std::string wanted = folded(ui.palette.query);
    std::vector<const ActionKey*> found;
    for (const ActionKey& row : action_keys()) {
        if (!row.everywhere) continue;
        const std::string words = folded(view.tr(row.text_key));
        if (words.find(wanted) != std::string::npos) found.push_back(&row);
    }
    const int count = static_cast<int>(found.size());
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    while (pressed.take(Key::down)) ui.palette.choice = std::min(ui.palette.choice + 1, count - 1);
    while (pressed.take(Key::up)) ui.palette.choice = std::max(ui.palette.choice - 1, 0);
    ui.palette.choice = std::clamp(ui.palette.choice, 0, std::max(0, count - 1));
    bool chosen = count > 0 && pressed.take_enter();
    const RowList list{.id = "##actions",
                       .row_height = std::ceil(24 * view.unit),
                       .count = count,
                       .keep_visible = ui.palette.choice};
    row_list(view, box, list, [&](int index, const Box& row) {
        if (index == ui.palette.choice) fill(row, view.theme.chosen);
        const ActionKey& action = *found[static_cast<std::size_t>(index)];
        if (clicked(view, row, std::string{"action:"}.append(action.text_key))) {
            ui.palette.choice = index;
            chosen = true;
        }
        Box inner = row.inset(7 * view.unit, 0);
        text(view, inner.cut_right(110 * view.unit), action.shown,
             {view.fonts.small, view.theme.dim, Align::right});
        text(view, inner, view.tr(action.text_key));
    });
    close_over();
    if (chosen) {
        ui.overlay = Overlay::none;
        ui.focus.moved = true;
        ui.palette.action = found[static_cast<std::size_t>(ui.palette.choice)]->action;
    }
}

void draw_help(const View& view, const Box& screen) {
    Box box = open_over(view, screen, 880, 600, "##help");
    header(view, box, view.tr("action.help"), "F1  Esc", true);
    box = box.inset(12 * view.unit, 8 * view.unit);
    Box left = box.cut_left(std::floor(box.width() / 2 - 6 * view.unit));
    box.cut_left(12 * view.unit);
    const auto rows = action_keys();
    const std::size_t half = (rows.size() + 1) / 2;
    const float height =
        std::floor(std::min(26 * view.unit, left.height() / static_cast<float>(half)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Box line = (i < half ? left : box).cut_top(height);
        text(view, line.cut_left(105 * view.unit), rows[i].shown, {view.fonts.bold});
        text(view, line, view.tr(rows[i].text_key), {view.fonts.small});
    }
    close_over();
}

void draw_messages(const View& view, UiState& ui, const Box& screen) {
    Box box = open_over(view, screen, 760, 460, "##messages");
    header(view, box, view.tr("action.notices"), "Ctrl+N  Esc", true);
    box = box.inset(9 * view.unit, 6 * view.unit);
    ui.messages_seen = ui.messages.size();
    if (ui.messages.empty()) {
        paragraph(view, box, view.tr("notices.none"), {nullptr, view.theme.dim});
    }
    const RowList list{.id = "##lines",
                       .row_height = std::ceil(44 * view.unit),
                       .count = static_cast<int>(ui.messages.size())};
    row_list(view, box, list, [&](int index, const Box& row) {
        // The newest on top.
        const Message& m = ui.messages[ui.messages.size() - 1 - static_cast<std::size_t>(index)];
        rule_below(view, row);
        Box inner = row.inset(4 * view.unit, 3 * view.unit);
        text(view, inner.cut_left(52 * view.unit), time_of_day(m.at, view.utc_offset_minutes),
             {view.fonts.bold});
        text(view, inner.cut_top(inner.height() / 2), message_text(view, m),
             {nullptr, m.alarm ? view.theme.alarm : 0, Align::left, true});
        // The technician's words are English; under a Kazakh or Russian line they only disturb.
        if (view.tr.language() == Language::en) {
            text(view, inner, m.detail, {view.fonts.small, view.theme.dim, Align::left, true});
        }
    });
    close_over();
}

namespace {

constexpr int last_reason = static_cast<int>(EnumNames<OverrideReason>::names.size()) - 1;

/// What the choice still takes, as the room would say; empty: nothing.
std::string_view missing_for_override(const Incident& incident, const UiState& ui,
                                      const std::string& actor) {
    const OverrideNeeds needs = override_needs(incident, ui.category.category, actor);
    const auto reason = static_cast<OverrideReason>(ui.category.reason);
    if (needs.own_slip && ui.category.reason != 0 && reason != OverrideReason::entry_error &&
        ui.seat != Seat::senior_doctor) {
        return "override_panel.needs_entry_error";
    }
    if (needs.senior_doctor && ui.seat != Seat::senior_doctor) {
        return "override_panel.needs_senior";
    }
    const bool open_four =
        ui.category.category == Category::u4 && four_is_open(ui.intake.triage);
    if (!needs.reason_and_words && !open_four) return {};
    if (ui.category.reason == 0) return "override_panel.needs_reason";
    return ui.category.words.empty() ? "override_panel.needs_words" : std::string_view{};
}

/// Emits the choice, or keeps what was typed and says what it still takes.
void give_category(const Incident& incident, UiState& ui, Commands& commands) {
    ui.category.missing = missing_for_override(incident, ui, commands.actor());
    if (!ui.category.missing.empty()) return;
    SetCategory command;
    command.incident = incident.id;
    command.category = ui.category.category;
    command.reason = static_cast<OverrideReason>(ui.category.reason);
    command.words = ui.category.words;
    commands.give(std::move(command), ui.seat);
    ui.overlay = Overlay::none;
    ui.category.step = 0;
    ui.focus.moved = true;
}

void draw_category_choice(const View& view, UiState& ui, Box line) {
    for (int i = 1; i <= 4; ++i) {
        const auto category = static_cast<Category>(i);
        const Box part = line.cut_left(std::floor(line.width() / static_cast<float>(5 - i)));
        const bool now = ui.category.category == category;
        fill(part, now ? view.theme.chosen : view.theme.raised);
        frame(part, now ? view.theme.focus : view.theme.line, now ? 2 : 1);
        Box inner = part.inset(5 * view.unit, 3 * view.unit);
        urgency(view, inner.cut_left(inner.height()), category);
        inner.cut_left(6 * view.unit);
        text(view, inner,
             view.tr("category.minutes", {std::to_string(triage::target_minutes(category))}));
        if (clicked(view, part, "category:" + std::to_string(i))) ui.category.category = category;
    }
}

}  // namespace

/// Another category than the rules propose: which, why, in words. Digits and arrows, then words.
void draw_override(const View& view, UiState& ui, Commands& commands, const Box& screen) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) {
        ui.overlay = Overlay::none;
        return;
    }
    Box box = open_over(view, screen, 560, 400, "##category");
    header(view, box, view.tr("action.override_category"), "Ctrl+O", true);
    box = box.inset(10 * view.unit, 8 * view.unit);
    const bool typing = ui.category.step == 1;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    if (!typing) {
        const int digit = pressed.take_digit();
        if (digit >= 1 && digit <= 4) ui.category.category = static_cast<Category>(digit);
        while (pressed.take(Key::down))
            ui.category.reason = std::min(ui.category.reason + 1, last_reason);
        while (pressed.take(Key::up)) ui.category.reason = std::max(ui.category.reason - 1, 1);
    }
    if (pressed.take(Key::tab)) ui.category.step = typing ? 0 : 1;
    draw_category_choice(view, ui, box.cut_top(std::ceil(36 * view.unit)));
    box.cut_top(6 * view.unit);
    for (int i = 1; i <= last_reason; ++i) {
        Box row = box.cut_top(std::ceil(23 * view.unit));
        const bool now = i == ui.category.reason;
        if (now) fill(row, view.theme.chosen);
        if (clicked(view, row, "override:" + std::to_string(i))) ui.category.reason = i;
        text(view, row.inset(7 * view.unit, 0),
             view.tr.of("override", static_cast<OverrideReason>(i)),
             {now ? view.fonts.bold : nullptr});
    }
    box.cut_top(6 * view.unit);
    text(view, box.cut_top(std::ceil(20 * view.unit)), view.tr("override_panel.words"),
         {view.fonts.small, view.theme.dim});
    const FieldResult result = text_field(view, ui.focus, box.cut_top(std::ceil(28 * view.unit)),
                                          "override", ui.category.words, typing);
    if (result.active) ui.category.step = 1;
    box.cut_top(6 * view.unit);
    if (!ui.category.missing.empty()) {
        paragraph(view, box, view.tr(ui.category.missing), {view.fonts.bold, view.theme.alarm});
    }
    paragraph(view, box, view.tr("override_panel.hint"), {view.fonts.small, view.theme.dim});
    close_over();
    const bool done = ui.category.step == 3 || pressed.take_enter();
    if (done && ui.category.category != Category::none) give_category(*incident, ui, commands);
    if (ui.category.step == 3) ui.category.step = 0;
}

/// When a call was written down on paper; Enter opens its form.
void draw_paper(const View& view, UiState& ui, Commands& commands, const Box& screen) {
    Box box = open_over(view, screen, 440, 160, "##paper");
    header(view, box, view.tr("action.paper_call"), "Shift+F2  Esc", true);
    box = box.inset(10 * view.unit, 8 * view.unit);
    paragraph(view, box, view.tr("paper.hint"), {view.fonts.small, view.theme.dim});
    box.cut_top(4 * view.unit);
    const FieldResult result =
        text_field(view, ui.focus, box.cut_top(std::ceil(28 * view.unit)).cut_left(110 * view.unit),
                   "paper", ui.paper.time, true, "14:05");
    if (result.changed) ui.paper.bad = false;
    box.cut_top(6 * view.unit);
    if (ui.paper.bad) {
        paragraph(view, box, view.tr("paper.bad_time"), {nullptr, view.theme.alarm});
    }
    close_over();
    if (!ui.keyboard.of(KeyOwner::overlay).take_enter()) return;
    const auto received = past_time(ui.paper.time, view.now, view.utc_offset_minutes);
    ui.paper.bad = !received;
    if (!received) return;
    ui.overlay = Overlay::none;
    begin_paper_call(ui, commands, *received);
}

void draw_failure(const View& view, const Box& screen) {
    Box box = open_over(view, screen, 700, 190, "##failure");
    fill(box, view.theme.alarm_ground);
    box = box.inset(16 * view.unit, 12 * view.unit);
    Box title = box.cut_top(std::ceil(34 * view.unit));
    const float radius = 8 * view.unit;
    draw_late(*ImGui::GetWindowDrawList(), {title.x0 + radius, (title.y0 + title.y1) / 2}, radius,
              view.theme.alarm);
    title.cut_left(3 * radius);
    text(view, title, view.tr("failure.title"), {view.fonts.bold, view.theme.alarm});
    paragraph(view, box, view.tr("failure.what_to_do"));
    box.cut_top(6 * view.unit);
    paragraph(view, box, view.room.journal_error->text(),
              {view.fonts.small, view.theme.dim, Align::left, true});
    close_over();
}

}  // namespace jedel::console
