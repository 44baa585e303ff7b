#pragma once
// A city folder: city.toml (names, population, attribution), roads.bin, organisations.toml.

#include <memory>
#include <string>

#include "dispatch/city/organisations.h"
#include "dispatch/roads/roadmap.h"

namespace jedel {

struct City {
    std::string folder;
    std::string name_kk, name_ru, name_en;
    int population = 0;
    std::string attribution;   ///< shown on the map, e.g. "© OpenStreetMap contributors"
    std::string extract_date;  ///< "2012-03-01"; empty for a made-up city
    bool made_up = false;
    std::uint64_t seed = 0;
    LatLon low, high;  ///< bounding box
    std::shared_ptr<const roads::RoadMap> roads;
    Organisations organisations;
};

/// Loads a folder; errors name the file and what was expected.
Result<std::shared_ptr<const City>> load_city(const std::string& folder);
/// Writes a folder (creates it; refuses to overwrite one that is not a city).
Result<void> save_city(const City& city, const std::string& folder);
/// The same for a city whose organisations are a proposal: an organisations.toml that is there and
/// says something else stays as it is, and the proposal is written beside it as
/// organisations.proposed.toml. Names and population that a person put into city.toml stay where
/// `city` has none of its own or only an estimate. True where the file was kept.
Result<bool> save_proposed_city(City city, const std::string& folder);

}  // namespace jedel
