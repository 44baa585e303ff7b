#include "triage/words/other_keys.h"

#include <algorithm>
#include <array>

#include "base/letters.h"
#include "triage/words/fold.h"

namespace jedel::triage::words {
namespace {

constexpr std::string_view english_keys =
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~/?";
constexpr std::u32string_view russian_keys =
    U"йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ.,";
constexpr std::string_view digit_keys = "2345890-=";
constexpr std::u32string_view kazakh_row = U"әіңғүұқөһ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool cyrillic_letter(char32_t c) { return c >= 0x400 && c < 0x530; }
bool letter(char32_t c) {
    return cyrillic_letter(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

/// Builds a meant text piece by piece.
class Builder {
public:
    void keep(std::string_view typed, std::size_t at) {
        for (std::size_t k = 0; k < typed.size(); ++k) put(typed[k], at + k, false);
    }
    void change(char32_t c, std::size_t at) {
        std::string letters;
        append(letters, c);
        for (const char x : letters) put(x, at, true);
    }
    Meant end(std::size_t at) {
        out_.at.push_back(static_cast<std::uint32_t>(at));
        return std::move(out_);
    }

private:
    void put(char c, std::size_t at, bool changed) {
        out_.text += c;
        out_.at.push_back(static_cast<std::uint32_t>(at));
        out_.changed.push_back(changed);
    }
    Meant out_;
};

/// Calls `piece(begin, end)` for every run of bytes without blanks; what is between is kept.
template <class Piece>
void each_piece(std::string_view text, Builder& out, Piece&& piece) {
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        const bool space = is_space(text[i]);
        while (end < text.size() && is_space(text[end]) == space) ++end;
        if (space) out.keep(text.substr(i, end - i), i);
        else piece(i, end);
        i = end;
    }
}

/// A word with digits in it that may be letters: its bytes as they were meant, or empty.
std::u32string decoded(std::string_view word) {
    std::u32string out;
    std::size_t letters = 0;
    std::size_t digits = 0;
    for (std::size_t i = 0; i < word.size();) {
        const std::size_t at = i;
        const char32_t c = next_letter(word, i);
        if (cyrillic_letter(c)) {
            out += c;
            ++letters;
            continue;
        }
        const auto key = c < 0x80 ? digit_keys.find(word[at]) : std::string_view::npos;
        if (key == std::string_view::npos) return {};
        out += kazakh_row[key];
        ++digits;
    }
    return letters >= 2 && digits > 0 && digits <= letters ? out : std::u32string{};
}

/// "3года", "мкр5", "ата-ана": what is left without the digits is a word, or words. A nought before
/// letters is no number.
bool stands_as_typed(std::string_view word, const KnowsWord& knows) {
    std::vector<std::string> parts(1);
    for (const char c : word) {
        if (is_digit(c) || c == '-' || c == '=') parts.emplace_back();
        else parts.back() += c;
    }
    const bool inside = !parts.front().empty() && !parts.back().empty();
    if (!inside && word.front() == '0') return false;
    std::erase_if(parts, [](const std::string& part) { return part.empty(); });
    // "ес3нен": pieces so short are words of some language by chance.
    const bool digit_inside = inside && word.find_first_of("234589") != std::string_view::npos;
    return std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
        return (!digit_inside || part.size() > 4) && knows(part);
    });
}

}  // namespace

bool may_use_digit_row(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        const bool before = static_cast<unsigned char>(text[i - 1]) >= 0x80;
        const bool here = static_cast<unsigned char>(text[i]) >= 0x80;
        const auto row = [](char c) { return digit_keys.find(c) != std::string_view::npos; };
        if ((before && row(text[i])) || (here && row(text[i - 1]))) return true;
    }
    return false;
}

Meant from_digit_row(std::string_view text, const KnowsWord& knows) {
    Builder out;
    each_piece(text, out, [&](std::size_t from, std::size_t to) {
        std::size_t end = to;
        constexpr std::string_view closing = ".,!?;:)\"";
        while (end > from && closing.find(text[end - 1]) != std::string_view::npos) --end;
        const std::string_view word = text.substr(from, end - from);
        const std::u32string meant = decoded(word);
        std::string letters;
        for (const char32_t c : meant) append(letters, c);
        if (meant.empty() || stands_as_typed(word, knows) || !knows(letters)) {
            out.keep(text.substr(from, to - from), from);
            return;
        }
        std::size_t i = 0;
        for (const char32_t c : meant) {
            const std::size_t at = i;
            (void)next_letter(word, i);
            out.change(c, from + at);
        }
        out.keep(text.substr(end, to - end), end);
    });
    return out.end(text.size());
}

Meant with_other_layout(std::string_view text, Keys keys, const KnowsWord& knows) {
    const auto other = [&](char32_t c) -> char32_t {
        if (keys == Keys::russian_for_english) {
            if (c < 0x80) return c;
            const auto key = russian_keys.find(c);
            if (key == std::u32string_view::npos) return c;
            return static_cast<unsigned char>(english_keys[key]);
        }
        if (c >= 0x80) return c;
        const auto digit = digit_keys.find(static_cast<char>(c));
        if (keys == Keys::english_for_kazakh && digit != std::string_view::npos)
            return kazakh_row[digit];
        const auto key = english_keys.find(static_cast<char>(c));
        return key == std::string_view::npos ? c : russian_keys[key];
    };
    Builder out;
    each_piece(text, out, [&](std::size_t from, std::size_t to) {
        const std::string_view piece = text.substr(from, to - from);
        bool letters = false;
        for (std::size_t i = 0; i < piece.size();) letters |= letter(next_letter(piece, i));
        if (!letters) {  // "39,5" and "200/100" are the same on either
            out.keep(piece, from);
            return;
        }
        const auto meant = [&](std::string_view typed) {
            std::string word;
            for (std::size_t i = 0; i < typed.size();) append(word, other(next_letter(typed, i)));
            return word;
        };
        std::size_t end = piece.size();
        constexpr std::string_view closing = ".,;:!?";
        const bool closed = closing.find(piece.back()) != std::string_view::npos;
        if (closed && !knows(meant(piece)) && knows(meant(piece.substr(0, end - 1)))) --end;
        for (std::size_t i = 0; i < end;) {
            const std::size_t at = i;
            out.change(other(next_letter(piece, i)), from + at);
        }
        out.keep(piece.substr(end), from + end);
    });
    return out.end(text.size());
}

}  // namespace jedel::triage::words
