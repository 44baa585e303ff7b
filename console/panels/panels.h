#pragma once
// The panels in one table: what each is called, who sees it, whose its keys are, what draws it.
// Where they stand is data (layout.h); the screen, the owner of the keyboard and the layouts go by
// this table.

#include <optional>
#include <span>
#include <string_view>

#include "console/ui.h"

namespace jedel::console {

/// What a frame hands to each panel.
struct PanelFrame {
    const View& view;
    UiState& ui;
    Commands& commands;
    MapView& map;
    bool& map_moving;
    const std::string& journal;  ///< name of the journal, for the bar
};

/// Seats as bits.
using SeatSet = std::uint32_t;
constexpr SeatSet seat_bit(Seat seat) { return SeatSet{1} << static_cast<unsigned>(seat); }
inline constexpr SeatSet all_seats = ~SeatSet{0};

struct PanelRow {
    std::string_view id;         ///< what layouts call it
    std::string_view title_key;  ///< its name in words
    std::optional<Area> area;    ///< the focus that gives it the keys
    Overlay overlay;             ///< the one it is; none for a panel of a layout
    bool over;                   ///< lies over the whole screen while it is shown
    KeyOwner keys;               ///< who it is when it has the keyboard
    SeatSet seats;
    /// Now; a panel of a layout that is not shown leaves its place to the others.
    bool (*shown)(const View&, const UiState&);
    /// Pixels it needs; null: as the layout says.
    float (*height)(const View&, const UiState&);
    void (*draw)(const PanelFrame&, const Box&);
};

/// In the order they are drawn; of those that lie over the screen the first that is shown.
std::span<const PanelRow> panel_table();
/// nullptr: there is none of that name.
const PanelRow* panel_called(std::string_view id);
/// What lies over the screen now; nullptr: nothing.
const PanelRow* panel_over(const View& view, const UiState& ui);
/// The panel that has the focus of an area.
const PanelRow& panel_of(Area area);

}  // namespace jedel::console
