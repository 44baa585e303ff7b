#pragma once
// The TOML files of data/protocol as rows, each with the line it stands on.

#include <string>
#include <string_view>
#include <vector>

#include "triage/protocol.h"

namespace jedel::triage {

struct FindingRow {
    Finding finding;
    std::vector<std::string> within, card_with;
    long line = 0;
};
/// What nobody is asked counts as absent until it is said; conditions as in formulas.
struct UnaskedRow {
    std::vector<std::string> absent;     ///< what is taken as not so
    std::vector<std::string> when;       ///< all of these must be known; none: always
    std::vector<std::string> only_with;  ///< asked after all once one of these is known
    long line = 0;
};
struct EntailmentRow {
    std::string from, to;
    long line = 0;
};
struct LikelihoodRow {
    Likelihood likelihood;  ///< without its indices
    std::string finding, with;
    long line = 0;
};
struct VocabularyTable {
    std::string version;
    std::vector<std::string> tables;  ///< the rule files that belong to it; empty = not said
    std::vector<FindingRow> findings;
    std::vector<EntailmentRow> entailments;
    std::vector<UnaskedRow> unasked;
    std::vector<LikelihoodRow> likelihoods;
};
struct RuleRow {
    Rule rule;
    std::string file;
    long line = 0, formula_line = 0, presume_line = 0;
};

/// Errors name file, line and field; fields that are not known are errors too.
Result<VocabularyTable> read_vocabulary(const Protocol::File& file);
Result<std::vector<RuleRow>> read_rules(const Protocol::File& file);
/// The list of words in `field` at the top of a TOML file; empty where it is not there.
Result<std::vector<std::string>> read_names(const Protocol::File& file, std::string_view field);

}  // namespace jedel::triage
