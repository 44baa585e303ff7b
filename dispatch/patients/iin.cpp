#include "dispatch/patients/iin.h"

#include <algorithm>
#include <array>

#include "base/time.h"

namespace jedel {

namespace {

int weighted_sum(std::string_view digits, const std::array<int, 11>& weights) {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits[i] - '0') * weights[i];
    return sum % 11;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The code point at `at`, which it moves on; a broken byte is itself.
char32_t next_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3
                               : first >= 0xC0 ? 2 : 1;
    if (length == 1 || at + length > text.size()) {
        ++at;
        return first;
    }
    auto point = static_cast<char32_t>(first & (0x7F >> length));
    for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(at + i) & 0x3F);
    at += length;
    return point;
}

/// Blanks, dashes, marks and line ends of any kind, as keyboards, chats and spreadsheets put them.
bool is_dropped(char32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == '-' || c == 0x85 || c == 0xA0 ||
           c == 0xAD || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x2015) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x2064) || c == 0x2212 ||
           c == 0x3000 || c == 0xFE58 || c == 0xFE63 || c == 0xFEFF || c == 0xFF0D;
}

/// The digit that the sign is in another script, or '\0'.
char digit_of(char32_t c) {
    for (const char32_t zero : {U'0', char32_t{0xFF10}, char32_t{0x0660}, char32_t{0x06F0}}) {
        if (c >= zero && c <= zero + 9) return static_cast<char>('0' + (c - zero));
    }
    return '\0';
}

/// The digit that a letter looks like (Latin, Cyrillic, Greek), or '\0'.
char looks_like(char32_t c) {
    static constexpr std::u32string_view zeros = U"OoОоΟο";
    static constexpr std::u32string_view ones = U"Il|ІіӀӏΙ";
    static constexpr std::u32string_view threes = U"ЗзҘҙ";
    if (zeros.find(c) != std::u32string_view::npos) return '0';
    if (ones.find(c) != std::u32string_view::npos) return '1';
    if (threes.find(c) != std::u32string_view::npos) return '3';
    return '\0';
}

}  // namespace

IinVerdict check_iin(std::string_view iin) {
    constexpr std::array<int, 11> first{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    constexpr std::array<int, 11> second{3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};
    if (!std::all_of(iin.begin(), iin.end(), is_digit)) return IinVerdict::not_digits;
    if (iin.size() != 12) return IinVerdict::wrong_length;
    // The fifth digit is the first of the day in a person's number and 4–6 in a business's.
    if (iin[4] >= '4' && iin[4] <= '6') return IinVerdict::is_bin;
    int check = weighted_sum(iin, first);
    if (check == 10) check = weighted_sum(iin, second);
    if (check == 10 || check != iin[11] - '0') return IinVerdict::typo;
    return IinVerdict::plausible;
}

IinHints iin_hints(std::string_view digits) {
    IinHints out;
    if (digits.size() != 12 || !std::all_of(digits.begin(), digits.end(), is_digit)) return out;
    const int century = digits[6] - '0';
    out.unknown_century = century < 1 || century > 6;
    // Without a century the day and month are still looked at, in a leap year.
    const std::string years = out.unknown_century ? "2000"
                                                  : std::to_string(18 + (century - 1) / 2) +
                                                        std::string{digits.substr(0, 2)};
    const std::string date = years + "-" + std::string{digits.substr(2, 2)} + "-" +
                             std::string{digits.substr(4, 2)};
    const auto day = day_from_iso(date);
    out.impossible_date = !day;
    if (out.unknown_century) return out;
    out.birth_day = day;
    out.sex = century % 2 == 1 ? triage::Sex::male : triage::Sex::female;
    return out;
}

IinReading read_iin(std::string_view text) {
    IinReading out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const char32_t c = next_point(text, at);
        // A spreadsheet's mark for "this is a text" stands before the number.
        if (is_dropped(c) || (c == U'\'' && out.digits.empty())) continue;
        if (const char digit = digit_of(c)) {
            out.digits += digit;
        } else if (const char like = looks_like(c)) {
            out.digits += like;
            out.letters_read = true;
        } else {
            out.digits += text.substr(start, at - start);
        }
    }
    out.verdict = check_iin(out.digits);
    out.hints = iin_hints(out.digits);
    return out;
}

}  // namespace jedel
