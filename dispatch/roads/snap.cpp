#include "dispatch/roads/snap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

namespace jedel::roads {

namespace {

constexpr double metres_per_degree = 6'371'008.8 * std::numbers::pi / 180;
constexpr double wanted_cell_m = 200;
constexpr double most_cells = 4e6;

/// Metres east and north of a place; near it a plane is exact enough.
struct Plane {
    LatLon origin;
    double per_lon;
    explicit Plane(LatLon at)
        : origin(at),
          per_lon(metres_per_degree *
                  std::max(0.01, std::cos(at.lat * std::numbers::pi / 180))) {}
    double x(double lon) const { return (lon - origin.lon) * per_lon; }
    double y(double lat) const { return (lat - origin.lat) * metres_per_degree; }
};

FixedPoint point_of(const RoadMap& map, const Segment& s, std::uint32_t i) {
    if (i == 0) return map.nodes[s.from];
    if (i > s.point_count) return map.nodes[s.to];
    return map.points[s.first_point + i - 1];
}

struct Foot {
    double distance2 = std::numeric_limits<double>::infinity();
    double part = 0;  ///< 0…1 along the leg
};

/// The nearest point of the leg a–b to the plane's origin.
Foot foot_of(const Plane& plane, FixedPoint a, FixedPoint b) {
    const double ax = plane.x(a.lon_e7 * 1e-7), ay = plane.y(a.lat_e7 * 1e-7);
    const double dx = plane.x(b.lon_e7 * 1e-7) - ax, dy = plane.y(b.lat_e7 * 1e-7) - ay;
    const double length2 = dx * dx + dy * dy;
    const double t = length2 > 0 ? std::clamp(-(ax * dx + ay * dy) / length2, 0.0, 1.0) : 0;
    const double px = ax + t * dx, py = ay + t * dy;
    return {px * px + py * py, t};
}

struct Best {
    double distance2 = std::numeric_limits<double>::infinity();
    std::uint32_t segment = 0, leg = 0;
    double part = 0;
};

/// Turns the nearest leg into a share of the segment's whole length.
Snapped snapped_at(const RoadMap& map, const Best& best) {
    const Segment& s = map.segments[best.segment];
    double before = 0, whole = 0;
    for (std::uint32_t i = 0; i <= s.point_count; ++i) {
        const double leg = distance_m(point_of(map, s, i).degrees(),
                                      point_of(map, s, i + 1).degrees());
        if (i < best.leg) before += leg;
        if (i == best.leg) before += leg * best.part;
        whole += leg;
    }
    const LatLon a = point_of(map, s, best.leg).degrees();
    const LatLon b = point_of(map, s, best.leg + 1).degrees();
    return {.segment = best.segment,
            .along = whole > 0 ? std::clamp(before / whole, 0.0, 1.0) : 0,
            .distance_m = std::sqrt(best.distance2),
            .on_road = {a.lat + (b.lat - a.lat) * best.part, a.lon + (b.lon - a.lon) * best.part}};
}

}  // namespace

std::vector<FixedPoint> polyline(const RoadMap& map, std::uint32_t segment) {
    const Segment& s = map.segments[segment];
    std::vector<FixedPoint> line;
    line.reserve(s.point_count + 2);
    for (std::uint32_t i = 0; i <= s.point_count + 1; ++i) line.push_back(point_of(map, s, i));
    return line;
}

SnapGrid::SnapGrid(const RoadMap& map) {
    double high_lat = -90, high_lon = -180;
    low_lat_ = 90;
    low_lon_ = 180;
    const auto widen = [&](FixedPoint p) {
        const LatLon d = p.degrees();
        low_lat_ = std::min(low_lat_, d.lat);
        low_lon_ = std::min(low_lon_, d.lon);
        high_lat = std::max(high_lat, d.lat);
        high_lon = std::max(high_lon, d.lon);
    };
    for (const Segment& s : map.segments) {
        for (std::uint32_t i = 0; i <= s.point_count + 1; ++i) widen(point_of(map, s, i));
    }
    if (map.segments.empty()) return;
    const Plane plane{{(low_lat_ + high_lat) / 2, low_lon_}};
    const double height_m = std::max(1.0, plane.y(high_lat) - plane.y(low_lat_));
    const double width_m = std::max(1.0, plane.x(high_lon));
    const double cell_m =
        std::max(wanted_cell_m, std::sqrt(height_m * width_m / most_cells));
    rows_ = static_cast<long>(height_m / cell_m) + 1;
    columns_ = static_cast<long>(width_m / cell_m) + 1;
    cell_lat_ = cell_m / metres_per_degree;
    cell_lon_ = cell_m / plane.per_lon;
    const auto each_cell = [&](auto&& act) {
        for (std::uint32_t i = 0; i < map.segments.size(); ++i) {
            const Segment& s = map.segments[i];
            for (std::uint32_t leg = 0; leg <= s.point_count; ++leg) {
                const LatLon a = point_of(map, s, leg).degrees();
                const LatLon b = point_of(map, s, leg + 1).degrees();
                const auto row = [&](double lat) {
                    return std::clamp(static_cast<long>((lat - low_lat_) / cell_lat_), 0L,
                                      rows_ - 1);
                };
                const auto column = [&](double lon) {
                    return std::clamp(static_cast<long>((lon - low_lon_) / cell_lon_), 0L,
                                      columns_ - 1);
                };
                for (long r = row(std::min(a.lat, b.lat)); r <= row(std::max(a.lat, b.lat)); ++r) {
                    for (long c = column(std::min(a.lon, b.lon));
                         c <= column(std::max(a.lon, b.lon)); ++c) {
                        act(static_cast<std::size_t>(r * columns_ + c), Piece{i, leg});
                    }
                }
            }
        }
    };
    first_.assign(static_cast<std::size_t>(rows_ * columns_) + 1, 0);
    each_cell([&](std::size_t cell, Piece) { ++first_[cell + 1]; });
    for (std::size_t c = 0; c + 1 < first_.size(); ++c) first_[c + 1] += first_[c];
    pieces_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    each_cell([&](std::size_t cell, Piece piece) { pieces_[next[cell]++] = piece; });
}

template <class Visit>
void SnapGrid::visit_cell(long row, long column, Visit&& visit) const {
    const auto cell = static_cast<std::size_t>(row * columns_ + column);
    for (std::uint32_t i = first_[cell]; i < first_[cell + 1]; ++i) visit(pieces_[i]);
}

std::optional<Snapped> SnapGrid::nearest(const RoadMap& map, LatLon place) const {
    if (rows_ == 0 || !is_valid(place)) return std::nullopt;
    const Plane plane{place};
    const auto cell_of = [](double v, double low, double cell, long n) {
        return static_cast<long>(std::clamp((v - low) / cell, 0.0, static_cast<double>(n - 1)));
    };
    const long row = cell_of(place.lat, low_lat_, cell_lat_, rows_);
    const long column = cell_of(place.lon, low_lon_, cell_lon_, columns_);
    // A last stretch is taken only where it is clearly nearer than a road that leads through: who
    // stands at the corner of both is at the latter.
    constexpr double clearly_nearer_m = 5;
    Best best, last;
    const auto sooner = [&] { return std::sqrt(last.distance2) + clearly_nearer_m; };
    const auto visit = [&](Piece piece) {
        const Segment& s = map.segments[piece.segment];
        const Foot foot = foot_of(plane, point_of(map, s, piece.part),
                                  point_of(map, s, piece.part + 1));
        Best& nearest = s.last_stretch ? last : best;
        if (foot.distance2 < nearest.distance2 ||
            (foot.distance2 == nearest.distance2 && piece.segment < nearest.segment)) {
            nearest = {foot.distance2, piece.segment, piece.part, foot.part};
        }
    };
    for (long ring = 0;; ++ring) {
        for (long r = std::max(0L, row - ring); r <= std::min(rows_ - 1, row + ring); ++r) {
            const bool edge_row = r == row - ring || r == row + ring;
            const long step = edge_row || ring == 0 ? 1 : 2 * ring;
            for (long c = column - ring; c <= column + ring; c += step) {
                if (c >= 0 && c < columns_) visit_cell(r, c, visit);
            }
        }
        // Nothing outside the rings seen so far can be nearer than their border.
        double bound = std::numeric_limits<double>::infinity();
        const auto border_lat = [&](long r) {
            return plane.y(low_lat_ + static_cast<double>(r) * cell_lat_);
        };
        const auto border_lon = [&](long c) {
            return plane.x(low_lon_ + static_cast<double>(c) * cell_lon_);
        };
        if (row - ring > 0) bound = std::min(bound, -border_lat(row - ring));
        if (row + ring < rows_ - 1) bound = std::min(bound, border_lat(row + ring + 1));
        if (column - ring > 0) bound = std::min(bound, -border_lon(column - ring));
        if (column + ring < columns_ - 1) bound = std::min(bound, border_lon(column + ring + 1));
        if (std::isinf(bound)) break;
        if (bound > 0 && (best.distance2 < bound * bound || sooner() < bound)) break;
    }
    return snapped_at(map, sooner() < std::sqrt(best.distance2) ? last : best);
}

std::vector<Snapped> SnapGrid::within(const RoadMap& map, LatLon place, double radius_m) const {
    std::vector<Snapped> out;
    if (rows_ == 0 || !is_valid(place)) return out;
    const Plane plane{place};
    const auto cell = [](double v, double low, double size, long n) {
        return static_cast<long>(std::clamp((v - low) / size, 0.0, static_cast<double>(n - 1)));
    };
    const double lat_reach = radius_m / metres_per_degree, lon_reach = radius_m / plane.per_lon;
    std::vector<Best> found;
    for (long r = cell(place.lat - lat_reach, low_lat_, cell_lat_, rows_);
         r <= cell(place.lat + lat_reach, low_lat_, cell_lat_, rows_); ++r) {
        for (long c = cell(place.lon - lon_reach, low_lon_, cell_lon_, columns_);
             c <= cell(place.lon + lon_reach, low_lon_, cell_lon_, columns_); ++c) {
            visit_cell(r, c, [&](Piece piece) {
                const Segment& s = map.segments[piece.segment];
                const Foot foot = foot_of(plane, point_of(map, s, piece.part),
                                          point_of(map, s, piece.part + 1));
                if (foot.distance2 <= radius_m * radius_m) {
                    found.push_back({foot.distance2, piece.segment, piece.part, foot.part});
                }
            });
        }
    }
    std::sort(found.begin(), found.end(), [](const Best& a, const Best& b) {
        return std::tie(a.segment, a.distance2, a.leg) < std::tie(b.segment, b.distance2, b.leg);
    });
    found.erase(std::unique(found.begin(), found.end(),
                            [](const Best& a, const Best& b) { return a.segment == b.segment; }),
                found.end());
    std::sort(found.begin(), found.end(), [](const Best& a, const Best& b) {
        return std::tie(a.distance2, a.segment) < std::tie(b.distance2, b.segment);
    });
    for (const Best& b : found) out.push_back(snapped_at(map, b));
    return out;
}

std::size_t SnapGrid::bytes() const { return first_.size() * 4 + pieces_.size() * sizeof(Piece); }

}  // namespace jedel::roads
