// From the snapshot to what the map draws, and from its clicks to the selection.

#include <algorithm>

#include "console/intake.h"
#include "console/messages.h"
#include "console/map/map_view.h"
#include "console/panels/describe.h"
#include "console/panels/map_parts.h"
#include "console/reading.h"
#include "console/widgets/widgets.h"
#include "dispatch/core/incidents/clocks.h"

namespace jedel::console {

namespace {

constexpr std::size_t marks_max = 4000;

std::vector<MapCall> calls_of(const View& view, const UiState& ui,
                              std::vector<std::string>& labels) {
    std::vector<MapCall> out;
    const auto& rows = view.room.state.open.rows();
    labels.reserve(std::min(rows.size(), marks_max));
    for (const auto& row : rows) {
        if (!row->place() || !shows(ui, *row) || out.size() == marks_max) continue;
        MapCall call;
        call.id = row->id;
        call.place = *row->place();
        call.category = row->working_category();
        const CallClocks clocks = clocks_of(*row);
        call.late = clocks.hand_over.late(view.now) || clocks.arrival.late(view.now);
        call.selected = row->id == ui.selected;
        labels.push_back(std::to_string(row->day_number));
        call.label = labels.back();
        out.push_back(call);
    }
    return out;
}

std::vector<MapBrigade> brigades_of(const View& view, const UiState& ui) {
    std::vector<MapBrigade> out;
    for (const auto& row : view.room.state.brigades.rows()) {
        if (row->status == BrigadeStatus::off_shift || !shows(ui, *row)) continue;
        MapBrigade brigade;
        brigade.id = row->id;
        brigade.place = row->base_place;
        const auto fix = view.room.fixes.find(row->id);
        if (fix != view.room.fixes.end()) {
            brigade.place = fix->second.place;
            brigade.fix_age_s = static_cast<double>((view.now - fix->second.at).count()) / 1000;
            if (fix->second.speed_kmh > 2) brigade.heading_deg = fix->second.heading_deg;
        }
        brigade.kind = row->kind;
        brigade.status = row->status;
        brigade.selected = row->id == ui.selected_brigade;
        brigade.label = row->name;
        out.push_back(brigade);
    }
    const Incident* call = selected_incident(view, ui);
    const auto sent = [&](const MapBrigade& b) { return call != nullptr && serves(*call, b.id); };
    const bool anyone = std::any_of(out.begin(), out.end(), sent);
    for (MapBrigade& b : out) b.candidate = sent(b);
    // Who could go next is shown while one is to be sent, not over the one that has been.
    if ((!anyone || ui.page == Page::send) && view.advice != nullptr &&
        !view.advice->recommendation.ranked.empty()) {
        const BrigadeId best = view.advice->recommendation.ranked.front().brigade;
        for (MapBrigade& b : out) b.candidate = b.candidate || b.id == best;
    }
    // The last is drawn on top.
    std::stable_partition(out.begin(), out.end(), [&](const auto& b) { return !sent(b); });
    return out;
}

void keys(UiState& ui, Commands& commands, const View& view, MapView& map) {
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::map);
    const double step = 80 * static_cast<double>(view.unit);
    while (pressed.take(Key::left)) map.pan_by(-step, 0);
    while (pressed.take(Key::right)) map.pan_by(step, 0);
    while (pressed.take(Key::up)) map.pan_by(0, -step);
    while (pressed.take(Key::down)) map.pan_by(0, step);
    while (pressed.take(Key::equal) || pressed.take(Key::pad_add)) map.zoom_by(0.5);
    while (pressed.take(Key::minus) || pressed.take(Key::pad_subtract)) map.zoom_by(-0.5);
    if (pressed.take(Key::home)) map.home();
    if (ui.map.tools.drawing) {
        drawing_keys(view, ui, commands, map.centre());
        return;
    }
    if (pressed.take(Key::a)) ui.map.areas = !ui.map.areas;
    if (pressed.take(Key::m)) ui.map.tools.large = !ui.map.tools.large;
    if (pressed.take(Key::f)) {
        // The selected brigade, else the one on its way to the selected call; again: let go.
        const Incident* call = selected_incident(view, ui);
        const Task* task = call != nullptr ? call->first_brigade_at_work() : nullptr;
        const BrigadeId on_its_way = task != nullptr ? *task->brigade : BrigadeId{};
        const BrigadeId wanted = ui.selected_brigade ? ui.selected_brigade : on_its_way;
        ui.map.follows = ui.map.follows ? BrigadeId{} : wanted;
        if (!wanted) hint(view, ui, "message.no_brigade");
    }
    const Incident* incident = selected_incident(view, ui);
    if (pressed.take(Key::space) && incident && incident->place()) {
        map.centre_on(*incident->place());
    }
    if (pressed.take_enter() && ui.intake.draft.active() && ui.page == Page::intake) {
        ui.intake.draft.place = map.centre();
        ui.intake.draft.place_name.clear();
        save_draft(ui, commands);
    }
}

void take_output(const MapOutput& out, UiState& ui, Commands& commands) {
    if (out.follow_ended) ui.map.follows = {};
    if (ui.map.tools.drawing && ui.area == Area::map) {
        if (out.clicked_at) drawing_click(ui, *out.clicked_at);
        return;
    }
    if (out.clicked_call) {
        ui.selected = *out.clicked_call;
        ui.queue.scroll = true;
    }
    if (out.clicked_brigade) {
        ui.selected_brigade = *out.clicked_brigade;
        ui.fleet.scroll = true;
    }
    if (out.clicked_organisation) ui.selected_organisation = out.clicked_organisation;
    if (out.taken_place && ui.intake.draft.active() && ui.page == Page::intake) {
        ui.intake.draft.place = out.taken_place;
        ui.intake.draft.place_name.clear();
        save_draft(ui, commands);
    }
}

/// What is drawn over the ground beside marks: closures, the stretch in hand, coloured roads.
void add_roads(const View& view, const UiState& ui, const std::vector<std::string>& lines,
               MapInput& input) {
    if (view.roads != nullptr) input.closures = view.roads->closures;
    if (ui.map.tools.drawing && view.stretch != nullptr) input.drawn = view.stretch->segments;
    input.drawn_closed = road_effects[ui.map.tools.effect].closed;
    input.reach_minutes = reach_bands_min;
    input.reach_lines = lines;
    if (view.reach != nullptr && ui.map.tools.reach != ReachKind::none) {
        input.reach = view.reach->roads;
    }
}

void draw_header(const View& view, const UiState& ui, Box& box) {
    Box rest = header(view, box, view.tr("map_panel.title"), "F8", ui.area == Area::map);
    if (const std::size_t count = view.room.state.road_changes.size(); count > 0) {
        const std::string words = view.tr("map_panel.roads", {std::to_string(count)});
        const Ink ink{view.fonts.small, view.theme.notice, Align::right};
        text(view, rest.cut_right(text_width(view, words, view.fonts.small) + 2), words, ink);
        rest.x1 -= 8 * view.unit;
    }
    text(view, rest, view.tr(ui.area == Area::map ? "map_panel.hint_keys" : "map_panel.hint"),
         {view.fonts.small, view.theme.dim, Align::right, true});
}

}  // namespace

bool map_is_large(const UiState& ui) {
    return ui.area == Area::map && (ui.map.tools.drawing || ui.map.tools.large);
}

void draw_map(const View& view, UiState& ui, Commands& commands, const Box& given, MapView& map,
              bool& moving) {
    keys(ui, commands, view, map);
    Box box = given;
    draw_header(view, ui, box);
    if (map_is_large(ui) && ui.map.tools.drawing) {
        draw_drawing(view, ui, commands, box.cut_bottom(drawing_height(view)));
    }
    if (const auto to = std::exchange(ui.map.tools.go_to, std::nullopt)) {
        map.centre_on(*to, std::min(map.metres_per_px(), 4.0));
    }
    std::vector<std::string> labels;
    const auto calls = calls_of(view, ui, labels);
    const auto brigades = brigades_of(view, ui);
    const std::vector<std::string> legend = reach_lines(view, ui);
    MapInput input;
    add_roads(view, ui, legend, input);
    input.calls = calls;
    input.brigades = brigades;
    if (view.advice != nullptr) {
        input.route = view.advice->route;
        input.other_route = view.advice->other_route;
    }
    input.selected_organisation = ui.selected_organisation;
    if (ui.page == Page::intake && ui.intake.draft.active() && !ui.intake.draft.incident) {
        input.place = ui.intake.draft.place;
    }
    const bool has_keys = ui.keyboard.owner() == KeyOwner::map;
    input.crosshair = has_keys;
    input.show_service_areas = ui.map.areas;
    input.follow = ui.map.follows;
    input.theme = &view.theme;
    input.fonts = &view.fonts;
    input.texts = &view.tr;
    input.time_s = ImGui::GetTime();
    ImGui::SetCursorScreenPos({box.x0, box.y0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::BeginChild("##map", {box.width(), box.height()}, false,
                      ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse |
                          ImGuiWindowFlags_NoNav);
    const MapOutput out = map.draw(input, box.width(), box.height());
    ImGui::EndChild();
    ImGui::PopStyleVar();
    moving = out.animating;
    take_output(out, ui, commands);
    if (view.recorder) view.recorder->add("map", box);
}

}  // namespace jedel::console
