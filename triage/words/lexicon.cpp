#include "triage/words/words.h"

#include <algorithm>

#include "triage/compiled.h"
#include "triage/words/reading.h"
#include "triage/words/second_reader.h"

namespace jedel::triage {

using namespace words;

struct Lexicon::Impl {
    const Protocol::Impl& protocol;
    Tables tables;
    SecondReader second;
    std::optional<FindingIndex> suggestion;
};

Lexicon::Lexicon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::parse(const Protocol& protocol, std::span<const Protocol::File> files) {
    std::vector<SecondReader::Example> examples;
    for (const Protocol::File& f : files) {
        if (!holds_examples(f.name)) continue;
        auto more = parse_examples(f.text, f.name);
        if (!more) return more.error();
        examples.insert(examples.end(), more->begin(), more->end());
    }
    auto tables = Tables::build(protocol, files);
    if (!tables) return tables.error();
    return Lexicon{std::make_unique<Impl>(Impl{protocol.impl(), std::move(*tables),
                                               SecondReader::learn(examples),
                                               protocol.find(suggestion_key)})};
}

std::size_t Lexicon::size() const { return impl_->tables.entries; }
std::size_t Lexicon::dictionary_size() const { return impl_->tables.dictionary.size(); }

namespace {

/// A full stop ends a sentence unless it closes an abbreviation ("мес. назад", "т. 38").
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

bool ends_with_any(std::string_view word, std::string_view list) {
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        if (word.ends_with(list.substr(at, end - at)) && word.size() > end - at + 1) return true;
        at = end + 1;
    }
    return false;
}

void shape(Word& w, std::string_view letters) {
    static const std::string genitives = fold("а") + ' ' + fold("я") + ' ' + fold("ы") + ' ' +
        fold("и") + ' ' + fold("ей") + ' ' + fold("ов") + ' ' + fold("ев") + ' ' + fold("ти");
    static const std::string verbs =
        fold("ып") + ' ' + fold("ип") + ' ' + fold("ады") + ' ' + fold("еди") + ' ' + fold("йди") +
        ' ' + fold("йды") + ' ' + fold("ганнан") + ' ' + fold("генде") + ' ' + fold("ганда") + ' ' +
        fold("тыр") + ' ' + fold("тур") + ' ' + fold("жатыр") + ' ' + fold("кетти") + ' ' +
        fold("ды") + ' ' + fold("ди") + ' ' + fold("ти");
    static const std::string infinitives =
        fold("ть") + ' ' + fold("ться") + ' ' + fold("ти") + ' ' + fold("чь") + ' ' + fold("тись");
    static const std::string nouns = fold("ости");
    static const std::string from = fold("от");
    static const std::string ors[] = {fold("или"), fold("ни"), fold("либо"), "or", "nor"};
    w.cyrillic = is_cyrillic(letters[0]);
    if (w.cyrillic && letters.size() > 2) {
        w.genitive = ends_with_any(letters, genitives);
        w.verbal = ends_with_any(letters, verbs);
        // "слабости" is a noun.
        w.infinitive = ends_with_any(letters, infinitives) && !letters.ends_with(nouns);
    }
    w.orlike = std::find(std::begin(ors), std::end(ors), letters) != std::end(ors);
    w.ofrom = letters == from || letters == "of" || letters == "from";
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
        w.first = static_cast<std::uint16_t>(r.symbols.size());
        if (t.kind == TokenKind::number) {
            w.is_number = true;
            w.number = t.number;
            w.digits = true;
            r.words.push_back(w);
        } else {
            const std::size_t at = r.words.size();
            shape(w, r.tokens.word(t));
            r.words.push_back(w);
            analyse(r, at, r.tokens.word(t), r.tokens.spelling(t));
        }
        gap = Gap::none;
        joint = 0;
    }
    r.tail_mark = joint;
    for (std::size_t i = 0; i < r.words.size(); ++i) {
        Word& w = r.words[i];
        w.stop = r.has(i, r.t.known.stop) || r.has(i, r.t.known.list);
        if (w.stop) {
            w.cost = 0;
        } else if (w.count > 0) {
            w.cost = 0;
            for (std::size_t k = w.first; k < static_cast<std::size_t>(w.first) + w.count; ++k)
                w.cost = std::max<int>(w.cost, r.t.symbol_cost[r.symbols[k]]);
        }
    }
}

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

/// What the marks propose for this patient; `none` when they name no trouble.
Category read_category(const Protocol::Impl& protocol, const std::vector<Mark>& marks,
                       const Patient& patient, bool trouble) {
    if (!trouble) return Category::none;
    Facts facts(protocol);
    for (const Mark& m : marks)
        (void)facts.set_text(protocol.findings[m.finding].key, m.value).ok();
    facts.set_patient(patient);
    return evaluate_facts(protocol, facts.closed()).proposed;
}

bool names_trouble(const Tables& t, const std::vector<Mark>& marks) {
    return std::any_of(marks.begin(), marks.end(), [&](const Mark& m) {
        const bool number = t.finding_types[m.finding] == FindingType::number;
        return !t.modifier[m.finding] && (m.value == "yes" || (number && !m.value.empty()));
    });
}

}  // namespace

std::vector<Mark> Lexicon::read(std::string_view text, const Patient& patient) const {
    Reading r{impl_->tables};
    tokenize(text, r.tokens);
    std::size_t from = 0;
    Mark ailing;
    const std::size_t count = r.tokens.list.size();
    for (std::size_t i = 0; i <= count; ++i) {
        if (i < count && !ends_sentence(r.tokens, i) && i - from < sentence_words_max) continue;
        if (i > from) {
            r.clear_sentence();
            sentence_words(r, from, i);
            if (!r.words.empty()) {
                find_scopes(r);
                find_patterns(r);
                read_numbers(r);
                give_marks(r);
                ailing = ailing.end > 0 ? ailing : ailing_words(r);
            }
        }
        from = i < count && i - from >= sentence_words_max ? i : i + 1;
    }
    settle(impl_->tables, r.marks);
    const bool trouble = names_trouble(impl_->tables, r.marks);
    if (ailing.end > 0 && !trouble) {
        r.marks.push_back(std::move(ailing));
        std::stable_sort(r.marks.begin(), r.marks.end(),
                         [](const Mark& x, const Mark& y) { return x.begin < y.begin; });
    }
    if (impl_->second.empty() || !impl_->suggestion) return std::move(r.marks);
    const Category read = read_category(impl_->protocol, r.marks, patient, trouble);
    if (const auto s = impl_->second.suggest(r.tokens, read, patient)) {
        r.marks.push_back({.finding = *impl_->suggestion,
                           .value = std::string(name_of(s->category)),
                           .begin = s->begin,
                           .end = s->end,
                           .uncertain = true});
    }
    return std::move(r.marks);
}

}  // namespace jedel::triage
