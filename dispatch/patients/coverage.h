#pragma once
// What of the documents' statements the program decides or tells, worked out from the places that
// tables, cards and tests cite; docs/coverage.md is its table.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jedel {

/// Lines of one document, both included.
struct SeedPlace {
    int seed = 0, first = 0, last = 0;
    friend bool operator==(const SeedPlace&, const SeedPlace&) = default;
};

/// Every "S0 12-15, 20; S2 71" of a text; a number that stands as "q.20" is a question's, not a
/// line's. Spans of more than `widest` lines cite nothing in particular and are left out.
std::vector<SeedPlace> places_in(std::string_view text, int widest = 60);

/// One statement of the documents.
struct Statement {
    int number = 0;
    std::vector<SeedPlace> places;
    std::string place;   ///< as written
    std::string rule;    ///< what it says
    std::string group;
    std::string reason;  ///< why it is no rule for a desk; empty = it is one
    std::vector<std::string> decided_by, told_by, tested_by;  ///< files that cite it
    /// "decided": a table decides it and a test names it; "told": a card tells it; "not a rule";
    /// "open" otherwise.
    [[nodiscard]] std::string_view status() const;
};

/// Reads data/law/statements.tsv of `source` and looks through its tables, cards and tests.
Result<std::vector<Statement>> coverage(const std::string& source);
/// The table for people, as docs/coverage.md has it.
std::string coverage_table(const std::vector<Statement>& statements);

}  // namespace jedel
