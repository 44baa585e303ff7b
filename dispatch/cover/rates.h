#pragma once
// What a room's own incidents tell of demand and work: calls an hour, where they come from, how
// long a brigade is away, how busy brigades are. What they do not tell yet is of the dated table,
// and says so.

#include <array>
#include <set>
#include <vector>

#include "dispatch/core/incidents/incident.h"
#include "dispatch/cover/table.h"

namespace jedel::cover {

inline constexpr std::size_t hours_of_day = 24;

/// One figure and what it rests on.
struct Known {
    double value = 0;
    bool from_room = false;  ///< false: the dated row's, for want of data
    double observed = 0;     ///< how much there is of it: days, tasks …
    double needed = 0;       ///< how much the table asks for
};

/// What was counted of one hour of the day, local.
struct HourCount {
    double days = 0;            ///< how many times that hour was observed
    std::array<long, 5> calls{};  ///< by category; [0]: none was given
    long sent = 0;              ///< incidents to which a brigade of the station was sent
    double busy_h = 0;          ///< brigade hours on tasks
    double duty_h = 0;          ///< brigade hours on shift
};

struct PlacedCall {
    LatLon place;
    int hour = 0;
    Category category = Category::none;
};

struct RoomRates {
    std::array<HourCount, hours_of_day> hours{};
    std::vector<PlacedCall> placed;  ///< every call with a place, as they came
    long no_place = 0;
    std::vector<double> service_s;   ///< sent → free, of each task that was served
    std::vector<double> turnout_s;   ///< sent → under way
    Instant first, last;             ///< what was observed
};

/// Adds what another stretch of the same room's time tells; `first` and `last` span both.
void add_rates(RoomRates& to, const RoomRates& more);

/// Adds up incidents of one room, each once. Merged ones are left to the incident they became.
class RateTally {
public:
    void add(const Incident& incident);
    /// A brigade was on shift from … to …; stretches may overlap for different brigades.
    void on_shift(Instant from, Instant to);
    /// What was observed: without it, from the first call to the last. Never shorter.
    void observed(Instant from, Instant to);
    [[nodiscard]] RoomRates rates() const;

private:
    RoomRates out_;
    std::set<IncidentId> seen_;
    bool any_ = false;
};

/// One hour of the day, ready to reckon with.
struct HourFigures {
    Known calls;  ///< all, per hour
    Known u1;     ///< per hour
    Known sent;   ///< for brigades of the station, per hour
    Known busy;   ///< share of their time on shift that brigades are on tasks
};
struct RoomFigures {
    std::array<HourFigures, hours_of_day> hours;
    Known service_s;  ///< mean, sent → free
    /// Nine of ten are no longer: by the median every second one would miss what lies at the edge.
    Known turnout_s;
};
/// `residents` of the city for the dated row's rates.
RoomFigures figures_of(const RoomRates& rates, const CoverTable& table, double residents);

}  // namespace jedel::cover
