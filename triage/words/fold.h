#pragma once
// Any bytes → folded words. A folded letter is one byte: ASCII for Latin, KOI8-R for Cyrillic,
// so that stemmers and tables work on plain bytes. Kazakh letters become the Russian ones that
// people type instead of them (ә→а, қ→к, ң→н, ғ→г, ү ұ→у, і→и, ө→о, һ→х); ё→е.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jedel::triage::words {

enum class TokenKind : std::uint8_t { word, number, mark };
/// How a word came to stand in the text: as typed, with other keys (another layout, the digit row
/// of a Kazakh keyboard), or as what it was most probably meant to be. A guess denies nothing.
enum class Typed : std::uint8_t { as_is, other_keys, guessed };

/// A word, a number or a punctuation mark, with the bytes of the text it stands on.
struct Token {
    TokenKind kind = TokenKind::word;
    char mark = 0;           ///< of a mark: its ASCII form
    bool capital = false;    ///< the word begins with a capital letter
    bool kazakh = false;     ///< has a letter that Russian lacks
    bool joined = false;     ///< no space between this token and the one before
    Typed typed = Typed::as_is;
    std::uint32_t begin = 0, end = 0;    ///< bytes of the text
    std::uint32_t at = 0, length = 0;    ///< of a word: its place in Tokens::letters
    double number = 0;
};

struct Tokens {
    std::vector<Token> list;
    std::string letters;
    std::string spelled;  ///< beside `letters`, with Kazakh letters as codes of their own
    bool kazakh = false;  ///< some word has a letter that Russian lacks
    std::uint32_t ours = 0;     ///< letters of Kazakh, Russian and English
    std::uint32_t foreign = 0;  ///< signs of other alphabets, and bytes that are no text
    std::uint32_t er_es = 0;    ///< capital Р and С, which UTF-8 read as windows-1251 is full of
    [[nodiscard]] std::string_view word(const Token& t) const {
        return std::string_view{letters}.substr(t.at, t.length);
    }
    [[nodiscard]] std::string_view spelling(const Token& t) const {
        return std::string_view{spelled}.substr(t.at, t.length);
    }
};

/// Longest text that is read, in bytes; what stands behind it is ignored.
inline constexpr std::size_t text_bytes_max = 16 * 1024;

void tokenize(std::string_view text, Tokens& out);

/// The first word of a text, folded; for tables and tests.
std::string fold(std::string_view word);
/// The same with its Kazakh letters kept apart: one byte a letter, 0x81…0x89 for ә ғ қ ң ө ү ұ һ і.
std::string spelling(std::string_view word);

/// True for a Cyrillic letter in folded form.
inline bool is_cyrillic(char c) { return static_cast<unsigned char>(c) >= 0xC0; }
/// Folds what Kazakh and careless typing mix up: ы→и, э→е.
char fold_vowel(char letter);
std::string fold_vowels(std::string_view word);
/// A word typed in Latin letters → Cyrillic, as people write Kazakh and Russian on such keys.
std::string from_latin(std::string_view word);
/// One folded letter as UTF-8, for messages.
std::string unfold(std::string_view word);

}  // namespace jedel::triage::words
