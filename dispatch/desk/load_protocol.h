#pragma once
// Reads the rule table, the lexicon and the help cards from their folders.

#include <string>
#include <vector>

#include "base/result.h"
#include "triage/cards.h"
#include "triage/protocol.h"
#include "triage/words/words.h"

namespace jedel {

/// `data/protocol`: findings.toml and the rule files that it lists. One that is missing and one
/// that is not listed are errors, as is everything that Protocol::parse refuses: they name file and
/// line, and whoever holds an earlier table keeps it.
Result<triage::Protocol> load_protocol(const std::string& install_folder);

/// The tables that `data/lexicon/tables.toml` lists, of `data/lexicon` and `data/complaints`; a
/// missing or unlisted one is an error.
Result<triage::Lexicon> load_lexicon(const triage::Protocol& protocol,
                                     const std::string& install_folder);

/// The cards of data/cards/cards.toml; a missing file is an error.
Result<std::vector<triage::Card>> load_cards(const triage::Protocol& protocol,
                                             const std::string& install_folder);

}  // namespace jedel
