#pragma once
// From what is known to a range of categories, exactly and with its reasons.

#include <string_view>
#include <vector>

#include "triage/literals.h"
#include "triage/protocol.h"

namespace jedel::triage {

/// What is known of one patient: a value per finding, unknown by default. `set…` record what was
/// said; `known`, `tri` and `text` also give what follows from it (a man is not pregnant). The
/// protocol's tables must outlive the facts; the protocol itself may be moved.
class Facts {
public:
    explicit Facts(const Protocol& protocol) : Facts(protocol.impl()) {}
    explicit Facts(const Protocol::Impl& tables);
    void set(FindingIndex finding, Tri value);
    /// A value out of the finding's lawful range is kept as it is; set_text refuses it.
    void set_number(FindingIndex finding, double value);
    void set_choice(FindingIndex finding, std::size_t choice);
    void clear(FindingIndex finding);
    /// "yes", "no", "unknown", a number, or a choice's key. Errors name the finding.
    Result<void> set_text(std::string_view key, std::string_view value);
    /// Sets age, sex, pregnancy and what follows from them (a man is not pregnant).
    void set_patient(const Patient& patient);
    [[nodiscard]] bool known(FindingIndex finding) const;
    [[nodiscard]] Tri tri(FindingIndex finding) const;
    [[nodiscard]] std::optional<double> number(FindingIndex finding) const;
    /// As text, the inverse of set_text; "unknown" when not known.
    [[nodiscard]] std::string text(FindingIndex finding) const;

    struct Value {
        Tri state = Tri::unknown;  ///< numbers and choices: yes = known
        double number = 0;
    };
    /// What was said, without what follows from it.
    [[nodiscard]] std::span<const Value> values() const { return values_; }
    /// What was said and all that follows; where answers contradict one another a yes stands.
    [[nodiscard]] const LiteralSet& closed() const { return closed_; }
    /// With what nobody asks this patient taken as absent (see `[[unasked]]` in the vocabulary):
    /// what the range and the questions are found by. What was said stands.
    [[nodiscard]] const LiteralSet& assumed() const { return assumed_; }
    [[nodiscard]] bool contradictory() const { return contradictory_; }

private:
    void put(FindingIndex finding, const Value& value);

    const Protocol::Impl* tables_;
    std::vector<Value> values_;
    LiteralSet said_;    ///< closed, but with contradictions as they are
    LiteralSet closed_;
    LiteralSet assumed_;
    bool contradictory_ = false;
};

/// The choice finding by which the caller's words say how they are understood, and its value where
/// they are not.
inline constexpr std::string_view words_suggest_key = "words_suggest";
inline constexpr std::string_view words_unread = "unread";

/// The range: `most_urgent` is the best category some completion of the unknowns gives,
/// `least_urgent` the one all completions guarantee (none: nothing is certain yet).
/// `proposed` is the most urgent with positive support and never less urgent than the certain one;
/// none ("not yet known") where words were not understood, nothing more urgent than category 3 was
/// read, and the patient is not known to be conscious and to breathe: what is not understood is
/// never harmless.
struct Evaluation {
    Category most_urgent = Category::none;
    Category least_urgent = Category::none;
    Category proposed = Category::none;
    [[nodiscard]] bool settled() const {
        return most_urgent == least_urgent && least_urgent != Category::none;
    }
};

/// Exact three-valued evaluation; no allocation.
Evaluation evaluate(const Protocol& protocol, const Facts& facts);

/// Ids of the rules that give `evaluation.proposed`: certain ones first.
std::vector<const Rule*> reasons(const Protocol& protocol, const Facts& facts,
                                 const Evaluation& evaluation);

/// "U1 if bleeding is heavy": single answers that would move the proposal or the range.
struct WhatIf {
    FindingIndex finding = 0;
    Tri answer = Tri::yes;
    Category category = Category::none;
};
std::vector<WhatIf> what_would_change(const Protocol& protocol, const Facts& facts,
                                      std::size_t limit = 4);

}  // namespace jedel::triage
