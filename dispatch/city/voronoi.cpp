#include "dispatch/city/voronoi.h"

#include <algorithm>

namespace jedel {
namespace {

struct Flat {
    double x = 0, y = 0;
};

/// Keeps the part of a convex polygon that is nearer to `a` than to `b`.
std::vector<Flat> nearer_part(const std::vector<Flat>& polygon, Flat a, Flat b) {
    const double nx = b.x - a.x;
    const double ny = b.y - a.y;
    const double middle = nx * (a.x + b.x) / 2 + ny * (a.y + b.y) / 2;
    const auto side = [&](Flat p) { return nx * p.x + ny * p.y - middle; };
    std::vector<Flat> out;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Flat p = polygon[i];
        const Flat q = polygon[(i + 1) % polygon.size()];
        const double sp = side(p);
        const double sq = side(q);
        if (sp <= 0) out.push_back(p);
        if ((sp < 0 && sq > 0) || (sp > 0 && sq < 0)) {
            const double t = sp / (sp - sq);
            out.push_back({p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t});
        }
    }
    return out;
}

/// To 1e-7 degrees, about a centimetre: what files keep.
LatLon rounded(LatLon p) { return {std::round(p.lat * 1e7) / 1e7, std::round(p.lon * 1e7) / 1e7}; }

}  // namespace

std::vector<std::vector<LatLon>> nearest_areas(std::vector<LatLon> sites, LatLon low,
                                               LatLon high) {
    for (std::size_t i = 0; i < sites.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (distance_m(sites[i], sites[j]) < 0.5) {
                sites[i].lat += 1e-5;
                j = static_cast<std::size_t>(-1);  // compare with all again
            }
        }
    }
    const double squeeze = std::cos((low.lat + high.lat) / 2 * std::numbers::pi / 180);
    const auto flat = [&](LatLon p) { return Flat{p.lon * squeeze, p.lat}; };
    std::vector<LatLon> corners;  // every corner once, so that neighbours share it
    std::vector<std::vector<LatLon>> out;
    for (const LatLon site : sites) {
        std::vector<Flat> cell{flat(low), flat({low.lat, high.lon}), flat(high),
                               flat({high.lat, low.lon})};
        for (const LatLon other : sites) {
            if (!(other == site)) cell = nearer_part(cell, flat(site), flat(other));
        }
        std::vector<LatLon> area;
        for (const Flat p : cell) {
            LatLon corner = rounded({p.y, p.x / squeeze});
            const auto known = std::find_if(corners.begin(), corners.end(), [&](LatLon c) {
                return std::abs(c.lat - corner.lat) < 2e-6 && std::abs(c.lon - corner.lon) < 2e-6;
            });
            if (known == corners.end()) {
                corners.push_back(corner);
            } else {
                corner = *known;
            }
            if (area.empty() || !(area.back() == corner)) area.push_back(corner);
        }
        if (area.size() > 1 && area.front() == area.back()) area.pop_back();
        out.push_back(std::move(area));
    }
    return out;
}

}  // namespace jedel
