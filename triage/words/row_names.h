#pragma once
// The order's own words for its rows: a text that is one of them is that row.

#include <optional>

#include "triage/protocol.h"
#include "triage/words/fold.h"
#include "triage/words/hash_index.h"

namespace jedel::triage::words {

/// The names of the rules, in all their languages. Immutable after learning.
class RowNames {
public:
    static RowNames learn(std::span<const Rule> rules);
    /// The row's category; nullopt where the text is not a name, or is one of several rows.
    [[nodiscard]] std::optional<Category> category_of(const Tokens& tokens) const;

private:
    HashIndex names_;
};

}  // namespace jedel::triage::words
