#include "base/letters.h"

#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace jedel {

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t before = at;
        const char32_t letter = next_letter(bytes, at);
        // U+FFFD itself takes three bytes; what is bad moves by one.
        if (letter == 0xFFFD && at == before + 1) return false;
        if (letter > 0x10FFFF || (letter >= 0xD800 && letter <= 0xDFFF)) return false;
    }
    return true;
}

char32_t next_letter(std::string_view text, std::size_t& at) {
    const auto first = static_cast<unsigned char>(text[at++]);
    if (first < 0x80) return first;
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
    if (more == 0 || first > 0xF4 || at + more > text.size()) return 0xFFFD;
    char32_t letter = first & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0) != 0x80) return 0xFFFD;
        letter = letter << 6 | (byte & 0x3FU);
    }
    // An ASCII digit in three bytes is no digit: what reads on byte by byte would not move.
    if ((more == 2 && letter < 0x800) || (more == 3 && letter < 0x1'0000)) return 0xFFFD;
    at += more;
    return letter;
}

char32_t folded(char32_t letter) {
    return static_cast<char32_t>(
        u_foldCase(static_cast<UChar32>(letter), U_FOLD_CASE_DEFAULT));
}

std::string folded(std::string_view utf8) {
    if (!is_utf8(utf8)) return std::string{utf8};
    std::string out;
    icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())})
        .foldCase()
        .toUTF8String(out);
    return out;
}

}  // namespace jedel
