#pragma once
// The finished plan → a road map on the earth.

#include "dispatch/city/generator/furnish.h"
#include "dispatch/city/generator/staff.h"
#include "dispatch/roads/roadmap.h"

namespace jedel::generator {

/// Bends the plan a little, as no city is drawn with a ruler, and puts it on the earth.
LatLon place_on_earth(Vec p);

roads::RoadMap assemble(const Plan& plan, const Network& network, const Furniture& furniture,
                        const std::vector<PeopleAt>& people);

}  // namespace jedel::generator
