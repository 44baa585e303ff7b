#include "triage/lint.h"

#include <algorithm>
#include <set>

#include "triage/compiled.h"

namespace jedel::triage {

namespace {

using Impl = Protocol::Impl;
using Kind = Remark::Kind;

// The facts that a term of a rule stands for, closed.
LiteralSet facts_of_term(const Impl& impl, std::span<const Literal> term) {
    LiteralSet out = impl.always;
    for (const Literal l : term) {
        if (ask_of(l) == Ask::yes) out.add_all(impl.closed(atom_of(l), true));
        if (ask_of(l) == Ask::no) out.add_all(impl.closed(atom_of(l), false));
    }
    return out;
}

bool rule_holds(const Impl& impl, std::size_t rule, const LiteralSet& facts) {
    const Lookup lookup(facts);
    return std::any_of(impl.own.rows().begin(), impl.own.rows().end(), [&](const auto& row) {
        return row.rule == rule && lookup.holds(impl.own.literals(row));
    });
}

// True when `other` holds wherever `rule` does.
bool implies(const Impl& impl, std::size_t rule, std::size_t other) {
    return std::all_of(impl.own.rows().begin(), impl.own.rows().end(), [&](const auto& row) {
        return row.rule != rule ||
               rule_holds(impl, other, facts_of_term(impl, impl.own.literals(row)));
    });
}

void check_rules(const Impl& impl, std::vector<Remark>& out) {
    for (std::size_t r = 0; r < impl.rules.size(); ++r) {
        const Rule& rule = impl.rules[r];
        if (rule.formula.empty()) continue;  // a safe side alone
        bool fires = false, decides = false;
        for (const auto& row : impl.own.rows()) {
            if (row.rule != r) continue;
            fires = true;
            const auto e = evaluate_facts(impl, facts_of_term(impl, impl.own.literals(row)));
            decides = decides || !more_urgent(e.least_urgent, rule.category);
        }
        if (!fires) {
            out.push_back({Kind::never_fires, rule.id, "its formula contradicts the entailments"});
            continue;
        }
        if (!decides) {
            out.push_back({Kind::always_covered, rule.id,
                           "wherever it holds, a more urgent category is certain"});
        }
        for (std::size_t other = 0; other < r; ++other) {
            if (impl.rules[other].category == rule.category && implies(impl, r, other) &&
                implies(impl, other, r)) {
                out.push_back({Kind::always_covered, rule.id,
                               "says the same as " + impl.rules[other].id});
            }
        }
    }
}

void collect(const Formula& f, std::set<AtomIndex>& atoms) {
    if (f.op == Formula::Op::atom || f.op == Formula::Op::unknown) atoms.insert(f.atom);
    for (const Formula& part : f.parts) collect(part, atoms);
}

void check_presumptions(const Impl& impl, std::vector<Remark>& out) {
    for (std::size_t r = 0; r < impl.rules.size(); ++r) {
        bool any = false, possible = false;
        for (const auto& row : impl.support.rows()) {
            if (row.rule != r || !row.presumed) continue;
            any = true;
            const LiteralSet facts = facts_of_term(impl, impl.support.literals(row));
            const bool lawful = !facts.contradicts_itself();
            possible = possible || (lawful && Lookup(facts).holds(impl.support.literals(row)));
        }
        const bool written = !impl.presumes[r].parts.empty() ||
                             impl.presumes[r].op != Formula::Op::any;
        if (written && (!any || !possible)) {
            out.push_back({Kind::never_proposes, impl.rules[r].id,
                           "its 'presume' can never hold"});
        }
    }
}

// A finding is used when a formula names it, or names something that follows from it.
void check_findings(const Impl& impl, std::vector<Remark>& out) {
    std::set<AtomIndex> named;
    for (const Formula& f : impl.formulas) collect(f, named);
    for (const Formula& f : impl.presumes) collect(f, named);
    for (FindingIndex f = 0; f < impl.findings.size(); ++f) {
        const Finding& finding = impl.findings[f];
        const auto& atoms = impl.atoms_of_finding[f];
        const bool used = std::any_of(atoms.begin(), atoms.end(), [&](AtomIndex a) {
            return std::any_of(named.begin(), named.end(), [&](AtomIndex n) {
                return impl.closed(a, true).has_yes(n) || impl.closed(a, true).has_no(n) ||
                       impl.closed(a, false).has_yes(n) || impl.closed(a, false).has_no(n);
            });
        });
        if (!used) out.push_back({Kind::unused, finding.key, "no rule uses it"});
        if (finding.type != FindingType::boolean || finding.modifier) continue;
        LiteralSet facts = impl.always;
        impl.assume(facts, f, {Tri::yes, 0});
        if (facts.contradicts_itself()) {
            out.push_back({Kind::gap, finding.key, "can never be there, by the entailments"});
        } else if (evaluate_facts(impl, facts).least_urgent == Category::none) {
            out.push_back({Kind::gap, finding.key, "is a complaint that no rule takes by itself"});
        }
    }
}

// A row that no question can ever deny leaves the interview open for ever.
void check_questions(const Impl& impl, std::vector<Remark>& out) {
    std::set<std::string> told;
    for (std::size_t i = 0; i < impl.possible.rows().size(); ++i) {
        const auto& row = impl.possible.rows()[i];
        if (row.category == Category::u4) break;  // nothing is settled by denying the last
        const bool deniable =
            std::any_of(impl.inquiries.begin(), impl.inquiries.end(), [&](const Inquiry& q) {
                return std::any_of(q.answers.begin(), q.answers.end(),
                                   [&](const Answer& a) { return a.denies.test(i); });
            });
        const std::string& id = impl.rules[row.rule].id;
        if (!deniable && told.insert(id).second) {
            out.push_back({Kind::gap, id, "no question to a caller can rule it out"});
        }
    }
}

}  // namespace

std::vector<Remark> lint(const Protocol& protocol) {
    const Impl& impl = protocol.impl();
    std::vector<Remark> out;
    check_rules(impl, out);
    check_presumptions(impl, out);
    check_findings(impl, out);
    check_questions(impl, out);
    return out;
}

}  // namespace jedel::triage
