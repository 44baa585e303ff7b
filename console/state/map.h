#pragma once
// What is shown on the map and done with it.

#include "console/map_tools.h"

namespace jedel::console {

struct MapState {
    bool areas = false;  ///< service areas of the polyclinics are drawn
    BrigadeId follows;   ///< the map keeps it in the middle; none: free
    MapTools tools;
};

}  // namespace jedel::console
