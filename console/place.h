#pragma once
// Is the place that was found the one that was said, or only near it?
// "15-көше 7" is not house 15.

#include <string>
#include <string_view>

#include "dispatch/city/address.h"

namespace jedel::console {

/// What the search found, against what was said.
struct Nearness {
    bool near = false;     ///< not the very place; false: it is
    std::string found;     ///< house number found; empty: the street or the town only
    std::string wanted;    ///< house number said; empty: none was
};

Nearness nearness(std::string_view query, const AddressHit& hit);

}  // namespace jedel::console
