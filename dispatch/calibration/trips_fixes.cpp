// Trips from the fixes of trackers.

#include <algorithm>
#include <chrono>
#include <map>

#include "dispatch/calibration/gpx.h"
#include "dispatch/calibration/table.h"
#include "dispatch/calibration/trips.h"

namespace jedel::calibration {

namespace {

using std::chrono::milliseconds;

constexpr double stand_m = 40;             // a vehicle that stays within this stands
constexpr milliseconds stand_min{90'000};  // a light is shorter
constexpr milliseconds gap_max{120'000};

struct Stand {
    std::size_t first = 0, last = 0;  ///< fixes
};

/// Every stand, and the two ends of the record.
std::vector<Stand> stands_of(const std::vector<TimedFix>& fixes) {
    std::vector<Stand> out{{0, 0}};
    for (std::size_t i = 0; i < fixes.size();) {
        std::size_t j = i;
        while (j + 1 < fixes.size() &&
               distance_m(fixes[i].fix.at, fixes[j + 1].fix.at) <= stand_m) {
            ++j;
        }
        if (fixes[j].fix.time - fixes[i].fix.time < stand_min) {
            ++i;
            continue;
        }
        if (i <= out.back().last + 1 && out.size() == 1) out.clear();
        out.push_back({i, j});
        i = j + 1;
    }
    if (out.back().last + 1 < fixes.size()) out.push_back({fixes.size() - 1, fixes.size() - 1});
    return out;
}

void add_trip(const std::vector<TimedFix>& fixes, std::size_t first, std::size_t last,
              const roads::TravelNetwork& network, Trips& out) {
    const std::string& where = fixes[first].where;
    roads::MapMatcher matcher{network};
    std::optional<LatLon> before;
    double driven = 0;
    for (std::size_t i = first; i <= last; ++i) {
        if (i > first && fixes[i].fix.time - fixes[i - 1].fix.time > gap_max) {
            return out.left_out.add(LeftOut::fixes_missing, where);
        }
        const auto matched = matcher.add(fixes[i].fix);
        if (!matched) continue;
        const LatLon at = matched->place.on_road;
        // Along the road between two fixes it is a little more; noise is not driving.
        if (before && distance_m(*before, at) < 15) continue;
        if (before) driven += distance_m(*before, at);
        before = at;
    }
    if (!before) return out.left_out.add(LeftOut::off_the_roads, where);
    const auto time = fixes[last].fix.time - fixes[first].fix.time;
    out.trips.push_back({.from = fixes[first].fix.at,
                         .to = fixes[last].fix.at,
                         .departed = fixes[first].fix.time,
                         .seconds = static_cast<double>(time.count()) / 1000,
                         .urgency = fixes[first].urgency,
                         .driven_m = driven,
                         .where = where});
}

Result<Trips> from_table(const std::string& path, const roads::TravelNetwork& network) {
    auto table = Table::open(path, {"vehicle", "time", "lat", "lon"});
    if (!table) return table.error();
    Trips out;
    std::map<std::string, std::vector<TimedFix>> vehicles;
    for (;;) {
        const auto more = table->next();
        if (!more) return more.error();
        if (!*more) break;
        TimedFix timed;
        std::string vehicle;
        if (!table->error()) {
            vehicle = table->text("vehicle");
            timed.fix.time = table->time("time");
            timed.fix.at = table->place("lat", "lon");
            timed.urgency = table->urgency();
            timed.where = table->where();
        }
        std::optional<Error> error = table->error();
        auto& fixes = vehicles[vehicle];
        if (!error && !fixes.empty() && timed.fix.time <= fixes.back().fix.time) {
            error = Error{"expected a time after that of the vehicle's fix before", timed.where, 0,
                          "time"};
        }
        if (error) {
            out.left_out.add(LeftOut::unreadable, table->where());
            if (out.unreadable.size() < 10) out.unreadable.push_back(*error);
            continue;
        }
        fixes.push_back(std::move(timed));
    }
    for (auto& [name, fixes] : vehicles) cut_into_trips(std::move(fixes), network, out);
    return out;
}

}  // namespace

void cut_into_trips(std::vector<TimedFix> fixes, const roads::TravelNetwork& network, Trips& out) {
    if (fixes.size() < 2) return;
    const std::vector<Stand> stands = stands_of(fixes);
    for (std::size_t i = 1; i < stands.size(); ++i) {
        add_trip(fixes, stands[i - 1].last, stands[i].first, network, out);
    }
}

Result<Trips> trips_from_fixes(const std::string& path, const roads::TravelNetwork& network) {
    if (!path.ends_with(".gpx")) return from_table(path, network);
    auto tracks = read_gpx(path);
    if (!tracks) return tracks.error();
    Trips out;
    out.unreadable = tracks->unreadable;
    for (const Error& error : tracks->unreadable) {
        out.left_out.add(LeftOut::unreadable, error.where + ':' + std::to_string(error.line));
    }
    for (auto& fixes : tracks->segments) cut_into_trips(std::move(fixes), network, out);
    return out;
}

}  // namespace jedel::calibration
