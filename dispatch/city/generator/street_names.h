#pragma once
// Names of streets, microdistricts and landmarks of the made-up city, in Kazakh and Russian as
// signs write them.

#include <span>
#include <string>
#include <string_view>

#include "dispatch/roads/roadmap.h"

namespace jedel::generator {

/// `ru` stands in the genitive ("Абая"), or with a leading '~' as an adjective ("~Школьная").
struct NameStem {
    std::string_view kk, ru;
    std::string_view old_kk = {}, old_ru = {};  ///< the name before, whole; empty = none
};

enum class StreetType { street, avenue, lane, boulevard, highway, embankment, microdistrict };

std::span<const NameStem> avenue_stems();  ///< for the main roads, most important first
std::span<const NameStem> street_stems();
std::span<const NameStem> lane_stems();
std::span<const NameStem> highway_stems();
std::span<const NameStem> microdistrict_stems();

/// "Абай даңғылы", "проспект Абая", "Abay Avenue".
roads::Name make_name(StreetType type, const NameStem& stem);

struct LandmarkName {
    std::string_view kk, ru, en;
};
std::span<const LandmarkName> landmark_names();

/// Kazakh Cyrillic to Latin letters for English labels (BGN/PCGN 1979, without marks).
std::string latin(std::string_view kazakh);

}  // namespace jedel::generator
