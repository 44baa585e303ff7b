#pragma once
// Houses, buildings, parks, landmarks and people on the finished network.

#include <string>
#include <vector>

#include "dispatch/city/generator/arrange.h"

namespace jedel::generator {

struct House {
    Vec at;
    Vec along;  ///< direction of its longer side, length 1
    double length_m = 10, depth_m = 9;
    std::uint32_t street = 0;  ///< index of the plan's names
    std::string number;
    double people = 0;  ///< relative; scaled to the city's population later
    int district = -1;
    bool drawn = true;  ///< has a building on the map
};

struct Landmark {
    Vec at;
    std::uint32_t name = 0;
    bool suburb = false;
};

struct Furniture {
    std::vector<House> houses;
    std::vector<Landmark> landmarks;
};

/// Adds names of landmarks to the plan.
Furniture furnish(Plan& plan, const Network& network, Random& random);

}  // namespace jedel::generator
