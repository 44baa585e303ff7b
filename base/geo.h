#pragma once
// Places on the earth, WGS 84 degrees.

#include <cmath>
#include <numbers>

namespace jedel {

/// A point, degrees north and east.
struct LatLon {
    double lat = 0;
    double lon = 0;
    friend bool operator==(const LatLon&, const LatLon&) = default;
};

/// True for numbers a point on earth can have.
inline bool is_valid(LatLon p) {
    return std::isfinite(p.lat) && std::isfinite(p.lon) && std::abs(p.lat) <= 90 &&
           std::abs(p.lon) <= 180;
}

/// Great-circle distance in metres on a sphere of 6 371 008.8 m (mean earth radius, IUGG).
inline double distance_m(LatLon a, LatLon b) {
    constexpr double rad = std::numbers::pi / 180;
    const double s_lat = std::sin((b.lat - a.lat) * rad / 2);
    const double s_lon = std::sin((b.lon - a.lon) * rad / 2);
    const double h =
        s_lat * s_lat + std::cos(a.lat * rad) * std::cos(b.lat * rad) * s_lon * s_lon;
    return 2 * 6'371'008.8 * std::asin(std::fmin(1.0, std::sqrt(h)));
}

}  // namespace jedel
