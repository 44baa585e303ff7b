#pragma once
// The rule table in the form that is evaluated: lists of conjunctions tested against bits.
//
// Why this is exact. Entailments are two-literal clauses, so the facts closed under them have a
// completion unless they contradict themselves (2-SAT), and a conjunction is possible exactly when
// none of its literals is denied by the closed facts. For "guaranteed", each category's terms are
// saturated under consensus modulo the entailments: if the facts guarantee the category, some
// saturated term lies wholly in them. Proof: take closed facts q that guarantee it and hold no
// term, as large as possible. q leaves an atom x open (else it is a model and holds a term). q with
// x and q with not-x hold terms s and t; the consensus of s and t on x lies in q. Contradiction.
// (Quine's and Brown's theory of prime implicants, with a background theory of binary clauses.)

#include <array>
#include <bitset>
#include <map>
#include <string>
#include <vector>

#include "triage/evaluate.h"
#include "triage/formula.h"
#include "triage/literals.h"

namespace jedel::triage {

/// The bits a literal is looked up in.
class Lookup {
public:
    explicit Lookup(const LiteralSet& facts) {
        for (std::size_t w = 0; w < atom_words; ++w) {
            bits_[0][w] = facts.yes[w];
            bits_[1][w] = facts.no[w];
            bits_[2][w] = ~facts.yes[w];
            bits_[3][w] = ~facts.no[w];
        }
    }
    [[nodiscard]] bool holds(Literal l) const {
        const AtomIndex a = atom_of(l);
        return (bits_[l % 4U][a / 64U] >> a % 64U) & 1U;
    }
    [[nodiscard]] bool holds(std::span<const Literal> term) const {
        for (const Literal l : term) {
            if (!holds(l)) return false;
        }
        return true;
    }

private:
    std::uint64_t bits_[4][atom_words];
};

/// Conjunctions in one flat list of literals.
class TermTable {
public:
    struct Row {
        std::uint32_t begin = 0;
        std::uint16_t size = 0;
        std::uint16_t rule = 0;
        Category category = Category::none;
        bool presumed = false;
    };
    void add(const Term& term, std::uint16_t rule, Category category, bool presumed = false) {
        rows_.push_back({static_cast<std::uint32_t>(literals_.size()),
                         static_cast<std::uint16_t>(term.size()), rule, category, presumed});
        literals_.insert(literals_.end(), term.begin(), term.end());
    }
    /// Once all rows are there: for each atom the rows that need its yes and are looked at by it.
    void close();
    /// Category of the first row that holds; `none` if none does.
    [[nodiscard]] Category first_holding(const LiteralSet& facts, const Lookup& lookup) const;

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    [[nodiscard]] std::span<const Literal> literals(const Row& row) const {
        return {literals_.data() + row.begin, row.size};
    }

private:
    std::vector<Row> rows_;
    std::vector<Literal> literals_;
    std::vector<std::uint32_t> loose_;    ///< rows without a literal of a yes, in order
    std::vector<std::uint32_t> by_atom_;  ///< the others, by their rarest atom, each in order
    std::array<std::uint32_t, atoms_max + 1> first_{};  ///< of an atom in `by_atom_`
    LiteralSet used_;                     ///< atoms that have rows
};

/// Sets of rows of the table of possible terms; more rows than this are refused.
inline constexpr std::size_t rows_max = 512;
using RowSet = std::bitset<rows_max>;

/// One answer to a question: what follows from it, how often it is given, which terms it denies.
struct Answer {
    LiteralSet says;
    double weight = 0;
    RowSet denies;
};

/// A question that may be put to a caller.
struct Inquiry {
    FindingIndex finding = 0;
    bool boolean = true;
    std::vector<Answer> answers;  ///< of a boolean finding: no, yes
    std::vector<AtomIndex> atoms;
    bool crew = false;  ///< only a crew can know: never put to a caller
};

/// An entailment as written, for the linter and the reference.
struct Entailment {
    AtomIndex from = 0, to = 0;
    bool from_value = true, to_value = true;
};

/// A literal that facts may hold.
struct Fact {
    AtomIndex atom = 0;
    bool value = true;
    [[nodiscard]] bool in(const LiteralSet& facts) const {
        return value ? facts.has_yes(atom) : facts.has_no(atom);
    }
};

/// What is not asked of this patient: see UnaskedRow.
struct Unasked {
    std::vector<Fact> absent, when, only_with;
};

struct Protocol::Impl {
    std::string version, edition;
    std::vector<std::string> tables;
    std::vector<Finding> findings;
    std::map<std::string, FindingIndex, std::less<>> by_key;
    std::vector<Rule> rules;  ///< by category, then as written
    std::vector<Formula> formulas, presumes;  ///< of each rule; presume may be an empty `any`

    std::vector<Atom> atoms;
    std::vector<std::vector<AtomIndex>> atoms_of_finding;
    std::vector<Entailment> entailments;  ///< with those of `within`, bounds and choices
    std::vector<Unasked> unasked;
    std::vector<Likelihood> likelihoods;
    std::vector<LiteralSet> closure;      ///< of literal (atom, value) at [2 * atom + value]
    LiteralSet always;                    ///< what holds in every completion

    TermTable possible;  ///< literals not_yes/not_no: no known answer denies the term
    TermTable certain;   ///< literals yes/no, saturated, by category
    TermTable support;   ///< by what is said, and what is presumed
    TermTable own;       ///< literals yes/no: the rules' own terms
    /// What an evaluation asks of words that were not understood.
    std::optional<FindingIndex> words_suggest, unconscious, not_breathing;

    std::vector<Inquiry> inquiries;  ///< in the table's order

    [[nodiscard]] const LiteralSet& closed(AtomIndex atom, bool value) const {
        return closure[2U * atom + (value ? 1U : 0U)];
    }
    [[nodiscard]] std::optional<FindingIndex> find(std::string_view key) const {
        const auto found = by_key.find(key);
        return found == by_key.end() ? std::nullopt : std::optional{found->second};
    }
    /// The facts with what nobody asks this patient taken as absent. What was said stands.
    [[nodiscard]] LiteralSet with_unasked(const LiteralSet& facts) const;
    /// Adds what a value of a finding says, with all that follows from it.
    void assume(LiteralSet& facts, FindingIndex finding, const Facts::Value& value) const;
};

/// True when the atom holds for the number or the choice.
bool atom_value(const Atom& atom, double number);

/// Builds the tables from findings, formulas and written entailments. The error's file and line
/// are of the rule concerned.
Result<void> compile(Protocol::Impl& impl, const std::vector<FormulaPlace>& places);

/// The questions and what each answer does; after compile.
void build_inquiries(Protocol::Impl& impl);

Evaluation evaluate_facts(const Protocol::Impl& impl, const LiteralSet& facts);

}  // namespace jedel::triage
