#include "triage/evaluate.h"

#include <algorithm>

#include "triage/compiled.h"

namespace jedel::triage {

namespace {

Category first_holding(const TermTable& table, const Lookup& lookup) {
    for (const auto& row : table.rows()) {
        if (lookup.holds(table.literals(row))) return row.category;
    }
    return Category::none;
}

// A rule's best ground: certain, said, presumed, none.
enum class Ground : std::uint8_t { certain, said, presumed, none };

std::vector<Ground> grounds(const Protocol::Impl& impl, const Lookup& lookup) {
    std::vector<Ground> out(impl.rules.size(), Ground::none);
    for (const auto& row : impl.support.rows()) {
        const Ground ground = row.presumed ? Ground::presumed : Ground::said;
        if (ground < out[row.rule] && lookup.holds(impl.support.literals(row))) {
            out[row.rule] = ground;
        }
    }
    for (const auto& row : impl.own.rows()) {
        if (lookup.holds(impl.own.literals(row))) out[row.rule] = Ground::certain;
    }
    return out;
}

}  // namespace

Evaluation evaluate_facts(const Protocol::Impl& impl, const LiteralSet& facts) {
    const Lookup lookup(facts);
    Evaluation out;
    out.most_urgent = first_holding(impl.possible, lookup);
    out.least_urgent = first_holding(impl.certain, lookup);
    // Answers that contradict one another can guarantee what they also exclude: the guarantee
    // stands, on the safe side.
    if (more_urgent(out.least_urgent, out.most_urgent)) out.most_urgent = out.least_urgent;
    out.proposed = first_holding(impl.support, lookup);
    if (more_urgent(out.proposed, out.most_urgent)) out.proposed = out.most_urgent;
    if (more_urgent(out.least_urgent, out.proposed)) out.proposed = out.least_urgent;
    return out;
}

namespace {

/// Words that may matter were not understood, and neither consciousness nor breathing is known.
bool not_understood(const Protocol::Impl& impl, const Facts& facts) {
    const auto denied = [&](std::string_view key) {
        const auto f = impl.find(key);
        return !f || facts.tri(*f) == Tri::no;
    };
    const auto words = impl.find(words_suggest_key);
    return words && facts.values()[*words].state == Tri::yes &&
           facts.text(*words) == words_unread &&
           !(denied("unconscious") && denied("not_breathing"));
}

}  // namespace

Evaluation evaluate(const Protocol& protocol, const Facts& facts) {
    Evaluation out = evaluate_facts(protocol.impl(), facts.assumed());
    const bool open = more_urgent(out.most_urgent, Category::u3);
    if (open && !more_urgent(out.proposed, Category::u3) && not_understood(protocol.impl(), facts))
        out.proposed = Category::none;
    return out;
}

std::vector<const Rule*> reasons(const Protocol& protocol, const Facts& facts,
                                 const Evaluation& evaluation) {
    const Protocol::Impl& impl = protocol.impl();
    const std::vector<Ground> ground = grounds(impl, Lookup(facts.assumed()));
    std::vector<const Rule*> out;
    std::vector<const Rule*> catch_all;
    for (const Ground wanted : {Ground::certain, Ground::said, Ground::presumed}) {
        for (std::size_t r = 0; r < impl.rules.size(); ++r) {
            const Rule& rule = impl.rules[r];
            if (rule.category != evaluation.proposed || ground[r] != wanted) continue;
            (rule.catch_all ? catch_all : out).push_back(&rule);
        }
    }
    if (!out.empty() || !catch_all.empty()) return out.empty() ? catch_all : out;
    // A safe side that the range has cut down to the proposal is what still holds it up.
    for (std::size_t r = 0; r < impl.rules.size(); ++r) {
        if (ground[r] == Ground::presumed && impl.rules[r].formula.empty() &&
            more_urgent(impl.rules[r].category, evaluation.proposed)) {
            out.push_back(&impl.rules[r]);
        }
    }
    return out;
}

}  // namespace jedel::triage
