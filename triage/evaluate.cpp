#include "triage/evaluate.h"

#include <algorithm>
#include <array>
#include <bit>

#include "triage/compiled.h"

namespace jedel::triage {

namespace {

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

void TermTable::close() {
    std::array<std::uint32_t, atoms_max> uses{};
    for (const Literal l : literals_)
        if (ask_of(l) == Ask::yes) ++uses[atom_of(l)];
    std::vector<std::pair<AtomIndex, std::uint32_t>> rows;
    loose_.clear();
    for (std::uint32_t r = 0; r < rows_.size(); ++r) {
        std::optional<AtomIndex> rarest;
        for (const Literal l : literals(rows_[r]))
            if (ask_of(l) == Ask::yes && (!rarest || uses[atom_of(l)] < uses[*rarest]))
                rarest = atom_of(l);
        if (rarest) rows.emplace_back(*rarest, r);
        else loose_.push_back(r);
    }
    std::sort(rows.begin(), rows.end());
    by_atom_.clear();
    first_ = {};
    used_ = {};
    for (const auto& [atom, row] : rows) {
        by_atom_.push_back(row);
        used_.add(atom, true);
        ++first_[atom + 1U];
    }
    for (std::size_t a = 0; a < atoms_max; ++a)
        first_[a + 1] += first_[a];
}

Category TermTable::first_holding(const LiteralSet& facts, const Lookup& lookup) const {
    std::size_t best = rows_.size();
    for (std::size_t w = 0; w < atom_words; ++w) {
        for (std::uint64_t bits = facts.yes[w] & used_.yes[w]; bits != 0; bits &= bits - 1) {
            const std::size_t atom = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
            for (std::size_t k = first_[atom]; k < first_[atom + 1]; ++k) {
                if (by_atom_[k] >= best) break;
                if (lookup.holds(literals(rows_[by_atom_[k]]))) best = by_atom_[k];
            }
        }
    }
    for (const std::uint32_t row : loose_) {
        if (row >= best) break;
        if (lookup.holds(literals(rows_[row]))) best = row;
    }
    return best < rows_.size() ? rows_[best].category : Category::none;
}

Evaluation evaluate_facts(const Protocol::Impl& impl, const LiteralSet& facts) {
    const Lookup lookup(facts);
    Evaluation out;
    out.most_urgent = impl.possible.first_holding(facts, lookup);
    out.least_urgent = impl.certain.first_holding(facts, lookup);
    // Answers that contradict one another can guarantee what they also exclude: the guarantee
    // stands, on the safe side.
    if (more_urgent(out.least_urgent, out.most_urgent)) out.most_urgent = out.least_urgent;
    out.proposed = impl.support.first_holding(facts, lookup);
    if (more_urgent(out.proposed, out.most_urgent)) out.proposed = out.most_urgent;
    if (more_urgent(out.least_urgent, out.proposed)) out.proposed = out.least_urgent;
    return out;
}

namespace {

/// Words that may matter were not understood, and neither consciousness nor breathing is known.
bool not_understood(const Protocol::Impl& impl, const Facts& facts) {
    const auto denied = [&](std::optional<FindingIndex> f) {
        return !f || facts.tri(*f) == Tri::no;
    };
    const auto words = impl.words_suggest;
    return words && facts.values()[*words].state == Tri::yes &&
           facts.text(*words) == words_unread &&
           !(denied(impl.unconscious) && denied(impl.not_breathing));
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
