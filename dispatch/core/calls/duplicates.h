#pragma once
// Is this call about an event that is known already? A hint while typing, never an action.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dispatch/core/decide.h"
#include "dispatch/core/people/persons.h"

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

/// What was made of the other calls' words, kept from one search to the next: a search costs what
/// has changed since. One for each thread that searches. An erased row is not looked at, and what
/// was made of it goes with the search after.
class DuplicateMemory {
public:
    struct Said {
        std::uint64_t version = ~std::uint64_t{0};  ///< of the incident it was made of
        std::uint64_t round = 0;
        std::vector<std::uint64_t> words, address;  ///< trigrams
        std::string line;
    };
    /// nullptr: nothing is known by name, or it was erased.
    const Said* said_of(const Incident& incident, const PersonalView& personal);
    /// Of calls that the last search did not look at.
    void forget_others();
    [[nodiscard]] std::size_t size() const { return said_.size(); }

private:
    std::unordered_map<IncidentId, Said> said_;
    std::uint64_t round_ = 1;
    std::size_t looked_at_ = 0;  ///< in this round
};

/// Open and recently closed incidents that may be the same event, best first, at most `limit`.
std::vector<DuplicateHint> possible_duplicates(const State& state, const PersonalView& personal,
                                               const DuplicateQuery& query,
                                               std::size_t limit = 3);
std::vector<DuplicateHint> possible_duplicates(const State& state, const PersonalView& personal,
                                               const DuplicateQuery& query, std::size_t limit,
                                               DuplicateMemory& memory);

}  // namespace jedel
