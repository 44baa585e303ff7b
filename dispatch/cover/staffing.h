#pragma once
// How many brigades an hour needs. The delay is Erlang's C; the late share of U1 is Larson's
// approximation of the hypercube with the brigades at bases where MEXCLP puts them.

#include <array>
#include <vector>

#include "dispatch/cover/rates.h"

namespace jedel::cover {

/// Where brigades may be based, and how far each square is from there.
struct StaffingPlaces {
    /// By hour: [square][base] with siren; negative: no way.
    std::array<std::vector<std::vector<double>>, hours_of_day> travel_s;
    std::array<std::vector<double>, hours_of_day> demand;  ///< U1 share of each square
};

/// One hour of the day.
struct HourNeed {
    int on_duty = 0;  ///< by the roster, brigades of the station
    int norm = 0;     ///< by D12: residents over residents_per_brigade, rounded up
    double load = 0;  ///< erlangs: calls to be served × mean service time
    int needed = 0;   ///< the fewest with both limits kept; 0: none up to `brigades_max` does
    int needed_for_delay = 0;  ///< the delay alone
    double delay = 1, late = 1;          ///< with those on duty
    double delay_then = 1, late_then = 1;  ///< with `needed`
    double late_least = 0;  ///< U1 share out of reach of every base even when nobody is busy
    bool late_unreachable = false;  ///< `late_least` alone is over the limit: bases, not brigades
    bool from_room = false;  ///< rates and service time are the room's own
};

inline constexpr int brigades_max = 300;

/// The late share of U1 with so many brigades: the number at each base is by MEXCLP at the load.
double late_with(const StaffingPlaces& places, int hour, int brigades, double calls_per_hour,
                 double service_s, double drive_max_s);

/// All 24 hours. `on_duty` by the roster. Some tenths of a second for a city.
std::array<HourNeed, hours_of_day> staffing(const RoomFigures& figures, const CoverTable& table,
                                            const StaffingPlaces& places,
                                            const std::array<int, hours_of_day>& on_duty,
                                            double residents);

}  // namespace jedel::cover
