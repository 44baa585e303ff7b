// Taking the call: what is typed on the left, what the rules make of it on the right, the words
// and what was read from them below.

#include <array>

#include <imgui_internal.h>

#include "console/intake.h"
#include "console/panels/describe.h"
#include "console/panels/intake_parts.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

struct TextRow {
    Field field;
    const char* id;
    std::string_view label_key;
    std::string Draft::*value;
};

void move_field(UiState& ui, int by) {
    const int next = (static_cast<int>(ui.field) + by + field_count) % field_count;
    ui.field = static_cast<Field>(next);
    ui.field_moved = true;
    ui.address_open = false;
}

/// Draws one labelled text field and keeps the draft, the focus and the journal in step.
void draw_text_row(const View& view, UiState& ui, Commands& commands, Box box, const TextRow& row,
                   float label_width) {
    text(view, box.cut_left(label_width), view.tr(row.label_key),
         {view.fonts.small, view.theme.dim});
    const bool focused = ui.area == Area::card && ui.overlay == Overlay::none &&
                         ui.field == row.field && ui.page == Page::intake;
    const FieldResult result =
        text_field(view, ui, box.inset(0, 1.5F * view.unit), row.id, ui.draft.*row.value, focused);
    if (result.active && !focused && !ui.field_moved) {
        ui.area = Area::card;
        ui.field = row.field;
    }
    if (result.changed) ui.draft_changed = true;
    if (result.changed && row.field == Field::address) {
        commands.ask_address(ui.draft.address);
        ui.address_open = true;
        ui.address_choice = 0;
    }
    if (result.left) {
        if (ui.draft_changed) refresh_triage(view, ui);
        save_draft(ui, commands);
    }
}

void draw_sex(const View& view, UiState& ui, Commands& commands, Box box, float label_width) {
    text(view, box.cut_left(label_width), view.tr("field.sex"), {view.fonts.small, view.theme.dim});
    box = box.inset(0, 1.5F * view.unit);
    const bool focused =
        ui.area == Area::card && ui.overlay == Overlay::none && ui.field == Field::sex;
    constexpr std::array<Sex, 3> order{Sex::unknown, Sex::male, Sex::female};
    const Sex before = ui.draft.sex;
    if (focused) {
        auto index = static_cast<int>(before);
        if (ui.keys.take(Key::right) || ui.keys.take(Key::space)) index = (index + 1) % 3;
        if (ui.keys.take(Key::left)) index = (index + 2) % 3;
        const int digit = ui.keys.take_digit();
        if (digit == 1 || digit == 2) index = digit;
        ui.draft.sex = order[static_cast<std::size_t>(index)];
    }
    const float width = std::floor(box.width() / 3);
    for (const Sex sex : order) {
        const Box part = box.cut_left(width);
        const bool now = ui.draft.sex == sex;
        fill(part, now ? view.theme.chosen : view.theme.raised);
        frame(part, view.theme.line);
        text(view, part, view.tr.of("sex", sex),
             {now ? view.fonts.bold : view.fonts.text, now ? 0 : view.theme.dim, Align::centre});
        if (clicked(view, part, std::string{"sex:"}.append(name_of(sex)))) {
            ui.draft.sex = sex;
            ui.area = Area::card;
            ui.field = Field::sex;
        }
        if (focused && now) frame(part, view.theme.focus, 2);
    }
    if (ui.draft.sex != before) {
        refresh_triage(view, ui);
        save_draft(ui, commands);
    }
}

void address_keys(const View& view, UiState& ui, Commands& commands) {
    if (ui.field != Field::address || !ui.address_open) return;
    const bool answered = view.addresses != nullptr && view.addresses->query == ui.draft.address;
    if (!answered || view.addresses->hits.empty()) {
        // Enter before the answer: it is taken when it comes, if it is exact.
        if (!answered && !ui.draft.address.empty() && ui.keys.take_enter()) {
            ui.address_waits = true;
            move_field(ui, 1);
        }
        return;
    }
    const auto& hits = view.addresses->hits;
    const int last = static_cast<int>(hits.size()) - 1;
    while (ui.keys.take(Key::down)) ui.address_choice = std::min(ui.address_choice + 1, last);
    while (ui.keys.take(Key::up)) ui.address_choice = std::max(ui.address_choice - 1, 0);
    if (ui.keys.take_enter()) {
        const int choice = std::clamp(ui.address_choice, 0, last);
        pick_address(view, ui, commands, hits[static_cast<std::size_t>(choice)]);
        move_field(ui, 1);
    }
}

void late_address(const View& view, UiState& ui, Commands& commands) {
    if (!ui.address_waits || view.addresses == nullptr ||
        view.addresses->query != ui.draft.address) {
        return;
    }
    ui.address_waits = false;
    const auto& hits = view.addresses->hits;
    constexpr double exact = 0.95;
    if (!hits.empty() && hits.front().score >= exact) {
        pick_address(view, ui, commands, hits.front());
    } else {
        ui.messages.push_back({view.now, "message.address_open", {}, {}, false});
    }
}

void keys(const View& view, UiState& ui, Commands& commands) {
    if (ui.area != Area::card || ui.overlay != Overlay::none) return;
    address_keys(view, ui, commands);
    const auto choice = static_cast<std::size_t>(ui.finding_choice);
    if (ui.field == Field::findings) {
        const int count = static_cast<int>(ui.triage.findings.size());
        while (ui.keys.take(Key::right)) {
            ui.finding_choice = std::min(ui.finding_choice + 1, count - 1);
        }
        while (ui.keys.take(Key::left)) ui.finding_choice = std::max(ui.finding_choice - 1, 0);
        if (ui.keys.take(Key::del) || ui.keys.take(Key::backspace)) {
            strike_finding(view, ui, commands, choice);
        }
        if (ui.keys.take_enter() || ui.keys.take(Key::space)) {
            confirm_finding(view, ui, commands, choice);
        }
    }
    if (ui.field == Field::question) {
        if (ui.keys.take(Key::y)) answer_question(view, ui, commands, triage::Tri::yes);
        if (ui.keys.take(Key::n)) answer_question(view, ui, commands, triage::Tri::no);
        if (ui.keys.take(Key::d)) answer_question(view, ui, commands, triage::Tri::unknown);
    }
    while (ui.keys.take(Key::tab)) move_field(ui, 1);
    while (ui.keys.take(Key::tab, shift)) move_field(ui, -1);
    while (ui.keys.take_enter()) move_field(ui, 1);
    const bool multi = ui.field == Field::address && ui.address_open;
    if (!multi) {
        while (ui.keys.take(Key::down)) move_field(ui, 1);
        while (ui.keys.take(Key::up)) move_field(ui, -1);
    }
}

/// Where the map has the call, under the caller's own wording of it.
void draw_place(const View& view, const UiState& ui, Box box, float label_width) {
    text(view, box.cut_left(label_width), view.tr("field.place"),
         {view.fonts.small, view.theme.dim});
    if (ui.draft.place && !ui.draft.place_name.empty()) {
        text(view, box, "✓ " + ui.draft.place_name,
             {view.fonts.small, view.theme.dim, Align::left, true});
        return;
    }
    text(view, box, view.tr(ui.draft.place ? "intake.place_known" : "intake.place_unknown"),
         {view.fonts.small, ui.draft.place ? view.theme.dim : view.theme.notice});
}

void draw_fields(const View& view, UiState& ui, Commands& commands, Box box) {
    constexpr std::array<TextRow, 4> rows{
        {{Field::phone, "phone", "field.phone", &Draft::phone},
         {Field::address, "address", "field.address", &Draft::address},
         {Field::directions, "directions", "field.directions", &Draft::directions},
         {Field::patient_name, "patient", "field.patient_name", &Draft::patient_name}}};
    float label = 0;
    for (const std::string_view key : {"field.phone", "field.address", "field.directions",
                                       "field.patient_name", "field.age", "field.weeks",
                                       "field.caller_name"}) {
        label = std::max(label, text_width(view, view.tr(key), view.fonts.small));
    }
    label += 8 * view.unit;
    const float height = std::floor(std::min(29 * view.unit, box.height() / 8));
    for (const TextRow& row : rows) {
        const Box line = box.cut_top(height);
        if (row.field == Field::address) ui.address_box = line;
        draw_text_row(view, ui, commands, line, row, label);
        if (row.field == Field::address) draw_place(view, ui, box.cut_top(height), label);
    }
    const auto width_of = [&](std::string_view key) {
        return text_width(view, view.tr(key), view.fonts.small) + 8 * view.unit;
    };
    Box age = box.cut_top(height);
    draw_text_row(view, ui, commands, age.cut_left(label + 54 * view.unit),
                  {Field::age, "age", "field.age", &Draft::age}, label);
    age.cut_left(9 * view.unit);
    draw_sex(view, ui, commands, age, width_of("field.sex"));
    Box weeks = box.cut_top(height);
    draw_text_row(view, ui, commands, weeks.cut_left(label + 54 * view.unit),
                  {Field::weeks, "weeks", "field.weeks", &Draft::weeks}, label);
    weeks.cut_left(9 * view.unit);
    const float count_label = width_of("field.count");
    draw_text_row(view, ui, commands, weeks.cut_left(count_label + 54 * view.unit),
                  {Field::count, "count", "field.count", &Draft::count}, count_label);
    draw_text_row(view, ui, commands, box.cut_top(height),
                  {Field::caller_name, "caller", "field.caller_name", &Draft::caller_name}, label);
}

}  // namespace

void draw_intake(const View& view, UiState& ui, Commands& commands, const Box& given) {
    const Incident* incident = selected_incident(view, ui);
    const bool editable = incident == nullptr || incident->open();
    if (editable) {
        keys(view, ui, commands);
        late_address(view, ui, commands);
    }
    Box box = given.inset(9 * view.unit, 5 * view.unit);
    ImGui::PushID(static_cast<int>(ui.draft.serial));
    Box below = box.cut_bottom(std::floor(std::max(122 * view.unit, box.height() * 0.36F)));
    Box left = box.cut_left(std::floor(box.width() * 0.53F));
    box.cut_left(9 * view.unit);
    draw_fields(view, ui, commands, left);
    draw_triage(view, ui, commands, box);
    const float label = text_width(view, view.tr("field.words"), view.fonts.small) + 8 * view.unit;
    below.cut_top(4 * view.unit);
    draw_text_row(view, ui, commands, below.cut_top(std::ceil(29 * view.unit)),
                  {Field::words, "words", "field.words", &Draft::words}, label);
    draw_words(view, ui, below);
    draw_findings(view, ui, commands, below);
    ImGui::PopID();
    draw_address_hits(view, ui, commands);
    ui.field_moved = false;
}

}  // namespace jedel::console
