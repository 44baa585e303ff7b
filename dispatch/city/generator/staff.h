#pragma once
// Who serves the made-up city: station, substations, polyclinics, hospitals and their brigades.

#include <vector>

#include "dispatch/city/generator/furnish.h"
#include "dispatch/city/organisations.h"

namespace jedel::generator {

struct PeopleAt {
    Vec at;
    std::uint32_t residents = 0;
};

/// Where an organisation stands on the plan; its place on the earth is set by the caller.
struct Staffed {
    Organisation organisation;
    Vec at;
};

std::vector<Staffed> make_organisations(const std::vector<PeopleAt>& people,
                                        const std::vector<House>& houses, Random& random);

/// 40 brigades on 7 bases; feldsher to the others about 84:16 (practice: Category 4).
std::vector<RosterBrigade> make_roster();

}  // namespace jedel::generator
