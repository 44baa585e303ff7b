#include "triage/cards.h"

#include <algorithm>

namespace jedel::triage {
namespace {

// Years to choose a card by: what was said, else a typical age of an infant, a child, a grown-up.
double age_for_cards(const Protocol& protocol, const Facts& facts) {
    const auto age = protocol.find("age_years");
    if (const auto said = age ? facts.number(*age) : std::nullopt) return *said;
    const auto yes = [&](const char* key) {
        const auto f = protocol.find(key);
        return f && facts.tri(*f) == Tri::yes;
    };
    return yes("infant") ? 0.5 : yes("child") ? 8 : 40;
}

bool of_age(const Card& card, double age) {
    return !card.age_years || (age >= card.age_years->first && age < card.age_years->second);
}

class ByWhatIsSaid {
public:
    ByWhatIsSaid(const Protocol& protocol, const std::vector<Atom>& atoms, const Facts& facts)
        : protocol_(protocol), atoms_(atoms), facts_(facts) {}

    [[nodiscard]] bool holds(const Formula& f, bool negated) const {
        const auto part = [&](const Formula& p) { return holds(p, negated); };
        switch (f.op) {
            case Formula::Op::negation: return holds(f.parts.front(), !negated);
            case Formula::Op::atom: return atom(f.atom, f.negated != negated);
            case Formula::Op::unknown: return (said(atoms_[f.atom]) == Tri::unknown) != negated;
            case Formula::Op::all:
            case Formula::Op::any:
                if ((f.op == Formula::Op::all) != negated) {
                    return std::all_of(f.parts.begin(), f.parts.end(), part);
                }
                return std::any_of(f.parts.begin(), f.parts.end(), part);
            case Formula::Op::at_least: break;
        }
        const auto count = static_cast<std::size_t>(
            std::count_if(f.parts.begin(), f.parts.end(),
                          [&](const Formula& p) { return holds(p, false); }));
        return (count >= f.count) != negated;
    }

private:
    [[nodiscard]] Tri said(const Atom& a) const {
        if (a.kind == Atom::Kind::is) return facts_.tri(a.finding);
        const auto of = [](bool so) { return so ? Tri::yes : Tri::no; };
        if (a.kind == Atom::Kind::equals) {
            const std::string value = facts_.text(a.finding);
            if (value == "unknown") return Tri::unknown;
            const auto& choices = protocol_.findings()[a.finding].choices;
            return of(value == choices[static_cast<std::size_t>(a.bound)].first);
        }
        const auto number = facts_.number(a.finding);
        if (!number) return Tri::unknown;
        return of(a.kind == Atom::Kind::below ? *number < a.bound : *number <= a.bound);
    }

    // What nobody told of is absent; a number that is not known is neither above nor below.
    [[nodiscard]] bool atom(AtomIndex index, bool negated) const {
        const Atom& a = atoms_[index];
        const Tri value = said(a);
        if (!negated) return value == Tri::yes;
        return a.kind == Atom::Kind::is ? value != Tri::yes : value == Tri::no;
    }

    const Protocol& protocol_;
    const std::vector<Atom>& atoms_;
    const Facts& facts_;
};

}  // namespace

bool CardCondition::holds(const Protocol& protocol, const Facts& facts) const {
    return ByWhatIsSaid{protocol, atoms, facts}.holds(formula, false);
}

std::vector<CardSource> Card::sources() const {
    std::vector<CardSource> out;
    const auto add = [&](const CardSource& source) {
        const bool known = std::any_of(out.begin(), out.end(),
                                       [&](const CardSource& s) { return s.id == source.id; });
        if (!known) out.push_back(source);
    };
    if (ask) add(ask->source);
    for (const CardLine& line : lines) add(line.source);
    for (const CardChange& change : changes) add(change.source);
    add(stop.source);
    std::stable_sort(out.begin(), out.end(),
                     [](const CardSource& a, const CardSource& b) { return a.year > b.year; });
    return out;
}

std::pair<int, int> Card::years() const {
    const std::vector<CardSource> all = sources();
    return {all.back().year, all.front().year};
}

std::vector<const Card*> cards_for(const Protocol& protocol, std::span<const Card> cards,
                                   const Facts& facts) {
    const double age = age_for_cards(protocol, facts);
    std::vector<const Card*> out;
    for (const Card& card : cards) {
        if (of_age(card, age) && card.when.holds(protocol, facts)) out.push_back(&card);
    }
    return out;
}

const Card* linked_card(const Protocol& protocol, std::span<const Card> cards,
                        std::span<const std::string> to, const Facts& facts) {
    const double age = age_for_cards(protocol, facts);
    for (const std::string& id : to) {
        const auto found = std::find_if(cards.begin(), cards.end(),
                                        [&](const Card& card) { return card.id == id; });
        if (found != cards.end() && of_age(*found, age)) return &*found;
    }
    return nullptr;
}

}  // namespace jedel::triage
