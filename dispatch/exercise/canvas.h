#pragma once
// A sheet to draw a chart on: shapes by cairo, text by Pango. Private to the charts.

#include <memory>
#include <string>

#include "base/result.h"

namespace jedel::exercise {

struct Colour {
    double red = 0, green = 0, blue = 0;
};

/// Greys for ground and text, one colour per urgency category: told apart by lightness too, so
/// that the charts hold in black and white.
inline constexpr Colour ink{0.13, 0.15, 0.18};
inline constexpr Colour faint{0.80, 0.82, 0.84};
inline constexpr Colour muted{0.45, 0.48, 0.52};
inline constexpr Colour bar{0.27, 0.46, 0.65};
inline constexpr Colour bar_light{0.66, 0.77, 0.87};
Colour category_colour(std::size_t category);

enum class Align { left, centre, right };

class Canvas {
public:
    Canvas(int width, int height);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    void fill(double x, double y, double width, double height, Colour colour);
    void line(double x1, double y1, double x2, double y2, Colour colour, double thickness,
              bool dashed = false);
    /// A run of lines through points.
    void begin_path();
    void to(double x, double y);
    void stroke(Colour colour, double thickness);
    /// Text whose middle height lies at y. Gives its width in pixels.
    double text(double x, double y, const std::string& words, double size, Colour colour,
                Align align = Align::left, bool bold = false);
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    Result<void> save(const std::string& path);

private:
    struct Impl;
    int width_, height_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::exercise
