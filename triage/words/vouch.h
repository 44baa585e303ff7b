#pragma once
// Whether something is a word of the three languages.

#include <string_view>

#include "triage/words/fold.h"
#include "triage/words/stems.h"
#include "triage/words/tables.h"

namespace jedel::triage::words {

/// A word as it is spelled: the lexicon has it, or the dictionary of its language. `letters` and
/// `spelled` as `fold` and `spelling` give them.
bool spelled_as_a_word(const Tables& t, Snowball& snow, std::string_view letters,
                       std::string_view spelled);
/// Words typed without Kazakh letters or in Latin ones as well.
bool like_a_word(const Tables& t, Snowball& snow, std::string_view letters,
                 std::string_view spelled);
/// A word beside which a vital form is only suspected, for it may be meant as it stands. What only
/// the lexicon knows and sounds like a word of the form is a slip that the lexicon knows.
bool meant_as_it_stands(const Tables& t, Snowball& snow, const Tokens& tokens, const Token& word,
                        const Vital::Form& form);

}  // namespace jedel::triage::words
