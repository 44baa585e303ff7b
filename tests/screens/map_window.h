#pragma once
// A hidden window with nothing in it but the map, and its pixels.

#include <memory>
#include <string>
#include <vector>

#include "console/map/map_view.h"
#include "tests/map/hidden_window.h"

namespace jedel::console::test {

/// 8-bit RGB rows from the top.
struct Picture {
    int width = 0, height = 0;
    std::vector<unsigned char> rgb;
};
/// Nothing in it where the file is absent or no picture.
Picture read_picture(const std::string& path);

/// What tells two pictures apart: the share of 8 × 8 blocks whose mean colour is another by more
/// than `block_step` of 255 in any channel, in thousandths. Edges that are smoothed otherwise
/// change a block's mean little; a missing line, sign or letter changes it much.
inline constexpr int block_px = 8;
inline constexpr double block_step = 8;
double blocks_apart(const Picture& a, const Picture& b);
/// So many thousandths of the blocks may differ: ten of the 2 400 of a near picture.
inline constexpr double blocks_apart_most = 4.5;

/// One at a time, under a display.
class MapWindow {
public:
    MapWindow(int width, int height, int samples);

    /// An input with everything required in it.
    [[nodiscard]] MapInput input(ThemeKind theme, Language language);
    /// Draws frames until nothing moves, and reads the last one.
    Picture draw(MapView& view, const MapInput& in);

private:
    int width_, height_;
    jedel::test::HiddenWindow window_;
    TextTable table_;
    std::unique_ptr<Texts> texts_;
    Theme theme_;
    Fonts fonts_;
};

}  // namespace jedel::console::test
