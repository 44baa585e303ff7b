#pragma once
// Names on the map: chosen and placed per zoom band and tile of the ground, so that no two meet;
// worked out once when a tile is first seen, then only moved. A label is a box that holds its own
// place, so boxes that are apart at a band's farthest scale stay apart all the way in.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "console/map/projection.h"
#include "console/text/text.h"
#include "dispatch/city/city.h"

namespace jedel::console {

enum class LabelKind : std::uint8_t {
    district, organisation, street, small_street, landmark, house
};
inline constexpr std::size_t label_kinds = 6;

/// A text with its place: centred on `at` plus an offset in pixels, turned by `angle` radians
/// (counter-clockwise on the map, never upside down).
struct Label {
    LabelKind kind = LabelKind::street;
    MapPoint at;
    float angle = 0;
    float width_px = 0, height_px = 0;
    float down_px = 0;  ///< the text stands this far below the place (below an icon)
    std::string_view text;
};

/// Measures a text in pixels as it will be drawn for that kind of label.
using MeasureText = std::function<std::array<float, 2>(LabelKind, std::string_view)>;

/// The name in a language, else what signs say, else any there is.
std::string_view name_in(const roads::Name& name, Language language);
/// Long words of street types shortened: "улица Абая" → "ул. Абая", "Абай даңғылы" → "Абай даң."
std::string shortened(std::string_view street, Language language);

/// Corners of the label's box on a screen of that scale, `pad_px` wider on all sides; an icon
/// above an organisation's name counts in.
std::array<MapPoint, 4> label_box(const Label& label, double metres_per_px, float pad_px);
/// True when two convex boxes share a point.
bool boxes_meet(const std::array<MapPoint, 4>& a, const std::array<MapPoint, 4>& b);

/// All that can be named in one city and language, and the placed labels so far. One thread.
class LabelBook {
public:
    LabelBook(std::shared_ptr<const City> city, const Projection& projection, Language language,
              MeasureText measure, float scale);
    ~LabelBook();
    LabelBook(LabelBook&&) noexcept;
    LabelBook& operator=(LabelBook&&) noexcept;

    /// Adds the labels seen in `seen` at this scale to `out`. The texts live as long as the book.
    void seen(const MapBox& seen, double metres_per_px, std::vector<Label>& out);
    /// Zoom bands are half octaves: within one, labels keep their places.
    static int band_of(double metres_per_px);
    static double band_metres_per_px(int band);  ///< the farthest scale of the band

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::console
