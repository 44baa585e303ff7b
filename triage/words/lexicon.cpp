#include "triage/words/words.h"

#include <algorithm>

#include "triage/compiled.h"
#include "triage/words/other_keys.h"
#include "triage/words/pass.h"
#include "triage/words/row_names.h"
#include "triage/words/second_reader.h"
#include "triage/words/vouch.h"

namespace jedel::triage {

using namespace words;

struct Lexicon::Impl {
    const Protocol::Impl& protocol;
    Tables tables;
    SecondReader second;
    RowNames rows;
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
                                               RowNames::learn(protocol.rules()),
                                               protocol.find(suggestion_key)})};
}

std::size_t Lexicon::size() const { return impl_->tables.entries; }
std::size_t Lexicon::dictionary_size() const { return impl_->tables.dictionary.size(); }

namespace {

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

/// How many letters of a text stand in words that the three languages know, of how many;
/// `by_ear`: Kazakh and Russian in Latin letters too; else words of a letter or two are not known,
/// for all of them mean something somewhere.
std::pair<std::size_t, std::size_t> known_letters(const Tables& t, Snowball& snow,
                                                  std::string_view text, bool by_ear) {
    Tokens tokens;
    tokenize(text, tokens);
    std::pair<std::size_t, std::size_t> out{0, 0};
    for (const Token& w : tokens.list) {
        if (w.kind != TokenKind::word) continue;
        out.second += w.length;
        const auto known = by_ear ? like_a_word : spelled_as_a_word;
        if (!by_ear && w.length < 3) continue;
        if (known(t, snow, tokens.word(w), tokens.spelling(w))) out.first += w.length;
    }
    return out;
}

/// The layout that makes words of a text that has few as it was typed; nullopt where none does.
std::optional<Meant> other_layout(const Tables& t, std::string_view text,
                                  const KnowsWord& knows) {
    std::optional<Meant> best;
    Snowball snow;
    const auto [known_as_typed, typed] = known_letters(t, snow, text, true);
    std::size_t most = known_as_typed;
    for (const Keys keys :
         {Keys::english_for_russian, Keys::english_for_kazakh, Keys::russian_for_english}) {
        Meant meant = with_other_layout(text, keys, knows);
        // Nobody types Russian in Latin letters with Russian keys, but any letters sound so.
        const bool by_ear = keys != Keys::russian_for_english;
        const auto [known, letters] = known_letters(t, snow, meant.text, by_ear);
        // "ЛЮК" → "K.R": a letter that becomes a sign inside a word speaks against it.
        if (known * 5 < std::max(letters, typed) * 3 || known <= most) continue;
        most = known;
        best = std::move(meant);
    }
    return best;
}

}  // namespace

std::vector<Mark> Lexicon::read(std::string_view text, const Patient& patient) const {
    const Tables& t = impl_->tables;
    text = text.substr(0, text_bytes_max);
    Snowball snow;
    const KnowsWord knows = [&](std::string_view word) {
        Tokens tokens;
        tokenize(word, tokens);
        if (tokens.list.empty() || tokens.list[0].kind != TokenKind::word) return false;
        return spelled_as_a_word(t, snow, tokens.word(tokens.list[0]),
                                 tokens.spelling(tokens.list[0]));
    };
    std::optional<Meant> meant;
    if (may_use_digit_row(text)) meant = from_digit_row(text, knows);
    const auto pass_of = [&] {
        return std::make_unique<Pass>(t, meant ? std::string_view{meant->text} : text,
                                      meant ? &*meant : nullptr);
    };
    auto pass = pass_of();
    const bool foreign = pass->other_alphabet();
    if (!foreign) pass->run();
    const bool own_signs = pass->r.tokens.foreign * 10 <= pass->r.tokens.ours;
    if (!foreign && own_signs && pass->known * 5 <= pass->words * 3) {
        if (auto layout = other_layout(t, text, knows)) {
            meant = std::move(layout);
            pass = pass_of();
            pass->run();
        }
    }
    std::vector<Mark>& marks = pass->r.marks;
    suggest(*pass, foreign, patient, marks);
    if (meant)
        for (Mark& m : marks) m.begin = meant->at[m.begin], m.end = meant->at[m.end];
    return std::move(marks);
}

/// The mark of what the lexicon could not read: the order's own row, danger by likeness, or words
/// not understood.
void Lexicon::suggest(const words::Pass& pass, bool foreign, const Patient& patient,
                      std::vector<Mark>& marks) const {
    const std::vector<Token>& list = pass.r.tokens.list;
    if (!impl_->suggestion || (list.empty() && !foreign)) return;
    const Category read = read_category(impl_->protocol, marks, patient, pass.trouble);
    const bool strange = foreign || pass.strange();
    const std::vector<Suspect>& unclear = pass.suspects.empty() ? pass.unread : pass.suspects;
    const auto row = impl_->rows.category_of(pass.r.tokens);
    std::optional<Suggestion> s;
    if (!row && !strange) s = impl_->second.suggest(pass.r.tokens, read, patient);
    if (row && more_urgent(*row, read))
        s = Suggestion{.category = *row, .begin = list.front().begin, .end = list.back().end};

    Mark out{.finding = *impl_->suggestion, .uncertain = true};
    if (!row && more_urgent(Category::u2, s ? s->category : read) &&
        (strange || !unclear.empty())) {
        out.value = not_understood;
        out.begin = strange ? 0 : unclear.front().begin;
        out.end = strange ? pass.bytes : unclear.front().end;
    } else if (s) {
        const bool harmless = s->category == Category::u4;
        if (harmless && !pass.r.t.numeric.acute) return;
        if (harmless) out.finding = *pass.r.t.numeric.acute;
        out.value = harmless ? "yes" : std::string{name_of(s->category)};
        out.begin = s->begin;
        out.end = s->end;
    } else {
        return;
    }
    const auto at = std::find_if(marks.begin(), marks.end(),
                                 [&](const Mark& m) { return m.begin > out.begin; });
    marks.insert(at, std::move(out));
}

std::vector<Lexicon::VitalForm> Lexicon::vital_forms() const {
    std::vector<VitalForm> out;
    for (const Vital::Form& f : impl_->tables.vital.forms())
        if (!f.as_it_stands()) out.push_back({f.language, f.text, f.finding});
    return out;
}

}  // namespace jedel::triage
