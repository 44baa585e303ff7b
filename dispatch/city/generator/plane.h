#pragma once
// The generator's plane: metres east and north of the city's centre.

#include <cmath>
#include <optional>

#include "base/geo.h"

namespace jedel::generator {

struct Vec {
    double x = 0, y = 0;
    friend Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y}; }
    friend Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y}; }
    friend Vec operator*(Vec a, double k) { return {a.x * k, a.y * k}; }
    friend bool operator==(Vec, Vec) = default;
};
inline double dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y; }
inline double cross(Vec a, Vec b) { return a.x * b.y - a.y * b.x; }
inline double length(Vec a) { return std::sqrt(dot(a, a)); }
inline Vec left_of(Vec a) { return {-a.y, a.x}; }
inline Vec unit(Vec a) {
    const double l = length(a);
    return l > 0 ? a * (1 / l) : Vec{1, 0};
}
/// To whole centimetres, so that the last bit of a sine does not reach a file.
inline Vec rounded(Vec a) { return {std::round(a.x * 100) / 100, std::round(a.y * 100) / 100}; }

constexpr double pi = 3.14159265358979323846;
inline Vec polar(double radius, double angle_deg) {
    const double a = angle_deg * pi / 180;
    return rounded({radius * std::cos(a), radius * std::sin(a)});
}
inline double angle_deg(Vec a) {
    const double d = std::atan2(a.y, a.x) * 180 / pi;
    return d < 0 ? d + 360 : d;
}

/// Parameter along a–b and along c–d where they cross; nullopt when they do not.
struct Crossing {
    double t = 0, u = 0;
};
inline std::optional<Crossing> crossing(Vec a, Vec b, Vec c, Vec d) {
    const Vec r = b - a;
    const Vec s = d - c;
    const double denominator = cross(r, s);
    if (std::abs(denominator) < 1e-9) return std::nullopt;
    const double t = cross(c - a, s) / denominator;
    const double u = cross(c - a, r) / denominator;
    if (t < 0 || t > 1 || u < 0 || u > 1) return std::nullopt;
    return Crossing{t, u};
}

/// The city's centre: open steppe between the Sarysu and Lake Balkhash, no town near it.
constexpr LatLon centre{48.62, 70.55};
constexpr double metres_per_degree = 111'195.0;
constexpr double cos_centre = 0.661051;  // cos 48.62°

inline LatLon to_earth(Vec p) {
    return {centre.lat + p.y / metres_per_degree,
            centre.lon + p.x / (metres_per_degree * cos_centre)};
}
inline Vec to_plane(LatLon p) {
    return {(p.lon - centre.lon) * metres_per_degree * cos_centre,
            (p.lat - centre.lat) * metres_per_degree};
}

}  // namespace jedel::generator
