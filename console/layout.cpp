#include "console/layout.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/install.h"
#include "base/toml_row.h"

namespace jedel::console {

namespace {

LayoutPlace read_place(TomlRow& row) {
    row.only({"panel", "panels", "side", "share", "units", "gap"});
    LayoutPlace place;
    place.panels = row.texts("panels");
    if (row.has("panel")) place.panels.push_back(row.text("panel"));
    if (place.panels.empty()) row.fail("panel", "missing; expected the name of a panel");
    place.side = row.name<Side>("side");
    constexpr double share_max = 0.9, units_max = 400;
    place.share = row.number("share", 0, share_max, 0);
    place.units = row.number("units", 0, units_max, 0);
    place.gap = row.truth("gap", true);
    const bool across = place.side == Side::left || place.side == Side::right;
    if (across && place.share == 0 && place.units == 0) {
        row.fail("side", "expected share or units: how wide it is");
    }
    return place;
}

/// What one seat may not have in its layout.
void check_panels(TomlRow& row, const Layout& layout) {
    std::set<std::string> seen;
    std::size_t rests = 0;
    for (const LayoutPlace& place : layout.places) {
        rests += place.side == Side::rest ? 1 : 0;
        for (const std::string& id : place.panels) {
            const PanelRow* panel = panel_called(id);
            if (panel == nullptr || panel->over) {
                row.fail("place", "expected the name of a panel, found '" + id + "'");
                return;
            }
            for (const Seat seat : layout.seats) {
                if ((panel->seats & seat_bit(seat)) == 0) {
                    row.fail("place", "this seat has no panel '" + id + "'");
                }
            }
            if (!seen.insert(id).second) row.fail("place", "'" + id + "' stands twice");
        }
    }
    if (rests != 1 || layout.places.back().side != Side::rest) {
        row.fail("place", "expected one place with side = \"rest\", the last");
    }
}

Layout read_layout(TomlRow& row) {
    row.only({"seats", "place"});
    Layout layout;
    for (const std::string& name : row.texts("seats")) {
        const auto seat = from_name<Seat>(name);
        if (!seat) row.fail("seats", "expected the names of seats, found '" + name + "'");
        layout.seats.push_back(seat.value_or(Seat::dispatcher));
    }
    for (const toml::table* table : row.rows("place")) {
        TomlRow place{*table, row.file()};
        layout.places.push_back(read_place(place));
        row.take_from(place);
    }
    if (layout.places.empty()) row.fail("place", "missing; expected the places of panels");
    else check_panels(row, layout);
    return layout;
}

float wanted(const LayoutPlace& place, const PanelRow& panel, const View& view, const UiState& ui,
             float whole) {
    if (place.units > 0) return std::ceil(static_cast<float>(place.units) * view.unit);
    if (place.share > 0) return std::floor(whole * static_cast<float>(place.share));
    return panel.height != nullptr ? panel.height(view, ui) : 0;
}

}  // namespace

Result<Layouts> Layouts::parse(std::string_view toml, const std::string& file) {
    const auto table = parse_toml(toml, file);
    if (!table) return table.error();
    Layouts out;
    std::set<Seat> seats;
    std::size_t others = 0;
    const auto done = each_row(*table, file, "layout", [&](TomlRow& row) {
        out.all_.push_back(read_layout(row));
        others += out.all_.back().seats.empty() ? 1 : 0;
        for (const Seat seat : out.all_.back().seats) {
            if (!seats.insert(seat).second) row.fail("seats", "this seat has a layout already");
        }
    });
    if (!done) return done.error();
    if (others != 1) {
        return Error{.message = "expected one layout without seats, for all others",
                     .where = file,
                     .field = "layout"};
    }
    return out;
}

Result<Layouts> Layouts::load(const std::string& install_folder) {
    const std::string file = install_folder + "/assets/layouts.toml";
    const auto text = read_file(file);
    if (!text) return text.error();
    return parse(*text, file);
}

Layouts Layouts::standard() {
    Layouts out;
    out.all_.push_back({.seats = {},
                        .places = {{{"top_bar"}, Side::top, 0, 28},
                                   {{"messages"}, Side::bottom, 0, 25},
                                   {{"queue"}, Side::left, 0.30},
                                   {{"help_card", "fleet"}, Side::right, 0.25},
                                   {{"card"}, Side::top, 0.66, 0, false},
                                   {{"similar"}, Side::top},
                                   {{"map"}, Side::rest}}});
    return out;
}

const Layout& Layouts::of(Seat seat) const {
    const Layout* others = &all_.front();
    for (const Layout& layout : all_) {
        if (layout.seats.empty()) others = &layout;
        if (std::find(layout.seats.begin(), layout.seats.end(), seat) != layout.seats.end()) {
            return layout;
        }
    }
    return *others;
}

std::vector<PlacedPanel> arrange(const Layout& layout, const View& view, const UiState& ui,
                                 const Box& screen) {
    std::vector<PlacedPanel> out;
    Box left = screen;
    const float gap = std::ceil(3 * view.unit);
    for (const LayoutPlace& place : layout.places) {
        const PanelRow* panel = nullptr;
        for (const std::string& id : place.panels) {
            const PanelRow* one = panel_called(id);
            if (panel == nullptr && one != nullptr && one->shown(view, ui)) panel = one;
        }
        if (panel == nullptr) continue;
        const bool across = place.side == Side::left || place.side == Side::right;
        const float size =
            wanted(place, *panel, view, ui, across ? screen.width() : left.height());
        const float behind = place.gap ? gap : 0;
        Box box = left;
        switch (place.side) {
            case Side::top: box = left.cut_top(size); left.cut_top(behind); break;
            case Side::bottom: box = left.cut_bottom(size); left.cut_bottom(behind); break;
            case Side::left: box = left.cut_left(size); left.cut_left(behind); break;
            case Side::right: box = left.cut_right(size); left.cut_right(behind); break;
            case Side::rest: break;
        }
        if (size > 0 || place.side == Side::rest) out.push_back({panel, box});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.panel < b.panel; });
    return out;
}

}  // namespace jedel::console
