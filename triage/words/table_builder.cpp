// Reads the lexicon's tables. A line is
//   language <TAB> pattern | pattern | … <TAB> output; output … ^flag … <TAB> note
// language  kk, ru, en (words are stemmed in it) or * (concepts only)
// pattern   elements in any order near each other; '>' first: in this order; '~N' last: how much
//           may stand between. An element is a word, =word (exactly so) or @concept; '!' before it:
//           negated; '%': under "can't"; '-': must not stand in the sentence.
// output    @concept, finding=value, or #=number for a word that means a number
// flags     see Pattern
#include <algorithm>
#include <cassert>
#include <charconv>
#include <set>

#include "triage/words/fold.h"
#include "triage/words/second_reader.h"
#include "triage/words/stems.h"
#include "triage/words/tables.h"

namespace jedel::triage::words {
namespace {

std::string_view trim(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\r')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\r')) s.remove_suffix(1);
    return s;
}

std::vector<std::string_view> split(std::string_view s, char by) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= s.size();) {
        const std::size_t end = std::min(s.find(by, at), s.size());
        out.push_back(trim(s.substr(at, end - at)));
        at = end + 1;
    }
    return out;
}

}  // namespace

class TableBuilder {
public:
    explicit TableBuilder(const Protocol& protocol) : protocol_(protocol), trial_(protocol) {
        for (const Finding& f : protocol.findings()) {
            t_.finding_types.push_back(f.type);
            t_.finding_limits.emplace_back(f.low, f.high);
            t_.modifier.push_back(f.modifier);
        }
    }

    Result<void> add(const Protocol::File& file) {
        file_ = file.name;
        line_ = 0;
        if (file.name.ends_with(".dic")) {
            return dictionary(file);
        }
        if (holds_vital_words(file.name)) return t_.vital.add(file.text, file.name);
        for (const std::string_view line : split(file.text, '\n')) {
            ++line_;
            if (line.empty() || line.front() == '#') continue;
            if (auto r = entry(line); !r) return r;
        }
        return {};
    }

    Result<void> dictionary(const Protocol::File& file) {
        t_.letter_pairs.add(file.text);
        if (file.name.ends_with(kazakh_dictionary)) {
            t_.dictionary = Dictionary::read(file.text);
            if (!t_.dictionary.empty()) return {};
        } else {
            const std::size_t before = t_.spelled_right.size();
            t_.spelled_right.add(file.text, snow_);
            if (t_.spelled_right.size() > before) return {};
        }
        return error("expected a word a line, found none", "");
    }

    Result<Tables> finish() {
        for (const auto& [symbol, where] : used_)
            if (defined_.count(symbol) == 0)
                return Error{
                    "concept " + t_.symbol_names[symbol] + " is used but no entry gives it",
                    where.first, where.second, "pattern"};
        if (t_.symbol_names.size() >= no_symbol)
            return Error{"too many words: at most 65534 are expected", file_, 0, ""};
        close();
        t_.bind(protocol_);
        t_.build_index();
        t_.spelled_right.close();
        t_.letter_pairs.close();
        t_.vital.close();
        return std::move(t_);
    }

private:
    Error error(std::string message, std::string field) const {
        return Error{std::move(message), file_, static_cast<long>(line_), std::move(field)};
    }

    Symbol symbol(const std::string& name) {
        const auto [it, fresh] =
            t_.symbols_.try_emplace(name, static_cast<Symbol>(t_.symbol_names.size()));
        if (fresh) {
            t_.symbol_names.push_back(name);
            t_.implied.emplace_back();
        }
        return it->second;
    }

    Symbol concept_symbol(std::string_view name) { return symbol(std::string{name}); }

    Symbol term(Space space, const std::string& stem, const std::string& spelled = {}) {
        const auto [it, fresh] = term_at_.try_emplace(term_hash(space, stem), t_.terms.size());
        std::string name = std::string(1, static_cast<char>(space)) + ":" + unfold(stem);
        if (!fresh) {
            for (std::size_t at = it->second;; at = static_cast<std::size_t>(t_.terms[at].next)) {
                if (t_.terms[at].spelled == spelled) return t_.terms[at].symbols.front();
                if (t_.terms[at].next >= 0) continue;
                t_.terms[at].next = static_cast<std::int32_t>(t_.terms.size());
                break;
            }
            name += '#' + std::to_string(t_.terms.size());
        }
        t_.terms.push_back({.space = space, .stem = stem, .spelled = spelled, .first = fresh});
        t_.terms.back().symbols.push_back(symbol(name));
        return t_.terms.back().symbols.front();
    }

    /// A Kazakh word's letters, where they tell it from others: not of one that is written without
    /// Kazakh letters and that the dictionary does not know ("жок"), for that is how people type.
    std::string letters_of(std::string_view text, const std::string& folded) const {
        std::string spelled = spelling(text);
        const bool plain = spelled == folded;
        if (plain && t_.dictionary.stem_of(spelled, fold_vowels(folded)) == 0) return {};
        return spelled;
    }

    /// The term of a word; of Kazakh ones also the forms whose last letter softens (қ→ғ, п→б).
    std::vector<Symbol> word(std::string_view language, std::string_view text) {
        if (text.front() == '=') return {term(Space::exact, fold_vowels(fold(text.substr(1))))};
        const std::string folded = fold(text);
        if (language == "ru") return {term(Space::russian, std::string{snow_.russian(folded)})};
        if (language == "en") return {term(Space::english, std::string{snow_.english(folded)})};
        const std::string stem = fold_vowels(folded);
        const std::string spelled = letters_of(text, folded);
        std::vector<Symbol> out{term(Space::kazakh, stem, spelled)};
        static const std::string hard = fold("кп");
        static const std::string soft = fold("гб");
        static const std::string own_hard = spelling("қ");
        static const std::string own_soft = spelling("ғ");
        const auto p = hard.find(stem.back());
        if (stem.size() >= 3 && p != std::string::npos) {
            std::string softened = stem;
            std::string spelled_soft = spelled;
            softened.back() = soft[p];
            if (!spelled.empty())
                spelled_soft.back() = spelled.ends_with(own_hard) ? own_soft[0] : soft[p];
            t_.implied[term(Space::kazakh, softened, spelled_soft)].push_back(out.front());
        }
        return out;
    }

    Result<Pattern> pattern(std::string_view language, std::string_view text) {
        Pattern p;
        p.language = language;
        p.line = line_;
        if (text.starts_with('>')) {
            p.ordered = true;
            text = trim(text.substr(1));
        }
        for (std::string_view item : split(text, ' ')) {
            if (item.empty()) continue;
            if (item.front() == '~') {
                const auto digits = item.substr(1);
                const auto r =
                    std::from_chars(digits.data(), digits.data() + digits.size(), p.budget);
                if (r.ec != std::errc{})
                    return error("expected ~N, found " + std::string{item}, "pattern");
                continue;
            }
            Element e;
            if (item.front() == '!') e.polarity = Polarity::negated;
            if (item.front() == '%') e.polarity = Polarity::cannot;
            if (item.front() == '-') e.polarity = Polarity::absent;
            if (e.polarity != Polarity::plain) item.remove_prefix(1);
            if (item.empty()) return error("expected a word or @concept", "pattern");
            if (item.front() == '@') {
                e.symbol = concept_symbol(item);
                used_.try_emplace(e.symbol, file_, static_cast<long>(line_));
            } else {
                if (language == "*" && item.front() != '=')
                    return error("a word needs a language, found " + std::string{item}, "pattern");
                if (fold(item.front() == '=' ? item.substr(1) : item).empty())
                    return error("expected a word, found " + std::string{item}, "pattern");
                e.symbol = word(language, item).front();
            }
            p.elements.push_back(e);
        }
        const auto plain =
            std::count_if(p.elements.begin(), p.elements.end(),
                          [](const Element& e) { return e.polarity != Polarity::absent; });
        if (plain == 0 || plain > 6 || p.elements.size() > 14)
            return error("expected one to six elements and at most eight absent ones, found '" +
                             std::string{text} + "'",
                         "pattern");
        return p;
    }

    Result<std::vector<Output>> outputs(std::string_view text, Pattern& flags,
                                        std::optional<double>& number) {
        std::vector<Output> out;
        for (const std::string_view part : split(text, ';')) {
            for (const std::string_view item : split(part, ' ')) {
                if (item.empty()) continue;
                if (item.front() == '^') {
                    if (item == "^hist") flags.history = true;
                    else if (item == "^noflip") flags.no_flip = true;
                    else if (item == "^calm") flags.calm = true;
                    else if (item == "^eat") flags.eats = true;
                    else if (item == "^far") flags.any_clause = true;
                    else return error("unknown flag " + std::string{item}, "output");
                    continue;
                }
                Output o;
                if (item.front() == '@') {
                    o.concept_ = true;
                    o.symbol = concept_symbol(item);
                    defined_.insert(o.symbol);
                    out.push_back(o);
                    continue;
                }
                const auto eq = item.find('=');
                if (eq == std::string_view::npos)
                    return error("expected finding=value or @concept, found " + std::string{item},
                                 "output");
                if (item.substr(0, eq) == "#") {
                    double v = 0;
                    const auto digits = item.substr(eq + 1);
                    if (std::from_chars(digits.data(), digits.data() + digits.size(), v).ec !=
                        std::errc{})
                        return error("expected a number, found " + std::string{item}, "output");
                    number = v;
                    continue;
                }
                const auto f = protocol_.find(item.substr(0, eq));
                if (!f)
                    return error("unknown finding " + std::string{item.substr(0, eq)}, "output");
                o.finding = *f;
                o.value = std::string{item.substr(eq + 1)};
                if (auto r = trial_.set_text(item.substr(0, eq), o.value); !r)
                    return error(r.error().message, "output");
                out.push_back(o);
            }
        }
        return out;
    }

    Result<void> entry(std::string_view line) {
        const auto columns = split(line, '\t');
        if (columns.size() < 3 || columns.size() > 4)
            return error("expected 3 or 4 columns, found " + std::to_string(columns.size()), "");
        const std::string_view language = columns[0];
        if (language != "kk" && language != "ru" && language != "en" && language != "*")
            return error("expected kk, ru, en or *, found '" + std::string{language} + "'",
                         "language");
        Pattern flags;
        std::optional<double> number;
        auto out = outputs(columns[2], flags, number);
        if (!out) return out.error();
        if (out->empty() && !number) return error("expected finding=value or @concept", "output");
        for (const std::string_view text : split(columns[1], '|')) {
            if (text.empty()) return error("empty pattern", "pattern");
            auto p = pattern(language, text);
            if (!p) return p.error();
            ++t_.entries;
            if (number) {
                for (const Term& t : t_.terms)
                    if (t.symbols.front() == p->elements.front().symbol)
                        t_.number_words[term_hash(t.space, t.stem)] = *number;
                t_.implied[p->elements.front().symbol].push_back(concept_symbol("@numeral"));
            }
            p->outputs = *out;
            p->history = flags.history;
            p->no_flip = flags.no_flip || p->outputs.size() > 1;
            p->calm = flags.calm;
            p->eats = flags.eats;
            p->any_clause = flags.any_clause;
            store(std::move(*p));
        }
        return {};
    }

    void store(Pattern p) {
        const bool concepts = std::all_of(p.outputs.begin(), p.outputs.end(),
                                          [](const Output& o) { return o.concept_; });
        if (p.elements.size() == 1 && p.elements[0].polarity == Polarity::plain && concepts) {
            for (const Output& o : p.outputs) t_.implied[p.elements[0].symbol].push_back(o.symbol);
            return;
        }
        t_.patterns.push_back(std::move(p));
    }

    /// Concepts that follow from concepts, and the level of each pattern.
    void close() {
        const std::size_t n = t_.symbol_names.size();
        for (std::size_t s = 0; s < n; ++s) {
            std::set<Symbol> all(t_.implied[s].begin(), t_.implied[s].end());
            std::vector<Symbol> work(all.begin(), all.end());
            while (!work.empty()) {
                const Symbol x = work.back();
                work.pop_back();
                for (const Symbol y : t_.implied[x])
                    if (y != s && all.insert(y).second) work.push_back(y);
            }
            t_.implied[s].assign(all.begin(), all.end());
        }
        std::vector<int> level(n, 0);
        for (int round = 0; round < 6; ++round) {
            for (Pattern& p : t_.patterns) {
                int from = 0;
                for (const Element& e : p.elements) from = std::max<int>(from, level[e.symbol]);
                p.level = from;
                for (const Output& o : p.outputs) {
                    if (!o.concept_) continue;
                    level[o.symbol] = std::max(level[o.symbol], std::min(from + 1, 5));
                    for (const Symbol i : t_.implied[o.symbol])
                        level[i] = std::max(level[i], std::min(from + 1, 5));
                }
            }
        }
        const Symbol denier = t_.symbol("@neg.post");
        const auto denies = [&](const Element& e) {
            const auto& i = t_.implied[e.symbol];
            return e.polarity == Polarity::plain &&
                   std::find(i.begin(), i.end(), denier) != i.end();
        };
        for (Pattern& p : t_.patterns) {
            if (p.elements.size() > 1 && denies(p.elements.back()))
                p.ordered = p.unbroken = true;
            if (!p.outputs.empty() && !p.outputs[0].concept_) p.level = 6;
            t_.levels = std::max(t_.levels, p.level + 1);
        }
        anchor();
    }

    void anchor() {
        const std::size_t n = t_.symbol_names.size();
        std::vector<std::uint32_t> uses(n, 0);
        for (const Pattern& p : t_.patterns)
            for (const Element& e : p.elements) ++uses[e.symbol];
        t_.anchored.assign(n, {});
        for (std::uint32_t i = 0; i < t_.patterns.size(); ++i) {
            Pattern& p = t_.patterns[i];
            std::size_t best = p.elements.size();
            for (std::size_t k = 0; k < p.elements.size(); ++k) {
                if (p.elements[k].polarity == Polarity::absent) continue;
                if (best == p.elements.size() ||
                    uses[p.elements[k].symbol] < uses[p.elements[best].symbol])
                    best = k;
            }
            t_.anchored[p.elements[best].symbol].push_back(i);
        }
        t_.symbol_cost.assign(n, 1);
        for (std::size_t s = 0; s < n; ++s) {
            const std::string& name = t_.symbol_names[s];
            if (name[0] != '@' || name == "@x" || name.starts_with("@b.")) continue;
            const bool free = name.starts_with("@m.") || name == "@stop" || name == "@ailing" ||
                              name == "@side";
            t_.symbol_cost[s] = free ? 0 : 2;
        }
        for (Term& t : t_.terms) {
            const Symbol own = t.symbols.front();
            t.symbols.clear();
            if (uses[own] > 0) t.symbols.push_back(own);
            for (const Symbol s : t_.implied[own]) t.symbols.push_back(s);
        }
    }

    const Protocol& protocol_;
    Facts trial_;  ///< takes every value once, to judge it
    Tables t_;
    Snowball snow_;
    std::string file_;
    std::uint32_t line_ = 0;
    std::unordered_map<std::uint64_t, std::size_t> term_at_;
    std::map<Symbol, std::pair<std::string, long>> used_;
    std::set<Symbol> defined_;
};

Result<Tables> Tables::build(const Protocol& protocol, std::span<const Protocol::File> files) {
    TableBuilder builder{protocol};
    for (const bool dictionaries : {true, false})  // they judge the spelling of the others
        for (const Protocol::File& f : files)
            if (f.name.ends_with(".dic") == dictionaries && !holds_examples(f.name))
                if (auto r = builder.add(f); !r) return r.error();
    return builder.finish();
}

}  // namespace jedel::triage::words
