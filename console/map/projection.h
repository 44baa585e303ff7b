#pragma once
// The plane the map is drawn on: Mercator, scaled so that a unit is a metre at the city's middle.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/geo.h"

namespace jedel::console {

/// Metres east and north of the city's middle. Float, as buffers hold it: 4 mm at 50 km.
struct MapPoint {
    float x = 0, y = 0;
    friend bool operator==(const MapPoint&, const MapPoint&) = default;
};

/// A box on the plane; empty when low > high.
struct MapBox {
    float low_x = 1, low_y = 1, high_x = 0, high_y = 0;
    [[nodiscard]] bool empty() const { return low_x > high_x || low_y > high_y; }
    [[nodiscard]] bool meets(const MapBox& o) const {
        return low_x <= o.high_x && o.low_x <= high_x && low_y <= o.high_y && o.low_y <= high_y;
    }
    [[nodiscard]] bool holds(const MapBox& o) const {
        return low_x <= o.low_x && o.high_x <= high_x && low_y <= o.low_y && o.high_y <= high_y;
    }
    void add(MapPoint p) {
        if (empty()) {
            *this = {p.x, p.y, p.x, p.y};
            return;
        }
        low_x = std::min(low_x, p.x), high_x = std::max(high_x, p.x);
        low_y = std::min(low_y, p.y), high_y = std::max(high_y, p.y);
    }
};

/// Mercator around an origin; conformal, so shapes of crossings are right. Scale is true at the
/// origin's latitude and within 1 % over a city of 100 km.
class Projection {
public:
    Projection() = default;
    explicit Projection(LatLon origin)
        : origin_(origin),
          metres_per_radian_(6'378'137.0 * std::cos(origin.lat * rad)),
          origin_y_(mercator(origin.lat)) {}

    [[nodiscard]] double x(LatLon p) const {
        return metres_per_radian_ * (p.lon - origin_.lon) * rad;
    }
    [[nodiscard]] double y(LatLon p) const {
        return metres_per_radian_ * (mercator(p.lat) - origin_y_);
    }
    [[nodiscard]] MapPoint to_map(LatLon p) const {
        return {static_cast<float>(x(p)), static_cast<float>(y(p))};
    }
    [[nodiscard]] LatLon to_place(double x_m, double y_m) const {
        const double m = origin_y_ + y_m / metres_per_radian_;
        return {std::atan(std::sinh(m)) / rad, origin_.lon + x_m / metres_per_radian_ / rad};
    }

private:
    static constexpr double rad = std::numbers::pi / 180;
    /// Poles lie at infinity; a place beyond 85° is drawn at 85°.
    static double mercator(double lat) {
        return std::asinh(std::tan(std::clamp(lat, -85.0, 85.0) * rad));
    }
    LatLon origin_;
    double metres_per_radian_ = 6'378'137.0;
    double origin_y_ = 0;
};

}  // namespace jedel::console
