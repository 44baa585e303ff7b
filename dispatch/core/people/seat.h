#pragma once
// Seats: workplaces of the room, and so sets of rights.

#include <array>
#include <cstdint>
#include <string>
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

namespace jedel {

/// Every seat that a person can take, for a help text: all but the program's own.
inline std::string seat_names() {
    std::string out;
    for (const std::string_view name : EnumNames<Seat>::names) {
        if (from_name<Seat>(name) == Seat::system) continue;
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

}  // namespace jedel
