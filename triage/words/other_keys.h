#pragma once
// Texts typed with other keys than were meant: another layout, or the digit row of a Kazakh
// keyboard.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jedel::triage::words {

/// A text as it was meant, and where its bytes stand in the text as it was typed.
struct Meant {
    std::string text;
    std::vector<std::uint32_t> at;  ///< of each byte of `text`, and of its end
    std::vector<bool> changed;      ///< of each byte: it was typed with other keys
};

/// Judges one word: it is a word of the three languages.
using KnowsWord = std::function<bool(std::string_view)>;

/// True when some word of the text has both letters and digits of the upper row in it.
bool may_use_digit_row(std::string_view text);
/// "ес3нен" → "есінен", "0ан" → "қан", wherever that gives a word and what was typed is none.
Meant from_digit_row(std::string_view text, const KnowsWord& knows);

enum class Keys : std::uint8_t { english_for_russian, english_for_kazakh, russian_for_english };
/// The whole text as the same keys give it in the other layout; a full stop or comma at the end of
/// a word stays one where the word is known without it.
Meant with_other_layout(std::string_view text, Keys keys, const KnowsWord& knows);

}  // namespace jedel::triage::words
