#pragma once
// The staffing of a city from its roster, its roads and its rates.

#include <array>
#include <vector>

#include "dispatch/cover/room_cover.h"
#include "dispatch/cover/staffing.h"

namespace jedel::cover {

/// What is nearest to one base by road, at noon.
struct District {
    OrganisationId base;
    double residents = 0;
    double norm = 0;  ///< brigades by D12; not rounded, so that districts add up to the city
    double u1_share = 0;                     ///< of the city's expected U1 demand at noon
    std::array<int, hours_of_day> on_duty{};  ///< based there, by the roster
};

struct RoomStaffing {
    std::array<HourNeed, hours_of_day> hours;
    std::vector<District> districts;  ///< by id of the base
    RoomFigures figures;
    CoverTable table;
    double residents = 0;
    Instant at;  ///< whose day the rows and the roster are of
};

/// Brigades of the station on shift in the middle of each hour of the local day of `now`.
std::array<int, hours_of_day> on_duty_by_hour(const Organisations& organisations, Instant now,
                                              std::optional<OrganisationId> base = {});

/// Rates of the calls a room has at hand, open and lately closed, observed from the first of them
/// to `now`; who was on shift is taken from the roster.
RoomRates rates_of_room(const State& state, const Organisations& organisations, Instant now);

/// Everything the staffing page shows. About a second for a city: not for a drawing thread.
RoomStaffing room_staffing(RoomCover& cover, const City& city, Instant now);

}  // namespace jedel::cover
