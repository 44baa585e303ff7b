#pragma once
// Where a call comes from, and how the caller says it.

#include <map>
#include <string>
#include <vector>

#include "dispatch/city/city.h"
#include "dispatch/city/generator/random.h"

namespace jedel {

struct SaidPlace {
    std::string said;
    LatLon at;
};

/// Draws places by where people live, and puts them into a caller's words.
class CallPlaces {
public:
    explicit CallPlaces(const City& city);
    /// A house. `kazakh` is the caller's language.
    SaidPlace home(bool kazakh, generator::Random& random) const;
    /// A crossing of two named streets, for accidents.
    SaidPlace crossing(bool kazakh, generator::Random& random) const;

private:
    struct Crossing {
        LatLon at;
        std::uint32_t first = 0, second = 0;
    };
    [[nodiscard]] std::string say_house(const roads::Place& house, bool kazakh,
                                        generator::Random& random) const;
    const roads::RoadMap& map_;
    std::vector<std::uint64_t> summed_;  ///< residents up to each population point
    std::map<std::pair<int, int>, std::vector<std::uint32_t>> houses_;
    std::vector<Crossing> crossings_;
};

}  // namespace jedel
