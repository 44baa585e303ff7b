#pragma once
// Seats: workplaces of the room, and so sets of rights.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/names.h"

namespace jedel {

/// A workplace in the room. Names are written to journals; new ones go to the end.
enum class Seat : std::uint8_t {
    call_taker,
    dispatcher,
    senior_doctor,
    polyclinic_desk,
    trainer,
    system,  ///< the program itself: replay, keepers of the roster; nobody gets it by default
    senior_dispatcher,
    substation,
    administrator,
    auditor,  ///< reads, and changes nothing
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Seat> {
    static constexpr std::array<std::string_view, 10> names{
        "call_taker", "dispatcher",        "senior_doctor", "polyclinic_desk", "trainer",
        "system",     "senior_dispatcher", "substation",    "administrator",   "auditor"};
};
