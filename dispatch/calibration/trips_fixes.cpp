// Trips from the fixes of trackers.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <map>

#include "base/limits.h"
#include "dispatch/calibration/fix_order.h"
#include "dispatch/calibration/gpx.h"
#include "dispatch/calibration/table.h"
#include "dispatch/calibration/trips.h"
#include "dispatch/tables/sniff.h"
#include "dispatch/tables/text.h"

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

/// Fixes of a file by vehicle, in the order of their times; `out` has what was left out.
using Vehicles = std::map<std::string, std::vector<TimedFix>>;

void leave_out(Trips& out, Error error, const std::string& where) {
    out.left_out.add(LeftOut::unreadable, where);
    if (out.unreadable.size() < limits::named_max) out.unreadable.push_back(std::move(error));
}

Result<Vehicles> read_table(const std::string& path, Trips& out) {
    auto table = Table::open(path, {"vehicle", "time", "lat", "lon"});
    if (!table) return table.error();
    Vehicles vehicles;
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
            timed.line = table->line();
        }
        if (table->error()) leave_out(out, *table->error(), table->where());
        else vehicles[vehicle].push_back(std::move(timed));
    }
    for (auto& [name, fixes] : vehicles) {
        for (Error& error : put_in_order(fixes, path)) {
            const std::string where = path + ':' + std::to_string(error.line);
            leave_out(out, std::move(error), where);
        }
    }
    return vehicles;
}

Result<Vehicles> read_tracks(const std::string& path, Trips& out) {
    auto tracks = read_gpx(path);
    if (!tracks) return tracks.error();
    out.unreadable = tracks->unreadable;
    for (std::size_t i = 0; i < tracks->unreadable_count; ++i) {
        const Error& first = tracks->unreadable.front();
        out.left_out.add(LeftOut::unreadable, first.where + ':' + std::to_string(first.line));
    }
    Vehicles vehicles;
    for (auto& fixes : tracks->segments) {
        // Segments in their own order; a name of its own keeps one from another.
        vehicles[fmt::format("{:09}", vehicles.size())] = std::move(fixes);
    }
    return vehicles;
}

/// GPX by what stands in the file, whatever it is called.
Result<bool> is_gpx(const std::string& path) {
    std::string begins(4096, '\0');
    std::ifstream file{path, std::ios::binary};
    if (!file) return Error{std::string{"cannot be read: "} + std::strerror(errno), path};
    file.read(begins.data(), static_cast<std::streamsize>(begins.size()));
    begins.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    std::string xml;
    const std::string kind = tables::kind_of_file(begins, xml);
    if (!kind.empty()) {
        return Error{"expected GPX, or CSV of vehicle, time, lat, lon; found " + kind, path, 1};
    }
    constexpr std::string_view little{"\xFF\xFE<\0", 4}, big{"\xFE\xFF\0<", 4};
    return xml == "gpx" || begins.starts_with(little) || begins.starts_with(big) ||
           tables::folded(path).ends_with(".gpx");
}

/// An error when nearly all places lie far from the map's roads, and would not with latitude and
/// longitude exchanged.
std::optional<Error> swapped(const Vehicles& vehicles, const roads::TravelNetwork& network,
                             const std::string& path) {
    constexpr double far_m = 20'000, near_m = 2'000;
    std::vector<const TimedFix*> all;
    for (const auto& [name, fixes] : vehicles) {
        for (const TimedFix& fix : fixes) all.push_back(&fix);
    }
    const std::size_t step = std::max<std::size_t>(1, all.size() / 50);
    std::size_t asked = 0, found = 0;
    for (std::size_t i = 0; i < all.size(); i += step, ++asked) {
        const LatLon at = all[i]->fix.at;
        const auto here = network.snap(at);
        if ((here && here->distance_m < far_m) || !is_valid({at.lon, at.lat})) continue;
        const auto there = network.snap({at.lon, at.lat});
        found += there && there->distance_m < near_m ? 1 : 0;
    }
    if (asked == 0 || found * 10 < asked * 9) return std::nullopt;
    return Error{"expected places near the map's roads; latitude and longitude look swapped", path,
                 all[0]->line, "lat"};
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
    const auto gpx = is_gpx(path);
    if (!gpx) return gpx.error();
    Trips out;
    auto vehicles = *gpx ? read_tracks(path, out) : read_table(path, out);
    if (!vehicles) return vehicles.error();
    if (auto error = swapped(*vehicles, network, path)) return *error;
    for (auto& [name, fixes] : *vehicles) cut_into_trips(std::move(fixes), network, out);
    return out;
}

}  // namespace jedel::calibration
