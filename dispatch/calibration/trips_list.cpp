// Trips from a list of departures and arrivals.

#include "dispatch/calibration/table.h"
#include "dispatch/calibration/trips.h"

namespace jedel::calibration {

Result<Trips> trips_from_list(const std::string& path) {
    auto table = Table::open(
        path, {"departed", "arrived", "from_lat", "from_lon", "to_lat", "to_lon"});
    if (!table) return table.error();
    Trips out;
    for (;;) {
        const auto more = table->next();
        if (!more) return more.error();
        if (!*more) return out;
        Trip trip;
        if (!table->error()) {
            trip.departed = table->time("departed");
            trip.seconds =
                static_cast<double>((table->time("arrived") - trip.departed).count()) / 1000;
            trip.from = table->place("from_lat", "from_lon");
            trip.to = table->place("to_lat", "to_lon");
            trip.urgency = table->urgency();
            trip.where = table->where();
        }
        if (table->error()) {
            out.left_out.add(LeftOut::unreadable, table->where());
            if (out.unreadable.size() < 10) out.unreadable.push_back(*table->error());
            continue;
        }
        out.trips.push_back(std::move(trip));
    }
}

}  // namespace jedel::calibration
