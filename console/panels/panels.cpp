#include "console/panels/panels.h"

#include <algorithm>
#include <array>

#include "console/panels/map_parts.h"
#include "console/relook.h"

namespace jedel::console {

/// Declared here: only the table calls them.
void draw_clock(const View&, UiState&, Commands&, const Box& screen);
void draw_palette(const View&, UiState&, const Box& screen);
void draw_help(const View&, const Box& screen);
void draw_messages(const View&, UiState&, const Box& screen);
void draw_override(const View&, UiState&, Commands&, const Box& screen);
void draw_paper(const View&, UiState&, Commands&, const Box& screen);

namespace {

bool always(const View&, const UiState&) { return true; }
bool beside_map(const View&, const UiState& ui) { return !map_is_large(ui); }
bool failed(const View& view, const UiState&) { return view.room.journal_error.has_value(); }
bool help_wanted(const View&, const UiState& ui) { return help_shown(ui); }
bool help_unwanted(const View&, const UiState& ui) { return !help_shown(ui); }

template <Overlay which>
bool open(const View&, const UiState& ui) {
    return ui.overlay == which;
}

/// A panel of a layout.
using Shown = bool (*)(const View&, const UiState&);
using Height = float (*)(const View&, const UiState&);
using Draw = void (*)(const PanelFrame&, const Box&);
constexpr PanelRow placed(std::string_view id, std::string_view title, std::optional<Area> area,
                          KeyOwner keys, Shown shown, Height height, Draw draw) {
    return {id, title, area, Overlay::none, false, keys, all_seats, shown, height, draw};
}
/// One that is opened by a key and lies over the screen.
template <Overlay which>
constexpr PanelRow opened(std::string_view id, std::string_view title, Draw draw) {
    return {id,        title,       std::nullopt, which,  true, KeyOwner::overlay,
            all_seats, open<which>, nullptr,      draw};
}
/// One that lies over the screen by itself.
constexpr PanelRow forced(std::string_view id, std::string_view title, KeyOwner keys, Shown shown,
                          Draw draw) {
    return {id,        title, std::nullopt, Overlay::none, true, keys,
            all_seats, shown, nullptr,      draw};
}

using F = const PanelFrame&;
using B = const Box&;

constexpr std::array table{
    placed("top_bar", "panel.top_bar", {}, KeyOwner::nobody, always, nullptr,
           [](F f, B b) { draw_top_bar(f.view, f.ui, f.commands, b, f.journal); }),
    placed("messages", "panel.messages", {}, KeyOwner::nobody, always, nullptr,
           [](F f, B b) { draw_message_line(f.view, f.ui, f.commands, b); }),
    placed("similar", "panel.similar", {}, KeyOwner::nobody, beside_map, similar_height,
           [](F f, B b) { draw_similar(f.view, f.ui, f.commands, b); }),
    placed("queue", "panel.queue", Area::queue, KeyOwner::queue, always, nullptr,
           [](F f, B b) { draw_queue(f.view, f.ui, f.commands, b); }),
    // Whose its keys are its page says, or a question that stands open in it.
    placed("card", "panel.card", Area::card, KeyOwner::nobody, beside_map, nullptr,
           [](F f, B b) { draw_card(f.view, f.ui, f.commands, b); }),
    placed("map", "panel.map", Area::map, KeyOwner::map, always, nullptr,
           [](F f, B b) { draw_map(f.view, f.ui, f.commands, b, f.map, f.map_moving); }),
    placed("help_card", "panel.help_card", {}, KeyOwner::nobody, help_wanted, nullptr,
           [](F f, B b) { draw_help_card(f.view, f.ui, f.commands, b); }),
    placed("fleet", "panel.fleet", Area::fleet, KeyOwner::fleet, help_unwanted, nullptr,
           [](F f, B b) { draw_fleet(f.view, f.ui, f.commands, b); }),
    forced("failure", "failure.title", KeyOwner::nobody, failed,
           [](F f, B b) { draw_failure(f.view, b); }),
    forced("damage", "damage.title", KeyOwner::overlay, damage_unread,
           [](F f, B b) { draw_damage(f.view, f.ui, b); }),
    opened<Overlay::palette>("palette", "action.palette",
                             [](F f, B b) { draw_palette(f.view, f.ui, b); }),
    opened<Overlay::help>("help", "action.help", [](F f, B b) { draw_help(f.view, b); }),
    opened<Overlay::notices>("notices", "action.notices",
                             [](F f, B b) { draw_messages(f.view, f.ui, b); }),
    opened<Overlay::category>("category", "action.override_category",
                              [](F f, B b) { draw_override(f.view, f.ui, f.commands, b); }),
    opened<Overlay::paper>("paper", "action.paper_call",
                           [](F f, B b) { draw_paper(f.view, f.ui, f.commands, b); }),
    opened<Overlay::definitions>("definitions", "action.definitions",
                                 [](F f, B b) { draw_definitions(f.view, f.ui, f.commands, b); }),
    opened<Overlay::roads>("roads", "action.road_list",
                           [](F f, B b) { draw_road_list(f.view, f.ui, f.commands, b); }),
    opened<Overlay::watch>("watch", "action.watch",
                           [](F f, B b) { draw_watch(f.view, f.ui, f.commands, b); }),
    opened<Overlay::relook>("relook", "action.relook",
                            [](F f, B b) { draw_relook(f.view, f.ui, f.commands, b); }),
    opened<Overlay::cover>("cover", "action.cover_plan",
                           [](F f, B b) { draw_cover(f.view, f.ui, f.commands, b); }),
    opened<Overlay::staffing>("staffing", "action.staffing",
                              [](F f, B b) { draw_staffing(f.view, f.ui, b); }),
    opened<Overlay::clock>("clock", "action.correct_clock",
                           [](F f, B b) { draw_clock(f.view, f.ui, f.commands, b); }),
};

}  // namespace

std::span<const PanelRow> panel_table() { return table; }

const PanelRow* panel_called(std::string_view id) {
    const auto* it = std::find_if(table.begin(), table.end(),
                                  [&](const PanelRow& row) { return row.id == id; });
    return it != table.end() ? it : nullptr;
}

const PanelRow* panel_over(const View& view, const UiState& ui) {
    const auto* it = std::find_if(table.begin(), table.end(), [&](const PanelRow& row) {
        return row.over && (row.seats & seat_bit(ui.seat)) != 0 && row.shown(view, ui);
    });
    return it != table.end() ? it : nullptr;
}

const PanelRow& panel_of(Area area) {
    return *std::find_if(table.begin(), table.end(),
                         [&](const PanelRow& row) { return row.area == area; });
}

}  // namespace jedel::console
