#include "triage/words/pass.h"

#include <algorithm>

#include "triage/words/vouch.h"

namespace jedel::triage::words {
namespace {

/// Someone is spoken of who may be ill, in words that name nothing known.
Mark ailing_words(const Reading& r) {
    Mark m;
    const Symbol s = r.t.known.ailing;
    if (s == no_symbol || r.heads[s] < 0 || !r.t.numeric.acute || r.words.size() < 2) return m;
    m.finding = *r.t.numeric.acute;
    m.value = "yes";
    m.uncertain = true;
    m.begin = r.words.front().begin;
    m.end = r.words.back().end;
    return m;
}

bool names_trouble(const Tables& t, const std::vector<Mark>& marks) {
    return std::any_of(marks.begin(), marks.end(), [&](const Mark& m) {
        const bool number = t.finding_types[m.finding] == FindingType::number;
        return !t.modifier[m.finding] && (m.value == "yes" || (number && !m.value.empty()));
    });
}

}  // namespace

Pass::Pass(const Tables& tables, std::string_view text, const Meant* meant)
    : r(tables), bytes(text.size()) {
    tokenize(text, r.tokens);
    pairs = tables.letter_pairs.count(r.tokens);
    if (meant == nullptr) return;
    for (Token& t : r.tokens.list)
        for (std::size_t b = t.begin; b < t.end; ++b)
            if (meant->changed[b]) t.typed = Typed::other_keys;
}

bool Pass::other_alphabet() const {
    const Tokens& t = r.tokens;
    const std::uint32_t all = t.ours + t.foreign;
    if (t.ours == 0 && t.foreign > 0) return true;
    return (t.foreign >= 3 && t.foreign * 4 > all) ||
           (t.ours >= 8 && t.er_es * 5 > t.ours * 2);
}

void Pass::run() {
    suspects = r.t.vital.mend(r.tokens, [this](const Token& t, const Vital::Form& form) {
        return meant_as_it_stands(r.t, r.snow, r.tokens, t, form);
    });
    std::size_t from = 0;
    const std::size_t count = r.tokens.list.size();
    for (std::size_t i = 0; i <= count; ++i) {
        if (i < count && !ends_sentence(r.tokens, i) && i - from < sentence_words_max) continue;
        if (i > from) sentence(from, i);
        from = i < count && i - from >= sentence_words_max ? i : i + 1;
    }
    for (Mark& m : r.marks)  // what may be a slip of the opposite denies nothing
        for (const Suspect& s : suspects)
            if (m.value == "no" && m.begin < s.end && s.begin < m.end) m.value = "unknown";
    suspects.insert(suspects.end(), r.alarms.begin(), r.alarms.end());
    settle(r.t, r.marks);
    trouble = names_trouble(r.t, r.marks);
    if (ailing_.end == 0 || trouble) return;
    r.marks.push_back(ailing_);
    std::stable_sort(r.marks.begin(), r.marks.end(),
                     [](const Mark& x, const Mark& y) { return x.begin < y.begin; });
}

void Pass::sentence(std::size_t from, std::size_t to) {
    r.clear_sentence();
    sentence_words(r, from, to);
    if (r.words.empty()) return;
    find_scopes(r);
    find_patterns(r);
    read_numbers(r);
    give_marks(r);
    ailing_ = ailing_.end > 0 ? ailing_ : ailing_words(r);
    for (std::size_t i = 0; i < r.words.size(); ++i) {
        const Word& w = r.words[i];
        if (w.digits || w.end - w.begin < 2) continue;
        ++words;
        known += !w.unread && !w.corrected;
        const std::size_t size = (w.end - w.begin) / (w.cyrillic ? 2 : 1);
        letters += size > 2 ? size - 2 : 0;
        known_letters += size > 2 && !w.unread && !w.corrected ? size - 2 : 0;
        // A name that nothing knows is written with a capital.
        if (w.unread && (!w.capital || i == 0)) unread.push_back({w.begin, w.end});
    }
}

}  // namespace jedel::triage::words
