#pragma once
// The plan of cover and the page of staffing.

#include <cstdint>
#include <set>

#include "dispatch/core/types.h"

namespace jedel::console {

struct CoverState {
    int choice = 0;
    std::set<std::uint64_t> left_out;  ///< brigades of the plan that the person took out of it
    std::uint64_t accepted_seq = 0;    ///< the plan that was accepted last, by its state
};

struct StaffingState {
    int hour = 12;  ///< of the day, whose figures are shown
};

}  // namespace jedel::console
