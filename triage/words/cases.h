#pragma once
// Russian cases, as far as a denial needs them: "без температуры" denies what stands in the
// genitive, and a nominative or a finite verb begins something that is there.

#include <cstdint>
#include <string_view>

#include "triage/words/spelled_right.h"

namespace jedel::triage::words {

enum class Case : std::uint8_t {
    other,      ///< a nominative, a finite verb, or nothing that can be told
    genitive,   ///< a noun that may be one
    adjective,  ///< an adjective in the genitive
};

/// Of a folded Russian word. By its ending and the dictionary's headwords ("рвота" is one, "рвоты"
/// is not); by its ending alone where there is no dictionary. Nouns that are mostly said in the
/// plural, whose nominative looks like a genitive ("судороги"), are told by the lexicon's @plural.
Case case_of(const SpelledRight& words, std::string_view word);

}  // namespace jedel::triage::words
