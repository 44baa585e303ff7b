#pragma once
// What part of the plane is seen, and how it moves there smoothly. Knows no clock: time is given.

#include <optional>

#include "console/map/projection.h"

namespace jedel::console {

/// North is up. Screen points are pixels from the view's upper left corner.
class Camera {
public:
    struct Point {
        double x = 0, y = 0;
    };

    /// Size of the view in pixels; at least 1 × 1.
    void set_size(double width_px, double height_px);
    /// The whole map limits how far one can go; the core of it is what `fit` shows.
    void set_bounds(const MapBox& whole, const MapBox& core);

    void fit();                                     ///< the core of the city, at once
    void move_to(Point centre);                     ///< smoothly
    void move_to(Point centre, double metres_per_px);
    void jump_to(Point centre, double metres_per_px);
    void pan_px(double right_px, double down_px);   ///< the view's frame moves by so much
    /// +1 step = twice as large; the place under `at` stays under it.
    void zoom_at(Point at, double steps);
    /// Moves towards the goal; `dt_s` ≤ 0 goes there at once. True while still moving.
    bool advance(double dt_s);
    [[nodiscard]] bool moving() const { return goal_.has_value(); }

    [[nodiscard]] Point to_screen(Point map) const;
    [[nodiscard]] Point to_map(Point screen) const;
    [[nodiscard]] Point centre() const { return centre_; }
    [[nodiscard]] double metres_per_px() const { return metres_per_px_; }
    [[nodiscard]] double width() const { return width_; }
    [[nodiscard]] double height() const { return height_; }
    /// The seen part of the plane, grown by `margin_px` on every side.
    [[nodiscard]] MapBox seen(double margin_px = 0) const;
    [[nodiscard]] double fit_metres_per_px() const { return scale_for(core_); }

    static constexpr double nearest_metres_per_px = 0.1;

private:
    struct Goal {
        double metres_per_px = 1;
        std::optional<Point> centre;  ///< moves the middle there …
        Point anchor_map;             ///< … or keeps this place under this pixel
        Point anchor_screen;
    };
    [[nodiscard]] double scale_for(const MapBox& box) const;
    [[nodiscard]] double limited(double metres_per_px) const;
    void keep_inside();
    void keep_anchor(const Goal& goal);

    double width_ = 1, height_ = 1;
    MapBox bounds_{-1000, -1000, 1000, 1000};
    MapBox core_ = bounds_;
    Point centre_;
    double metres_per_px_ = 10;
    std::optional<Goal> goal_;
};

}  // namespace jedel::console
