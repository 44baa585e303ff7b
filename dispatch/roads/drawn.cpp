#include "dispatch/roads/drawn.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "dispatch/roads/snap.h"

namespace jedel::roads {

namespace {

constexpr double near_m = 12;        // a re-import moves a road by less
constexpr double very_near_m = 6;    // without a name to go by
constexpr double other_carriageway_m = 4;
constexpr double beyond_m = 1;       // past the line's end it is the next segment
constexpr double sample_m = 10;
constexpr int samples_min = 5, samples_max = 60;
constexpr double share_taken = 0.5;
constexpr double holds_line = 0.7;
constexpr double holds_line_min_m = 15;
const double turned_cos = std::cos(35 * std::numbers::pi / 180);

struct Vec {
    double x = 0, y = 0;
};

/// Metres on a plane at the line's first point.
class Plane {
public:
    explicit Plane(LatLon origin)
        : origin_(origin), per_lon_(per_degree * std::cos(origin.lat * std::numbers::pi / 180)) {}
    [[nodiscard]] Vec at(LatLon p) const {
        return {(p.lon - origin_.lon) * per_lon_, (p.lat - origin_.lat) * per_degree};
    }

private:
    static constexpr double per_degree = 6'371'008.8 * std::numbers::pi / 180;
    LatLon origin_;
    double per_lon_;
};

double length(Vec v) { return std::hypot(v.x, v.y); }
Vec between_points(Vec a, Vec b) { return {b.x - a.x, b.y - a.y}; }

/// How far a point lies from the line, and how the line runs there.
struct Foot {
    double distance_m = 1e300;
    bool past_end = false;
    Vec along;
};

Foot foot_on(const std::vector<Vec>& line, Vec p) {
    Foot best;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Vec d = between_points(line[i - 1], line[i]);
        const double l2 = d.x * d.x + d.y * d.y;
        if (l2 <= 0) continue;
        const Vec to = between_points(line[i - 1], p);
        const double raw = (to.x * d.x + to.y * d.y) / l2;
        const double t = std::clamp(raw, 0.0, 1.0);
        const double off = std::hypot(to.x - t * d.x, to.y - t * d.y);
        if (off >= best.distance_m) continue;
        const double over_m = (raw < 0 ? -raw : raw - 1) * std::sqrt(l2);
        const bool outer = (i == 1 && raw < 0) || (i + 1 == line.size() && raw > 1);
        best = {off, outer && over_m > beyond_m, d};
    }
    return best;
}

std::vector<Vec> on_plane(const Plane& plane, const std::vector<LatLon>& line) {
    std::vector<Vec> out;
    out.reserve(line.size());
    for (const LatLon p : line) out.push_back(plane.at(p));
    return out;
}

/// What of a segment runs along the line.
struct Cover {
    double share = 0;
    double metres = 0;
    double mean_off_m = 0;
};

Cover cover_of(const RoadMap& map, std::uint32_t segment, const Plane& plane,
               const std::vector<Vec>& line) {
    std::vector<Vec> road;
    for (const FixedPoint p : polyline(map, segment)) road.push_back(plane.at(p.degrees()));
    double whole = 0;
    for (std::size_t i = 1; i < road.size(); ++i) {
        whole += length(between_points(road[i - 1], road[i]));
    }
    if (!(whole > 0)) return {};
    const int samples =
        std::clamp(static_cast<int>(whole / sample_m), samples_min, samples_max);
    int covered = 0;
    double off_m = 0, passed = 0;
    std::size_t leg = 1;
    for (int k = 0; k < samples; ++k) {
        const double at = whole * (k + 0.5) / samples;
        double leg_m = length(between_points(road[leg - 1], road[leg]));
        while (leg + 1 < road.size() && passed + leg_m < at) {
            passed += leg_m;
            ++leg;
            leg_m = length(between_points(road[leg - 1], road[leg]));
        }
        const Vec d = between_points(road[leg - 1], road[leg]);
        const double t = leg_m > 0 ? (at - passed) / leg_m : 0;
        const Foot foot = foot_on(line, {road[leg - 1].x + d.x * t, road[leg - 1].y + d.y * t});
        if (foot.past_end || foot.distance_m > near_m) continue;
        const double scale = length(d) * length(foot.along);
        const double cos = scale > 0 ? std::abs(d.x * foot.along.x + d.y * foot.along.y) / scale
                                     : 0;
        if (cos < turned_cos) continue;
        ++covered;
        off_m += foot.distance_m;
    }
    Cover cover;
    cover.share = static_cast<double>(covered) / samples;
    cover.metres = cover.share * whole;
    cover.mean_off_m = covered > 0 ? off_m / covered : near_m;
    return cover;
}

bool is_named(const RoadMap& map, const Segment& s, std::string_view street) {
    if (s.name == 0 || s.name >= map.names.size()) return false;
    const Name& n = map.names[s.name];
    return n.any == street || n.kk == street || n.ru == street || n.en == street ||
           std::find(n.old.begin(), n.old.end(), street) != n.old.end();
}

struct Found {
    std::uint32_t segment = 0;
    Cover cover;
};

/// Every segment that comes near any part of the line.
std::vector<std::uint32_t> neighbours(const TravelNetwork& network,
                                      const std::vector<LatLon>& line) {
    std::vector<std::uint32_t> out;
    const auto look = [&](LatLon p) {
        for (const Snapped& s : network.snap_all(p, 2 * near_m)) out.push_back(s.segment);
    };
    for (std::size_t i = 1; i < line.size(); ++i) {
        const LatLon a = line[i - 1], b = line[i];
        const int parts = std::clamp(static_cast<int>(distance_m(a, b) / near_m), 1, 5000);
        for (int k = 0; k < parts; ++k) {
            const double t = static_cast<double>(k) / parts;
            look({a.lat + (b.lat - a.lat) * t, a.lon + (b.lon - a.lon) * t});
        }
    }
    look(line.back());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace

std::vector<std::uint32_t> segments_under(const TravelNetwork& network, const DrawnLine& drawn) {
    std::vector<std::uint32_t> out;
    if (drawn.line.size() < 2) return out;
    for (const LatLon p : drawn.line) {
        if (!is_valid(p)) return out;
    }
    const RoadMap& map = network.map();
    const Plane plane{drawn.line.front()};
    const std::vector<Vec> line = on_plane(plane, drawn.line);
    double line_m = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        line_m += length(between_points(line[i - 1], line[i]));
    }
    std::vector<Found> found;
    for (const std::uint32_t segment : neighbours(network, drawn.line)) {
        const Cover cover = cover_of(map, segment, plane, line);
        const bool holds = cover.metres >= holds_line * line_m && cover.metres > holds_line_min_m;
        if (cover.share >= share_taken || holds) found.push_back({segment, cover});
    }
    const auto same_way = [&](const Found& f) {
        return drawn.way != 0 && map.segments[f.segment].source_way == drawn.way;
    };
    const auto same_street = [&](const Found& f) {
        return !drawn.street.empty() && is_named(map, map.segments[f.segment], drawn.street);
    };
    const auto keep = [&](auto&& which) {
        if (std::none_of(found.begin(), found.end(), which)) return false;
        std::erase_if(found, [&](const Found& f) { return !which(f); });
        return true;
    };
    if (!keep(same_way)) {
        // Two carriageways bear one name: the nearer one is meant.
        double limit_m = near_m;
        const bool known = keep(same_street);
        if (!known && (!drawn.street.empty() || drawn.way != 0)) limit_m = very_near_m;
        for (const Found& f : found) {
            limit_m = std::min(limit_m, f.cover.mean_off_m + other_carriageway_m);
        }
        std::erase_if(found, [&](const Found& f) { return f.cover.mean_off_m > limit_m; });
    }
    for (const Found& f : found) out.push_back(f.segment);
    return out;
}

}  // namespace jedel::roads
