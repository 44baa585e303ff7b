// How the call ended: one key names it, one more closes the call.

#include <array>

#include "console/panels/acts.h"
#include "console/panels/describe.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

constexpr int outcome_count = 13;  // every disposition but `none`

/// Digits 1–9, then 0 and letters that are in no other use here.
constexpr std::array<std::string_view, outcome_count> shown_keys{"1", "2", "3", "4", "5", "6", "7",
                                                                 "8", "9", "0", "A", "C", "D"};

Disposition disposition_at(int index) { return static_cast<Disposition>(index + 1); }

void record(const View& view, UiState& ui, Commands& commands, const Incident& incident,
            Disposition disposition) {
    RecordDisposition command;
    command.incident = incident.id;
    command.disposition = disposition;
    if (disposition == Disposition::transported) {
        for (const Assignment& a : incident.assignments) {
            if (a.hospital) command.hospital = a.hospital;
        }
        if (!command.hospital && view.advice && !view.advice->hospitals.empty()) {
            ui.messages.push_back({view.now, "message.hospital_first", {}, {}, false});
            ui.page = Page::course;
            if (incident.active_assignment() != nullptr) ui.asking = CourseAsk::hospital;
            return;
        }
    }
    commands.give(std::move(command), ui.seat);
}

int chosen_by_key(UiState& ui) {
    const int digit = ui.keys.take_digit();
    if (digit >= 1) return digit - 1;
    if (digit == 0) return 9;
    if (ui.keys.take(Key::a)) return 10;
    if (ui.keys.take(Key::c)) return 11;
    if (ui.keys.take(Key::d)) return 12;
    return -1;
}

void draw_choice(const View& view, UiState& ui, Commands& commands, const Incident& incident,
                 int index, Box row, bool focused) {
    const Disposition disposition = disposition_at(index);
    const bool now = incident.disposition == disposition;
    if (index == ui.outcome_choice) {
        fill(row, view.theme.chosen);
        if (focused) frame(row, view.theme.focus, 2);
    }
    if (clicked(view, row, std::string{"outcome:"}.append(name_of(disposition)))) {
        ui.outcome_choice = index;
        ui.area = Area::card;
        record(view, ui, commands, incident, disposition);
    }
    row = row.inset(6 * view.unit, 0);
    text(view, row.cut_left(18 * view.unit), shown_keys[static_cast<std::size_t>(index)],
         {view.fonts.bold, view.theme.dim});
    text(view, row, view.tr.of("disposition", disposition), {now ? view.fonts.bold : nullptr});
    if (now) text(view, row, "✓", {view.fonts.bold, 0, Align::right});
}

}  // namespace

void close_incident(const View& view, UiState& ui, Commands& commands) {
    const Incident* incident = selected_incident(view, ui);
    if (incident != nullptr) commands.give(CloseIncident{incident->id}, ui.seat);
}

void draw_outcome(const View& view, UiState& ui, Commands& commands, const Box& given) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return;
    const bool focused = ui.area == Area::card && ui.overlay == Overlay::none;
    if (focused && incident->open()) {
        while (ui.keys.take(Key::down))
            ui.outcome_choice = std::min(ui.outcome_choice + 1, outcome_count - 1);
        while (ui.keys.take(Key::up)) ui.outcome_choice = std::max(ui.outcome_choice - 1, 0);
        int chosen = chosen_by_key(ui);
        if (chosen >= 0) ui.outcome_choice = chosen;
        if (ui.keys.take_enter()) chosen = ui.outcome_choice;
        if (chosen >= 0) record(view, ui, commands, *incident, disposition_at(chosen));
    }
    Box box = given.inset(9 * view.unit, 6 * view.unit);
    Box bottom = box.cut_bottom(std::ceil(30 * view.unit));
    text(view, box.cut_top(std::ceil(22 * view.unit)), view.tr("outcome.title"), {view.fonts.bold});
    Box left = box.cut_left(std::floor(box.width() / 2 - 4 * view.unit));
    box.cut_left(8 * view.unit);
    const float row = std::ceil(25 * view.unit);
    for (int i = 0; i < outcome_count; ++i) {
        Box& column = i < 7 ? left : box;
        draw_choice(view, ui, commands, *incident, i, column.cut_top(row), focused);
    }
    if (!incident->open()) {
        text(view, bottom, view.tr("outcome.closed"), {view.fonts.bold});
    } else if (incident->disposition == Disposition::none) {
        text(view, bottom, view.tr("outcome.choose"), {nullptr, view.theme.dim});
    } else {
        const std::string_view words = view.tr("outcome.close");
        bottom = bottom.inset(0, 2 * view.unit);
        if (button(view, bottom.cut_left(button_width(view, words, "Ctrl+Enter")), words,
                   "Ctrl+Enter", true)) {
            close_incident(view, ui, commands);
        }
    }
}

}  // namespace jedel::console
