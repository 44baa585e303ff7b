#pragma once
// What is wrong or doubtful in a city, for the person who edits it.

#include <string>
#include <vector>

#include "dispatch/city/city.h"

namespace jedel {

struct CityFinding {
    bool error = false;  ///< else a warning
    std::string text;    ///< one line, English
};

/// Pure. Errors are what makes dispatching wrong or impossible: no base, no brigade, nobody for
/// category 4, places that no road reaches. Everything doubtful is a warning.
std::vector<CityFinding> check_city(const City& city);

}  // namespace jedel
