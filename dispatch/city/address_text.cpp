#include "dispatch/city/address_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/letters.h"

namespace jedel::address {
namespace {

constexpr std::size_t most_tokens = 24;

/// 0 = dropped.
char32_t fold_letter(char32_t letter) {
    const char32_t c = folded(letter);
    switch (c) {
        case U'ё': case U'э': return U'е';
        case U'й': case U'і': return U'и';
        case U'щ': return U'ш';
        case U'ь': case U'ъ': return 0;
        case U'ә': return U'а';
        case U'ғ': return U'г';
        case U'қ': return U'к';
        case U'ң': return U'н';
        case U'ө': return U'о';
        case U'ұ': case U'ү': return U'у';
        case U'һ': return U'х';
        case 0xfffd: return 0;
        default: return c;
    }
}

bool is_letter(char32_t c);

/// A Latin letter that looks like a Cyrillic one, typed within a Cyrillic word ("кошесi").
char32_t look_alike(char32_t c) {
    switch (c) {
        case U'a': return U'а';
        case U'c': return U'с';
        case U'e': return U'е';
        case U'i': return U'и';
        case U'o': return U'о';
        case U'p': return U'р';
        case U'x': return U'х';
        case U'y': return U'у';
        default: return c;
    }
}

void mend_mixed_words(std::u32string& text) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        bool cyrillic = false;
        while (end < text.size() && is_letter(text[end])) {
            cyrillic = cyrillic || text[end] > U'z';
            ++end;
        }
        for (std::size_t i = at; cyrillic && i < end; ++i) text[i] = look_alike(text[i]);
        at = end + 1;
    }
}

bool is_letter(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'а' && c <= U'я') || (c > 0xbf && c < 0x2000 &&
           !(c >= U'А' && c <= U'Я'));
}
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

using enum StreetKind;

/// Folded, so "көшесі" stands as "кошеси".
const std::map<std::u32string_view, StreetKind>& type_words() {
    static const std::map<std::u32string_view, StreetKind> words{
        {U"ул", street}, {U"улица", street}, {U"улице", street}, {U"улицы", street},
        {U"кошеси", street}, {U"коше", street}, {U"кош", street}, {U"кошесинде", street},
        {U"street", street}, {U"st", street}, {U"road", street}, {U"rd", street},
        {U"пр", avenue}, {U"просп", avenue}, {U"проспект", avenue}, {U"проспекте", avenue},
        {U"дангылы", avenue}, {U"дангыл", avenue}, {U"данг", avenue}, {U"avenue", avenue},
        {U"ave", avenue}, {U"прс", avenue}, {U"прт", avenue},
        {U"пер", lane}, {U"переулок", lane}, {U"туиык", lane}, {U"туиыгы", lane}, {U"lane", lane},
        {U"проезд", lane}, {U"откели", lane},
        {U"булвар", boulevard}, {U"булвары", boulevard}, {U"бул", boulevard},
        {U"boulevard", boulevard}, {U"blvd", boulevard},
        {U"мкр", quarter}, {U"мкрн", quarter}, {U"мкн", quarter}, {U"микр", quarter},
        {U"микрораион", quarter},
        {U"микрораионы", quarter}, {U"мик", quarter}, {U"шагын", quarter}, {U"ауданы", quarter},
        {U"аудан", quarter}, {U"ыкшамауданы", quarter}, {U"ыкшамаудан", quarter},
        {U"microdistrict", quarter}, {U"mkr", quarter}, {U"ыкшам", quarter},
        {U"молтек", quarter}, {U"микроран", quarter},
        {U"трасса", highway}, {U"шоссе", highway}, {U"тракт", highway}, {U"highway", highway},
        {U"поселок", village}, {U"пос", village}, {U"ауылы", village}, {U"ауыл", village},
        {U"село", village}, {U"аул", village}};
    return words;
}

template <std::size_t N>
bool one_of(std::u32string_view word, const std::array<std::u32string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::u32string_view, 10> house_marks{U"дом", U"д", U"доме", U"дома", U"уи",
                                                          U"уии", U"уиде", U"house", U"здание",
                                                          U"зд"};
const std::map<std::u32string_view, AddressRole>& flat_marks() {
    using enum AddressRole;
    static const std::map<std::u32string_view, AddressRole> words{
        {U"кв", flat}, {U"квартира", flat}, {U"квартиры", flat}, {U"квартире", flat},
        {U"патер", flat}, {U"патери", flat}, {U"пат", flat}, {U"flat", flat}, {U"apt", flat},
        {U"apartment", flat}, {U"оф", flat}, {U"офис", flat}, {U"кабинет", flat},
        {U"каб", flat}, {U"комната", flat}, {U"ком", flat}, {U"room", flat},
        {U"подезд", entrance}, {U"под", entrance}, {U"пд", entrance}, {U"подезде", entrance},
        {U"киреберис", entrance}, {U"парадная", entrance}, {U"entrance", entrance},
        {U"етаж", AddressRole::floor}, {U"етаже", AddressRole::floor}, {U"ет", AddressRole::floor},
        {U"кабат", AddressRole::floor}, {U"кабаты", AddressRole::floor},
        {U"floor", AddressRole::floor}, {U"домофон", note}, {U"код", note}, {U"code", note}};
    return words;
}
/// Folded mark and what stands for it in a number: "12к2", "9с2", "12/1", "11а".
const std::map<std::u32string_view, char32_t>& part_marks() {
    static const std::map<std::u32string_view, char32_t> words{
        {U"корпус", U'к'}, {U"корпуса", U'к'}, {U"корпусы", U'к'}, {U"корп", U'к'},
        {U"кор", U'к'}, {U"блок", U'к'}, {U"block", U'к'}, {U"строение", U'с'}, {U"стр", U'с'},
        {U"дроб", U'/'}, {U"лит", U'л'}, {U"литер", U'л'}, {U"литера", U'л'}, {U"литеры", U'л'}};
    return words;
}
constexpr std::array<std::u32string_view, 13> corners{
    U"угол", U"уг", U"углу", U"перекресток", U"перекрестке", U"пересечение", U"пересечении",
    U"киылысы", U"киылыс", U"киылысында", U"бурышы", U"бурышында", U"corner"};
constexpr std::array<std::u32string_view, 6> joiners{U"и", U"мен", U"пен", U"бен", U"and", U"с"};
constexpr std::array<std::u32string_view, 16> fillers{
    U"г", U"город", U"на", U"по", U"в", U"возле", U"около", U"жанында", U"у", U"номер", U"ном",
    U"номери", U"адрес", U"к", U"no", U"мекенжаи"};
constexpr std::array<std::u32string_view, 12> ordinal_ends{
    U"я", U"и", U"ои", U"ыи", U"ая", U"ии", U"ши", U"шы", U"го", U"th", U"nd", U"st"};

/// Abbreviations with a dash or slash inside: "к-сі", "пр-т", "б-р", "м/а", "м-н".
std::optional<StreetKind> short_type(std::u32string_view first, std::u32string_view second) {
    if (first == U"к" && (second == U"си" || second == U"с")) return street;
    if (first == U"пр" && (second == U"т" || second == U"кт")) return avenue;
    if (first == U"д" && (second == U"лы" || second == U"л")) return avenue;
    if (first == U"б" && second == U"р") return boulevard;
    if (first == U"м" && (second == U"а" || second == U"н" || second == U"он")) return quarter;
    if (first == U"мкр" && second == U"н") return quarter;
    return std::nullopt;
}

Token word_token(std::u32string word) {
    Token token;
    const auto type = type_words().find(word);
    if (type != type_words().end()) {
        token.kind = TokenKind::type;
        token.type = type->second;
    } else if (one_of(word, house_marks)) {
        token.kind = TokenKind::house_mark;
    } else if (const auto mark = flat_marks().find(word); mark != flat_marks().end()) {
        token.kind = TokenKind::flat_mark;
        token.role = mark->second;
    } else if (part_marks().contains(word)) {
        token.kind = TokenKind::part_mark;
    } else if (one_of(word, fillers)) {
        token.kind = TokenKind::filler;
    } else if (one_of(word, corners)) {
        token.kind = TokenKind::corner;
    } else if (one_of(word, joiners)) {
        token.kind = TokenKind::joiner;
    }
    token.text = std::move(word);
    return token;
}

class Cutter {
public:
    Cutter(const std::u32string& text, const std::vector<std::size_t>& bytes)
        : text_(text), bytes_(bytes) {}

    std::vector<Token> cut() {
        while (at_ < text_.size() && out_.size() < most_tokens) {
            const char32_t c = text_[at_];
            const std::size_t start = at_, places = out_.size();
            if (is_digit(c)) {
                number();
            } else if (is_letter(c)) {
                word();
            } else {
                const bool parts = c == U',' || c == U'-' || c == U'/' || c == U'–' || c == U'&' ||
                                   c == U'+' || c == U'×' || c == U'—';
                if (parts && !out_.empty() && out_.back().kind != TokenKind::separator) {
                    out_.push_back({.kind = TokenKind::separator, .text = {c}});
                } else if (c == U',' && !out_.empty()) {
                    out_.back().text = {c};  // a comma parts more than a dash beside it
                }
                ++at_;
            }
            for (std::size_t i = places; i < out_.size(); ++i) {
                out_[i].begin = bytes_[start];
                out_[i].end = bytes_[at_];
                out_[i].quoted = start > 0 && is_quote(text_[start - 1]);
            }
        }
        return std::move(out_);
    }

private:
    std::u32string letters_at(std::size_t at) const {
        std::size_t end = at;
        while (end < text_.size() && is_letter(text_[end])) ++end;
        return text_.substr(at, end - at);
    }
    std::u32string digits_at(std::size_t at) const {
        std::size_t end = at;
        while (end < text_.size() && is_digit(text_[end])) ++end;
        return text_.substr(at, end - at);
    }

    /// "12", "12а", "12/3", "12-34", "5-көше", "2-я".
    void number() {
        Token token{.kind = TokenKind::number, .text = digits_at(at_)};
        const bool dash_before = at_ >= 2 && text_[at_ - 1] == U'-' && is_digit(text_[at_ - 2]);
        token.after_dash = dash_before;
        at_ += token.text.size();
        const std::u32string tail = letters_at(at_);
        if (one_of(tail, ordinal_ends)) {
            token.ordinal = true;
            at_ += tail.size();
        } else if (tail.size() == 1) {
            token.text += tail;
            at_ += 1;
        } else if (at_ + 1 < text_.size() && text_[at_] == U'/' && is_digit(text_[at_ + 1])) {
            const std::u32string part = digits_at(at_ + 1);
            token.text += U'/' + part;
            at_ += 1 + part.size();
        } else if (at_ + 1 < text_.size() && text_[at_] == U'-') {
            const std::u32string after = letters_at(at_ + 1);
            const auto type = type_words().find(after);
            if (one_of(after, ordinal_ends)) {
                token.ordinal = true;
                at_ += 1 + after.size();
            } else if (type != type_words().end()) {
                token.ordinal = true;
            } else if (after.size() == 1) {
                token.text += after;
                at_ += 2;
            }
        }
        out_.push_back(std::move(token));
    }

    void word() {
        std::u32string word = letters_at(at_);
        at_ += word.size();
        if (at_ < text_.size() && (text_[at_] == U'-' || text_[at_] == U'/')) {
            const std::u32string next = letters_at(at_ + 1);
            if (const auto type = short_type(word, next)) {
                out_.push_back({.kind = TokenKind::type, .text = word, .type = *type});
                at_ += 1 + next.size();
                return;
            }
        }
        if (at_ < text_.size() && text_[at_] == U'-' && word == U"р") {
            const std::u32string next = letters_at(at_ + 1);
            if (next == U"н" || next == U"он") {
                out_.push_back({.kind = TokenKind::word, .text = U"раион"});
                at_ += 1 + next.size();
                return;
            }
        }
        out_.push_back(word_token(std::move(word)));
    }

    static bool is_quote(char32_t c) {
        return c == U'"' || c == U'\'' || c == U'«' || c == U'“' || c == U'„' || c == U'‘' ||
               c == U'”';
    }

    const std::u32string& text_;
    const std::vector<std::size_t>& bytes_;  ///< where each letter began in the text, and its end
    std::size_t at_ = 0;
    std::vector<Token> out_;
};

}  // namespace

namespace {

std::u32string fold(std::string_view text, std::vector<std::size_t>& bytes) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t began = at;
        const char32_t c = fold_letter(next_letter(text, at));
        if (c == 0) continue;
        out += c;
        bytes.push_back(began);
    }
    bytes.push_back(text.size());
    mend_mixed_words(out);
    return out;
}

}  // namespace

std::u32string fold(std::string_view text) {
    std::vector<std::size_t> bytes;
    return fold(text, bytes);
}

char32_t part_sign(const std::u32string& mark) {
    const auto found = part_marks().find(mark);
    return found == part_marks().end() ? 0 : found->second;
}

std::vector<Token> tokens_of(std::string_view text) {
    // Longer than any address: what follows cannot matter, and the work stays bounded.
    std::vector<std::size_t> bytes;
    const std::u32string folded = fold(text.substr(0, 400), bytes);
    return Cutter{folded, bytes}.cut();
}

}  // namespace jedel::address
