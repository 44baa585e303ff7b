#pragma once
// The slow, plain meaning of a rule table: every completion is written out and every formula is
// walked. Shares the parser with the program and nothing else.

#include <functional>
#include <random>
#include <vector>

#include "triage/compiled.h"

namespace jedel::test {

using triage::Category;
using triage::Facts;
using triage::FindingIndex;
using triage::FindingType;
using triage::Formula;
using triage::Protocol;
using triage::Tri;

/// One value per finding: 0 or 1, the number, or the place of the choice (-1: none of them).
using Completion = std::vector<double>;

class Reference {
public:
    explicit Reference(const Protocol& protocol) : protocol_(protocol), impl_(protocol.impl()) {
        for (FindingIndex f = 0; f < impl_.findings.size(); ++f) domains_.push_back(domain(f));
    }

    [[nodiscard]] const std::vector<double>& values(FindingIndex f) const { return domains_[f]; }

    [[nodiscard]] bool lawful(const Completion& c) const {
        for (const triage::Entailment& e : impl_.entailments) {
            if (atom(e.from, c) == e.from_value && atom(e.to, c) != e.to_value) return false;
        }
        return true;
    }

    [[nodiscard]] Category category(const Completion& c) const {
        for (std::size_t r = 0; r < impl_.rules.size(); ++r) {
            if (holds(impl_.formulas[r], c)) return impl_.rules[r].category;
        }
        return Category::none;
    }

    /// The range over all lawful completions; nullopt when there is none.
    [[nodiscard]] std::optional<std::pair<Category, Category>> range(const Facts& facts) const {
        std::vector<FindingIndex> open;
        Completion c(impl_.findings.size(), 0);
        for (FindingIndex f = 0; f < c.size(); ++f) {
            const auto& v = facts.values()[f];
            if (v.state == Tri::unknown) {
                open.push_back(f);
            } else {
                c[f] = number_of(f, v);
            }
        }
        // What nobody asks is absent until it is said.
        std::vector<std::pair<triage::AtomIndex, bool>> absent;
        for (triage::AtomIndex a = 0; a < impl_.atoms.size(); ++a) {
            if (facts.closed().has_yes(a) || facts.closed().has_no(a)) continue;
            if (facts.assumed().has_yes(a)) absent.emplace_back(a, true);
            if (facts.assumed().has_no(a)) absent.emplace_back(a, false);
        }
        std::optional<std::pair<Category, Category>> out;
        const std::function<void(std::size_t)> walk = [&](std::size_t i) {
            if (i < open.size()) {
                for (const double v : domains_[open[i]]) {
                    c[open[i]] = v;
                    walk(i + 1);
                }
                return;
            }
            if (!lawful(c) || !number_within(facts, c)) return;
            for (const auto& [a, value] : absent) {
                if (atom(a, c) != value) return;
            }
            const Category k = category(c);
            if (!out) out = {k, k};
            if (triage::more_urgent(k, out->first)) out->first = k;
            if (triage::more_urgent(out->second, k)) out->second = k;
        };
        walk(0);
        return out;
    }

private:
    // Giving a number says that the wider finding is there.
    [[nodiscard]] bool number_within(const Facts& facts, const Completion& c) const {
        for (FindingIndex f = 0; f < c.size(); ++f) {
            if (impl_.findings[f].type == FindingType::boolean ||
                facts.values()[f].state == Tri::unknown) {
                continue;
            }
            for (const FindingIndex wider : impl_.findings[f].within) {
                if (c[wider] == 0) return false;
            }
        }
        return true;
    }

    [[nodiscard]] double number_of(FindingIndex f, const Facts::Value& v) const {
        if (impl_.findings[f].type == FindingType::boolean) return v.state == Tri::yes ? 1 : 0;
        return v.number;
    }

    // A value for each stretch between bounds.
    [[nodiscard]] std::vector<double> domain(FindingIndex f) const {
        const triage::Finding& finding = impl_.findings[f];
        if (finding.type == FindingType::boolean) return {0, 1};
        std::vector<double> out;
        if (finding.type == FindingType::choice) {
            for (std::size_t i = 0; i < finding.choices.size(); ++i) {
                out.push_back(static_cast<double>(i));
            }
            if (finding.choices.size() > 2) out.push_back(-1);
            return out;
        }
        std::vector<double> marks{finding.low, finding.high};
        for (const triage::AtomIndex a : impl_.atoms_of_finding[f]) {
            marks.push_back(impl_.atoms[a].bound);
        }
        std::sort(marks.begin(), marks.end());
        marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
        for (std::size_t i = 0; i < marks.size(); ++i) {
            out.push_back(marks[i]);
            if (i + 1 < marks.size()) out.push_back((marks[i] + marks[i + 1]) / 2);
        }
        return out;
    }

    [[nodiscard]] bool atom(triage::AtomIndex a, const Completion& c) const {
        const triage::Atom& at = impl_.atoms[a];
        const double v = c[at.finding];
        switch (at.kind) {
            case triage::Atom::Kind::is: return v != 0;
            case triage::Atom::Kind::below: return v < at.bound;
            case triage::Atom::Kind::at_most: return v <= at.bound;
            case triage::Atom::Kind::equals: break;
        }
        return v == at.bound;
    }

    [[nodiscard]] bool holds(const Formula& f, const Completion& c) const {
        std::size_t count = 0;
        switch (f.op) {
            case Formula::Op::atom: return atom(f.atom, c) != f.negated;
            case Formula::Op::negation: return !holds(f.parts.front(), c);
            case Formula::Op::unknown: return false;
            default: break;
        }
        for (const Formula& part : f.parts) count += holds(part, c) ? 1 : 0;
        if (f.op == Formula::Op::all) return count == f.parts.size();
        return count >= (f.op == Formula::Op::any ? 1 : f.count);
    }

    const Protocol& protocol_;
    const Protocol::Impl& impl_;
    std::vector<std::vector<double>> domains_;
};

/// Says a value of the finding that the facts so far allow; nothing where there is none.
inline void say_something(Facts& facts, const Reference& reference, const Protocol& protocol,
                          FindingIndex f, double yes_share, std::mt19937& random) {
    const triage::Finding& finding = protocol.findings()[f];
    const auto say = [&](double v) {
        if (finding.type == FindingType::boolean) {
            facts.set(f, v != 0 ? Tri::yes : Tri::no);
        } else if (finding.type == FindingType::number) {
            facts.set_number(f, v);
        } else {
            facts.set_choice(f, static_cast<std::size_t>(v));
        }
    };
    std::vector<double> values = reference.values(f);
    std::erase(values, -1.0);
    std::shuffle(values.begin(), values.end(), random);
    if (finding.type == FindingType::boolean) {
        values = std::bernoulli_distribution(yes_share)(random) ? std::vector<double>{1, 0}
                                                                 : std::vector<double>{0, 1};
    }
    for (const double v : values) {
        say(v);
        if (!facts.contradictory()) return;
        facts.clear(f);
    }
}

}  // namespace jedel::test
