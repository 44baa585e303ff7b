#pragma once
// The working state of reading one text, one sentence at a time.

#include <cstdint>
#include <vector>

#include "triage/words/fold.h"
#include "triage/words/stems.h"
#include "triage/words/tables.h"

namespace jedel::triage::words {

/// Longest sentence matched as a whole; a longer one is cut.
inline constexpr std::size_t sentence_words_max = 120;

enum class Gap : std::uint8_t { none, comma, clause };  ///< what stands before a word
enum class Negation : std::uint8_t { none, negated, cannot };
inline constexpr std::int16_t by_itself = -2;  ///< negated by its own suffix
inline constexpr std::int16_t by_none = -1;

/// A word or number of the sentence.
struct Word {
    std::uint32_t begin = 0, end = 0;  ///< bytes of the text
    bool is_number = false;
    bool digits = false;   ///< written in digits
    bool capital = false;
    double number = 0;
    char joint = 0;        ///< mark between this word and the one before: '/', '-', '+'
    Gap gap = Gap::none;
    Typed typed = Typed::as_is;
    bool corrected = false;  ///< read only by forgiving a typing mistake
    bool unread = false;   ///< no word of the three languages that anything knows
    bool stop = false;
    bool past = false, doubted = false, others = false;
    Negation negation = Negation::none;
    std::int16_t negated_by = by_none;
    int cost = 1;
    std::uint16_t first = 0, count = 0;  ///< its symbols in Reading::symbols
    bool genitive = false;   ///< may be the genitive of a Russian noun
    bool adjective = false;  ///< may be that of an adjective
    bool verbal = false;    ///< ends as Kazakh verbs do
    bool cyrillic = false;
    bool kazakh = false;
    bool infinitive = false;  ///< ends as Russian infinitives do
    bool orlike = false;    ///< or, nor
    bool ofrom = false;     ///< from, of, от
};

/// A symbol that stands on some words.
struct Instance {
    Symbol symbol = no_symbol;
    std::int16_t begin = 0, end = 0;  ///< words, end exclusive
    Negation negation = Negation::none;
    std::int16_t negated_by = by_none;
    bool dead = false;
    std::int32_t next = -1;  ///< of the same symbol
};

/// A pattern found on some words.
struct Match {
    std::uint32_t pattern = 0;
    std::int16_t begin = 0, end = 0;
    Negation negation = Negation::none;
    std::uint8_t size = 0;            ///< words that carry it
    std::int16_t words[12] = {};
};

struct Reading {
    explicit Reading(const Tables& tables) : t(tables) {
        heads.assign(t.symbol_names.size(), -1);
        symbols.reserve(128);
        words.reserve(64);
        instances.reserve(128);
    }
    const Tables& t;
    Snowball snow;
    Tokens tokens;
    std::vector<Word> words;
    std::vector<Symbol> symbols;
    std::vector<bool> symbol_negated;  ///< the word's own suffix denies this reading of it
    std::vector<Instance> instances;
    std::vector<std::int32_t> heads;
    std::vector<Match> matches;
    std::vector<int> cost_before;  ///< prefix sums of cost, boundaries included
    std::vector<Mark> marks;
    std::vector<Suspect> alarms;   ///< dangers that the vocabulary has no finding for
    char tail_mark = 0;            ///< the mark behind the sentence's last word
    bool measured_cool = false;    ///< the sentence gives a temperature below that of a fever

    [[nodiscard]] bool has(std::size_t word, Symbol s) const;
    void clear_sentence();
};

/// A full stop ends a sentence unless it closes an abbreviation ("мес. назад", "т. 38").
bool ends_sentence(const Tokens& tokens, std::size_t token);
/// The words of the tokens `from` … `to`, with their symbols.
void sentence_words(Reading& r, std::size_t from, std::size_t to);
/// One word → symbols; `token` of the reading's tokens.
void analyse(Reading& r, std::size_t word, std::size_t token);
void find_scopes(Reading& r);      ///< negation, doubt, past, others
void find_patterns(Reading& r);    ///< symbols → concepts and matches
void read_numbers(Reading& r);     ///< numbers with units → marks
void give_marks(Reading& r);       ///< matches → marks
/// One value per finding: the wider match wins, then the safe side.
void settle(const Tables& tables, std::vector<Mark>& marks);

}  // namespace jedel::triage::words
