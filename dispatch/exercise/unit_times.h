#pragma once
// Lists such as "WAVE1=06:51:33, WAVE12=06:51:33": one moment per unit, on the incident's day.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/exercise/mapping.h"

namespace jedel::exercise {

/// A unit's moments as seconds from the incident's midnight; past it when a list rolls over.
struct UnitTimes {
    static constexpr int none = -1;
    std::string unit;
    std::array<int, unit_moment_count> at_s{none, none, none, none, none, none, none};
    [[nodiscard]] int at(UnitMoment moment) const {
        return at_s[static_cast<std::size_t>(moment)];
    }
};

/// Adds a list of one moment. Of a unit named twice the first time counts, of `free` the last.
/// Items that are not UNIT=HH:MM[:SS] are appended to `bad`.
void add_unit_list(std::string_view list, UnitMoment moment, std::vector<UnitTimes>& units,
                   std::vector<std::string>& bad);

/// Carries times past midnight: the first dispatch is on the incident's day, and a time more than
/// half a day before it belongs to the next day.
void roll_over(std::vector<UnitTimes>& units);

/// The unit whose times the replay follows: the one that took the patient to hospital, else the
/// first at the scene, else the first sent; nullptr when none was sent.
const UnitTimes* leading_unit(const std::vector<UnitTimes>& units);

}  // namespace jedel::exercise
