// Taking the call: what is typed on the left, what the rules make of it on the right, the words
// and what was read from them below.

#include <algorithm>
#include <array>

#include <imgui_internal.h>

#include "console/intake.h"
#include "console/messages.h"
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

/// False: it cannot apply to this patient, so Tab and Enter pass it by.
bool applies(const UiState& ui, Field field) {
    const Draft& d = ui.intake.draft;
    if (field == Field::findings) return !ui.intake.triage.findings.empty();
    if (field == Field::question) return ui.intake.triage.question.has_value();
    if (field != Field::weeks || !d.weeks.empty()) return true;
    // A pregnancy is asked about where there can be one.
    constexpr double youngest = 9, oldest = 60;
    const auto age = parse_age(d.age);
    return d.sex != Sex::male && (!age || (*age >= youngest && *age <= oldest));
}

void move_field(UiState& ui, int by) {
    int next = static_cast<int>(ui.intake.field);
    do {
        next = (next + by + field_count) % field_count;
    } while (!applies(ui, static_cast<Field>(next)));
    ui.intake.field = static_cast<Field>(next);
    ui.focus.moved = true;
    ui.intake.address_open = false;
}

/// Typed, but no number the program can read: it says so beside the field and never drops it.
bool not_understood(const Draft& d, Field field) {
    switch (field) {
        case Field::age: return !d.age.empty() && !parse_age(d.age);
        case Field::weeks: return !d.weeks.empty() && !parse_whole(d.weeks);
        case Field::count: return !d.count.empty() && !parse_whole(d.count);
        default: return false;
    }
}

/// Draws one labelled text field and keeps the draft, the focus and the journal in step.
void draw_text_row(const View& view, UiState& ui, Commands& commands, Box box, const TextRow& row,
                   float label_width) {
    const bool open = not_understood(ui.intake.draft, row.field);
    text(view, box.cut_left(label_width), open ? "? " + std::string{view.tr(row.label_key)}
                                               : std::string{view.tr(row.label_key)},
         {view.fonts.small, open ? view.theme.notice : view.theme.dim});
    const bool focused =
        ui.keyboard.owner() == KeyOwner::intake && ui.intake.field == row.field;
    const FieldResult result =
        text_field(view, ui.focus, box.inset(0, 1.5F * view.unit), row.id,
                   ui.intake.draft.*row.value, focused);
    if (result.active && !focused && !ui.focus.moved) {
        ui.area = Area::card;
        ui.intake.field = row.field;
    }
    if (open) frame(box.inset(0, 1.5F * view.unit), view.theme.notice, 2);
    if (result.changed) ui.intake.draft_changed = ui.intake.draft.touched = true;
    if (result.changed && row.field == Field::address && ui.intake.draft.address.empty()) {
        // Without an address nobody has said where it is: the place goes with it.
        ui.intake.draft.place.reset();
        ui.intake.draft.place_name.clear();
        ui.intake.draft.nearness = {};
    }
    if (result.changed && row.field == Field::address) {
        commands.ask_address(ui.intake.draft.address);
        ui.intake.address_open = true;
        ui.intake.address_choice = 0;
    }
    if (result.left) {
        if (ui.intake.draft_changed) refresh_triage(view, ui);
        save_draft(ui, commands);
    }
}

void draw_sex(const View& view, UiState& ui, Commands& commands, Box box, float label_width) {
    text(view, box.cut_left(label_width), view.tr("field.sex"), {view.fonts.small, view.theme.dim});
    box = box.inset(0, 1.5F * view.unit);
    const bool focused =
        ui.keyboard.owner() == KeyOwner::intake && ui.intake.field == Field::sex;
    constexpr std::array<Sex, 3> order{Sex::unknown, Sex::male, Sex::female};
    const Sex before = ui.intake.draft.sex;
    if (focused) {
        KeyPresses& pressed = ui.keyboard.of(KeyOwner::intake);
        auto index = static_cast<int>(before);
        if (pressed.take(Key::right)) index = (index + 1) % 3;
        if (pressed.take(Key::left)) index = (index + 2) % 3;
        ui.intake.draft.sex = order[static_cast<std::size_t>(index)];
    }
    const float width = std::floor(box.width() / 3);
    for (const Sex sex : order) {
        const Box part = box.cut_left(width);
        const bool now = ui.intake.draft.sex == sex;
        fill(part, now ? view.theme.chosen : view.theme.raised);
        frame(part, view.theme.line);
        text(view, part, view.tr.of("sex", sex),
             {now ? view.fonts.bold : view.fonts.text, now ? 0 : view.theme.dim, Align::centre});
        if (clicked(view, part, std::string{"sex:"}.append(name_of(sex)))) {
            ui.intake.draft.sex = sex;
            ui.area = Area::card;
            ui.intake.field = Field::sex;
        }
        if (focused && now) frame(part, view.theme.focus, 2);
    }
    if (ui.intake.draft.sex != before) {
        refresh_triage(view, ui);
        save_draft(ui, commands);
    }
}

void address_keys(const View& view, UiState& ui, Commands& commands) {
    if (ui.intake.field != Field::address || !ui.intake.address_open) return;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::intake);
    const bool answered =
        view.addresses != nullptr && view.addresses->query == ui.intake.draft.address;
    if (!answered || view.addresses->hits.empty()) {
        // Enter before the answer: it is taken when it comes, if it is exact.
        if (!answered && !ui.intake.draft.address.empty() && pressed.take_enter()) {
            ui.intake.address_waits = true;
            move_field(ui, 1);
        }
        return;
    }
    const auto& hits = view.addresses->hits;
    const int last = static_cast<int>(hits.size()) - 1;
    int& at = ui.intake.address_choice;
    while (pressed.take(Key::down)) at = std::min(at + 1, last);
    while (pressed.take(Key::up)) at = std::max(at - 1, 0);
    if (pressed.take_enter()) {
        const int choice = std::clamp(ui.intake.address_choice, 0, last);
        pick_address(view, ui, commands, hits[static_cast<std::size_t>(choice)]);
        move_field(ui, 1);
    }
}

void late_address(const View& view, UiState& ui, Commands& commands) {
    if (!ui.intake.address_waits || view.addresses == nullptr ||
        view.addresses->query != ui.intake.draft.address) {
        return;
    }
    ui.intake.address_waits = false;
    const auto& hits = view.addresses->hits;
    // Nobody has looked at the list: only the very place is taken, and no second one is as good.
    const auto exact = [&](const AddressHit& hit) {
        return !nearness(ui.intake.draft.address, hit).near;
    };
    if (!hits.empty() && exact(hits.front())) {
        pick_address(view, ui, commands, hits.front());
    } else {
        hint_of_call(view, ui, "message.address_open");
    }
}

/// Findings are chosen by arrows, confirmed by Enter, struck by Delete.
void finding_keys(const View& view, UiState& ui, Commands& commands, KeyPresses& pressed) {
    int& choice = ui.intake.finding_choice;
    const int count = static_cast<int>(ui.intake.triage.findings.size());
    while (pressed.take(Key::right)) choice = std::min(choice + 1, count - 1);
    while (pressed.take(Key::left)) choice = std::max(choice - 1, 0);
    const auto index = static_cast<std::size_t>(std::max(choice, 0));
    if (pressed.take(Key::del)) strike_finding(view, ui, commands, index);
    if (count > 0 && pressed.take_enter()) confirm_finding(view, ui, commands, index);
}

/// The answer is chosen by ← →, given by Enter: nothing that is typed can answer.
void question_keys(const View& view, UiState& ui, Commands& commands, KeyPresses& pressed) {
    IntakeState& intake = ui.intake;
    if (!intake.triage.question) return;
    constexpr std::array<triage::Tri, 3> order{triage::Tri::yes, triage::Tri::no,
                                               triage::Tri::unknown};
    const auto asked = intake.triage.question->finding;
    int at = -1;
    if (intake.answering == asked) {
        at = static_cast<int>(std::find(order.begin(), order.end(), intake.answer) -
                              order.begin());
    }
    const int before = at;
    while (pressed.take(Key::right)) at = std::min(at + 1, 2);
    while (pressed.take(Key::left)) at = at < 0 ? 2 : std::max(at - 1, 0);
    if (at != before) {
        intake.answering = asked;
        intake.answer = order[static_cast<std::size_t>(at)];
    }
    if (at >= 0 && pressed.take_enter()) {
        intake.answering.reset();
        answer_question(view, ui, commands, order[static_cast<std::size_t>(at)]);
    }
}

/// In the form no bare letter or digit does anything but stand in a field.
void keys(const View& view, UiState& ui, Commands& commands) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::intake);
    address_keys(view, ui, commands);
    if (ui.intake.field == Field::findings) finding_keys(view, ui, commands, pressed);
    if (ui.intake.field == Field::question) question_keys(view, ui, commands, pressed);
    const Field before = ui.intake.field;
    while (pressed.take(Key::tab)) move_field(ui, 1);
    while (pressed.take(Key::tab, shift)) move_field(ui, -1);
    while (pressed.take_enter()) move_field(ui, 1);
    const bool list = ui.intake.field == Field::address && ui.intake.address_open;
    if (!list) {
        while (pressed.take(Key::down)) move_field(ui, 1);
        while (pressed.take(Key::up)) move_field(ui, -1);
    }
    if (ui.intake.field == before) return;
    // Each step sends what is not stored: what came back after a crash, what was refused.
    if (ui.intake.draft_changed) refresh_triage(view, ui);
    save_draft(ui, commands);
}

/// "≈ house 15, not 7": what the place is, and that it is not what was said.
std::string near_text(const View& view, const Draft& d) {
    const Nearness& n = d.nearness;
    if (!n.wanted.empty() && n.found.empty()) {
        return "≈ " + view.tr("place.no_house", {d.place_name, n.wanted});
    }
    if (!n.wanted.empty() && n.found != n.wanted) {
        return "≈ " + view.tr("place.other_house", {n.found, n.wanted, d.place_name});
    }
    return "≈ " + view.tr("place.only_near", {d.place_name});
}

/// Where the map has the call, under the caller's own wording of it.
void draw_place(const View& view, const UiState& ui, Box box, float label_width) {
    text(view, box.cut_left(label_width), view.tr("field.place"),
         {view.fonts.small, view.theme.dim});
    const Draft& d = ui.intake.draft;
    if (d.place && d.nearness.near) {
        text(view, box, near_text(view, d),
             {view.fonts.bold, view.theme.notice, Align::left, true});
        return;
    }
    if (d.place && !d.place_name.empty()) {
        text(view, box, "✓ " + d.place_name,
             {view.fonts.small, view.theme.dim, Align::left, true});
        return;
    }
    text(view, box, view.tr(d.place ? "intake.place_known" : "intake.place_unknown"),
         {view.fonts.small, d.place ? view.theme.dim : view.theme.notice});
}

/// The width that the labels of the left column take.
float label_width_of(const View& view) {
    float label = 0;
    for (const std::string_view key : {"field.address", "field.directions", "field.patient_name",
                                       "field.age", "field.weeks", "field.caller_name"}) {
        label = std::max(label, text_width(view, view.tr(key), view.fonts.small));
    }
    return label + 18 * view.unit;
}

void draw_fields(const View& view, UiState& ui, Commands& commands, Box box) {
    const float label = label_width_of(view);
    const float height = std::floor(std::min(29 * view.unit, box.height() / 7));
    const auto row = [&](const TextRow& text_row) {
        draw_text_row(view, ui, commands, box.cut_top(height), text_row, label);
    };
    ui.intake.address_box = {box.x0, box.y0, box.x1, box.y0 + height};
    row({Field::address, "address", "field.address", &Draft::address});
    draw_place(view, ui, box.cut_top(height), label);
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
    const float count_label = width_of("field.count") + 10 * view.unit;
    draw_text_row(view, ui, commands, weeks.cut_left(count_label + 54 * view.unit),
                  {Field::count, "count", "field.count", &Draft::count}, count_label);
    row({Field::directions, "directions", "field.directions", &Draft::directions});
    row({Field::patient_name, "patient", "field.patient_name", &Draft::patient_name});
    row({Field::caller_name, "caller", "field.caller_name", &Draft::caller_name});
}

/// The number and the words, and what was read from them: what is said first stands first.
void draw_said(const View& view, UiState& ui, Commands& commands, Box box) {
    Box line = box.cut_top(std::ceil(29 * view.unit));
    const auto label = [&](std::string_view key) {
        return text_width(view, view.tr(key), view.fonts.small) + 8 * view.unit;
    };
    const float phone = label("field.phone");
    draw_text_row(view, ui, commands, line.cut_left(phone + 104 * view.unit),
                  {Field::phone, "phone", "field.phone", &Draft::phone}, phone);
    line.cut_left(9 * view.unit);
    draw_text_row(view, ui, commands, line, {Field::words, "words", "field.words", &Draft::words},
                  label("field.words"));
    draw_words(view, ui, box);
    draw_findings(view, ui, commands, box);
}

}  // namespace

void draw_intake(const View& view, UiState& ui, Commands& commands, const Box& given) {
    const Incident* incident = selected_incident(view, ui);
    const bool editable = incident == nullptr || incident->open();
    if (editable) {
        keys(view, ui, commands);
        late_address(view, ui, commands);
        name_place(view, ui, commands);
    }
    Box box = given.inset(9 * view.unit, 5 * view.unit);
    ImGui::PushID(static_cast<int>(ui.intake.draft.serial));
    draw_said(view, ui, commands,
              box.cut_top(std::floor(std::max(118 * view.unit, box.height() * 0.34F))));
    box.cut_top(4 * view.unit);
    Box left = box.cut_left(std::floor(box.width() * 0.53F));
    box.cut_left(9 * view.unit);
    draw_fields(view, ui, commands, left);
    draw_triage(view, ui, commands, box);
    ImGui::PopID();
    draw_address_hits(view, ui, commands);
    ui.focus.moved = false;
}

}  // namespace jedel::console
