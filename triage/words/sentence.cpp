// Tokens → the words of one sentence.
#include <algorithm>

#include "triage/words/cases.h"
#include "triage/words/reading.h"

namespace jedel::triage::words {
namespace {

bool ends_with_any(std::string_view word, std::string_view list) {
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        if (word.ends_with(list.substr(at, end - at)) && word.size() > end - at + 1) return true;
        at = end + 1;
    }
    return false;
}

void shape(const Tables& t, Word& w, std::string_view letters) {
    static const std::string verbs =
        fold("ып") + ' ' + fold("ип") + ' ' + fold("ады") + ' ' + fold("еди") + ' ' + fold("йди") +
        ' ' + fold("йды") + ' ' + fold("ганнан") + ' ' + fold("генде") + ' ' + fold("ганда") + ' ' +
        fold("тыр") + ' ' + fold("тур") + ' ' + fold("жатыр") + ' ' + fold("кетти") + ' ' +
        fold("ды") + ' ' + fold("ди") + ' ' + fold("ти") + ' ' + fold("ты");
    static const std::string infinitives =
        fold("ть") + ' ' + fold("ться") + ' ' + fold("ти") + ' ' + fold("чь") + ' ' + fold("тись");
    static const std::string nouns = fold("ости");
    static const std::string from = fold("от");
    static const std::string ors[] = {fold("или"), fold("ни"), fold("либо"), "or", "nor"};
    w.cyrillic = is_cyrillic(letters[0]);
    if (w.cyrillic && letters.size() > 2) {
        const Case c = w.kazakh ? Case::other : case_of(t.spelled_right, letters);
        w.genitive = c == Case::genitive;
        w.adjective = c == Case::adjective;
        w.verbal = ends_with_any(letters, verbs);
        // "слабости" is a noun.
        w.infinitive = ends_with_any(letters, infinitives) && !letters.ends_with(nouns);
    }
    w.orlike = std::find(std::begin(ors), std::end(ors), letters) != std::end(ors);
    w.ofrom = letters == from || letters == "of" || letters == "from";
}

}  // namespace

namespace {

/// "отёк/сыпь", "рвота + понос", "жар - бред": a mark between two words that parts them as a comma
/// does; not in "б/с", "ес-түссіз" or "120/80".
bool parts_words(const Tokens& tokens, std::size_t i) {
    const Token& mark = tokens.list[i];
    if (mark.mark != '/' && mark.mark != '+' && mark.mark != '-') return false;
    if (i == 0 || i + 1 >= tokens.list.size()) return false;
    const Token& before = tokens.list[i - 1];
    const Token& after = tokens.list[i + 1];
    if (before.kind != TokenKind::word || after.kind != TokenKind::word) return false;
    if (mark.mark == '-') return before.end < mark.begin || mark.end < after.begin;
    return before.length > 2 || after.length > 2;
}

}  // namespace

bool ends_sentence(const Tokens& tokens, std::size_t i) {
    const Token& t = tokens.list[i];
    if (t.kind != TokenKind::mark) return false;
    if (t.mark == '!' || t.mark == '?' || t.mark == ';') return true;
    if (t.mark != '.') return false;
    if (i == 0 || i + 1 >= tokens.list.size()) return true;
    const Token& before = tokens.list[i - 1];
    const Token& after = tokens.list[i + 1];
    const bool abbreviation = before.kind == TokenKind::word && before.length <= 4;
    return !(abbreviation && (after.kind == TokenKind::number ||
                              (after.kind == TokenKind::word && !after.capital)));
}

void sentence_words(Reading& r, std::size_t from, std::size_t to) {
    Gap gap = Gap::clause;
    char joint = 0;
    for (std::size_t i = from; i < to; ++i) {
        const Token& t = r.tokens.list[i];
        if (t.kind == TokenKind::mark) {
            if (t.mark == ',' || t.mark == ':' || t.mark == '(' || t.mark == ')' || t.mark == '.')
                gap = std::max(gap, Gap::comma);
            if (t.mark == '_') gap = std::max(gap, Gap::comma);
            if (parts_words(r.tokens, i)) gap = std::max(gap, Gap::comma);
            joint = t.mark;
            continue;
        }
        Word w;
        w.begin = t.begin;
        w.end = t.end;
        w.gap = gap;
        w.joint = joint;
        w.capital = t.capital;
        w.kazakh = t.kazakh;
        w.typed = t.typed;
        w.first = static_cast<std::uint16_t>(r.symbols.size());
        if (t.kind == TokenKind::number) {
            w.is_number = true;
            w.number = t.number;
            w.digits = true;
            r.words.push_back(w);
        } else {
            const std::size_t at = r.words.size();
            shape(r.t, w, r.tokens.word(t));
            r.words.push_back(w);
            analyse(r, at, i);
        }
        gap = Gap::none;
        joint = 0;
    }
    r.tail_mark = joint;
    for (std::size_t i = 0; i < r.words.size(); ++i) {
        Word& w = r.words[i];
        w.stop = r.has(i, r.t.known.stop) || r.has(i, r.t.known.list);
        w.genitive = w.genitive && !r.has(i, r.t.known.plural);
        if (w.stop) {
            w.cost = 0;
        } else if (w.count > 0) {
            w.cost = 0;
            for (std::size_t k = w.first; k < static_cast<std::size_t>(w.first) + w.count; ++k)
                w.cost = std::max<int>(w.cost, r.t.symbol_cost[r.symbols[k]]);
        }
    }
}

}  // namespace jedel::triage::words
