#pragma once
// The caller's own words → findings, in Kazakh, Russian, English and mixtures.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "triage/evaluate.h"

namespace jedel::triage {

namespace words {
struct Pass;
}

/// A finding read from a span of the text; a person can confirm or strike it.
struct Mark {
    FindingIndex finding = 0;
    std::string value;         ///< as Facts::set_text takes it; "unknown" when the caller doubts
    std::size_t begin = 0, end = 0;  ///< bytes of the text that gave it
    /// "кажется", "сияқты", "I think". A doubted reassurance is "unknown" and lowers nothing; a
    /// doubted sign of trouble keeps its value, so that the proposal stays on the safe side, and
    /// waits for a person to confirm it.
    bool uncertain = false;
    /// Not as it was typed: a letter wrong, by ear, torn apart, with the keys of another layout.
    /// What it most probably is; shown as a guess, and never a denial where a word was guessed.
    bool guessed = false;
    std::uint8_t weight = 1;   ///< words that carry it; a wider reading outweighs a narrower one
};

/// Where Debian's packages hunspell-kk, hunspell-ru and hunspell-en-us keep their dictionaries.
inline constexpr std::string_view kazakh_dictionary = "/usr/share/hunspell/kk_KZ.dic";
inline constexpr std::string_view dictionaries[] = {
    kazakh_dictionary, "/usr/share/hunspell/ru_RU.dic", "/usr/share/hunspell/en_US.dic"};

/// The finding that stands for "the words sound like category n"; see SecondReader.
inline constexpr std::string_view suggestion_key = words_suggest_key;
/// Its value where a word that may matter was not understood: no category below 2 is proposed
/// before consciousness and breathing are known; see `evaluate`.
inline constexpr std::string_view not_understood = words_unread;

/// Immutable after loading; safe from several threads.
class Lexicon {
public:
    /// `files` are the TSV tables of data/lexicon and, if at hand, `dictionaries` and labelled
    /// complaints (*.complaints.tsv); errors name file, line and field.
    /// The protocol's tables must outlive the lexicon.
    static Result<Lexicon> parse(const Protocol& protocol, std::span<const Protocol::File> files);
    Lexicon(Lexicon&&) noexcept;
    Lexicon& operator=(Lexicon&&) noexcept;
    ~Lexicon();
    /// Findings of the text, in order of their place. Any bytes are allowed. Where labelled
    /// complaints of like words were more urgent than what was read (with what is known of the
    /// patient), or where words were not understood and nothing urgent was read, one mark is
    /// `suggestion_key`, uncertain, on the words that tell it.
    [[nodiscard]] std::vector<Mark> read(std::string_view text, const Patient& patient = {}) const;
    [[nodiscard]] std::size_t size() const;
    /// Words of the Kazakh dictionary it reads with; 0 = suffix rules alone.
    [[nodiscard]] std::size_t dictionary_size() const;
    /// A form of the table of vital words and the finding it is there for.
    struct VitalForm {
        std::string language, text, finding;
    };
    [[nodiscard]] std::vector<VitalForm> vital_forms() const;

private:
    struct Impl;
    explicit Lexicon(std::unique_ptr<Impl> impl);
    void suggest(const words::Pass& pass, bool foreign, const Patient& patient,
                 std::vector<Mark>& marks) const;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::triage
