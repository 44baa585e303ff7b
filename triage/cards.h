#pragma once
// Instructions for the caller until the brigade comes, chosen by findings.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "triage/evaluate.h"

namespace jedel::triage {

/// One card of data/cards/cards.toml.
struct Card {
    std::string id;  ///< "choking"; signed as "card:choking"
    LocalText title;
    std::vector<LocalText> steps;
    std::vector<FindingIndex> when;    ///< any of these known yes brings it up
    std::vector<FindingIndex> all;     ///< all of these must be known yes as well
    /// For patients from, and below, this age in years. A patient of unknown age whom nobody called
    /// a child or an infant is taken for a grown-up.
    std::optional<std::pair<double, double>> age_years;
    std::vector<FindingIndex> unless;  ///< any of these known yes keeps it away
    int metronome_per_min = 0;         ///< beats for compressions; 0 = none
    std::string source;
    /// Digest of every word of the card: a changed text is another version and not approved.
    std::string version;
};

/// Parses the cards; errors name file, line, key. Findings must be of the protocol.
Result<std::vector<Card>> parse_cards(const Protocol& protocol, const Protocol::File& file);

/// The cards that fit what is known, in the order of the file.
std::vector<const Card*> cards_for(const Protocol& protocol, std::span<const Card> cards,
                                   const Facts& facts);

}  // namespace jedel::triage
