#pragma once
// Tracks of a GPX file (topografix.com/GPX/1/0 and 1/1): the fixes of its track segments.

#include <string>
#include <vector>

#include "dispatch/calibration/trips.h"

namespace jedel::calibration {

struct Tracks {
    std::vector<std::vector<TimedFix>> segments;
    std::vector<Error> unreadable;  ///< fixes without a place or time, or back in time; by line
};

/// Error: no such file, not XML (with the line), or no track point with a time in it.
Result<Tracks> read_gpx(const std::string& path);

}  // namespace jedel::calibration
