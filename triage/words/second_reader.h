#pragma once
// A second reading of the caller's words, learned from complaints with their labels, for words
// that the lexicon does not know. It may only raise a proposal, and what it gives is a mark that
// waits for a person: "the words sound like category 1".
//
// The mean of a complement naive Bayes classifier (Rennie, Shih, Teevan & Karger, ICML 2003) and a
// logistic regression, over the words, their beginnings, alone and with who the patient is (under
// 3, a child, a grown-up, pregnant), pairs of words and letters in fours, weighed against what the
// lexicon read: the category whose expected cost is least, where a category too low costs
// `under_cost` times one too high.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "triage/category.h"
#include "triage/words/fold.h"
#include "triage/words/hash_index.h"

namespace jedel::triage::words {

/// What stands behind a suggestion: bytes of the text that speak most for it.
struct Suggestion {
    Category category = Category::none;
    std::size_t begin = 0, end = 0;
};

/// Immutable after learning; safe from several threads.
class SecondReader {
public:
    /// One labelled complaint.
    struct Example {
        Category category = Category::none;
        std::string_view text;
        Patient patient;
    };

    SecondReader() = default;
    static SecondReader learn(const std::vector<Example>& examples);

    [[nodiscard]] bool empty() const { return weights_.empty(); }
    /// The category to propose where it is more urgent than `read`, what the lexicon's findings
    /// propose (`none`: it read nothing that is a trouble). Nothing for texts under three words. Of
    /// the patient age and weeks count.
    [[nodiscard]] std::optional<Suggestion> suggest(const Tokens& tokens, Category read,
                                                    const Patient& patient = {}) const;

private:
    using Weights = std::array<float, 4>;  ///< for U1 … U4
    HashIndex features_;
    std::vector<Weights> weights_;
};

/// True for a table of complaints, by its name: *.complaints.tsv.
inline bool holds_examples(std::string_view file) { return file.ends_with(".complaints.tsv"); }
/// Parses a table of complaints: `id TAB rule TAB age TAB sex TAB weeks TAB complaint`, a line
/// each; '#' starts a comment. The views live as long as `text`. Errors name file, line, field.
Result<std::vector<SecondReader::Example>> parse_examples(std::string_view text,
                                                          const std::string& file);

}  // namespace jedel::triage::words
