// The calls of the room on the left: always there, always in one order.

#include <algorithm>

#include "console/panels/describe.h"
#include "console/reading.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"
#include "dispatch/core/incidents/clocks.h"

namespace jedel::console {

namespace {

int rank(const Incident& incident) {
    const Category c = incident.working_category();
    // A call nobody has sorted yet stands right after those known to be most urgent.
    return c == Category::none ? 3 : static_cast<int>(c) * 2;
}

/// Calls still to be handed over stand before those on their way.
bool handed(const Incident& incident) {
    return at_work(incident) || incident.ending.disposition != Disposition::none;
}

void sort_queue(const View& view, UiState& ui) {
    const State& state = view.room.state;
    QueueOrder& order = ui.queue.order;
    if (order.seq == state.seq && order.count == state.open.size() &&
        order.by_time == ui.queue.by_time) {
        return;
    }
    const auto all = state.open.rows();
    order = {state.seq, state.open.size(), ui.queue.by_time, {all.begin(), all.end()}};
    std::erase_if(order.rows, [&](const auto& row) { return !shows(ui, *row); });
    struct Key {
        int handed, rank;
        std::int64_t at;
        std::size_t index;
    };
    std::vector<Key> keys;
    keys.reserve(order.rows.size());
    for (std::size_t i = 0; i < order.rows.size(); ++i) {
        const Incident& incident = *order.rows[i];
        const bool by_time = ui.queue.by_time;
        keys.push_back({by_time ? 0 : handed(incident), by_time ? 0 : rank(incident),
                        incident.received_at.ms, i});
    }
    std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
        return std::tie(a.handed, a.rank, a.at, a.index) <
               std::tie(b.handed, b.rank, b.at, b.index);
    });
    std::vector<std::shared_ptr<const Incident>> sorted;
    sorted.reserve(keys.size());
    for (const Key& key : keys) sorted.push_back(std::move(order.rows[key.index]));
    order.rows = std::move(sorted);
}

/// One clock: the time left to its target while it runs, large; past it the diamond, how long
/// past, and the word. Once it has stopped, how long it took.
void clock_cell(const View& view, Box box, const Clock& clock, std::string_view late_word) {
    const Countdown c = countdown(view, clock);
    if (c.late) {
        const float radius = 4 * view.unit;
        draw_late(*ImGui::GetWindowDrawList(), {box.x0 + radius, (box.y0 + box.y1) / 2}, radius,
                  view.theme.alarm);
        box.x0 += 2 * radius + 3 * view.unit;
    }
    box.x0 += text(view, box, c.text, {c.counts ? view.fonts.large : view.fonts.text, c.colour}) +
              4 * view.unit;
    if (c.late) text(view, box, late_word, {view.fonts.small, view.theme.alarm, Align::left, true});
}

/// Who has the call: brigades by name, or the polyclinic.
std::string_view server_of(const View& view, const Incident& incident) {
    if (const Task* task = incident.first_brigade_at_work()) {
        const Brigade* brigade = view.room.state.brigades.find(*task->brigade);
        return brigade ? std::string_view{brigade->name} : view.tr("value.unknown");
    }
    if (at_polyclinic(incident)) return view.tr("queue.polyclinic");
    if (incident.ending.disposition != Disposition::none) return view.tr("queue.to_close");
    if (was_served(incident)) return view.tr("queue.served_to_close");
    return view.tr("queue.nobody");
}

/// What the form on this desk makes of the call, before any of it is stored.
Category category_typed(const UiState& ui, const Incident& incident) {
    const bool here = ui.intake.draft.incident == incident.id;
    return here ? ui.intake.triage.evaluation.proposed : Category::none;
}

void draw_row(const View& view, const UiState& ui, const Incident& incident, Box box) {
    const bool chosen = incident.id == ui.selected;
    if (chosen) fill(box, view.theme.chosen);
    rule_below(view, box);
    if (chosen && ui.area == Area::queue) frame(box, view.theme.focus, 2);
    box = box.inset(6 * view.unit, 3 * view.unit);
    const float mark = 24 * view.unit;
    Box mark_box = box.cut_left(mark);
    mark_box.y1 = mark_box.y0 + mark;
    const Category known = incident.working_category();
    const Category typed = category_typed(ui, incident);
    urgency(view, mark_box, known == Category::none ? typed : known);
    if (known == Category::none && typed != Category::none) {
        // Being typed on this desk, not stored yet.
        const Box below{mark_box.x0, mark_box.y1, mark_box.x1, box.y1};
        text(view, below, "…", {view.fonts.bold, view.theme.notice, Align::centre});
    }
    box.cut_left(7 * view.unit);
    const float line = std::floor(box.height() * 0.31F);

    Box first = box.cut_top(line);
    const std::string number = "№ " + std::to_string(incident.day_number);
    first.cut_left(text(view, first, number, {view.fonts.bold}) + 6 * view.unit);
    const std::string_view server = server_of(view, incident);
    const float server_width =
        std::min(text_width(view, server, view.fonts.bold) + 2, first.width() * 0.45F);
    const bool alone = incident.first_brigade_at_work() == nullptr;
    text(view, first.cut_right(server_width), server,
         {alone ? view.fonts.text : view.fonts.bold, alone ? view.theme.dim : view.theme.text,
          Align::right, true});
    first.x1 -= 6 * view.unit;
    text(view, first, address_of(view, incident), {nullptr, 0, Align::left, true});

    Box second = box.cut_top(line);
    if (incident.caller_lost()) {
        second.cut_left(text(view, second, view.tr("queue.call_back"),
                             {view.fonts.bold, view.theme.alarm}) +
                        6 * view.unit);
    }
    const std::string patient = patient_text(view, incident);
    if (!patient.empty()) {
        second.cut_left(text(view, second, patient, {nullptr, view.theme.dim, Align::left, true}) +
                        6 * view.unit);
    }
    text(view, second, reason_of(view, incident), {nullptr, view.theme.dim, Align::left, true});

    const CallClocks clocks = clocks_of(incident);
    const float cell = box.width() / 8;
    clock_cell(view, box.cut_left(cell * 3), clocks.hand_over, view.tr("queue.late_hand_over"));
    clock_cell(view, box.cut_left(cell * 3), clocks.arrival, view.tr("queue.late_arrival"));
    clock_cell(view, box, clocks.caller_wait, "");
}

void clock_heads(const View& view, Box box) {
    fill(box, view.theme.panel);
    rule_below(view, box);
    box = box.inset(6 * view.unit, 0);
    box.cut_left(31 * view.unit);
    const float cell = box.width() / 8;
    const Ink ink{view.fonts.small, view.theme.dim};
    text(view, box.cut_left(cell * 3), view.tr("queue.head_hand_over"), ink);
    text(view, box.cut_left(cell * 3), view.tr("queue.head_arrival"), ink);
    text(view, box, view.tr("queue.clock_wait"), ink);
}

void keys(UiState& ui) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::queue);
    const auto& rows = ui.queue.order.rows;
    const auto it = std::find_if(rows.begin(), rows.end(),
                                 [&](const auto& row) { return row->id == ui.selected; });
    auto index = it == rows.end() ? std::ptrdiff_t{-1} : it - rows.begin();
    const auto last = static_cast<std::ptrdiff_t>(rows.size()) - 1;
    const auto go = [&](std::ptrdiff_t to) {
        if (rows.empty()) return;
        index = std::clamp<std::ptrdiff_t>(to, 0, last);
        ui.selected = rows[static_cast<std::size_t>(index)]->id;
        ui.queue.scroll = true;
    };
    while (pressed.take(Key::down)) go(index + 1);
    while (pressed.take(Key::up)) go(index < 0 ? 0 : index - 1);
    if (pressed.take(Key::page_down)) go(index + 8);
    if (pressed.take(Key::page_up)) go(index - 8);
    if (pressed.take(Key::home)) go(0);
    if (pressed.take(Key::end)) go(last);
    if (ui.selected && pressed.take_enter()) {
        ui.area = Area::card;
        ui.focus.moved = true;
    }
}

}  // namespace

void draw_queue(const View& view, UiState& ui, Commands& commands, const Box& given) {
    sort_queue(view, ui);
    (void)commands;
    keys(ui);
    Box box = given;
    fill(box, view.theme.panel);
    const Box rest = header(view, box, view.tr("queue.title"), "F12", ui.area == Area::queue);
    const std::string order =
        std::to_string(ui.queue.order.rows.size()) + " · " +
        std::string{view.tr(ui.queue.by_time ? "queue.by_time" : "queue.by_urgency")};
    text(view, rest, order, {view.fonts.small, view.theme.dim, Align::right});
    clock_heads(view, box.cut_top(std::ceil(18 * view.unit)));
    if (ui.queue.order.rows.empty()) {
        Box empty = box.inset(12 * view.unit, 16 * view.unit);
        paragraph(view, empty, view.tr("queue.empty"), {nullptr, view.theme.dim});
    }
    RowList list{.id = "##queue",
                 .row_height = std::ceil(68 * view.unit),
                 .count = static_cast<int>(ui.queue.order.rows.size())};
    if (std::exchange(ui.queue.scroll, false)) {
        for (int i = 0; i < list.count; ++i) {
            if (ui.queue.order.rows[static_cast<std::size_t>(i)]->id == ui.selected)
                list.keep_visible = i;
        }
    }
    row_list(view, box, list, [&](int index, const Box& row) {
        const Incident& incident = *ui.queue.order.rows[static_cast<std::size_t>(index)];
        draw_row(view, ui, incident, row);
        if (clicked(view, row, "call:" + std::to_string(incident.day_number))) {
            ui.selected = incident.id;
            ui.area = Area::queue;
        }
    });
}

}  // namespace jedel::console
