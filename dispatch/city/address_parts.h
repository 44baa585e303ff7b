#pragma once
// What the words of an address mean: which number is the house, what belongs to it, what is flat,
// entrance or floor, and what speaks of the city, the district or the way in.

#include <set>
#include <string>
#include <vector>

#include "dispatch/city/address_text.h"

namespace jedel::address {

struct Reading {
    /// Every token of the text with its role; those left as `unknown` may be a street's.
    std::vector<Token> words;
    /// What is searched for: names, kinds, numbers that may be a house or part of a name, and what
    /// parts two streets. Houses are put together ("12к2"); `of` leads back to `words`.
    std::vector<Token> said;
};

/// `city_names`: folded; the city's own name says nothing in it.
Reading read_address(std::string_view text, const std::set<std::u32string>& city_names);

/// A house number of a map as read_address puts it: "12 корпус 2" is "12к2", "11литА" is "11а".
/// Several for a range or a list ("14-16", "18;20").
std::vector<std::u32string> house_keys(const std::string& shown);

}  // namespace jedel::address
