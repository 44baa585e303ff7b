// Drawing a closed or slow road on the map: places along it, how, why, until when.

#include <algorithm>
#include <cmath>

#include "console/map/furniture.h"
#include "console/map/labels.h"
#include "console/panels/describe.h"
#include "console/panels/map_parts.h"
#include "console/widgets/format.h"
#include "console/widgets/widgets.h"

namespace jedel::console {

namespace {

constexpr int first_reason = 1;  // RoadReason::none is no choice
constexpr int last_reason = static_cast<int>(EnumNames<RoadReason>::names.size()) - 1;

void change_steps(MapTools& tools) {
    ++tools.serial;
    tools.confirm_wanted = false;
}

template <class Number>
Number turned(Number value, int by, Number low, Number high) {
    const int count = static_cast<int>(high - low) + 1;
    const int at = (static_cast<int>(value - low) + by + count) % count;
    return static_cast<Number>(static_cast<int>(low) + at);
}

void turn_reason(MapTools& tools, int by) {
    tools.reason = static_cast<RoadReason>(
        turned(static_cast<int>(tools.reason), by, first_reason, last_reason));
}

void turn_end(MapTools& tools, int by) {
    tools.end = turned<std::size_t>(tools.end, by, 0, road_ends_min.size() - 1);
}

std::optional<Instant> end_of(const MapTools& tools, Instant now) {
    const int minutes = road_ends_min[tools.end];
    if (minutes == 0) return std::nullopt;
    return now + std::chrono::minutes{minutes};
}

/// Gives the command once the worker has found the stretch of the present steps.
void give(const View& view, UiState& ui, Commands& commands) {
    MapTools& tools = ui.map.tools;
    if (!tools.confirm_wanted || view.stretch == nullptr) return;
    tools.confirm_wanted = false;
    if (view.stretch->road.empty()) return;
    const RoadEffect effect = road_effects[tools.effect];
    commands.give(ChangeRoad{.road = view.stretch->road,
                             .closed = effect.closed,
                             .time_factor = effect.time_factor,
                             .reason = tools.reason,
                             .until = end_of(tools, view.now)},
                  ui.seat);
    end_drawing(ui);
}

std::string joined_names(const View& view, const std::vector<std::uint32_t>& names) {
    std::string out;
    for (const std::uint32_t name : names) {
        if (!out.empty()) out += ", ";
        out += name_in(view.city.roads->names[name], view.tr.language());
    }
    return out;
}

/// What is drawn so far, or what to do first.
void draw_what(const View& view, const UiState& ui, const Box& line) {
    const StretchAnswer* stretch = view.stretch;
    const Ink ink{view.fonts.bold, 0, Align::left, true};
    if (ui.map.tools.steps.empty() || stretch == nullptr) {
        text(view, line, view.tr("drawing.first"), {view.fonts.bold});
        return;
    }
    if (stretch->no_road || stretch->no_way) {
        text(view, line, view.tr(stretch->no_road ? "drawing.no_road" : "drawing.no_way"),
             {view.fonts.bold, view.theme.notice});
        return;
    }
    std::string words = joined_names(view, stretch->streets);
    if (words.empty()) words = view.tr("drawing.no_name");
    words += " · " + length_text(std::round(stretch->length_m), view.tr);
    text(view, line, words, ink);
}

/// A choice with its key: a box that can be clicked.
bool choice(const View& view, Box& line, std::string_view key, std::string_view words, bool on,
            std::string_view name) {
    const float key_width = text_width(view, key, view.fonts.bold) + 5 * view.unit;
    const float width = key_width + text_width(view, words, view.fonts.small) + 13 * view.unit;
    const Box box = line.cut_left(width);
    line.cut_left(5 * view.unit);
    fill(box, on ? view.theme.chosen : view.theme.raised);
    frame(box, on ? view.theme.focus : view.theme.line, on ? 2 : 1);
    Box inner = box.inset(5 * view.unit, 0);
    text(view, inner.cut_left(key_width), key, {view.fonts.bold});
    text(view, inner, words, {view.fonts.small});
    return clicked(view, box, name);
}

void draw_effects(const View& view, UiState& ui, Box line) {
    for (std::size_t i = 0; i < road_effects.size(); ++i) {
        const RoadEffect effect = road_effects[i];
        const std::string factor = view.tr.number(number_text(effect.time_factor));
        const std::string words = effect.closed ? std::string{view.tr("drawing.closed")}
                                                : view.tr("drawing.slow", {factor});
        const std::string key = std::to_string(i + 1);
        if (choice(view, line, key, words, ui.map.tools.effect == i, "drawing:effect:" + key)) {
            ui.map.tools.effect = i;
        }
    }
}

std::string end_text(const View& view, const MapTools& tools) {
    const auto until = end_of(tools, view.now);
    if (!until) return std::string{view.tr("drawing.no_end")};
    const std::int64_t ms = (*until - view.now).count();
    return view.tr("drawing.until", {duration_text(view, ms),
                                     time_of_day(*until, view.utc_offset_minutes)});
}

}  // namespace

bool begin_drawing(const View& view, UiState& ui) {
    const int today = day_of(view.now, view.utc_offset_minutes);
    if (!Rights::standard().may(ui.seat, ChangeRoad::kind, today)) {
        ui.messages.push_back({view.now, "refusal.right_required", {}, {}, true});
        return false;
    }
    if (ui.map.tools.drawing && ui.area == Area::map) {
        end_drawing(ui);
        return false;
    }
    ui.map.tools.drawing = true;
    return true;
}

void end_drawing(UiState& ui) {
    ui.map.tools.drawing = false;
    ui.map.tools.steps.clear();
    change_steps(ui.map.tools);
}

void drawing_click(UiState& ui, LatLon at) {
    ui.map.tools.steps.push_back({DrawStep::Kind::place, at});
    change_steps(ui.map.tools);
}

void drawing_keys(const View& view, UiState& ui, Commands& commands, LatLon crosshair) {
    MapTools& tools = ui.map.tools;
    KeyPresses& pressed = ui.keyboard.of(KeyOwner::map);
    const auto step = [&](DrawStep::Kind kind) {
        if (kind != DrawStep::Kind::place && tools.steps.empty()) return;
        tools.steps.push_back({kind, crosshair});
        change_steps(tools);
    };
    while (pressed.take(Key::space)) step(DrawStep::Kind::place);
    while (pressed.take(Key::page_down)) step(DrawStep::Kind::longer_end);
    while (pressed.take(Key::page_up)) step(DrawStep::Kind::longer_begin);
    while (pressed.take(Key::backspace)) {
        if (tools.steps.empty()) continue;
        tools.steps.pop_back();
        change_steps(tools);
    }
    if (const int digit = pressed.take_digit();
        digit >= 1 && digit <= static_cast<int>(road_effects.size())) {
        tools.effect = static_cast<std::size_t>(digit - 1);
    }
    while (pressed.take(Key::r)) turn_reason(tools, 1);
    while (pressed.take(Key::r, shift)) turn_reason(tools, -1);
    while (pressed.take(Key::u)) turn_end(tools, 1);
    while (pressed.take(Key::u, shift)) turn_end(tools, -1);
    if (pressed.take_enter() && !tools.steps.empty()) tools.confirm_wanted = true;
    give(view, ui, commands);
}

float drawing_height(const View& view) { return std::ceil(107 * view.unit); }

void draw_drawing(const View& view, UiState& ui, Commands& commands, const Box& strip) {
    fill(strip, view.theme.raised);
    Box box = strip.inset(8 * view.unit, 4 * view.unit);
    Box what = box.cut_top(std::ceil(24 * view.unit));
    const std::string_view enter = view.tr("drawing.enter");
    if (!ui.map.tools.steps.empty()) {
        const Box key = what.cut_right(button_width(view, enter, "Enter"));
        if (button(view, key, enter, "Enter", true)) {
            ui.map.tools.confirm_wanted = true;
            give(view, ui, commands);
        }
        what.x1 -= 6 * view.unit;
    }
    draw_what(view, ui, what);
    box.cut_top(3 * view.unit);
    draw_effects(view, ui, box.cut_top(std::ceil(22 * view.unit)));
    box.cut_top(4 * view.unit);
    Box line = box.cut_top(std::ceil(22 * view.unit));
    const std::string_view why = view.tr.of("road_reason", ui.map.tools.reason);
    if (choice(view, line, "R", why, false, "drawing:reason")) turn_reason(ui.map.tools, 1);
    if (choice(view, line, "U", end_text(view, ui.map.tools), false, "drawing:end")) {
        turn_end(ui.map.tools, 1);
    }
    box.cut_top(3 * view.unit);
    text(view, box, view.tr("drawing.keys"), {view.fonts.small, view.theme.dim});
}

}  // namespace jedel::console
