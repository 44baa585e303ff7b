#pragma once
// Tracks of a GPX file (topografix.com/GPX/1/0 and 1/1): the fixes of its track segments.

#include <string>
#include <vector>

#include "dispatch/calibration/trips.h"

namespace jedel::calibration {

struct Tracks {
    std::vector<std::vector<TimedFix>> segments;
    std::vector<Error> unreadable;  ///< the first ten fixes without a place or time, or out of it
    std::size_t unreadable_count = 0;
};

/// Read in pieces, so that memory holds the fixes and no more. Error: no such file, not XML or
/// nested too deep (with the line), another kind of XML, or no track point that can be read (with
/// the first that can't).
Result<Tracks> read_gpx(const std::string& path);

}  // namespace jedel::calibration
