#include "dispatch/city/address_parts.h"

#include <algorithm>
#include <array>

namespace jedel::address {
namespace {

template <std::size_t N>
bool one_of(std::u32string_view word, const std::array<std::u32string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::u32string_view, 5> city_marks{U"г", U"город", U"каласы", U"city",
                                                        U"кала"};
constexpr std::array<std::u32string_view, 9> district_marks{
    U"раион", U"раионы", U"област", U"обл", U"облысы", U"district", U"раионе", U"region", U"уезд"};
constexpr std::array<std::u32string_view, 6> countries{U"казахстан", U"рк",  U"kazakhstan",
                                                       U"кр", U"казакстан", U"республика"};
/// From here to the next comma it is told how to get in, or what stands near.
constexpr std::array<std::u32string_view, 14> notes{
    U"вход", U"заезд", U"везд", U"код", U"ориентир", U"тел", U"телефон", U"домофон", U"code",
    U"entry", U"кируи", U"двор", U"кире", U"шлагбаум"};
constexpr std::array<std::u32string_view, 8> beside_words{
    U"напротив", U"рядом", U"около", U"возле", U"за", U"позади", U"жанында", U"касында"};

bool is_number(const Token& t) { return t.kind == TokenKind::number; }
bool is_word(const Token& t) { return t.kind == TokenKind::word; }
bool is_comma(const Token& t) { return t.kind == TokenKind::separator && t.text == U","; }
bool ends_with_letter(const std::u32string& text) {
    return !text.empty() && text.back() >= U'a' && text.back() != U'/';
}

class Reader {
public:
    Reader(std::string_view text, const std::set<std::u32string>& city_names)
        : city_names_(city_names) {
        all_ = tokens_of(text);
        for (Token& t : all_) give_plain_role(t);
    }

    Reading read() {
        note_ways_in();
        name_city_and_district();
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const Token& t = all_[i];
            if (dropped(t)) continue;
            said_.push_back(t);
            said_.back().of = {i};
        }
        join_houses();
        take_flats();
        mark_house();
        drop_fillers();
        return {std::move(all_), std::move(said_)};
    }

private:
    static void give_plain_role(Token& t) {
        using enum AddressRole;
        switch (t.kind) {
            case TokenKind::type: t.role = kind; break;
            case TokenKind::house_mark:
            case TokenKind::part_mark: t.role = house; break;
            case TokenKind::corner:
            case TokenKind::joiner:
            case TokenKind::separator: t.role = corner; break;
            case TokenKind::filler: t.role = filler; break;
            default: break;  // a flat mark has its own; words and numbers are seen later
        }
    }
    static bool dropped(const Token& t) {
        return t.role == AddressRole::note || t.role == AddressRole::city ||
               t.role == AddressRole::district;
    }

    void note_ways_in() {
        bool number_before = false, named_before = false, in_note = false;
        for (Token& t : all_) {
            if (is_comma(t)) in_note = false;
            const bool begins = one_of(t.text, notes) ||
                                (number_before && named_before && one_of(t.text, beside_words));
            if (begins && named_before) in_note = true;
            if (in_note) t.role = AddressRole::note;
            if (one_of(t.text, beside_words) && !in_note) {
                t.kind = TokenKind::filler;
                t.role = AddressRole::filler;
            }
            number_before = number_before || is_number(t);
            named_before = named_before || is_word(t);
        }
    }

    /// Words that are left to name a street if these are taken away.
    [[nodiscard]] bool names_left(std::size_t a, std::size_t b) const {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            if (i == a || i == b || dropped(all_[i])) continue;
            const bool number_of_quarter = all_[i].kind == TokenKind::type &&
                                           all_[i].type == StreetKind::quarter;
            if (is_word(all_[i]) || number_of_quarter) return true;
        }
        return false;
    }
    void take(std::size_t mark, std::size_t name, AddressRole role) {
        if (!is_word(all_[name]) || dropped(all_[name]) || !names_left(mark, name)) return;
        all_[mark].role = all_[name].role = role;
    }
    void name_city_and_district() {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const std::u32string& text = all_[i].text;
            if (dropped(all_[i])) continue;
            if (one_of(text, countries)) take(i, i, AddressRole::city);
            if (one_of(text, city_marks)) {
                const bool before = text == U"каласы" || text == U"city";
                if (before && i > 0) take(i, i - 1, AddressRole::city);
                else if (i + 1 < all_.size()) take(i, i + 1, AddressRole::city);
            }
            if (one_of(text, district_marks)) {
                if (i > 0 && is_word(all_[i - 1])) take(i, i - 1, AddressRole::district);
                else if (i + 1 < all_.size()) take(i, i + 1, AddressRole::district);
            }
            // "Бостандық ауданы", but not "Самал шағын ауданы".
            const bool area = text == U"ауданы" || text == U"аудан";
            if (area && i > 0 && is_word(all_[i - 1])) take(i, i - 1, AddressRole::district);
            if (is_word(all_[i]) && city_names_.contains(text)) take(i, i, AddressRole::city);
        }
    }

    /// "12" with what follows: к 2, корпус 2, стр 2, дробь 1, / 1, лит А, «А».
    void join_houses() {
        for (std::size_t i = 0; i < said_.size(); ++i) {
            if (!is_number(said_[i]) || said_[i].ordinal || said_[i].after_dash) continue;
            while (join_one(i)) {
            }
        }
        join_marks_behind();
        for (Token& t : said_) {  // "строение 5" alone is a house
            if (t.kind == TokenKind::part_mark) t.kind = TokenKind::house_mark;
        }
    }
    void absorb(std::size_t into, std::size_t last) {
        for (std::size_t k = into + 1; k <= last; ++k) {
            said_[into].of.insert(said_[into].of.end(), said_[k].of.begin(), said_[k].of.end());
        }
        said_.erase(said_.begin() + static_cast<std::ptrdiff_t>(into) + 1,
                    said_.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    }
    [[nodiscard]] const Token* at(std::size_t i) const {
        return i < said_.size() ? &said_[i] : nullptr;
    }
    [[nodiscard]] std::size_t after_filler(std::size_t i) const {
        while (i < said_.size() && said_[i].kind == TokenKind::filler && said_[i].text != U"к") ++i;
        return i;
    }
    bool join_one(std::size_t i) {
        Token& house = said_[i];
        const std::u32string& text = house.text;
        // "12к" and "2" were cut apart: a letter к or с with a number after it is a mark.
        const Token* next = at(i + 1);
        if (next == nullptr) return false;
        const bool sign_at_end = !text.empty() && (text.back() == U'к' || text.back() == U'с');
        if (sign_at_end && is_number(*next) && next->begin == house.end && !next->ordinal) {
            house.text += next->text;
            absorb(i, i + 1);
            return true;
        }
        // A house mark or a comma may stand between: "12-үй, 2 корпус" is joined elsewhere.
        std::size_t m = i + 1;
        if (is_comma(*next) && at(i + 2) != nullptr &&
            (at(i + 2)->kind == TokenKind::part_mark || at(i + 2)->text == U"к")) {
            m = i + 2;
        }
        const Token& mark = said_[m];
        char32_t sign = mark.kind == TokenKind::part_mark ? part_sign(mark.text) : 0;
        if (mark.text == U"к" && mark.kind == TokenKind::filler) sign = U'к';
        if (mark.text == U"с" && mark.kind == TokenKind::joiner) sign = U'с';
        if (mark.kind == TokenKind::separator && mark.text == U"/") sign = U'/';
        const Token* letter = at(m + 1);
        if (sign == U'л' && letter != nullptr && letter->text.size() == 1 && !is_number(*letter)) {
            house.text += letter->text;
            absorb(i, m + 1);
            return true;
        }
        const std::size_t v = after_filler(m + 1);
        const Token* value = at(v);
        if (sign != 0 && sign != U'л' && value != nullptr && is_number(*value) &&
            !value->ordinal && !text.empty()) {
            house.text += sign + value->text;
            absorb(i, v);
            return true;
        }
        return join_letter(i);
    }
    /// "45 А", 45 «А», "11литА".
    bool join_letter(std::size_t i) {
        Token& house = said_[i];
        const Token& next = said_[i + 1];
        if (ends_with_letter(house.text)) return false;
        if (is_word(next) && next.text.size() == 4 && next.text.starts_with(U"лит")) {
            house.text += next.text.back();
            absorb(i, i + 1);
            return true;
        }
        if (next.text.size() != 1 || is_number(next) || next.kind == TokenKind::separator) {
            return false;
        }
        const Token* then = at(i + 2);
        const bool alone = then == nullptr || then->kind == TokenKind::separator ||
                           then->kind == TokenKind::flat_mark ||
                           then->kind == TokenKind::part_mark;
        const bool plain = is_word(next) && (then == nullptr || !is_word(*then) || alone);
        if (!next.quoted && !alone && !plain) return false;
        // и, с, в, у, г between two words join or say nothing; at the end they are a letter.
        house.text += next.text;
        absorb(i, i + 1);
        return true;
    }
    /// "12 үй 2 корпус": the mark behind its number, another number before it.
    void join_marks_behind() {
        for (std::size_t m = 2; m < said_.size(); ++m) {
            if (said_[m].kind != TokenKind::part_mark || !is_number(said_[m - 1])) continue;
            const char32_t sign = part_sign(said_[m].text);
            std::size_t h = m - 1;
            while (h > 0 && !is_number(said_[h - 1]) && !is_word(said_[h - 1])) --h;
            if (h == 0 || !is_number(said_[h - 1]) || sign == U'л' || sign == 0) continue;
            Token& house = said_[h - 1];
            house.text += sign + said_[m - 1].text;
            house.of.insert(house.of.end(), said_[m - 1].of.begin(), said_[m - 1].of.end());
            house.of.insert(house.of.end(), said_[m].of.begin(), said_[m].of.end());
            said_.erase(said_.begin() + static_cast<std::ptrdiff_t>(m) - 1,
                        said_.begin() + static_cast<std::ptrdiff_t>(m) + 1);
            m = 2;
        }
    }

    /// The number beside each mark of a flat, an entrance or a floor, comma by comma: before it in
    /// Kazakh, behind it in Russian, the other side where that leaves a mark without one.
    void take_flats() {
        for (std::size_t a = 0; a < said_.size();) {
            std::size_t b = a;
            while (b < said_.size() && !is_comma(said_[b])) ++b;
            take_flats_of(a, b);
            a = b + 1;
        }
        for (Token& t : said_) {
            if (is_number(t) && t.after_dash && t.role == AddressRole::unknown) {
                give(t, AddressRole::flat);
            }
        }
    }
    void give(Token& number, AddressRole role) {
        number.role = role;
        for (const std::size_t i : number.of) all_[i].role = role;
    }
    /// The number beside a mark; `step` 1 behind it, -1 before it; fillers and dashes between.
    [[nodiscard]] std::size_t beside(std::size_t mark, int step, std::size_t a,
                                     std::size_t b) const {
        for (auto i = static_cast<std::ptrdiff_t>(mark) + step;
             i >= static_cast<std::ptrdiff_t>(a) && i < static_cast<std::ptrdiff_t>(b); i += step) {
            const Token& t = said_[static_cast<std::size_t>(i)];
            if (is_number(t)) return static_cast<std::size_t>(i);
            if (t.kind != TokenKind::filler && t.kind != TokenKind::separator) break;
        }
        return said_.size();
    }
    /// "12 пәтер 5": a house is said before its flat, so the flat's number is the one behind.
    [[nodiscard]] bool leaves_house_behind(const std::vector<std::size_t>& marks,
                                           const std::set<std::size_t>& taken, std::size_t a,
                                           std::size_t b) const {
        const auto of_house = [&](std::size_t m) {
            return said_[m].kind == TokenKind::house_mark;
        };
        if (std::any_of(marks.begin(), marks.end(), of_house)) return false;
        std::size_t first_free = b;
        for (std::size_t i = b; i-- > a;) {
            if (is_number(said_[i]) && !said_[i].ordinal && !taken.contains(i)) first_free = i;
        }
        return first_free < b && first_free > *taken.begin();
    }
    void take_flats_of(std::size_t a, std::size_t b) {
        std::vector<std::size_t> marks;
        for (std::size_t i = a; i < b; ++i) {
            const TokenKind kind = said_[i].kind;
            if (kind == TokenKind::flat_mark || kind == TokenKind::house_mark) marks.push_back(i);
        }
        if (marks.empty()) return;
        const auto before_first = [&](std::size_t m) {
            static constexpr std::array<std::u32string_view, 8> kazakh{
                U"уи", U"уии", U"уиде", U"патер", U"патери", U"киреберис", U"кабат", U"кабаты"};
            return one_of(said_[m].text, kazakh);
        };
        const bool kazakh = std::all_of(marks.begin(), marks.end(), before_first);
        for (const int step : {kazakh ? -1 : 1, kazakh ? 1 : -1}) {
            std::set<std::size_t> taken;
            bool all = true;
            for (const std::size_t m : marks) {
                const std::size_t n = beside(m, step, a, b);
                all = all && n < said_.size() && taken.insert(n).second;
            }
            if (!all || (step < 0 && leaves_house_behind(marks, taken, a, b))) continue;
            for (const std::size_t m : marks) take_number(m, beside(m, step, a, b));
            return;
        }
        for (const std::size_t m : marks) {  // each as it can
            for (const int step : {before_first(m) ? -1 : 1, before_first(m) ? 1 : -1}) {
                const std::size_t n = beside(m, step, a, b);
                if (n >= said_.size() || said_[n].role != AddressRole::unknown) continue;
                take_number(m, n);
                break;
            }
        }
    }
    void take_number(std::size_t mark, std::size_t number) {
        if (said_[mark].kind == TokenKind::house_mark) {
            said_[number].marked_house = true;
            said_[number].ordinal = false;
            said_[number].role = AddressRole::house;
        } else {
            give(said_[number], said_[mark].role);
        }
    }

    /// Only one number is the house; a mark without a comma's number beside it looks further.
    void mark_house() {
        const auto marked = [](const Token& t) { return t.marked_house; };
        if (std::any_of(said_.begin(), said_.end(), marked)) return;
        for (std::size_t m = 0; m < said_.size(); ++m) {
            if (said_[m].kind != TokenKind::house_mark) continue;
            for (const int step : {1, -1}) {
                const std::size_t n = beside(m, step, 0, said_.size());
                if (n >= said_.size() || said_[n].role != AddressRole::unknown) continue;
                said_[n].marked_house = true;
                return;
            }
        }
    }
    void drop_fillers() {
        std::erase_if(said_, [](const Token& t) {
            const bool of_flat = is_number(t) && t.role != AddressRole::unknown &&
                                 t.role != AddressRole::house;
            return t.kind == TokenKind::filler || t.kind == TokenKind::flat_mark || of_flat;
        });
    }

    const std::set<std::u32string>& city_names_;
    std::vector<Token> all_, said_;
};

}  // namespace

Reading read_address(std::string_view text, const std::set<std::u32string>& city_names) {
    return Reader{text, city_names}.read();
}

}  // namespace jedel::address
