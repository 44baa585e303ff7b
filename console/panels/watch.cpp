// The exception list: what is late or cannot be, the most dangerous first. Always one key away;
// each row says what to do, and Enter leads there.

#include <algorithm>

#include "console/panels/describe.h"
#include "console/widgets/format.h"
#include "console/widgets/over.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

/// Where the thing to be done about a row is done.
Page page_for(const Watched& row) {
    if (row.what == "hand_over" || row.what == "back_from_polyclinic") return Page::send;
    if (row.what == "scene_without_police" || row.what == "service_accept") return Page::elsewhere;
    return Page::course;
}

void go_to(UiState& ui, const Watched& row) {
    if (row.incident) {
        ui.selected = *row.incident;
        ui.page = page_for(row);
        ui.area = Area::card;
        ui.queue.scroll = true;
        if (row.brigade) ui.course.brigade = *row.brigade;
        if (ui.page == Page::elsewhere) {
            ui.elsewhere = {.incident = *row.incident, .section = Section::danger, .dangers = {}};
        }
    } else {
        ui.area = Area::fleet;
    }
    if (row.brigade) {
        ui.selected_brigade = *row.brigade;
        ui.fleet.scroll = true;
    }
    ui.overlay = Overlay::none;
    ui.focus.moved = true;
}

/// What was said, by whom, and what the room had: "103: передал (на базе)".
std::string what_text(const View& view, const Watched& row) {
    std::string out{view.tr("watch." + row.what)};
    const Trouble* trouble = row.trouble ? view.room.state.troubles.find(*row.trouble) : nullptr;
    if (trouble != nullptr) {
        out += ": ";
        out += view.tr.of("status", trouble->status);
        out += " — ";
        out += view.tr("watch.has", {view.tr.of("status", trouble->now_status)});
        if (row.count > 1) out += " ×" + std::to_string(row.count);
    }
    return out;
}

void draw_row(const View& view, const Watched& row, Box box, bool chosen) {
    if (chosen) {
        fill(box, view.theme.chosen);
        frame(box, view.theme.focus, 2);
    }
    rule_below(view, box);
    box = box.inset(7 * view.unit, 3 * view.unit);
    const bool worst = row.danger == 1;
    const ImU32 colour = worst ? view.theme.alarm : row.danger == 2 ? view.theme.notice : 0;
    const std::string sign(static_cast<std::size_t>(4 - row.danger), '!');
    text(view, box.cut_left(26 * view.unit), sign, {view.fonts.bold, colour});
    text(view, box.cut_right(74 * view.unit), clock_text((view.now - row.since).count()),
         {view.fonts.bold, colour, Align::right});
    Box first = box.cut_top(box.height() / 2);
    std::string whom;
    if (row.incident) whom = number_of(view, *row.incident);
    if (row.brigade) {
        const Brigade* brigade = view.room.state.brigades.find(*row.brigade);
        if (!whom.empty()) whom += " · ";
        whom += brigade != nullptr ? brigade->name : std::to_string(row.brigade->value);
    }
    first.cut_left(text(view, first, whom, {view.fonts.bold, 0, Align::left, true}) +
                   8 * view.unit);
    text(view, first, what_text(view, row), {nullptr, 0, Align::left, true});
    std::string todo{view.tr("watch_do." + row.what)};
    const Incident* incident = row.incident ? view.room.state.incident(*row.incident) : nullptr;
    if (incident != nullptr) {
        for (const Escalation& e : incident->escalations) {
            if (e.task != row.task) continue;
            todo += " · ";
            todo += view.tr("course.told", {time_of_day(e.at, view.utc_offset_minutes),
                                            view.tr.of("seat", e.to)});
        }
    }
    text(view, box, todo, {view.fonts.small, view.theme.dim, Align::left, true});
}

void keys(UiState& ui, Commands& commands) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    const auto& rows = ui.watch.rows;
    const int last = static_cast<int>(rows.size()) - 1;
    int& choice = ui.watch.choice;
    while (pressed.take(Key::down)) choice = std::min(choice + 1, last);
    while (pressed.take(Key::up)) choice = std::max(choice - 1, 0);
    if (pressed.take(Key::page_down)) choice = std::min(choice + 8, last);
    if (pressed.take(Key::page_up)) choice = std::max(choice - 8, 0);
    choice = std::clamp(choice, 0, std::max(0, last));
    const int digit = pressed.take_digit();
    if (rows.empty()) return;
    const Watched& row = rows[static_cast<std::size_t>(choice)];
    constexpr std::array<const char*, 3> ways{"reported", "asked", "ignored"};
    if (row.trouble && digit >= 1 && digit <= static_cast<int>(ways.size())) {
        commands.give(SettleTrouble{*row.trouble, ways[static_cast<std::size_t>(digit - 1)]},
                      ui.seat);
        return;
    }
    if (pressed.take_enter()) go_to(ui, row);
}

}  // namespace

bool shows(const UiState& ui, const Incident& incident) {
    if (!ui.organisation) return true;
    const Task* task = incident.last_polyclinic();
    return task != nullptr && task->organisation == ui.organisation &&
           (task->active() || task->served());
}

bool shows(const UiState& ui, const Brigade& brigade) {
    if (!ui.organisation) return true;
    return brigade.kind == BrigadeKind::polyclinic && brigade.base == *ui.organisation;
}

void keep_watch_list(const View& view, UiState& ui) {
    WatchState& w = ui.watch;
    const bool fresh = w.seq == view.room.state.seq && view.now - w.at < std::chrono::seconds{1} &&
                       view.now >= w.at;
    if (fresh) return;
    const std::optional<Watched> chosen =
        w.choice < static_cast<int>(w.rows.size())
            ? std::optional{w.rows[static_cast<std::size_t>(w.choice)]}
            : std::nullopt;
    w.rows = watch(view.room.state, view.tables.watch, view.now);
    std::erase_if(w.rows, [&](const Watched& row) {
        const Incident* i = row.incident ? view.room.state.open.find(*row.incident) : nullptr;
        if (i != nullptr) return !shows(ui, *i);
        const Brigade* b = row.brigade ? view.room.state.brigades.find(*row.brigade) : nullptr;
        return ui.organisation && (b == nullptr || !shows(ui, *b));
    });
    w.seq = view.room.state.seq;
    w.at = view.now;
    // The list reorders; the choice stays with the thing it was on.
    if (!chosen) return;
    for (std::size_t i = 0; i < w.rows.size(); ++i) {
        const Watched& row = w.rows[i];
        if (row.what == chosen->what && row.incident == chosen->incident &&
            row.task == chosen->task && row.trouble == chosen->trouble) {
            w.choice = static_cast<int>(i);
            return;
        }
    }
}

void draw_watch(const View& view, UiState& ui, Commands& commands, const Box& screen) {
    Box box = open_over(view, screen, 900, 560, "##watch");
    header(view, box, view.tr("action.watch"), "Insert  Esc", true);
    keys(ui, commands);
    box = box.inset(9 * view.unit, 6 * view.unit);
    Box hint = box.cut_bottom(std::ceil(22 * view.unit));
    const auto& rows = ui.watch.rows;
    if (rows.empty()) {
        paragraph(view, box, view.tr("watch.none"), {nullptr, view.theme.dim});
    }
    if (view.room.state.troubles_over > 0) {
        paragraph(view, box,
                  view.tr("watch.over", {std::to_string(view.room.state.troubles_over)}),
                  {view.fonts.bold, view.theme.alarm});
    }
    const RowList list{.id = "##watched",
                       .row_height = std::ceil(46 * view.unit),
                       .count = static_cast<int>(rows.size()),
                       .keep_visible = ui.watch.choice};
    int hit = -1;
    row_list(view, box, list, [&](int index, const Box& row) {
        draw_row(view, rows[static_cast<std::size_t>(index)], row, index == ui.watch.choice);
        if (clicked(view, row, "watched:" + std::to_string(index))) hit = index;
    });
    const bool settles = !rows.empty() &&
                         rows[static_cast<std::size_t>(ui.watch.choice)].trouble.has_value();
    text(view, hint, view.tr(settles ? "watch.hint_settle" : "watch.hint"),
         {view.fonts.small, view.theme.dim});
    close_over();
    if (hit >= 0) ui.watch.choice = hit;
}

}  // namespace jedel::console
