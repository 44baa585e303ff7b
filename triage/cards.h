#pragma once
// Instructions for the caller until the brigade comes, chosen by findings and age.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "triage/evaluate.h"
#include "triage/formula.h"

namespace jedel::triage {

/// Where a line comes from: one [[source]] of data/cards/cards.toml.
struct CardSource {
    std::string id;     ///< "aha_cpr_2025"
    std::string brief;  ///< "AHA"
    std::string name;   ///< of the guideline, as published
    int year = 0;       ///< of its publication: the age of the evidence
    std::string read;   ///< how it was read for this card; never "not at all"
    /// "AHA 2025": what stands beside a line.
    [[nodiscard]] std::string label() const { return brief + " " + std::to_string(year); }
};

/// One act, said in one breath.
struct CardLine {
    LocalText text;
    CardSource source;
};

/// "Stops breathing → compressions": what leads to another card.
struct CardChange {
    LocalText text;
    CardSource source;
    /// Ids of the cards it leads to; the first for this patient's age is meant. Empty of an answer
    /// that leaves the present card where it is.
    std::vector<std::string> to;
};

/// The question that decides between this card and another, asked before anything is done.
struct CardAsk {
    LocalText text;
    CardSource source;
    std::vector<std::string> yes, no;  ///< as CardChange::to; empty: this card goes on
};

/// Which patients a card is for, as a formula over findings, by what is said: a finding that nobody
/// has told of counts as absent, a comparison needs its number. known() and unknown() may be used.
struct CardCondition {
    std::string text;  ///< as written, groups put in
    Formula formula;
    std::vector<Atom> atoms;
    [[nodiscard]] bool holds(const Protocol& protocol, const Facts& facts) const;
};

/// One card of data/cards/cards.toml.
struct Card {
    std::string id;  ///< "choking"; signed as "card:choking"
    LocalText title;
    CardCondition when;
    /// For patients from, and below, this age in years. A patient of unknown age whom nobody called
    /// a child or an infant is taken for a grown-up.
    std::optional<std::pair<double, double>> age_years;
    std::optional<CardAsk> ask;        ///< read before the lines
    std::vector<CardLine> lines;       ///< read in this order
    std::vector<CardChange> changes;   ///< what to do if it changes
    CardLine stop;                     ///< until when
    int metronome_per_min = 0;         ///< beats for compressions; 0 = none
    /// Digest of every word of the card and of whom it is for: a changed one is another version
    /// and not approved.
    std::string version;

    /// Every source once, the newest first.
    [[nodiscard]] std::vector<CardSource> sources() const;
    /// Years of publication of the oldest and the newest source.
    [[nodiscard]] std::pair<int, int> years() const;
};

/// Parses the cards; errors name file, line, key. Findings must be of the protocol, sources and
/// cards that a card names must stand in the file.
Result<std::vector<Card>> parse_cards(const Protocol& protocol, const Protocol::File& file);

/// The cards that fit what is known, in the order of the file.
std::vector<const Card*> cards_for(const Protocol& protocol, std::span<const Card> cards,
                                   const Facts& facts);

/// The card that `to` leads to for a patient of this age; nullptr where it leads nowhere.
const Card* linked_card(const Protocol& protocol, std::span<const Card> cards,
                        std::span<const std::string> to, const Facts& facts);

}  // namespace jedel::triage
