// Symbols → concepts and matches, level by level: concepts that patterns give are symbols of the
// next level; the last level gives findings.
#include <algorithm>
#include <cstdlib>

#include "triage/words/reading.h"

namespace jedel::triage::words {
namespace {

constexpr int far = 1000;  // farther than any budget

class Matcher {
public:
    explicit Matcher(Reading& r) : r_(r) {}

    void run() {
        costs();
        for (std::size_t i = 0; i < r_.words.size(); ++i) {
            const Word& w = r_.words[i];
            const auto at = static_cast<std::int16_t>(i);
            for (std::size_t k = w.first; k < static_cast<std::size_t>(w.first) + w.count; ++k)
                add(r_.symbols[k], at, static_cast<std::int16_t>(at + 1),
                    r_.symbol_negated[k] ? Negation::negated : w.negation,
                    r_.symbol_negated[k] ? by_itself : w.negated_by);
        }
        for (int level = 0; level < r_.t.levels; ++level) pass(level);
    }

private:
    void costs() {
        r_.cost_before.assign(r_.words.size() + 1, 0);
        for (std::size_t i = 0; i < r_.words.size(); ++i) {
            const Word& w = r_.words[i];
            const int gap = w.gap == Gap::clause ? 4 : w.gap == Gap::comma ? 1 : 0;
            r_.cost_before[i + 1] = r_.cost_before[i] + gap + w.cost;
        }
    }

    void add(Symbol s, std::int16_t b, std::int16_t e, Negation n, std::int16_t by) {
        if (r_.instances.size() > 4000) return;
        Instance x;
        x.symbol = s;
        x.begin = b;
        x.end = e;
        x.negation = n;
        x.negated_by = by;
        x.next = r_.heads[s];
        r_.heads[s] = static_cast<std::int32_t>(r_.instances.size());
        r_.instances.push_back(x);
    }

    void pass(int level) {
        const std::size_t count = r_.instances.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (r_.instances[i].dead) continue;
            for (const std::uint32_t p : r_.t.anchored[r_.instances[i].symbol])
                if (r_.t.patterns[p].level == level) attempt(p, static_cast<std::int32_t>(i));
        }
    }

    /// Cost of what stands between two instances; `far` when they overlap.
    int between(const Instance& a, const Instance& b) const {
        const Instance& left = a.begin < b.begin ? a : b;
        const Instance& right = a.begin < b.begin ? b : a;
        if (left.end > right.begin) return far;
        const auto l = static_cast<std::size_t>(left.end);
        const auto m = static_cast<std::size_t>(right.begin);
        int cost = r_.cost_before[m] - r_.cost_before[l];
        const Gap gap = r_.words[m].gap;
        cost += gap == Gap::clause ? 4 : gap == Gap::comma ? 1 : 0;
        return cost;
    }

    /// Words such as "and" between two instances.
    int lists_between(const Instance& a, const Instance& b) const {
        int n = 0;
        for (int i = std::min(a.end, b.end); i < std::max(a.begin, b.begin); ++i)
            n += r_.has(static_cast<std::size_t>(i), r_.t.known.list);
        return n;
    }

    static bool fits(const Instance& x, Polarity p) {
        if (x.dead) return false;
        if (p == Polarity::negated) return x.negation == Negation::negated;
        if (p == Polarity::cannot) return x.negation == Negation::cannot;
        return true;
    }

    void attempt(std::uint32_t index, std::int32_t anchor) {
        const Pattern& p = r_.t.patterns[index];
        const Symbol symbol = r_.instances[static_cast<std::size_t>(anchor)].symbol;
        std::int32_t chosen[6];
        std::size_t anchor_at = 0;
        while (p.elements[anchor_at].symbol != symbol ||
               p.elements[anchor_at].polarity == Polarity::absent)
            if (++anchor_at == p.elements.size()) return;
        if (!fits(r_.instances[static_cast<std::size_t>(anchor)], p.elements[anchor_at].polarity))
            return;
        const int budget = p.any_clause ? p.budget + 8 : p.budget;
        std::size_t n = 0;
        for (std::size_t k = 0; k < p.elements.size(); ++k) {
            const Element& e = p.elements[k];
            if (e.polarity == Polarity::absent) {
                // Denied with the anchor it still counts: "no trouble breathing".
                for (auto i = r_.heads[e.symbol]; i >= 0; i = at(i).next)
                    if (!at(i).dead && (at(i).negation == Negation::none ||
                                        (at(i).negated_by >= 0 &&
                                         at(i).negated_by == at(anchor).negated_by)))
                        return;
                continue;
            }
            chosen[n] = k == anchor_at ? anchor : nearest(anchor, e, budget, chosen, n);
            if (chosen[n] < 0) return;
            ++n;
        }
        if (p.ordered)
            for (std::size_t k = 1; k < n; ++k)
                if (at(chosen[k]).begin < at(chosen[k - 1]).end) return;
        found(index, p, chosen, n, budget);
    }

    const Instance& at(std::int32_t i) const { return r_.instances[static_cast<std::size_t>(i)]; }

    std::int32_t nearest(std::int32_t anchor, const Element& e, int budget,
                         const std::int32_t* taken, std::size_t n) const {
        std::int32_t best = -1;
        int best_cost = far;
        for (auto i = r_.heads[e.symbol]; i >= 0; i = at(i).next) {
            if (i == anchor || !fits(at(i), e.polarity)) continue;
            bool overlaps = false;
            for (std::size_t k = 0; k < n; ++k)
                overlaps |= at(taken[k]).begin < at(i).end && at(i).begin < at(taken[k]).end;
            if (overlaps) continue;
            int cost = 2 * between(at(anchor), at(i));
            if (e.polarity == Polarity::plain && at(i).negation != Negation::none) ++cost;
            cost += 2 * lists_between(at(anchor), at(i));  // "іші ауырады және кеудесі ауырмайды"
            if (cost < best_cost) best = i, best_cost = cost;
        }
        return best_cost <= 2 * (budget * 3 + 6) ? best : -1;
    }

    void found(std::uint32_t index, const Pattern& p, const std::int32_t* chosen, std::size_t n,
               int budget) {
        Match m;
        m.pattern = index;
        m.begin = at(chosen[0]).begin;
        m.end = at(chosen[0]).end;
        for (std::size_t k = 0; k < n; ++k) {
            const Instance& x = at(chosen[k]);
            m.begin = std::min(m.begin, x.begin);
            m.end = std::max(m.end, x.end);
        }
        int inside = 0;
        for (auto i = m.begin; i < m.end; ++i) {
            const Word& w = r_.words[static_cast<std::size_t>(i)];
            bool part = false;
            for (std::size_t k = 0; k < n; ++k)
                part |= at(chosen[k]).begin <= i && i < at(chosen[k]).end;
            if (!part) inside += w.cost;
            if (i > m.begin && p.unbroken && w.gap != Gap::none) return;
            if (i > m.begin) inside += w.gap == Gap::clause ? 4 : w.gap == Gap::comma ? 1 : 0;
            if (part && m.size < 12) m.words[m.size++] = i;
        }
        if (inside > budget) return;
        deny(p, chosen, n, m);
        if (m.negation != Negation::none && parted(p, chosen, n)) return;
        if (!p.outputs.empty() && p.outputs[0].concept_) {
            if (p.eats) kill(m);
            for (const Output& o : p.outputs) {
                add(o.symbol, m.begin, m.end, m.negation, denier_);
                for (const Symbol s : r_.t.implied[o.symbol])
                    add(s, m.begin, m.end, m.negation, denier_);
            }
        } else if (r_.matches.size() < 2000) {
            r_.matches.push_back(m);
        }
    }

    /// A match is denied when one of its words is, by a word that is no part of it.
    void deny(const Pattern& p, const std::int32_t* chosen, std::size_t n, Match& m) {
        denier_ = by_none;
        std::size_t e = 0;
        for (std::size_t k = 0; k < n; ++k, ++e) {
            while (p.elements[e].polarity == Polarity::absent) ++e;
            const Instance& x = at(chosen[k]);
            if (p.elements[e].polarity != Polarity::plain) {
                // The negator belongs to the pattern: it is part of what is marked.
                if (x.negated_by >= 0 && m.size < 12) {
                    m.begin = std::min(m.begin, x.negated_by);
                    m.end = std::max(m.end, static_cast<std::int16_t>(x.negated_by + 1));
                    m.words[m.size++] = x.negated_by;
                }
                continue;
            }
            if (x.negation == Negation::none) continue;
            bool own = false;  // the negator is another element of the pattern
            for (std::size_t j = 0; j < n; ++j)
                own |= j != k && at(chosen[j]).begin <= x.negated_by &&
                       x.negated_by < at(chosen[j]).end;
            // … or is the one that another element asked for: "can't feel her legs".
            for (std::size_t j = 0, f = 0; j < n; ++j, ++f) {
                while (p.elements[f].polarity == Polarity::absent) ++f;
                own |= p.elements[f].polarity != Polarity::plain && x.negated_by >= 0 &&
                       at(chosen[j]).negated_by == x.negated_by;
            }
            if (own) continue;
            m.negation = std::max(m.negation, x.negation);
            denier_ = x.negated_by;
        }
    }

    /// One word is denied and another, behind a comma, is not: "боли в груди нет, хрипы" says
    /// nothing of wheezes in the chest.
    bool parted(const Pattern& p, const std::int32_t* chosen, std::size_t n) const {
        bool gap = false;
        bool denied = false;
        bool stands = false;
        for (std::size_t k = 0, e = 0; k < n; ++k, ++e) {
            while (p.elements[e].polarity == Polarity::absent) ++e;
            const Instance& x = at(chosen[k]);
            (x.negation == Negation::none ? stands : denied) = true;
            for (std::size_t j = 0; j < k; ++j)
                gap |= gap_between(x, at(chosen[j])) || denier_between(x, at(chosen[j]));
        }
        return gap && denied && stands;
    }

    /// "боли в груди нет хрипы": the small word closes what it denies.
    bool denier_between(const Instance& a, const Instance& b) const {
        for (const std::int16_t by : {a.negated_by, b.negated_by}) {
            if (by < std::min(a.end, b.end) || by >= std::max(a.begin, b.begin)) continue;
            const auto at_word = static_cast<std::size_t>(by);
            if (r_.has(at_word, r_.t.known.neg_both) || r_.has(at_word, r_.t.known.neg_post))
                return true;
        }
        return false;
    }

    bool gap_between(const Instance& a, const Instance& b) const {
        for (int i = std::min(a.begin, b.begin) + 1; i <= std::max(a.begin, b.begin); ++i)
            if (r_.words[static_cast<std::size_t>(i)].gap != Gap::none) return true;
        return false;
    }

    void kill(const Match& m) {
        for (Instance& x : r_.instances)
            for (std::size_t j = 0; j < m.size; ++j)
                if (x.begin <= m.words[j] && m.words[j] < x.end &&
                    x.end - x.begin <= m.end - m.begin)
                    x.dead = true;
    }

    Reading& r_;
    std::int16_t denier_ = by_none;
};

}  // namespace

void find_patterns(Reading& r) { Matcher{r}.run(); }

}  // namespace jedel::triage::words
