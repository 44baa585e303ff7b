#pragma once
// The lexicon as compiled from its tables: symbols, terms and patterns. Immutable after building.
//
// A *term* is the stem of one word in one language. A *symbol* is what patterns are made of:
// a term, or a concept ("@chest") that many terms and patterns stand for.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "triage/words/dictionary.h"
#include "triage/words/hash_index.h"
#include "triage/words/letter_pairs.h"
#include "triage/words/spelled_right.h"
#include "triage/words/vital.h"
#include "triage/words/words.h"

namespace jedel::triage::words {

using Symbol = std::uint16_t;
inline constexpr Symbol no_symbol = 0xFFFF;

enum class Space : char { russian = 'r', kazakh = 'k', english = 'e', exact = '=' };

/// 64-bit hash of a term; the tables hold no two terms with the same one.
std::uint64_t term_hash(Space space, std::string_view folded);
struct Term {
    Space space = Space::exact;
    std::string stem;
    std::vector<Symbol> symbols;  ///< its own (where patterns use it) and its concepts
    /// Of a Kazakh one: with its own letters; empty when it is written without any.
    std::string spelled;
    std::int32_t next = -1;  ///< another spelling that folds to the same stem
    bool first = true;       ///< of those spellings
    /// The letters do not speak against it; `word` may be shorter than the stem.
    [[nodiscard]] bool spelled_as(std::string_view word) const {
        return spelled.empty() || spelled.compare(0, word.size(), word, 0, spelled.size()) == 0;
    }
};

/// How a word must stand in the text for an element to match it.
enum class Polarity : std::uint8_t { plain, negated, cannot, absent };

struct Element {
    Symbol symbol = no_symbol;
    Polarity polarity = Polarity::plain;
};

struct Output {
    bool concept_ = false;
    Symbol symbol = no_symbol;   ///< of a concept
    FindingIndex finding = 0;
    std::string value;           ///< of a finding
};

struct Pattern {
    std::vector<Element> elements;
    std::vector<Output> outputs;
    std::string language;
    bool ordered = false;    ///< '>' in the order given
    bool history = false;    ///< '^hist' holds in the past too
    bool no_flip = false;    ///< '^noflip' says nothing when negated
    bool calm = false;       ///< '^calm' reassures: worth nothing when doubted
    bool eats = false;       ///< '^eat' smaller matches on the same words say nothing
    bool unbroken = false;   ///< no comma within: its "жоқ" belongs to the word before it
    bool any_clause = false; ///< '^far' may reach over clause boundaries
    int budget = 3;          ///< '~N' cost of the words between
    int level = 0;
    std::uint32_t line = 0;
};

/// Concepts that the code itself knows, by their names in the tables.
struct Known {
    Symbol number, stop, unclear, know, able, be, past, ago, last, but, now, list, kin, self, died;
    Symbol neg_next, neg_phrase, neg_both, neg_post, neg_predicate, cannot_next, cannot_post;
    Symbol year, month, week, day, hour, minute, degree, half, age, born;
    Symbol temperature, temperature_short, pressure, pregnant, term_of_pregnancy;
    Symbol percent, pulse, oxygen, sugar, over, with, child, durative, usual, exactly_years;
    Symbol burn, palm, metre, fall, pill, swallow, no_urine, convulsion, neutral, exist, ailing,
        lower_pressure, feverish, expectant, seen, nosuch, plural, place, saying,
        sugar_low, alarm;
};

class Tables {
public:
    static Result<Tables> build(const Protocol& protocol, std::span<const Protocol::File> files);

    std::vector<Term> terms;
    Dictionary dictionary;                       ///< Kazakh; empty where it was not given
    SpelledRight spelled_right;                  ///< Russian and English; the same
    LetterPairs letter_pairs;                    ///< of the Russian and Kazakh dictionaries
    Vital vital;                                 ///< of vital.tsv
    std::vector<std::string> symbol_names;
    std::vector<std::uint8_t> symbol_cost;       ///< of a word that stands between, by symbol
    std::vector<Pattern> patterns;
    std::vector<std::vector<std::uint32_t>> anchored;  ///< symbol → patterns
    std::vector<std::vector<Symbol>> implied;    ///< symbol → concepts that follow from it
    int levels = 1;
    std::size_t entries = 0;
    std::unordered_map<std::uint64_t, double> number_words;  ///< by term_hash
    Known known{};
    struct Numeric {
        std::optional<FindingIndex> age, weeks, temperature, systolic, diastolic, rhythm,
            breathless, palms, fall, overdose, no_urine, old_convulsions, acute, fever,
            low_sugar;
    } numeric;
    std::vector<FindingType> finding_types;
    std::vector<std::pair<double, double>> finding_limits;
    std::vector<bool> modifier;  ///< findings that name no trouble by themselves

    /// Term with this stem, or null.
    [[nodiscard]] const Term* find(Space space, std::string_view stem) const;
    [[nodiscard]] const Term* find(std::uint64_t hash) const;
    /// A term within one edit of the word, or null; `stem` has at least four letters.
    [[nodiscard]] const Term* near(Space space, std::string_view stem) const;
    [[nodiscard]] Symbol symbol(std::string_view name) const;

private:
    friend class TableBuilder;
    HashIndex index_;
    HashIndex deletions_;                       ///< hash of a deletion → first of its terms
    std::vector<std::uint32_t> deletion_terms_;
    std::vector<std::uint32_t> deletion_starts_;
    std::unordered_map<std::string, Symbol> symbols_;
    void build_index();
    void bind(const Protocol& protocol);  ///< fills `known` and `numeric`
};

/// True when one insertion, deletion, replacement or swap of neighbours turns a into b.
bool one_edit_apart(std::string_view a, std::string_view b);

}  // namespace jedel::triage::words
