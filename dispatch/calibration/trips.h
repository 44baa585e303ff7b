#pragma once
// Trips that brigades really drove, from a list, from the trackers' fixes or from the journal; and
// the same trips as the present tables compute them.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geo.h"
#include "base/names.h"
#include "base/result.h"
#include "base/time.h"
#include "dispatch/city/city.h"
#include "dispatch/roads/calibration.h"
#include "dispatch/roads/matching.h"
#include "triage/category.h"

namespace jedel::calibration {

struct Trip {
    LatLon from, to;
    Instant departed;
    double seconds = 0;
    triage::Category urgency = triage::Category::none;  ///< as driven: siren or not
    std::optional<double> driven_m;  ///< where the way itself is known
    std::string where;               ///< "trips.csv:12": for whoever asks why it was left out
};

/// Why a trip is not used. A trip that says nothing of driving times must not widen them.
enum class LeftOut : std::uint8_t {
    unreadable,    ///< a row with a field that is not what it should be
    times,         ///< not longer than 20 s, or longer than 3 hours
    short_way,     ///< under 300 m by road: the time is that of getting in and out
    off_the_roads, ///< an end further than 500 m from any road of the map
    no_way,        ///< no way by road
    too_fast,      ///< over 150 km/h on average: a wrong time or place
    detour,        ///< the way driven was half as long again as the one computed: a stop or errand
    fixes_missing, ///< more than two minutes without a fix on the way
    no_start,      ///< nobody knows where the brigade started
};

/// Counts of what was left out, each with the first place where it happened.
class LeftOuts {
public:
    void add(LeftOut why, const std::string& where);
    void add(const LeftOuts& other);
    struct Count {
        std::size_t count = 0;
        std::string first;
    };
    [[nodiscard]] const std::map<LeftOut, Count>& counts() const { return counts_; }

private:
    std::map<LeftOut, Count> counts_;
};

struct Trips {
    std::vector<Trip> trips;
    LeftOuts left_out;
    std::vector<Error> unreadable;  ///< the first ten, with line, field and what was expected
};

/// A CSV with the columns departed, arrived (ISO 8601 with zone), from_lat, from_lon, to_lat,
/// to_lon and, if it is known, urgency (none, u1–u4). Error: no such file, a column missing.
Result<Trips> trips_from_list(const std::string& path);

/// Fixes of trackers: a GPX file (one vehicle), or a CSV with the columns vehicle, time, lat, lon
/// and, if it is known, urgency; which of the two is seen by what stands in it. A trip is what
/// lies between two stands of 90 s or more; stands at lights belong to the trip. The network puts
/// fixes on roads. Of fixes that are out of time the fewest are dropped, as unreadable. Error also
/// for files of another kind (NMEA, Wialon, KML …), and where latitude and longitude look
/// swapped.
Result<Trips> trips_from_fixes(const std::string& path, const roads::TravelNetwork& network);

/// Of a journal: every way from departure to the scene. A brigade starts where the departure was
/// reported, else at its fix when it was sent (60 s old at most), else where a status last put it.
/// Ways to the hospital are not taken: whether the siren was on is not on record.
Result<Trips> trips_from_journal(const std::string& url);

/// Fixes of one vehicle in the order of their times, as trips (see trips_from_fixes).
struct TimedFix {
    roads::GpsFix fix;
    triage::Category urgency = triage::Category::none;
    std::string where;
    long line = 0;  ///< of its file; 0 when it has none
};
void cut_into_trips(std::vector<TimedFix> fixes, const roads::TravelNetwork& network, Trips& out);

/// Computes every trip by the tables; what cannot be compared is left out and counted.
std::vector<roads::TimedTrip> compute_trips(const City& city, const roads::SpeedTable& speeds,
                                            Trips& trips);

}  // namespace jedel::calibration

template <>
struct jedel::EnumNames<jedel::calibration::LeftOut> {
    static constexpr std::array<std::string_view, 9> names{
        "unreadable", "times",  "short_way",     "off_the_roads", "no_way",
        "too_fast",   "detour", "fixes_missing", "no_start"};
};
