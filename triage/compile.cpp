// Rules and entailments to the tables of compiled.h.

#include <algorithm>

#include "triage/compiled.h"

namespace jedel::triage {

namespace {

// More saturated terms than this mean a table too entangled to check by eye anyway.
constexpr std::size_t saturated_max = 4000;

// Binary clauses that hold by the meaning of numbers and choices.
void add_built_in(Protocol::Impl& impl) {
    for (const auto& of_finding : impl.atoms_of_finding) {
        for (const AtomIndex a : of_finding) {
            for (const AtomIndex b : of_finding) {
                const Atom& x = impl.atoms[a];
                const Atom& y = impl.atoms[b];
                if (a == b || x.kind == Atom::Kind::is) continue;
                if (x.kind == Atom::Kind::equals) {
                    impl.entailments.push_back({a, b, true, false});
                } else if (x.bound < y.bound ||
                           (x.bound == y.bound && x.kind == Atom::Kind::below)) {
                    impl.entailments.push_back({a, b, true, true});
                }
            }
        }
    }
}

// A choice of two values takes one of them; with more, "none of these" is always possible.
void add_two_way_choices(Protocol::Impl& impl) {
    for (FindingIndex f = 0; f < impl.findings.size(); ++f) {
        const auto& atoms = impl.atoms_of_finding[f];
        if (impl.findings[f].type != FindingType::choice || impl.findings[f].choices.size() != 2 ||
            atoms.size() != 2) {
            continue;
        }
        impl.entailments.push_back({atoms[0], atoms[1], false, true});
        impl.entailments.push_back({atoms[1], atoms[0], false, true});
    }
}

void add_within(Protocol::Impl& impl) {
    const auto atom_of_boolean = [&](FindingIndex f) -> std::optional<AtomIndex> {
        if (impl.atoms_of_finding[f].empty()) return {};
        return impl.atoms_of_finding[f].front();
    };
    for (FindingIndex f = 0; f < impl.findings.size(); ++f) {
        if (impl.findings[f].type != FindingType::boolean) continue;
        for (const FindingIndex wider : impl.findings[f].within) {
            const auto from = atom_of_boolean(f), to = atom_of_boolean(wider);
            if (from && to) impl.entailments.push_back({*from, *to, true, true});
        }
    }
}

std::size_t index_of(AtomIndex atom, bool value) { return 2U * atom + (value ? 1U : 0U); }

// What follows from each literal, by walking the implications and their contrapositives.
void close_literals(Protocol::Impl& impl) {
    const std::size_t literals = impl.atoms.size() * 2;
    std::vector<std::vector<std::size_t>> next(literals);
    for (const Entailment& e : impl.entailments) {
        next[index_of(e.from, e.from_value)].push_back(index_of(e.to, e.to_value));
        next[index_of(e.to, !e.to_value)].push_back(index_of(e.from, !e.from_value));
    }
    impl.closure.assign(literals, {});
    for (std::size_t start = 0; start < literals; ++start) {
        LiteralSet& reached = impl.closure[start];
        std::vector<std::size_t> open{start};
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            const std::size_t atom = at / 2;
            if (at % 2 == 1 ? reached.has_yes(atom) : reached.has_no(atom)) continue;
            reached.add(atom, at % 2 == 1);
            open.insert(open.end(), next[at].begin(), next[at].end());
        }
    }
}

// A literal that contradicts itself is false in every completion.
bool find_constants(Protocol::Impl& impl) {
    for (AtomIndex a = 0; a < impl.atoms.size(); ++a) {
        for (const bool value : {false, true}) {
            if (!impl.closed(a, value).contradicts_itself()) continue;
            impl.always.add_all(impl.closed(a, !value));
        }
    }
    return !impl.always.contradicts_itself();
}

LiteralSet closed_set(const Protocol::Impl& impl, const LiteralSet& literals) {
    LiteralSet out = impl.always;
    for (AtomIndex a = 0; a < impl.atoms.size(); ++a) {
        if (literals.has_yes(a)) out.add_all(impl.closed(a, true));
        if (literals.has_no(a)) out.add_all(impl.closed(a, false));
    }
    return out;
}

LiteralSet closed_term(const Protocol::Impl& impl, const Term& term) {
    LiteralSet out;
    for (const Literal l : term) out.add(atom_of(l), ask_of(l) == Ask::yes);
    return closed_set(impl, out);
}

// The terms of one category and all more urgent ones, closed; no one inside another.
class Saturation {
public:
    explicit Saturation(const Protocol::Impl& impl) : impl_(impl) {}

    void add(const LiteralSet& closed) {
        if (closed.contradicts_itself()) return;
        for (const LiteralSet& s : terms_) {
            if (s.inside(closed)) return;
        }
        std::erase_if(terms_, [&](const LiteralSet& s) { return closed.inside(s); });
        terms_.push_back(closed);
        changed_ = true;
    }

    // False when there are too many.
    bool saturate() {
        do {
            changed_ = false;
            for (AtomIndex x = 0; x < impl_.atoms.size(); ++x) {
                consensus(x);
                if (terms_.size() > saturated_max) return false;
            }
        } while (changed_);
        return true;
    }
    [[nodiscard]] const std::vector<LiteralSet>& terms() const { return terms_; }

private:
    void consensus(AtomIndex x) {
        const LiteralSet& holds = impl_.closed(x, true);
        const LiteralSet& fails = impl_.closed(x, false);
        std::vector<LiteralSet> with, without;
        for (const LiteralSet& s : terms_) {
            if (s.meets(holds)) with.push_back(s);
            if (s.meets(fails)) without.push_back(s);
        }
        for (LiteralSet& s : with) s.remove(holds);
        for (LiteralSet& s : without) s.remove(fails);
        for (const LiteralSet& s : with) {
            for (const LiteralSet& t : without) {
                LiteralSet both = s;
                both.add_all(t);
                add(closed_set(impl_, both));
                if (terms_.size() > saturated_max) return;
            }
        }
    }

    const Protocol::Impl& impl_;
    std::vector<LiteralSet> terms_;
    bool changed_ = false;
};

// The fewest literals from which the closed term follows.
Term generator(const Protocol::Impl& impl, const LiteralSet& closed) {
    Term literals;
    for (AtomIndex a = 0; a < impl.atoms.size(); ++a) {
        if (impl.always.has_yes(a) || impl.always.has_no(a)) continue;
        if (closed.has_yes(a)) literals.push_back(literal(a, Ask::yes));
        if (closed.has_no(a)) literals.push_back(literal(a, Ask::no));
    }
    for (std::size_t i = 0; i < literals.size();) {
        Term rest = literals;
        rest.erase(rest.begin() + static_cast<long>(i));
        if (closed.inside(closed_term(impl, rest))) {
            literals = std::move(rest);
        } else {
            ++i;
        }
    }
    return literals;
}

Result<void> add_rule(Protocol::Impl& impl, std::uint16_t r, const FormulaPlace& place) {
    const Category category = impl.rules[r].category;
    const auto too_many = [&] {
        return Error{"expected a formula of fewer alternatives", place.file, place.line,
                     impl.rules[r].id};
    };
    const auto exact = normal_form(impl.formulas[r], impl.atoms, true);
    const auto said = normal_form(impl.formulas[r], impl.atoms, false);
    const auto presumed = normal_form(impl.presumes[r], impl.atoms, false);
    if (!exact || !said || !presumed) return too_many();
    for (const Term& term : *exact) {
        if (closed_term(impl, term).contradicts_itself()) continue;
        impl.own.add(term, r, category);
        Term open;
        for (const Literal l : term) {
            open.push_back(literal(atom_of(l), ask_of(l) == Ask::yes ? Ask::not_no : Ask::not_yes));
        }
        impl.possible.add(open, r, category);
    }
    for (const Term& term : *said) impl.support.add(term, r, category);
    for (const Term& term : *presumed) impl.support.add(term, r, category, true);
    return {};
}

Result<void> saturate_all(Protocol::Impl& impl, const FormulaPlace& place) {
    Saturation all(impl);
    std::vector<LiteralSet> before;
    for (const Category category : {Category::u1, Category::u2, Category::u3, Category::u4}) {
        for (const auto& row : impl.own.rows()) {
            if (row.category != category) continue;
            const auto span = impl.own.literals(row);
            all.add(closed_term(impl, Term(span.begin(), span.end())));
        }
        if (!all.saturate()) {
            return Error{"expected rules and entailments less entangled: more than " +
                             std::to_string(saturated_max) + " combinations",
                         place.file, place.line, {}};
        }
        for (const LiteralSet& term : all.terms()) {
            if (std::find(before.begin(), before.end(), term) != before.end()) continue;
            impl.certain.add(generator(impl, term), 0, category);
        }
        before = all.terms();
    }
    return {};
}

}  // namespace

bool atom_value(const Atom& atom, double number) {
    switch (atom.kind) {
        case Atom::Kind::below: return number < atom.bound;
        case Atom::Kind::at_most: return number <= atom.bound;
        case Atom::Kind::equals: return number == atom.bound;
        case Atom::Kind::is: break;
    }
    return number != 0;
}

LiteralSet Protocol::Impl::with_unasked(const LiteralSet& facts) const {
    LiteralSet out = facts;
    const auto held = [&](const Fact& fact) { return fact.in(facts); };
    for (const Unasked& row : unasked) {
        if (!std::all_of(row.when.begin(), row.when.end(), held)) continue;
        if (std::any_of(row.only_with.begin(), row.only_with.end(), held)) continue;
        for (const Fact& fact : row.absent) {
            if (!fact.in(facts)) out.add_all(closed(fact.atom, !fact.value));
        }
    }
    for (std::size_t w = 0; w < atom_words; ++w) {
        out.yes[w] &= ~facts.no[w];
        out.no[w] &= ~facts.yes[w];
        out.no[w] &= ~out.yes[w];
    }
    return out;
}

void Protocol::Impl::assume(LiteralSet& facts, FindingIndex finding,
                            const Facts::Value& value) const {
    if (value.state == Tri::unknown) return;
    const bool boolean = findings[finding].type == FindingType::boolean;
    for (const AtomIndex a : atoms_of_finding[finding]) {
        const bool holds = boolean ? value.state == Tri::yes : atom_value(atoms[a], value.number);
        facts.add_all(closed(a, holds));
    }
    if (boolean) return;
    // Giving a number says that the wider finding is there.
    for (const FindingIndex wider : findings[finding].within) {
        for (const AtomIndex a : atoms_of_finding[wider]) facts.add_all(closed(a, true));
    }
}

Result<void> compile(Protocol::Impl& impl, const std::vector<FormulaPlace>& places) {
    impl.atoms_of_finding.assign(impl.findings.size(), {});
    for (AtomIndex a = 0; a < impl.atoms.size(); ++a) {
        impl.atoms_of_finding[impl.atoms[a].finding].push_back(a);
    }
    add_built_in(impl);
    add_two_way_choices(impl);
    add_within(impl);
    close_literals(impl);
    const FormulaPlace nowhere{};
    const FormulaPlace& first = places.empty() ? nowhere : places.front();
    if (!find_constants(impl)) {
        return Error{"expected entailments that do not contradict one another", first.file, 0,
                     "entailment"};
    }
    for (std::uint16_t r = 0; r < impl.rules.size(); ++r) {
        if (auto added = add_rule(impl, r, places[r]); !added) return added;
        if (impl.possible.rows().size() > rows_max) {
            return Error{"expected at most " + std::to_string(rows_max) + " alternatives in all",
                         places[r].file, places[r].line, impl.rules[r].id};
        }
    }
    if (auto saturated = saturate_all(impl, first); !saturated) return saturated;
    for (TermTable* table : {&impl.possible, &impl.certain, &impl.support}) table->close();
    impl.words_suggest = impl.find(words_suggest_key);
    impl.unconscious = impl.find("unconscious");
    impl.not_breathing = impl.find("not_breathing");
    return {};
}

}  // namespace jedel::triage
