#pragma once
// Where calls come from: places drawn from where a city's people live.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/city/address.h"
#include "dispatch/exercise/draw.h"

namespace jedel::exercise {

/// Points in square cells for the nearest one to a place.
class PointGrid {
public:
    PointGrid() = default;
    explicit PointGrid(std::vector<LatLon> points);
    /// Index of the nearest point within `limit_m`; nullopt when there is none. Of two equally
    /// near the lower index.
    [[nodiscard]] std::optional<std::size_t> nearest(LatLon place, double limit_m) const;
    [[nodiscard]] const std::vector<LatLon>& points() const { return points_; }

private:
    [[nodiscard]] long column(double lon) const;
    [[nodiscard]] long row(double lat) const;
    std::vector<LatLon> points_;
    double south_ = 0, west_ = 0, cell_lat_ = 1, cell_lon_ = 1;
    long rows_ = 0, columns_ = 0;
    std::vector<std::uint32_t> starts_;   ///< of each cell in `members_`
    std::vector<std::uint32_t> members_;
};

/// Draws places with the weight of the residents; gives the address of the nearest house.
/// Immutable; the city must outlive it (it keeps it alive).
class PlaceDrawer {
public:
    /// `with_search`: also finds recorded addresses.
    explicit PlaceDrawer(std::shared_ptr<const City> city, bool with_search = false);
    /// The place of an address as the caller said it; nullopt when the city has no sure hit.
    [[nodiscard]] std::optional<LatLon> find(const std::string& address) const;
    /// A lived-in place: a population point by residents, then its nearest house where the map
    /// has one within 300 m. A city without population points gives a junction of its roads.
    [[nodiscard]] LatLon draw(Draw& draw) const;
    /// The lived-in place nearest to one, for places moved into the city.
    [[nodiscard]] LatLon settle(LatLon place) const;
    /// "Abay köshesi 12"-like address of the nearest house within 300 m; empty when none.
    [[nodiscard]] std::string address(LatLon place, bool kazakh) const;
    [[nodiscard]] bool inside(LatLon place) const;
    [[nodiscard]] const City& city() const { return *city_; }

private:
    std::shared_ptr<const City> city_;
    std::vector<std::uint64_t> weights_;  ///< cumulative residents
    std::optional<AddressIndex> index_;
    PointGrid people_;
    PointGrid houses_;
    std::vector<std::uint32_t> house_places_;  ///< index of RoadMap::places per house
};

}  // namespace jedel::exercise
