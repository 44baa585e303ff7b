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

/// The house number that was said: the last word that begins with a digit and is no number of a
/// street ("15-көше", "7-я"), no flat, floor or entrance; empty: none.
std::string house_said(std::string_view query);
Nearness nearness(std::string_view query, const AddressHit& hit);

}  // namespace jedel::console
