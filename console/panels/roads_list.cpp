// The roads that are closed or slow: who said so, since when, until when; one taken back by a key.

#include <algorithm>
#include <cmath>

#include "console/map/furniture.h"
#include "console/map/labels.h"
#include "console/panels/describe.h"
#include "console/panels/map_parts.h"
#include "console/widgets/over.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

bool is_here(const View& view, RoadChangeId id) {
    if (view.roads == nullptr) return true;  // not known yet
    const auto& lost = view.roads->roads.not_here;
    return std::find(lost.begin(), lost.end(), id) == lost.end();
}

/// Street names in the screen's language where the road lies on this map.
std::string streets_text(const View& view, const RoadChange& change) {
    std::vector<std::string_view> names;
    const auto add = [&](std::string_view name) {
        if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
        names.push_back(name);
    };
    if (view.roads != nullptr && view.city.roads) {
        const auto& map = *view.city.roads;
        for (const RoadMark& mark : view.roads->roads.marks) {
            if (mark.change != change.id) continue;
            add(name_in(map.names[map.segments[mark.segment].name], view.tr.language()));
        }
    }
    if (names.empty()) {
        for (const RoadPiece& piece : change.road) add(piece.street);
    }
    std::string out;
    for (const std::string_view name : names) out += (out.empty() ? "" : ", ") + std::string{name};
    return out.empty() ? std::string{view.tr("drawing.no_name")} : out;
}

/// The time where it is today, else the date too, without the seconds.
std::string moment(const View& view, Instant at) {
    const int offset = view.utc_offset_minutes;
    if (day_of(at, offset) == day_of(view.now, offset)) return time_of_day(at, offset);
    const std::string whole = date_and_time(at, offset);
    return whole.substr(0, whole.size() - 3);
}

void draw_row(const View& view, const RoadChange& change, const Box& row, bool chosen) {
    if (chosen) fill(row, view.theme.chosen);
    rule_below(view, row);
    Box inner = row.inset(7 * view.unit, 3 * view.unit);
    Box first = inner.cut_top(inner.height() / 2);
    const std::string factor = view.tr.number(number_text(change.time_factor));
    const std::string effect = change.closed ? std::string{view.tr("drawing.closed")}
                                             : view.tr("drawing.slow", {factor});
    text(view, first.cut_left(140 * view.unit), effect,
         {view.fonts.bold, change.closed ? view.theme.alarm : view.theme.notice});
    text(view, first.cut_right(70 * view.unit),
         length_text(std::round(length_m(change.road)), view.tr),
         {view.fonts.small, view.theme.dim, Align::right});
    text(view, first, streets_text(view, change), {nullptr, 0, Align::left, true});
    const std::int64_t age_ms = std::max<std::int64_t>(0, (view.now - change.at).count());
    std::string words{view.tr.of("road_reason", change.reason)};
    words += " · " + view.tr("road_list.by", {change.actor, moment(view, change.at),
                                              duration_text(view, age_ms)});
    words += " · ";
    words += change.until ? view.tr("road_list.until", {moment(view, *change.until)})
                          : std::string{view.tr("drawing.no_end")};
    if (!is_here(view, change.id)) words += " · " + std::string{view.tr("road_list.not_here")};
    text(view, inner, words, {view.fonts.small, view.theme.dim, Align::left, true});
}

/// The row (newest first) of the change that is chosen, which keys act on: kept by its id, as new
/// ones come in above it. One that has gone takes the choice with it, and the first press only
/// shows the new one. -1: none.
int choose(UiState& ui, const Table<RoadChange>::Rows& rows) {
    const int count = static_cast<int>(rows.size());
    RoadChangeId& id = ui.map.tools.list_choice;
    const auto row_of = [&](int index) -> const RoadChange& {
        return *rows[static_cast<std::size_t>(count - 1 - index)];
    };
    int at = -1;
    for (int i = 0; i < count; ++i) {
        if (row_of(i).id == id) at = i;
    }
    if (count == 0) return -1;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    const bool lost = at < 0;
    if (lost) {
        at = 0;
        (void)pressed.take(Key::del);
        (void)pressed.take_enter();
    }
    while (pressed.take(Key::down)) at = std::min(at + 1, count - 1);
    while (pressed.take(Key::up)) at = std::max(at - 1, 0);
    id = row_of(at).id;
    return at;
}

}  // namespace

void draw_road_list(const View& view, UiState& ui, Commands& commands, const Box& screen) {
    Box box = open_over(view, screen, 760, 460, "##roads");
    header(view, box, view.tr("action.road_list"), "Ctrl+L  Esc", true);
    box = box.inset(9 * view.unit, 6 * view.unit);
    const auto rows = view.room.state.road_changes.rows();
    const int count = static_cast<int>(rows.size());
    const int chosen = choose(ui, rows);
    text(view, box.cut_bottom(std::ceil(20 * view.unit)), view.tr("road_list.keys"),
         {view.fonts.small, view.theme.dim});
    if (count == 0) {
        paragraph(view, box, view.tr("road_list.none"), {nullptr, view.theme.dim});
    }
    // The newest on top: it is the one that is looked for.
    const auto change_at = [&](int index) -> const RoadChange& {
        return *rows[static_cast<std::size_t>(count - 1 - index)];
    };
    const RowList list{.id = "##changes",
                       .row_height = std::ceil(46 * view.unit),
                       .count = count,
                       .keep_visible = chosen};
    row_list(view, box, list, [&](int index, const Box& row) {
        draw_row(view, change_at(index), row, index == chosen);
        if (clicked(view, row, "road:" + std::to_string(index))) {
            ui.map.tools.list_choice = change_at(index).id;
        }
    });
    close_over();
    if (count == 0 || chosen < 0) return;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::overlay);
    const RoadChange& change = change_at(chosen);
    if (pressed.take(Key::del)) commands.give(RestoreRoad{.change = change.id}, ui.seat);
    if (pressed.take_enter()) {
        const auto& line = change.road[change.road.size() / 2].line;
        ui.map.tools.go_to = line[line.size() / 2].place();
        ui.overlay = Overlay::none;
        ui.area = Area::map;
        ui.focus.moved = true;
    }
}

}  // namespace jedel::console
