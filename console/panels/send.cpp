// Sending: ranked brigades with every reason, or for category 4 the polyclinic and its row.

#include <algorithm>
#include <cmath>

#include "console/category_stop.h"
#include "console/intake.h"
#include "console/messages.h"
#include "console/panels/acts.h"
#include "console/panels/describe.h"
#include "console/panels/send_parts.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

void draw_category4(const View& view, UiState& ui, Commands& commands, Box& box) {
    const Category4Route& route = view.advice->category4;
    Box strip = box.cut_top(std::ceil(66 * view.unit));
    fill(strip, view.theme.raised);
    rule_below(view, strip);
    strip = strip.inset(8 * view.unit, 5 * view.unit);
    const float line = strip.height() / 3;
    Box first = strip.cut_top(line);
    if (route.polyclinic) {
        const std::string_view words = view.tr("send.hand_over");
        const float width = button_width(view, words, "F4");
        if (button(view, first.cut_right(width), words, "F4", true)) {
            hand_to_polyclinic(view, ui, commands);
        }
        first.x1 -= 8 * view.unit;
    }
    const std::string_view who = route.polyclinic ? organisation_name(view, route.polyclinic)
                                                  : view.tr("send.station_serves");
    text(view, first, view.tr("send.category4", {who}), {view.fonts.bold, 0, Align::left, true});
    text(view, strip.cut_top(line),
         view.tr("send.row_in_force", {route.row.id, route.row.source}),
         {view.fonts.small, view.theme.dim, Align::left, true});
    std::string reasons;
    for (const std::string& code : route.reasons) {
        const std::string key = "route4." + code;
        if (!reasons.empty()) reasons += "; ";
        reasons += view.tr.table().has(key) ? std::string{view.tr(key)} : code;
    }
    if (route.instead_of) {
        reasons += ": ";
        reasons += organisation_name(view, route.instead_of);
    }
    text(view, strip, reasons, {view.fonts.small, view.theme.dim, Align::left, true});
}

struct Columns {
    Box name, kind, travel, distance, shift, fix, target;
};

Columns columns_of(const View& view, Box box) {
    box = box.inset(8 * view.unit, 0);
    Columns c;
    const float w = box.width();
    c.name = box.cut_left(w * 0.12F);
    c.kind = box.cut_left(w * 0.25F);
    c.travel = box.cut_left(w * 0.12F);
    c.distance = box.cut_left(w * 0.11F);
    c.shift = box.cut_left(w * 0.14F);
    c.fix = box.cut_left(w * 0.14F);
    c.target = box;
    return c;
}

void draw_heads(const View& view, const Box& strip) {
    rule_below(view, strip);
    const Columns c = columns_of(view, strip);
    const Ink ink{view.fonts.small, view.theme.dim};
    const Ink right{view.fonts.small, view.theme.dim, Align::right};
    text(view, c.name, view.tr("send.col_brigade"), ink);
    text(view, c.kind, view.tr("send.col_kind"), ink);
    text(view, c.travel, view.tr("send.col_travel"), right);
    text(view, c.distance, view.tr("unit.km"), right);
    text(view, c.shift, view.tr("send.col_shift"), right);
    text(view, c.fix, view.tr("send.col_fix"), right);
    text(view, c.target, view.tr("send.col_target"), right);
}

void draw_candidate(const View& view, const Candidate& candidate, const Box& row, bool chosen,
                    bool focused) {
    const Brigade* brigade = view.room.state.brigades.find(candidate.brigade);
    if (brigade == nullptr) return;
    if (chosen) fill(row, view.theme.chosen);
    if (chosen && focused) frame(row, view.theme.focus, 2);
    rule_below(view, row);
    const Columns c = columns_of(view, row);
    const Ink right{nullptr, 0, Align::right, true};
    text(view, c.name, brigade->name, {view.fonts.bold, 0, Align::left, true});
    text(view, c.kind, view.tr.of("brigade_kind", brigade->kind), {nullptr, 0, Align::left, true});
    text(view, c.travel, travel_text(candidate), {view.fonts.bold, 0, Align::right});
    text(view, c.distance,
         candidate.basis == Basis::road ? view.tr.number(kilometres(candidate.distance_m))
                                        : std::string{"—"},
         right);
    text(view, c.shift,
         brigade->shift_end ? time_of_day(*brigade->shift_end, view.utc_offset_minutes)
                            : std::string{"—"},
         right);
    text(view, c.fix, place_text(view, candidate, *brigade), right);
    text(view, c.target, target_text(view, candidate),
         {nullptr, candidate.within_target ? view.theme.dim : view.theme.notice, Align::right});
}

/// A call from paper: when the brigade was sent stands on the paper.
void draw_paper_time(const View& view, UiState& ui, Box line, bool focused) {
    line = line.inset(8 * view.unit, 2 * view.unit);
    const std::string_view label = view.tr("paper.time_sent");
    text(view, line.cut_left(text_width(view, label) + 8 * view.unit), label);
    const Box field = line.cut_left(80 * view.unit);
    const FieldResult result =
        text_field(view, ui.focus, field, "sent-time", ui.send.time, focused, "14:20");
    ui.focus.moved = false;
    if (result.changed) ui.send.bad_time = false;
    if (!ui.send.bad_time) return;
    frame(field, view.theme.alarm, 2);
    line.cut_left(8 * view.unit);
    text(view, line, view.tr("paper.bad_time"), {nullptr, view.theme.alarm, Align::left, true});
}

/// Enter sends the brigade that was drawn as chosen, wherever the list has put it since; the list
/// never puts another one under the hand. True: sent.
bool keys(const View& view, UiState& ui, Commands& commands, const Recommendation& r) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::send);
    SendState& send = ui.send;
    const int count = static_cast<int>(r.ranked.size());
    int place = place_of(r, send.chosen);
    // Another than the first that the person went to takes a reason, which sends it.
    const bool against = send.moved && place > 0;
    if (against) {
        if (const int digit = pressed.take_digit(); digit > 0) {
            send_brigade(view, ui, commands, *send.chosen, choice_reason(digit));
            return true;
        }
    }
    if (send.chosen && pressed.take_enter()) {
        if (place >= 0 && !against) {
            send_brigade(view, ui, commands, *send.chosen);
            return true;
        }
        hint(view, ui, place >= 0 ? "message.say_why" : "message.list_changed");
    }
    if (count == 0) {
        send.chosen.reset();
        return false;
    }
    if (place < 0 || !send.moved) place = 0;
    while (pressed.take(Key::down)) place = std::min(place + 1, count - 1), send.moved = true;
    while (pressed.take(Key::up)) place = std::max(place - 1, 0), send.moved = true;
    send.chosen = r.ranked[static_cast<std::size_t>(place)].brigade;
    return false;
}

void draw_list(const View& view, UiState& ui, const Recommendation& r, Box box) {
    const bool focused = ui.keyboard.owner() == KeyOwner::send;
    const int choice = place_of(r, ui.send.chosen);
    const int free = static_cast<int>(r.ranked.size());
    const int count = free + static_cast<int>(r.soon.size());
    Box heads = box.cut_top(std::ceil(19 * view.unit));
    draw_why(view, ui, box);
    const float row_height = std::ceil(24 * view.unit);
    // The heads stand over their columns also where the list has a scrollbar.
    if (row_height * static_cast<float>(count) > box.height()) {
        heads.x1 -= ImGui::GetStyle().ScrollbarSize;
    }
    draw_heads(view, heads);
    if (free == 0) {
        Box strip = box.cut_top(std::ceil(30 * view.unit)).inset(8 * view.unit, 6 * view.unit);
        paragraph(view, strip, view.tr("send.nobody"), {nullptr, view.theme.dim});
    }
    const RowList list{.id = "##candidates",
                       .row_height = row_height,
                       .count = count,
                       .keep_visible = choice};
    row_list(view, box, list, [&](int index, const Box& row) {
        const bool is_free = index < free;
        const Candidate& candidate = is_free ? r.ranked[static_cast<std::size_t>(index)]
                                             : r.soon[static_cast<std::size_t>(index - free)];
        draw_candidate(view, candidate, row, is_free && index == choice, focused);
        if (is_free && clicked(view, row, "candidate:" + std::to_string(index))) {
            ui.send.chosen = candidate.brigade;
            ui.send.moved = true;
            ui.area = Area::card;
        }
    });
}

}  // namespace

void send_brigade(const View& view, UiState& ui, Commands& commands, BrigadeId id,
                  std::optional<ChoiceReason> why) {
    const Incident* incident = selected_incident(view, ui);
    const Brigade* brigade = view.room.state.brigades.find(id);
    if (incident == nullptr || brigade == nullptr) return;
    save_draft(ui, commands);
    // Sending takes the proposed category where none is in force yet.
    if (stop_before_four(view, ui)) return;
    AssignBrigade command;
    command.incident = incident->id;
    command.brigade = id;
    command.seen_version = brigade->version;
    command.additional = incident->first_brigade_at_work() != nullptr;
    command.override_reason = why;
    if (view.advice != nullptr) command.shown = shown_lines(view.advice->recommendation, id);
    const auto fix = view.room.fixes.find(id);
    if (fix != view.room.fixes.end()) command.fix = fix->second;
    const bool paper = incident->first_call().channel == Channel::paper;
    if (paper) command.at = past_time(ui.send.time, view.now, view.utc_offset_minutes);
    ui.send.bad_time = paper && !command.at;
    if (ui.send.bad_time) return;
    commands.give(std::move(command), ui.seat);
    if (paper) {
        ask_course(ui, CourseAsk::paper_time, incident->id, id);
        ui.course.question.status = status_keys.front();
    }
    ui.selected_brigade = id;
    ui.fleet.scroll = true;
    ui.course.brigade = id;
    ui.page = Page::course;
}

namespace {

/// Name or number of the first patient, stored or typed on this desk.
bool identified(const View& view, const UiState& ui, const Incident& incident) {
    const Persons persons = persons_of(view, incident);
    if (!persons.patient_name().empty() || !persons.iin().empty()) return true;
    const Draft& draft = ui.intake.draft;
    return draft.incident == incident.id && !draft.patient_name.empty();
}

}  // namespace

void hand_to_polyclinic(const View& view, UiState& ui, Commands& commands) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return;
    save_draft(ui, commands);
    if (stop_before_four(view, ui)) return;
    ui.page = Page::send;
    ui.area = Area::card;
    if (view.advice == nullptr) return;
    const Category4Route& route = view.advice->category4;
    if (!route.polyclinic) {
        hint_of_call(view, ui, "message.station_serves", {route.row.id});
        return;
    }
    // Guard of the hand-over (practice): a polyclinic gets no one without a name or a number.
    if (!identified(view, ui, *incident)) {
        hint_of_call(view, ui, "message.not_identified");
        ui.page = Page::intake;
        ui.area = Area::card;
        ui.intake.field = Field::patient_name;
        ui.focus.moved = true;
        return;
    }
    HandToPolyclinic command;
    command.incident = incident->id;
    command.polyclinic = *route.polyclinic;
    command.row = route.row.id;
    for (const std::string& code : route.reasons) command.reasons.push_back({code, 1});
    commands.give(std::move(command), ui.seat);
    ui.page = Page::course;
}

void draw_send(const View& view, UiState& ui, Commands& commands, const Box& given) {
    Box box = given;
    const Incident* incident = selected_incident(view, ui);
    const auto say = [&](std::string_view key) {
        Box inner = box.inset(12 * view.unit, 12 * view.unit);
        paragraph(view, inner, view.tr(key), {nullptr, view.theme.dim});
    };
    if (incident == nullptr || view.advice == nullptr) return say("send.working");
    const bool category4 = incident->working_category() == Category::u4;
    if (category4) draw_category4(view, ui, commands, box);
    const Recommendation& r = view.advice->recommendation;
    if (r.ranked.empty() && r.excluded.empty()) return say("send.working");
    if (ui.send.incident != incident->id) ui.send = {.incident = incident->id};
    if (keys(view, ui, commands, r)) return;
    if (incident->first_call().channel == Channel::paper) {
        draw_paper_time(view, ui, box.cut_top(std::ceil(30 * view.unit)),
                        ui.keyboard.owner() == KeyOwner::send);
    }
    draw_basis(view, r, box);
    draw_list(view, ui, r, box);
}

}  // namespace jedel::console
