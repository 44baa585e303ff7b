#pragma once
// Fixes of one vehicle into the order of their times. Private to this folder.

#include <string>
#include <vector>

#include "dispatch/calibration/trips.h"

namespace jedel::calibration {

/// Drops the fewest fixes so that times rise: one with a wrong clock costs itself and not those
/// after or before it. A record that runs from the newest to the oldest is turned round; a fix
/// alone by more than an hour on both sides, among others that are not, is dropped. Each dropped
/// one is an Error with the field "time".
std::vector<Error> put_in_order(std::vector<TimedFix>& fixes, const std::string& file);

}  // namespace jedel::calibration
