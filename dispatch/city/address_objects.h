#pragma once
// What an address search can find, gathered from a city: streets with their houses and crossings,
// quarters, landmarks, organisations.

#include <cstdint>
#include <string>
#include <vector>

#include "dispatch/city/address.h"

namespace jedel::address {

struct House {
    int number = 0;            ///< the leading digits
    std::u32string folded;     ///< whole, as house_keys puts it: "12а", "12к2"
    std::string shown;         ///< as in the map: "12А"
    LatLon at;
};

/// One thing with a name. Streets of one name that lie apart are different objects.
struct Object {
    AddressKind kind = AddressKind::street;
    std::string label_kk, label_ru;
    LatLon at;                         ///< a place on it, about its middle
    std::vector<House> houses;         ///< by number, then folded
    std::vector<std::uint32_t> nodes;  ///< of a street's segments, ascending
    LatLon low, high;                  ///< box around the nodes
    std::vector<std::string> names;    ///< in every language
    std::vector<std::string> old_names;
};

std::vector<Object> objects_of(const City& city);

/// A house by its number as typed (folded): exact, or between or beside its neighbours.
struct HouseHit {
    LatLon at;
    std::string shown;
    bool interpolated = false;
    double certainty = 1;  ///< 1 = this very number is in the map
    bool exact = false;
    std::string nearest;  ///< where it is not: the known house next to it
};
/// Nothing when the street has no numbers at all.
std::vector<HouseHit> find_house(const Object& street, const std::u32string& number);

}  // namespace jedel::address
