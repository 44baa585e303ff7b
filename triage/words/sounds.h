#pragma once
// What a word sounds like, for words written by ear.

#include <string>
#include <string_view>

namespace jedel::triage::words {

/// Appends a folded word as it sounds: unstressed vowels that are mixed up (о/а/я, е/и/ы/э/й, у/ю)
/// fall together, as do voiced and voiceless consonants (б/п, в/ф, г/к, д/т, ж/ш/щ, з/с); signs
/// are dropped, ц is т and с. English: e/i/y, c/k/q, s/z.
void append_sounds(std::string& out, std::string_view folded);

}  // namespace jedel::triage::words
