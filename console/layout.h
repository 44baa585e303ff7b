#pragma once
// Where the panels stand, by seat: assets/layouts.toml. A panel cuts its place off what is left of
// the window, in the order of the layout; what is left at the end is the rest's.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "console/panels/panels.h"

namespace jedel::console {

enum class Side : std::uint8_t { top, bottom, left, right, rest };

/// One place. Of several panels the first that is shown has it.
struct LayoutPlace {
    std::vector<std::string> panels;
    Side side = Side::rest;
    double share = 0;   ///< of the window's width (left, right) or of the height that is left
    double units = 0;   ///< instead: units of the 15-pixel design; neither: what the panel needs
    bool gap = true;    ///< leaves a gap behind it
    friend bool operator==(const LayoutPlace&, const LayoutPlace&) = default;
};

struct Layout {
    std::vector<Seat> seats;  ///< none: every seat without a layout of its own
    std::vector<LayoutPlace> places;
    friend bool operator==(const Layout&, const Layout&) = default;
};

class Layouts {
public:
    /// Errors: a name no panel has, a panel that this seat has not or that stands twice, no rest,
    /// a seat with two layouts, no layout for the others.
    static Result<Layouts> parse(std::string_view toml, const std::string& file);
    static Result<Layouts> load(const std::string& install_folder);
    /// What stands where the file cannot be read: one layout for every seat.
    static Layouts standard();
    [[nodiscard]] const Layout& of(Seat seat) const;
    [[nodiscard]] const std::vector<Layout>& all() const { return all_; }

private:
    std::vector<Layout> all_;
};

struct PlacedPanel {
    const PanelRow* panel = nullptr;
    Box box;
};
/// The panels that are shown with their boxes, in the order they are drawn.
std::vector<PlacedPanel> arrange(const Layout& layout, const View& view, const UiState& ui,
                                 const Box& screen);

}  // namespace jedel::console

template <>
struct jedel::EnumNames<jedel::console::Side> {
    static constexpr std::array<std::string_view, 5> names{"top", "bottom", "left", "right",
                                                           "rest"};
};
