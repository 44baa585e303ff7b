#pragma once
// The vocabulary of findings and the rule table, as loaded from data/protocol/*.toml. Immutable
// after parsing; safe to read from several threads.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "triage/category.h"

namespace jedel::triage {

/// A text in the three languages.
struct LocalText {
    std::string kk, ru, en;
    [[nodiscard]] bool empty() const { return kk.empty() && ru.empty() && en.empty(); }
};

enum class FindingType : std::uint8_t { boolean, number, choice };

/// Index of a finding in Protocol::findings().
using FindingIndex = std::uint16_t;

struct Finding {
    std::string key;  ///< "chest_pain"; stands in journals, never changes
    FindingType type = FindingType::boolean;
    LocalText name;      ///< short, for lists
    LocalText question;  ///< what the call-taker asks; empty = never asked
    LocalText question_self;  ///< the same, put to a patient who calls; empty = as above
    std::string unit;    ///< of a number: "years", "°C", "mmHg", "weeks", "min"
    double low = 0, high = 0;  ///< lawful range of a number
    std::vector<std::pair<std::string, LocalText>> choices;
    bool danger = false;        ///< a danger-to-life question, asked first
    bool caller_can_know = true;
    /// Asked for the help card once one of these is there, even where it moves no category.
    std::vector<FindingIndex> card_with;
    bool modifier = false;  ///< says nothing by itself, only tells near rows apart
    double prior = 0.02;    ///< how often it is there in a call; orders questions, never urgency
    std::vector<double> typical;  ///< of a number: values as callers give them, for the same use
    std::vector<FindingIndex> within;  ///< wider findings: yes here is yes there

    /// What to ask; `of_self`: the patient speaks for himself.
    [[nodiscard]] const LocalText& asked(bool of_self) const {
        return of_self && !question_self.empty() ? question_self : question;
    }
};

/// When a finding is there more often, or less, than its prior says. It orders questions and never
/// touches an urgency. All conditions given must hold; an age or sex that is not known meets none.
struct Likelihood {
    FindingIndex finding = 0;
    std::optional<std::pair<double, double>> age_years;  ///< from, below
    Sex sex = Sex::unknown;                              ///< unknown = either
    std::optional<std::pair<int, int>> hours;            ///< local, from, until; may pass midnight
    std::optional<FindingIndex> with;                    ///< another finding that is there
    double times = 1;                                    ///< multiplies the prior
};

/// One row of the order, e.g. "U1.07".
struct Rule {
    std::string id;
    Category category = Category::none;
    LocalText name;        ///< kk is the document's own wording
    std::string source;    ///< "S1, ҚР ДСМ-225/2020"
    std::string formula;   ///< as written in the table; empty: a safe side alone
    std::string presume;     ///< the safe side while something is unknown; empty = none
    LocalText definition;    ///< the working definition, where the document gives none
    bool approved = false;   ///< signed by the senior doctor
    bool catch_all = false;  ///< named as a reason only when no other row of its category is
};

/// Digest of all that a rule says and how it is told apart: what a senior doctor signs as
/// "rule:U1.10". A changed row is another version and not approved.
std::string definition_version(const Rule& rule);

class Protocol {
public:
    struct File {
        std::string name, text;
    };
    /// Parses findings.toml and the rule files. Unknown findings, bad formulas, missing
    /// translations and duplicate ids are errors with file, line and reason.
    static Result<Protocol> parse(const File& findings, std::span<const File> rules);

    Protocol(Protocol&&) noexcept;
    Protocol& operator=(Protocol&&) noexcept;
    ~Protocol();

    [[nodiscard]] const std::string& version() const;
    /// The version and a digest of every file, "2026.1-0123456789abcdef": what an evaluation was
    /// made by. Tables that differ in a single letter differ in it.
    [[nodiscard]] const std::string& edition() const;
    /// The rule files that findings.toml says belong to it; empty where it does not say.
    [[nodiscard]] std::span<const std::string> tables() const;
    [[nodiscard]] std::span<const Finding> findings() const;
    [[nodiscard]] std::optional<FindingIndex> find(std::string_view key) const;
    [[nodiscard]] std::span<const Rule> rules() const;
    [[nodiscard]] const Rule* rule(std::string_view id) const;

    struct Impl;
    [[nodiscard]] const Impl& impl() const { return *impl_; }

private:
    explicit Protocol(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel::triage
