#pragma once
// The words that a life hangs on, found however they were typed: one letter wrong, by ear, run
// together, torn apart, in Latin letters.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "triage/words/fold.h"
#include "triage/words/vital_search.h"

namespace jedel::triage::words {

/// Bytes of the text that stand one letter from a vital phrase and are words of their own.
struct Suspect {
    std::size_t begin = 0, end = 0;
};

/// The forms of data/lexicon/vital.tsv. Immutable once closed; safe from several threads.
class Vital {
public:
    /// One form as it is spelled, with the finding that the table gives it; for tests.
    struct Form {
        std::string language, text, finding;
        std::vector<std::string> words;  ///< folded
        std::vector<std::string> spelled;
        std::string letters, sounds;     ///< of all words, joined
        /// A phrase that is meant as it stands, and nothing else is meant for it.
        [[nodiscard]] bool as_it_stands() const { return language == "="; }
    };
    /// A line: `language TAB form | form … TAB finding`; `= TAB phrase | phrase …` for phrases that
    /// are meant as they stand, however near a form; `~ TAB word TAB slip | slip …` for small
    /// words that are typed as other words ("нее" for "не"); `< TAB word | word …` for words after
    /// which those are meant as they stand ("у нее"). Errors name file, line and field.
    Result<void> add(std::string_view text, const std::string& file);
    void close();

    [[nodiscard]] std::size_t size() const { return forms_.size(); }
    [[nodiscard]] const std::vector<Form>& forms() const { return forms_; }

    /// Whether a word of the text is spelled right, as it stands beside the words of a form.
    using Right = std::function<bool(const Token&, const Form&)>;
    /// Puts the form in the place of what is one edit or only sounds away from it, marked as a
    /// guess; `letters` and `list` of `tokens` change. Words that are all spelled right stay, and
    /// are given back as suspect where they are one edit from a form of several words.
    std::vector<Suspect> mend(Tokens& tokens, const Right& right) const;

private:
    class Search;
    struct Slip {
        std::string word, slip;  ///< folded
    };
    void index(std::uint32_t form, std::string_view key, std::uint64_t salt);
    void index_anchor(std::uint32_t form);

    std::vector<Form> forms_;
    std::vector<Slip> slips_;
    std::vector<std::string> before_;
    KeyTable keys_;     ///< hash of a form, or of it without a letter → form
    KeyTable anchors_;  ///< the same of a form's longest word → form and which word
    Ends ends_;
    std::size_t longest_ = 0;            ///< letters of the longest form
};

/// True for the table of vital words, by its name.
inline bool holds_vital_words(std::string_view file) { return file.ends_with("vital.tsv"); }

}  // namespace jedel::triage::words
