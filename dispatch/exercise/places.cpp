#include "dispatch/exercise/places.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jedel::exercise {
namespace {

constexpr double cell_m = 300;
constexpr double metres_per_degree = 111'195;  // mean earth radius × π / 180
constexpr double house_limit_m = 300;

}  // namespace

PointGrid::PointGrid(std::vector<LatLon> points) : points_(std::move(points)) {
    if (points_.empty()) return;
    LatLon low = points_[0];
    LatLon high = points_[0];
    for (const LatLon p : points_) {
        low = {std::min(low.lat, p.lat), std::min(low.lon, p.lon)};
        high = {std::max(high.lat, p.lat), std::max(high.lon, p.lon)};
    }
    south_ = low.lat;
    west_ = low.lon;
    cell_lat_ = cell_m / metres_per_degree;
    const double shrink = std::cos((low.lat + high.lat) / 2 * std::numbers::pi / 180);
    cell_lon_ = cell_lat_ / std::max(0.05, shrink);
    // A stray point far away must not make the grid huge: at most 1 000 cells a side.
    cell_lat_ = std::max(cell_lat_, (high.lat - low.lat) / 1000);
    cell_lon_ = std::max(cell_lon_, (high.lon - low.lon) / 1000);
    rows_ = row(high.lat) + 1;
    columns_ = column(high.lon) + 1;
    const auto cell_of = [&](LatLon p) {
        return static_cast<std::size_t>(row(p.lat) * columns_ + column(p.lon));
    };
    starts_.assign(static_cast<std::size_t>(rows_ * columns_) + 1, 0);
    for (const LatLon p : points_) ++starts_[cell_of(p) + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    members_.resize(points_.size());
    std::vector<std::uint32_t> next = starts_;
    for (std::size_t i = 0; i < points_.size(); ++i) {
        members_[next[cell_of(points_[i])]++] = static_cast<std::uint32_t>(i);
    }
}

long PointGrid::row(double lat) const {
    return std::lround(std::floor((lat - south_) / cell_lat_));
}
long PointGrid::column(double lon) const {
    return std::lround(std::floor((lon - west_) / cell_lon_));
}

std::optional<std::size_t> PointGrid::nearest(LatLon place, double limit_m) const {
    if (points_.empty() || !is_valid(place)) return std::nullopt;
    const long r0 = std::clamp(row(place.lat), 0L, rows_ - 1);
    const long c0 = std::clamp(column(place.lon), 0L, columns_ - 1);
    std::optional<std::size_t> best;
    double best_m = limit_m;
    for (long ring = 0; ring <= std::max(rows_, columns_); ++ring) {
        // Nothing in this ring or beyond can be nearer than the best.
        if (best && static_cast<double>(ring - 1) * cell_m > best_m) break;
        if (static_cast<double>(ring - 1) * cell_m > limit_m) break;
        for (long r = r0 - ring; r <= r0 + ring; ++r) {
            if (r < 0 || r >= rows_) continue;
            const bool edge = r == r0 - ring || r == r0 + ring;
            for (long c = c0 - ring; c <= c0 + ring; c += edge || ring == 0 ? 1 : 2 * ring) {
                if (c < 0 || c >= columns_) continue;
                const auto cell = static_cast<std::size_t>(r * columns_ + c);
                for (std::uint32_t i = starts_[cell]; i < starts_[cell + 1]; ++i) {
                    const double m = distance_m(place, points_[members_[i]]);
                    if (m < best_m || (m == best_m && best && members_[i] < *best)) {
                        best = members_[i];
                        best_m = m;
                    }
                }
            }
        }
    }
    return best;
}

PlaceDrawer::PlaceDrawer(std::shared_ptr<const City> city, bool with_search)
    : city_(std::move(city)) {
    if (with_search) {
        // A city that cannot be searched leaves such places to be drawn.
        if (auto index = AddressIndex::build(city_)) index_ = std::move(*index);
    }
    const roads::RoadMap& map = *city_->roads;
    std::vector<LatLon> people;
    std::uint64_t total = 0;
    for (const roads::PopulationPoint& p : map.population) {
        if (p.residents == 0) continue;
        total += p.residents;
        weights_.push_back(total);
        people.push_back(p.at.degrees());
    }
    if (people.empty()) {
        for (const roads::FixedPoint node : map.nodes) {
            weights_.push_back(++total);
            people.push_back(node.degrees());
        }
    }
    people_ = PointGrid{std::move(people)};
    std::vector<LatLon> houses;
    for (std::size_t i = 0; i < map.places.size(); ++i) {
        const roads::Place& place = map.places[i];
        if (place.kind != roads::PlaceKind::house || place.street == 0) continue;
        houses.push_back(place.at.degrees());
        house_places_.push_back(static_cast<std::uint32_t>(i));
    }
    houses_ = PointGrid{std::move(houses)};
}

std::optional<LatLon> PlaceDrawer::find(const std::string& address) const {
    constexpr double sure_score = 0.7;
    if (!index_) return std::nullopt;
    const auto hits = index_->search(address, 1);
    if (hits.empty() || hits[0].score < sure_score) return std::nullopt;
    return hits[0].at;
}

LatLon PlaceDrawer::draw(Draw& draw) const {
    if (weights_.empty()) {
        return {(city_->low.lat + city_->high.lat) / 2, (city_->low.lon + city_->high.lon) / 2};
    }
    const std::uint64_t at = draw.below(weights_.back());
    const auto it = std::upper_bound(weights_.begin(), weights_.end(), at);
    const auto index = static_cast<std::size_t>(it - weights_.begin());
    // Around the point, so that calls of one block do not lie on one spot.
    constexpr double spread_m = 60;
    const LatLon centre = people_.points()[index];
    const double north = (draw.uniform() * 2 - 1) * spread_m / metres_per_degree;
    const double east = (draw.uniform() * 2 - 1) * spread_m / metres_per_degree /
                        std::max(0.05, std::cos(centre.lat * std::numbers::pi / 180));
    const LatLon around{centre.lat + north, centre.lon + east};
    const auto house = houses_.nearest(around, house_limit_m);
    return house ? houses_.points()[*house] : centre;
}

LatLon PlaceDrawer::settle(LatLon place) const {
    const auto nearest = people_.nearest(place, 1e6);
    if (!nearest) return place;
    const LatLon centre = people_.points()[*nearest];
    const auto house = houses_.nearest(centre, house_limit_m);
    return house ? houses_.points()[*house] : centre;
}

std::string PlaceDrawer::address(LatLon place, bool kazakh) const {
    const auto house = houses_.nearest(place, house_limit_m);
    if (!house) return {};
    const roads::RoadMap& map = *city_->roads;
    const roads::Place& found = map.places[house_places_[*house]];
    const roads::Name& name = map.names[found.street];
    const std::string& preferred = kazakh ? name.kk : name.ru;
    return (preferred.empty() ? name.any : preferred) + ", " + found.number;
}

bool PlaceDrawer::inside(LatLon place) const {
    return place.lat >= city_->low.lat && place.lat <= city_->high.lat &&
           place.lon >= city_->low.lon && place.lon <= city_->high.lon;
}

}  // namespace jedel::exercise
