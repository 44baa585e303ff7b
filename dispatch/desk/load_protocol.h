#pragma once
// Reads the rule table and the lexicon from their folders.

#include <string>

#include "base/result.h"
#include "triage/protocol.h"
#include "triage/words/words.h"

namespace jedel {

/// `data/protocol`: findings.toml and every other .toml as rules, in the order of their names.
/// Errors name file and line; whoever holds an earlier table keeps it.
Result<triage::Protocol> load_protocol(const std::string& install_folder);

/// The .toml and .tsv files of `data/lexicon`, in the order of their names; an absent or empty
/// folder gives a lexicon that reads nothing.
Result<triage::Lexicon> load_lexicon(const triage::Protocol& protocol,
                                     const std::string& install_folder);

}  // namespace jedel
