#pragma once
// Is this call about an event that is known already? A hint while typing, never an action.

#include <optional>
#include <string_view>
#include <vector>

#include "dispatch/core/decide.h"

namespace jedel {

/// What is known of the call being taken.
struct DuplicateQuery {
    std::optional<IncidentId> self;  ///< not compared with itself
    std::optional<LatLon> place;
    std::string_view phone, words, address;
    Instant now;
};

/// One possible twin and why.
struct DuplicateHint {
    IncidentId incident;
    double score = 0;  ///< 0 … 1; the list is in descending order
    std::optional<double> distance_m;
    double age_min = 0;      ///< since the other call was received
    bool same_phone = false;
    double words_alike = 0;  ///< 0 … 1, shared trigrams
};

/// Limits of what may be a twin.
inline constexpr double duplicate_distance_max_m = 500;
inline constexpr double duplicate_age_max_min = 120;

/// Share of common character trigrams of two texts (Jaccard), case of ASCII and Cyrillic folded.
double text_likeness(std::string_view a, std::string_view b);

/// Open and recently closed incidents that may be the same event, best first, at most `limit`.
std::vector<DuplicateHint> possible_duplicates(const State& state, const PersonalView& personal,
                                               const DuplicateQuery& query,
                                               std::size_t limit = 3);

}  // namespace jedel
