#pragma once
// From organisations seen in a map's tags to a first organisations.toml that a person corrects.

#include <vector>

#include "dispatch/city/city.h"
#include "dispatch/roads/osm_import.h"

namespace jedel {

/// Hospitals as tagged; clinics as polyclinics with service areas by the nearest one; ambulance
/// stations and police as tagged. Where the map has no ambulance station, substations at hospitals
/// far from each other; where it has no clinic, polyclinics at hospitals. Brigades 1 per 10 000
/// residents (D12), shared out over the bases. Everything is marked as proposed.
Organisations propose_organisations(const std::vector<roads::ProposedOrganisation>& seen,
                                    const roads::RoadMap& map, LatLon low, LatLon high);

/// Box of a map's roads with a margin of half a kilometre or so; zeros for an empty map.
struct Box {
    LatLon low, high;
};
Box box_of(const roads::RoadMap& map);

}  // namespace jedel
