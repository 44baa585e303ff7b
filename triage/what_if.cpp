// "U1 if bleeding is heavy": which single answers would move the proposal.

#include <algorithm>

#include "triage/compiled.h"

namespace jedel::triage {

namespace {

using Impl = Protocol::Impl;

// True when some rule that is still possible, and more urgent than the proposal, needs this atom
// and another that is known to be there: the answer belongs to what was said.
bool related(const Impl& impl, const Facts& facts, AtomIndex atom, Category proposed) {
    const Lookup lookup(facts.assumed());
    for (const auto& row : impl.possible.rows()) {
        if (!more_urgent(row.category, proposed)) break;
        const auto term = impl.possible.literals(row);
        if (!lookup.holds(term)) continue;
        const bool needs =
            std::find(term.begin(), term.end(), literal(atom, Ask::not_no)) != term.end();
        const bool said = std::any_of(term.begin(), term.end(), [&](Literal l) {
            return ask_of(l) == Ask::not_no && facts.closed().has_yes(atom_of(l));
        });
        if (needs && said) return true;
    }
    for (const FindingIndex wider : impl.findings[impl.atoms[atom].finding].within) {
        if (facts.tri(wider) == Tri::yes) return true;
    }
    return false;
}

struct Ranked {
    WhatIf what;
    bool related = false;
};

}  // namespace

std::vector<WhatIf> what_would_change(const Protocol& protocol, const Facts& facts,
                                      std::size_t limit) {
    const Impl& impl = protocol.impl();
    const Evaluation now = evaluate(protocol, facts);
    // Where words were not understood, an answer that leaves the rest as harmless moves nothing.
    const Category said = evaluate_facts(impl, facts.closed()).proposed;
    const bool held = said != now.proposed;
    std::vector<Ranked> found;
    for (FindingIndex f = 0; f < impl.findings.size(); ++f) {
        if (impl.findings[f].type != FindingType::boolean || facts.known(f)) continue;
        if (!impl.findings[f].caller_can_know || impl.findings[f].question.empty()) continue;
        for (const Tri answer : {Tri::yes, Tri::no}) {
            LiteralSet next = facts.assumed();
            impl.assume(next, f, {answer, 0});
            if (next.contradicts_itself()) continue;
            const Category category = evaluate_facts(impl, next).proposed;
            if (category == now.proposed || category == Category::none) continue;
            if (held && !more_urgent(category, said)) continue;
            const bool lowers = more_urgent(now.proposed, category);
            const AtomIndex atom = impl.atoms_of_finding[f].front();
            found.push_back({{f, answer, category},
                             lowers || related(impl, facts, atom, now.proposed)});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Ranked& a, const Ranked& b) {
        if (a.related != b.related) return a.related;
        return more_urgent(a.what.category, b.what.category);
    });
    std::vector<WhatIf> out;
    for (const Ranked& r : found) {
        if (out.size() == limit) break;
        out.push_back(r.what);
    }
    return out;
}

}  // namespace jedel::triage
