#pragma once
// The language of the rule table: conditions over findings, and their normal form.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "triage/protocol.h"

namespace jedel::triage {

using AtomIndex = std::uint16_t;

/// One yes-or-no condition on one finding.
struct Atom {
    enum class Kind : std::uint8_t { is, below, at_most, equals };
    Kind kind = Kind::is;
    FindingIndex finding = 0;
    double bound = 0;  ///< of below and at_most; the place in the list for equals
    friend bool operator==(const Atom&, const Atom&) = default;
};

/// The conditions met so far, each once.
class AtomTable {
public:
    /// Where there is no room for another, gives one that exists and sets overflow.
    AtomIndex of(const Atom& atom);
    [[nodiscard]] const std::vector<Atom>& atoms() const { return atoms_; }
    [[nodiscard]] bool overflow() const { return overflow_; }

private:
    std::vector<Atom> atoms_;
    bool overflow_ = false;
};

/// A parsed formula.
struct Formula {
    enum class Op : std::uint8_t { atom, unknown, all, any, negation, at_least };
    Op op = Op::all;
    AtomIndex atom = 0;
    bool negated = false;     ///< of an atom: ">=" is a negated "below"
    std::size_t count = 0;    ///< of at_least
    std::vector<Formula> parts;
};

/// Where a formula stands, for errors.
struct FormulaPlace {
    std::string file;
    long line = 0;
    std::string field;
};

/// `presume` formulas may also say unknown(condition) and known(condition). The error names the
/// line within a formula of several lines.
Result<Formula> parse_formula(std::string_view text, const FormulaPlace& place,
                              const Protocol& findings, AtomTable& atoms, bool presume);

/// What a literal asks of the bits: known yes, known no, not known yes, not known no.
enum class Ask : std::uint8_t { yes, no, not_yes, not_no };

/// atom and Ask in one number.
using Literal = std::uint16_t;
constexpr Literal literal(AtomIndex atom, Ask ask) {
    return static_cast<Literal>(atom * 4U + static_cast<unsigned>(ask));
}
constexpr AtomIndex atom_of(Literal l) { return static_cast<AtomIndex>(l / 4U); }
constexpr Ask ask_of(Literal l) { return static_cast<Ask>(l % 4U); }

/// A conjunction, sorted, without doubles.
using Term = std::vector<Literal>;

/// Disjunctive normal form. `exact`: literals are yes and no, over completions. Otherwise by what
/// is said: a finding not known to be there counts as absent, a comparison needs its number.
/// nullopt when it would have more than `terms_max` terms.
std::optional<std::vector<Term>> normal_form(const Formula& formula, const std::vector<Atom>& atoms,
                                             bool exact, std::size_t terms_max = 512);

}  // namespace jedel::triage
