#include "triage/formula.h"

#include <algorithm>
#include <cctype>

#include "base/number.h"
#include "triage/literals.h"

namespace jedel::triage {

AtomIndex AtomTable::of(const Atom& atom) {
    const auto found = std::find(atoms_.begin(), atoms_.end(), atom);
    if (found != atoms_.end()) return static_cast<AtomIndex>(found - atoms_.begin());
    if (atoms_.size() >= atoms_max) {
        overflow_ = true;
        return 0;
    }
    atoms_.push_back(atom);
    return static_cast<AtomIndex>(atoms_.size() - 1);
}

namespace {

constexpr int depth_max = 40;

struct Token {
    enum class Kind { word, number, symbol, end };
    Kind kind = Kind::end;
    std::string_view text;
    std::size_t at = 0;
};

bool word_byte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Parser {
public:
    Parser(std::string_view text, const FormulaPlace& place, const Protocol& findings,
           AtomTable& atoms, bool presume)
        : text_(text), place_(place), findings_(findings), atoms_(atoms), presume_(presume) {
        advance();
    }

    Result<Formula> parse() {
        auto all = any(0);
        if (!all) return all;
        if (now_.kind != Token::Kind::end) return fail("expected 'and', 'or' or the end");
        return all;
    }

private:
    Error fail(const std::string& expected) const {
        const auto here = text_.begin() + static_cast<long>(now_.at);
        const auto newlines = std::count(text_.begin(), here, '\n');
        const std::string found =
            now_.kind == Token::Kind::end ? "the end" : "'" + std::string(now_.text) + "'";
        return {expected + ", found " + found, place_.file, place_.line + newlines, place_.field};
    }

    void advance() {
        const auto space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
        while (at_ < text_.size() && space(text_[at_])) ++at_;
        const std::size_t begin = at_;
        if (at_ == text_.size()) {
            now_ = {Token::Kind::end, {}, begin};
            return;
        }
        const char c = text_[at_];
        Token::Kind kind = Token::Kind::symbol;
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            kind = Token::Kind::number;
            while (at_ < text_.size() && (word_byte(text_[at_]) || text_[at_] == '.')) ++at_;
        } else if (word_byte(c)) {
            kind = Token::Kind::word;
            while (at_ < text_.size() && word_byte(text_[at_])) ++at_;
        } else {
            const bool pair = at_ + 1 < text_.size() && text_[at_ + 1] == '=' &&
                              (c == '<' || c == '>' || c == '=' || c == '!');
            at_ += pair ? 2 : 1;
        }
        now_ = {kind, text_.substr(begin, at_ - begin), begin};
    }

    bool take(std::string_view text) {
        if (now_.kind == Token::Kind::end || now_.text != text) return false;
        advance();
        return true;
    }

    Result<Formula> chain(int depth, std::string_view word, Formula::Op op) {
        const auto part = [&] { return op == Formula::Op::any ? all(depth) : unary(depth); };
        auto first = part();
        if (!first || now_.text != word) return first;
        Formula out;
        out.op = op;
        out.parts.push_back(std::move(*first));
        while (take(word)) {
            auto next = part();
            if (!next) return next;
            out.parts.push_back(std::move(*next));
        }
        return out;
    }
    Result<Formula> any(int depth) { return chain(depth, "or", Formula::Op::any); }
    Result<Formula> all(int depth) { return chain(depth, "and", Formula::Op::all); }

    Result<Formula> unary(int depth) {
        if (depth > depth_max) return fail("expected a formula less deeply nested");
        if (take("not")) {
            auto inner = unary(depth + 1);
            if (!inner) return inner;
            Formula out;
            out.op = Formula::Op::negation;
            out.parts.push_back(std::move(*inner));
            return out;
        }
        if (take("(")) {
            auto inner = any(depth + 1);
            if (!inner) return inner;
            if (!take(")")) return fail("expected ')'");
            return inner;
        }
        if (now_.text == "at_least") return at_least(depth);
        if (now_.text == "unknown" || now_.text == "known") return knowledge();
        return condition();
    }

    Result<Formula> at_least(int depth) {
        advance();
        if (!take("(")) return fail("expected '(' after at_least");
        Formula out;
        out.op = Formula::Op::at_least;
        const auto count = number();
        if (!count || *count < 1 || *count > 9) return fail("expected a count from 1 to 9");
        out.count = static_cast<std::size_t>(*count);
        advance();
        while (take(",")) {
            auto part = any(depth + 1);
            if (!part) return part;
            out.parts.push_back(std::move(*part));
        }
        if (out.parts.size() < out.count) return fail("expected as many conditions as the count");
        if (!take(")")) return fail("expected ',' or ')'");
        return out;
    }

    Result<Formula> knowledge() {
        if (!presume_) {
            return fail("expected a condition; known() and unknown() belong to 'presume'");
        }
        const bool known = now_.text == "known";
        advance();
        if (!take("(")) return fail("expected '('");
        auto inner = condition();
        if (!inner) return inner;
        if (!take(")")) return fail("expected ')'");
        if (inner->op != Formula::Op::atom) return fail("expected one condition");
        Formula out;
        out.op = Formula::Op::unknown;
        out.atom = inner->atom;
        if (!known) return out;
        Formula negation;
        negation.op = Formula::Op::negation;
        negation.parts.push_back(std::move(out));
        return negation;
    }

    std::optional<double> number() const {
        if (now_.kind != Token::Kind::number) return {};
        return read_number<double>(now_.text);
    }

    Formula leaf(Atom atom, bool negated) {
        Formula out;
        out.op = Formula::Op::atom;
        out.atom = atoms_.of(atom);
        out.negated = negated;
        return out;
    }

    Result<Formula> condition() {
        if (now_.kind != Token::Kind::word) return fail("expected a finding");
        const auto index = findings_.find(now_.text);
        if (!index) return fail("expected a finding of the vocabulary");
        const Finding& finding = findings_.findings()[*index];
        if (finding.type == FindingType::boolean) {
            advance();
            return leaf({Atom::Kind::is, *index, 0}, false);
        }
        advance();
        const std::string_view op = now_.text;
        if (finding.type == FindingType::choice) {
            if (op != "==" && op != "!=") return fail("expected '==' or '!=' after a choice");
            advance();
            for (std::size_t i = 0; i < finding.choices.size(); ++i) {
                if (finding.choices[i].first != now_.text) continue;
                advance();
                return leaf({Atom::Kind::equals, *index, static_cast<double>(i)}, op == "!=");
            }
            return fail("expected a choice of " + finding.key);
        }
        return comparison(*index, finding, op);
    }

    Result<Formula> comparison(FindingIndex index, const Finding& finding, std::string_view op) {
        const bool below = op == "<" || op == ">=";
        if (!below && op != "<=" && op != ">") return fail("expected '<', '<=', '>' or '>='");
        advance();
        const auto bound = number();
        if (!bound) return fail("expected a number of " + finding.unit);
        const bool inside = below ? *bound > finding.low && *bound <= finding.high
                                  : *bound >= finding.low && *bound < finding.high;
        if (!inside) return fail("expected a bound that parts the lawful range of " + finding.key);
        advance();
        return leaf({below ? Atom::Kind::below : Atom::Kind::at_most, index, *bound},
                    op == ">=" || op == ">");
    }

    std::string_view text_;
    const FormulaPlace& place_;
    const Protocol& findings_;
    AtomTable& atoms_;
    bool presume_;
    std::size_t at_ = 0;
    Token now_;
};

// Keeps only terms that no other term of the list contains wholly.
void absorb(std::vector<Term>& terms) {
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    std::vector<Term> kept;
    for (Term& t : terms) {
        const bool covered = std::any_of(kept.begin(), kept.end(), [&](const Term& k) {
            return std::includes(t.begin(), t.end(), k.begin(), k.end());
        });
        if (!covered) kept.push_back(std::move(t));
    }
    terms = std::move(kept);
}

bool impossible(const Term& term) {
    const auto has = [&](AtomIndex a, Ask ask) {
        return std::binary_search(term.begin(), term.end(), literal(a, ask));
    };
    return std::any_of(term.begin(), term.end(), [&](Literal l) {
        const AtomIndex a = atom_of(l);
        if (ask_of(l) == Ask::yes) return has(a, Ask::no) || has(a, Ask::not_yes);
        return ask_of(l) == Ask::no && has(a, Ask::not_no);
    });
}

class Normaliser {
public:
    Normaliser(const std::vector<Atom>& atoms, bool exact, std::size_t terms_max)
        : atoms_(atoms), exact_(exact), terms_max_(terms_max) {}

    std::vector<Term> run(const Formula& f, bool negate) {
        switch (f.op) {
            case Formula::Op::negation: return run(f.parts.front(), !negate);
            case Formula::Op::atom: return {{leaf(f.atom, f.negated != negate)}};
            case Formula::Op::unknown:
                if (negate) return {{literal(f.atom, Ask::yes)}, {literal(f.atom, Ask::no)}};
                return {{literal(f.atom, Ask::not_yes), literal(f.atom, Ask::not_no)}};
            case Formula::Op::all:
            case Formula::Op::any:
                return combine(f.parts, (f.op == Formula::Op::all) != negate, negate);
            case Formula::Op::at_least: break;
        }
        return at_least(f, negate);
    }
    [[nodiscard]] bool too_many() const { return too_many_; }

private:
    // What is said: a boolean finding is absent until said; a number or a choice must be given.
    [[nodiscard]] Literal leaf(AtomIndex atom, bool negated) const {
        if (!negated) return literal(atom, Ask::yes);
        const bool absent = !exact_ && atoms_[atom].kind == Atom::Kind::is;
        return literal(atom, absent ? Ask::not_yes : Ask::no);
    }

    std::vector<Term> combine(const std::vector<Formula>& parts, bool conjunction, bool negate) {
        std::vector<Term> out;
        if (conjunction) out.emplace_back();
        for (const Formula& part : parts) {
            std::vector<Term> next = run(part, negate);
            out = conjunction ? product(out, next) : sum(std::move(out), std::move(next));
        }
        return out;
    }

    std::vector<Term> sum(std::vector<Term> a, std::vector<Term> b) {
        for (Term& t : b) a.push_back(std::move(t));
        return bounded(std::move(a));
    }

    std::vector<Term> product(const std::vector<Term>& a, const std::vector<Term>& b) {
        std::vector<Term> out;
        if (a.size() * b.size() > 8 * terms_max_) too_many_ = true;
        if (too_many_) return out;
        for (const Term& x : a) {
            for (const Term& y : b) {
                Term t;
                std::set_union(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(t));
                if (!impossible(t)) out.push_back(std::move(t));
            }
        }
        return bounded(std::move(out));
    }

    std::vector<Term> bounded(std::vector<Term> terms) {
        absorb(terms);
        if (terms.size() > terms_max_) too_many_ = true;
        return too_many_ ? std::vector<Term>{} : terms;
    }

    // At least n of the parts; its negation is that at least (size - n + 1) do not hold.
    std::vector<Term> at_least(const Formula& f, bool negate) {
        const std::size_t need = negate ? f.parts.size() - f.count + 1 : f.count;
        std::vector<std::vector<Term>> reached(need + 1);
        reached[0].emplace_back();
        for (const Formula& part : f.parts) {
            const std::vector<Term> holds = run(part, negate);
            for (std::size_t n = need; n > 0 && !too_many_; --n) {
                reached[n] = sum(std::move(reached[n]), product(reached[n - 1], holds));
            }
        }
        return reached[need];
    }

    const std::vector<Atom>& atoms_;
    bool exact_;
    std::size_t terms_max_;
    bool too_many_ = false;
};

}  // namespace

Result<Formula> parse_formula(std::string_view text, const FormulaPlace& place,
                              const Protocol& findings, AtomTable& atoms, bool presume) {
    return Parser(text, place, findings, atoms, presume).parse();
}

std::optional<std::vector<Term>> normal_form(const Formula& formula, const std::vector<Atom>& atoms,
                                             bool exact, std::size_t terms_max) {
    Normaliser normaliser(atoms, exact, terms_max);
    std::vector<Term> out = normaliser.run(formula, false);
    if (normaliser.too_many()) return std::nullopt;
    return out;
}

}  // namespace jedel::triage
