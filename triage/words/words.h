#pragma once
// The caller's own words → findings, in Kazakh, Russian, English and mixtures.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "triage/evaluate.h"

namespace jedel::triage {

/// A finding read from a span of the text; a person can confirm or strike it.
struct Mark {
    FindingIndex finding = 0;
    std::string value;         ///< as Facts::set_text takes it; "unknown" when the caller doubts
    std::size_t begin = 0, end = 0;  ///< bytes of the text that gave it
    /// "кажется", "сияқты", "I think". A doubted reassurance is "unknown" and lowers nothing; a
    /// doubted sign of trouble keeps its value, so that the proposal stays on the safe side, and
    /// waits for a person to confirm it.
    bool uncertain = false;
    std::uint8_t weight = 1;   ///< words that carry it; a wider reading outweighs a narrower one
};

/// Where Debian's packages hunspell-kk, hunspell-ru and hunspell-en-us keep their dictionaries.
inline constexpr std::string_view kazakh_dictionary = "/usr/share/hunspell/kk_KZ.dic";
inline constexpr std::string_view dictionaries[] = {
    kazakh_dictionary, "/usr/share/hunspell/ru_RU.dic", "/usr/share/hunspell/en_US.dic"};

/// The finding that stands for "the words sound like category n"; see SecondReader.
inline constexpr std::string_view suggestion_key = "words_suggest";

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
    /// patient), the last mark is `suggestion_key`, uncertain, on the words that tell it.
    [[nodiscard]] std::vector<Mark> read(std::string_view text, const Patient& patient = {}) const;
    [[nodiscard]] std::size_t size() const;
    /// Words of the Kazakh dictionary it reads with; 0 = suffix rules alone.
    [[nodiscard]] std::size_t dictionary_size() const;

private:
    struct Impl;
    explicit Lexicon(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::triage
