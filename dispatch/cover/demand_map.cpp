// Squares of demand and their shares by hour.

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "dispatch/cover/room_cover.h"

namespace jedel::cover {
namespace {

constexpr double metres_per_degree = 6'371'008.8 * std::numbers::pi / 180;
/// Hours before and after that speak for an hour: demand of 3 o'clock is not that of 15.
constexpr int hours_beside = 2;
constexpr long rows_max = 1'000'000;

struct Gathered {
    double weight = 0, lat = 0, lon = 0;
    void add(LatLon at, double w) {
        weight += w;
        lat += w * at.lat;
        lon += w * at.lon;
    }
};

/// Counts drawn towards shares by a weight; shares again.
std::vector<double> drawn(const std::vector<double>& counts, const std::vector<double>& towards,
                          double weight) {
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0) + weight;
    std::vector<double> out(counts.size(), 0);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        out[i] = total > 0 ? (counts[i] + weight * towards[i]) / total : towards[i];
    }
    return out;
}

}  // namespace

DemandMap::DemandMap(const City& city, double cell_m) : low_(city.low) {
    const double middle = (city.low.lat + city.high.lat) / 2 * std::numbers::pi / 180;
    lat_step_ = cell_m / metres_per_degree;
    lon_step_ = lat_step_ / std::max(0.05, std::cos(middle));
    std::map<long, Gathered> squares;
    const auto square_of = [&](LatLon at) {
        return static_cast<long>(std::floor((at.lat - low_.lat) / lat_step_)) * rows_max +
               static_cast<long>(std::floor((at.lon - low_.lon) / lon_step_));
    };
    if (city.roads) {
        for (const auto& p : city.roads->population) {
            squares[square_of(p.at.degrees())].add(p.at.degrees(), p.residents);
        }
        double all = 0;
        for (const auto& [square, sum] : squares) all += sum.weight;
        if (!(all > 0)) {
            squares.clear();
            for (const auto& node : city.roads->nodes) {
                Gathered& sum = squares[square_of(node.degrees())];
                if (sum.weight == 0) sum.add(node.degrees(), 1);
            }
        }
    }
    double total = 0;
    for (const auto& [square, sum] : squares) total += sum.weight;
    for (const auto& [square, sum] : squares) {
        if (!(sum.weight > 0)) continue;
        index_.emplace_back(square, cells_.size());
        cells_.push_back({{sum.lat / sum.weight, sum.lon / sum.weight}, sum.weight / total});
    }
    take({}, 1);
}

std::optional<std::size_t> DemandMap::cell_of(LatLon at) const {
    const long square = static_cast<long>(std::floor((at.lat - low_.lat) / lat_step_)) * rows_max +
                        static_cast<long>(std::floor((at.lon - low_.lon) / lon_step_));
    const auto it = std::lower_bound(index_.begin(), index_.end(), std::pair{square, 0UL});
    if (it == index_.end() || it->first != square) return std::nullopt;
    return it->second;
}

void DemandMap::take(const RoomRates& rates, double place_weight) {
    std::vector<double> residents;
    for (const DemandCell& cell : cells_) residents.push_back(cell.residents_share);
    std::vector<double> all(cells_.size(), 0);
    std::vector<std::vector<double>> u1(hours_of_day, std::vector<double>(cells_.size(), 0));
    outside_ = 0;
    for (const PlacedCall& call : rates.placed) {
        const auto cell = cell_of(call.place);
        if (!cell) {
            ++outside_;
            continue;
        }
        ++all[*cell];
        if (call.category != Category::u1) continue;
        for (int away = -hours_beside; away <= hours_beside; ++away) {
            const auto hour = static_cast<std::size_t>(call.hour + away + 24) % hours_of_day;
            ++u1[hour][*cell];
        }
    }
    const std::vector<double> of_day = drawn(all, residents, place_weight);
    by_hour_.clear();
    for (const auto& counts : u1) by_hour_.push_back(drawn(counts, of_day, place_weight));
}

}  // namespace jedel::cover
