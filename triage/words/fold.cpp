#include "triage/words/fold.h"

#include <algorithm>
#include <array>

#include "base/letters.h"

namespace jedel::triage::words {
namespace {

// а…я in KOI8-R.
constexpr std::array<unsigned char, 32> koi8{
    0xC1, 0xC2, 0xD7, 0xC7, 0xC4, 0xC5, 0xD6, 0xDA, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xD0,
    0xD2, 0xD3, 0xD4, 0xD5, 0xC6, 0xC8, 0xC3, 0xDE, 0xDB, 0xDD, 0xDF, 0xD9, 0xD8, 0xDC, 0xC0, 0xD1};

constexpr char cyr(char32_t lower) { return static_cast<char>(koi8[lower - 0x430]); }

struct Letter {
    char code = 0;  ///< 0 = not a letter
    bool capital = false;
    bool kazakh = false;
    char spelled = 0;  ///< of a Kazakh letter: its own code
};

/// A Kazakh letter's code in spellings; 0 for any other.
char kazakh_code(char32_t c) {
    switch (c) {
        case 0x4D8: case 0x4D9: return '\x81';
        case 0x492: case 0x493: return '\x82';
        case 0x49A: case 0x49B: return '\x83';
        case 0x4A2: case 0x4A3: return '\x84';
        case 0x4E8: case 0x4E9: return '\x85';
        case 0x4AE: case 0x4AF: return '\x86';
        case 0x4B0: case 0x4B1: return '\x87';
        case 0x4BA: case 0x4BB: return '\x88';
        case 0x406: case 0x456: return '\x89';
        default: return 0;
    }
}

/// Kazakh and other letters outside а…я.
char special_cyrillic(char32_t c) {
    switch (c) {
        case 0x401: case 0x451: return cyr(U'е');
        case 0x406: case 0x456: case 0x407: case 0x457: return cyr(U'и');
        case 0x4D8: case 0x4D9: return cyr(U'а');
        case 0x492: case 0x493: return cyr(U'г');
        case 0x49A: case 0x49B: return cyr(U'к');
        case 0x4A2: case 0x4A3: return cyr(U'н');
        case 0x4E8: case 0x4E9: return cyr(U'о');
        case 0x4AE: case 0x4AF: case 0x4B0: case 0x4B1: case 0x40E: case 0x45E: return cyr(U'у');
        case 0x4BA: case 0x4BB: case 0x4B2: case 0x4B3: return cyr(U'х');
        default: return 0;
    }
}

char special_latin(char32_t c) {
    switch (c) {
        case 0xC0: case 0xC1: case 0xC4: case 0xE0: case 0xE1: case 0xE4: return 'a';
        case 0xC7: case 0xE7: return 'c';
        case 0xC8: case 0xC9: case 0xE8: case 0xE9: return 'e';
        case 0xCD: case 0xED: case 0xEF: case 0x131: case 0x130: return 'i';
        case 0xD1: case 0xF1: case 0x143: case 0x144: return 'n';
        case 0xD3: case 0xD6: case 0xF3: case 0xF6: return 'o';
        case 0xDA: case 0xDC: case 0xFA: case 0xFC: case 0x16A: case 0x16B: return 'u';
        case 0xDD: case 0xFD: return 'y';
        case 0x11E: case 0x11F: case 0x1F4: case 0x1F5: return 'g';
        case 0x15E: case 0x15F: return 's';
        default: return 0;
    }
}

Letter letter(char32_t c) {
    if (c >= U'a' && c <= U'z') return {static_cast<char>(c), false, false};
    if (c >= U'A' && c <= U'Z') return {static_cast<char>(c - U'A' + U'a'), true, false};
    if (c >= 0x430 && c <= 0x44F) return {cyr(c), false, false};
    if (c >= 0x410 && c <= 0x42F) return {cyr(c + 0x20), true, false};
    if (const char s = special_cyrillic(c))
        return {s, false, c != 0x401 && c != 0x451, kazakh_code(c)};
    if (const char s = special_latin(c)) return {s, false, false};
    return {};
}

char punctuation(char32_t c) {
    switch (c) {
        case U'.': case U',': case U';': case U':': case U'!': case U'?': case U'/': case U'+':
        case U'%': case U'(': case U')': case U'*': return static_cast<char>(c);
        case U'\\': return '/';
        case U'\n': case 0x2026: return '.';
        case U'-': case 0x2010: case 0x2011: case 0x2012: return '-';
        case 0x2013: case 0x2014: case 0x2212: return '_';  // a dash parts clauses
        case 0xB0: case 0xBA: return 'o';
        default: return 0;
    }
}

/// A letter that the three languages write with: à, ö, ş and those of other Cyrillic alphabets
/// count as foreign, though they are folded, for a text full of them is none of ours.
bool ours(char32_t c) {
    if (c < 0x80) return true;
    const bool other_cyrillic = c == 0x407 || c == 0x457 || c == 0x40E || c == 0x45E ||
                                c == 0x4B2 || c == 0x4B3;
    return special_latin(c) == 0 && !other_cyrillic;
}

/// Signs that stand beside any language: quotes, arrows, emoji, joiners. Lines and blocks do not
/// (bytes of another encoding look like them: "╨С╨╛╨╗╨╕╤В"), nor do most signs of Latin-1.
bool beside_words(char32_t c) {
    constexpr std::u32string_view latin1 = U"\u00A0\u00AB\u00AD\u00B0\u00B7\u00BA\u00BB";
    if (c > 0xA0 && c < 0xC0) return latin1.find(c) != std::u32string_view::npos;
    if (c >= 0x2500 && c < 0x25A0) return false;
    return c < 0xC0 || (c >= 0x2000 && c < 0x2C00) || (c >= 0x300 && c < 0x370) ||
           (c >= 0xFE00 && c < 0xFE10) || c == 0xFEFF || c == 0x2BC ||
           (c >= 0x1F000 && c <= 0x10FFFF);
}

/// Signs that stand beside words and never right behind a letter, unless with a number ("№5"):
/// bytes of another encoding look like them ("√ёЄ√?√", "В«", "эюў№").
bool beside_letters(char32_t c) {
    constexpr std::u32string_view loose = U"\u00A0\u00AD\u00B0\u00B4\u00B7\u00BA\u00BB";
    if (c >= 0xA0 && c < 0xC0) return loose.find(c) != std::u32string_view::npos;
    return !((c >= 0x2200 && c < 0x2300) || c == 0x2030 || c == 0x20AC || c == 0x2116);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool apostrophe(char32_t c) { return c == U'\'' || c == 0x2019 || c == 0x2BC || c == U'`'; }

/// "нееее" is "не": a letter held down is meant once; three of them may be a double one and a slip.
void shorten(std::string& letters, std::string& spelled, std::size_t at) {
    std::size_t kept = at;
    for (std::size_t k = at; k < letters.size();) {
        std::size_t end = k;
        while (end < letters.size() && letters[end] == letters[k]) ++end;
        const std::size_t times = end - k > 3 ? 1 : std::min<std::size_t>(end - k, 2);
        for (std::size_t n = 0; n < times; ++n, ++kept)
            letters[kept] = letters[k + n], spelled[kept] = spelled[k + n];
        k = end;
    }
    letters.resize(kept);
    spelled.resize(kept);
}

/// Latin look-alikes inside a Cyrillic word ("iш", "жoқ") become Cyrillic.
void unmix(std::string& letters, std::string& spelled, std::size_t at) {
    bool latin = false;
    bool cyrillic = false;
    for (std::size_t k = at; k < letters.size(); ++k)
        (is_cyrillic(letters[k]) ? cyrillic : latin) = true;
    if (!latin || !cyrillic) return;
    constexpr std::string_view from = "aceiopxyhkmtbnu";
    constexpr std::u32string_view to = U"асеиорхункмтвпи";
    for (std::size_t k = at; k < letters.size(); ++k) {
        const auto p = from.find(letters[k]);
        if (p != std::string_view::npos) spelled[k] = letters[k] = cyr(to[p]);
    }
}

/// The number that begins at `i`, a point or a comma before its fraction; `i` is moved past it.
double number_at(std::string_view text, std::size_t& i) {
    const auto digit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    double scale = 0;
    double v = 0;
    for (; i < text.size(); ++i) {
        if (digit(i)) {
            const int d = text[i] - '0';
            v = scale > 0 ? v + d * scale : v * 10 + d;
            if (scale > 0) scale /= 10;
        } else if ((text[i] == '.' || text[i] == ',') && scale == 0 && digit(i + 1)) {
            scale = 0.1;
        } else {
            break;
        }
    }
    return std::min(v, 1e12);
}

}  // namespace

void tokenize(std::string_view text, Tokens& out) {
    out.list.clear();
    out.letters.clear();
    out.spelled.clear();
    out.kazakh = false;
    out.ours = out.foreign = out.er_es = 0;
    text = text.substr(0, text_bytes_max);
    out.list.reserve(text.size() / 5 + 4);
    out.letters.reserve(text.size());
    out.spelled.reserve(text.size());
    bool spaced = true;
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t start = i;
        std::size_t next = i;
        const char32_t c = next_letter(text, next);
        Token t;
        t.begin = static_cast<std::uint32_t>(start);
        t.joined = !spaced;
        if (c >= U'0' && c <= U'9') {
            t.kind = TokenKind::number;
            t.number = number_at(text, i);
        } else if (const Letter first = letter(c); first.code != 0) {
            t.at = static_cast<std::uint32_t>(out.letters.size());
            t.capital = first.capital;
            bool small = false;  // the letter before, behind the first one
            for (i = start; i < text.size();) {
                std::size_t n = i;
                const char32_t x = next_letter(text, n);
                if (const Letter l = letter(x); l.code != 0) {
                    out.letters += l.code;
                    out.spelled += l.spelled != 0 ? l.spelled : l.code;
                    t.kazakh |= l.kazakh;
                    ++(ours(x) ? out.ours : out.foreign);
                    out.foreign += small && l.capital;  // "ЁрэрЁ": of no way to write
                    small = i > start && !l.capital;
                    out.er_es += x == U'Р' || x == U'С';
                } else if (!apostrophe(x) && x != 0x301 && x != 0xAD) {
                    break;
                }
                i = n;
            }
            shorten(out.letters, out.spelled, t.at);
            unmix(out.letters, out.spelled, t.at);
            out.kazakh |= t.kazakh;
            t.length = static_cast<std::uint32_t>(out.letters.size() - t.at);
            while (i > start && apostrophe(static_cast<unsigned char>(text[i - 1]))) --i;
        } else {
            i = next;
            t.mark = punctuation(c);
            // "Ц?ЛФ?Н?О": what no encoding had a sign for.
            const bool lost = c == U'?' && !spaced && i < text.size() &&
                              static_cast<unsigned char>(text[i]) >= 0x80;
            const bool behind_letter = !out.list.empty() && !spaced && !beside_letters(c) &&
                                       out.list.back().kind == TokenKind::word &&
                                       (i >= text.size() || !is_digit(text[i]));
            out.foreign += lost || behind_letter || (t.mark == 0 && !beside_words(c));
            t.kind = TokenKind::mark;
            spaced = true;
            if (t.mark == 0) continue;
        }
        t.end = static_cast<std::uint32_t>(i);
        spaced = false;
        out.list.push_back(t);
    }
}

std::string fold(std::string_view word) {
    Tokens t;
    tokenize(word, t);
    return t.letters;
}

std::string spelling(std::string_view word) {
    Tokens t;
    tokenize(word, t);
    return t.spelled;
}

char fold_vowel(char c) {
    return c == cyr(U'ы') ? cyr(U'и') : c == cyr(U'э') ? cyr(U'е') : c;
}

std::string fold_vowels(std::string_view word) {
    std::string out{word};
    for (char& c : out) c = fold_vowel(c);
    return out;
}

std::string from_latin(std::string_view w) {
    struct Pair { std::string_view latin; std::u32string_view cyrillic; };
    static constexpr std::array<Pair, 9> pairs{{{"sch", U"щ"}, {"sh", U"ш"}, {"ch", U"ч"},
        {"zh", U"ж"}, {"kh", U"х"}, {"ya", U"я"}, {"yu", U"ю"}, {"ts", U"ц"}, {"yo", U"е"}}};
    constexpr std::string_view from = "abcdefghijklmnopqrstuvwxyz";
    constexpr std::u32string_view to = U"абсдефгхижклмнопкрстувухиз";
    std::string out;
    for (std::size_t i = 0; i < w.size();) {
        const auto hit = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& p) {
            return w.substr(i, p.latin.size()) == p.latin;
        });
        if (hit != pairs.end()) {
            for (const char32_t c : hit->cyrillic) out += cyr(c);
            i += hit->latin.size();
        } else {
            const auto p = from.find(w[i++]);
            if (p != std::string_view::npos) out += cyr(to[p]);
        }
    }
    return out;
}

std::string unfold(std::string_view word) {
    std::string out;
    for (const char c : word) {
        const auto it = std::find(koi8.begin(), koi8.end(), static_cast<unsigned char>(c));
        if (!is_cyrillic(c) || it == koi8.end()) {
            out += c;
            continue;
        }
        const auto code = 0x430U + static_cast<unsigned>(it - koi8.begin());
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
    return out;
}

}  // namespace jedel::triage::words
