// What the small words do to the others: "не", "нет", "жоқ", "no" deny; "не может", "алмайды",
// "can't" are inability; "кажется", "сияқты" doubt; "былтыр", "раньше" put into the past.
#include <algorithm>

#include "triage/words/reading.h"

namespace jedel::triage::words {
namespace {

class Scopes {
public:
    explicit Scopes(Reading& r) : r_(r), k_(r.t.known), n_(static_cast<int>(r.words.size())) {}

    void run() {
        for (int i = 0; i < n_; ++i) boundary(i);
        for (int i = 0; i < n_; ++i) negator(i);
        for (int i = 0; i < n_; ++i) doubt(i);
        for (int i = 0; i < n_; ++i) past(i);
        other_people();
    }

private:
    bool is(int i, Symbol s) const {
        return i >= 0 && i < n_ && s != no_symbol && r_.has(static_cast<std::size_t>(i), s);
    }
    Word& w(int i) { return r_.words[static_cast<std::size_t>(i)]; }
    bool meaningful(int i) { return !w(i).stop; }
    bool negator_word(int i) {
        return is(i, k_.neg_next) || is(i, k_.neg_phrase) || is(i, k_.neg_both) ||
               is(i, k_.neg_post) || is(i, k_.neg_predicate);
    }
    /// A word that bears a symptom, a place or another thing the tables know.
    bool bears(int i) { return !w(i).stop && w(i).count > 0 && !negator_word(i); }

    void boundary(int i) {
        if (i == 0) w(i).gap = Gap::clause;
        else if (is(i, k_.but) || is(i, k_.now)) w(i).gap = Gap::clause;
    }

    void set(int i, Negation kind, int by) {
        if (w(i).negation != Negation::none) return;
        w(i).negation = kind;
        w(i).negated_by = static_cast<std::int16_t>(by);
    }

    int next_meaningful(int i) {
        for (++i; i < n_; ++i) {
            if (w(i).gap == Gap::clause) return -1;
            if (meaningful(i)) return i;
        }
        return -1;
    }

    int before_meaningful(int i) {
        while (i > 0) {
            if (w(i).gap != Gap::none) return -1;
            if (meaningful(--i)) return i;
        }
        return -1;
    }

    void negator(int i) {
        if (is(i, k_.neg_next)) {
            if (is(i + 1, k_.exist)) {  // "кровь не идёт" is as "крови нет"
                const int before = before_meaningful(i);
                if (before >= 0 && bears(before)) set_back(before, i, true);
                else forward(i + 1, i);
                return;
            }
            if (is(i + 1, k_.seen)) {  // "сыпи не вижу", but "не вижу левым глазом"
                const int before = before_meaningful(i);
                if (before >= 0 && genitive(before) && bears(before)) {
                    set_back(before, i, true);
                    return;
                }
            }
            const int target = reach(i, Negation::negated, i);
            if (target < 0) return;
            if (is(target, k_.able)) {  // "не может дышать": what can't be done
                int verb = next_meaningful(target);
                if (verb < 0 || !w(verb).infinitive) {  // "встать не может"
                    const int before = before_meaningful(i);
                    if (before >= 0 && w(before).infinitive) verb = before;
                }
                if (verb >= 0) set(verb, Negation::cannot, i);
            } else {
                extend_by_or(target, i);
            }
        } else if (is(i, k_.nosuch)) {  // "крови никакой", not "муж никакой"
            if (i > 0 && w(i).gap == Gap::none && genitive(i - 1) && bears(i - 1))
                set_back(i - 1, i, true);
        } else if (is(i, k_.cannot_next)) {
            reach(i, Negation::cannot, i);
        } else if (is(i, k_.cannot_post)) {
            if (i > 0 && w(i).gap == Gap::none) set(i - 1, Negation::cannot, i);
        } else if (is(i, k_.neg_both)) {
            const int before = before_meaningful(i);
            if (before >= 0 && bears(before) && backward(i, before)) return;
            forward(i, i);
        } else if (is(i, k_.neg_phrase)) {
            forward(i, i);
        } else if (is(i, k_.neg_predicate)) {  // "дұрыс емес"
            const int before = before_meaningful(i);
            if (before >= 0) set(before, Negation::negated, i);
        } else if (is(i, k_.neg_post)) {
            const int before = before_meaningful(i);
            if (before >= 0) set_back(before, i, false);
        }
    }

    /// The next word with a meaning, and the small ones on the way to it.
    int reach(int i, Negation kind, int by) {
        int target = is(i + 1, k_.saying) && w(i + 1).gap == Gap::none ? -1 : next_meaningful(i);
        // "не говорит, кровь из уха": a small word alone is what is denied.
        for (int j = i + 2; j <= target; ++j)
            if (w(j).gap != Gap::none) target = -1;
        for (int j = i + 1; j < n_ && (j <= target || target < 0); ++j) {
            if (w(j).gap == Gap::clause || (j > i + 1 && w(j).gap != Gap::none && j != target))
                break;
            if (j > i + 1 && is(i + 1, k_.saying)) break;
            set(j, kind, by);
        }
        return target;
    }

    /// "не болит и не кружится", "not red or swollen": one further word behind "or".
    void extend_by_or(int target, int by) {
        const int joint = target + 1;
        if (joint < n_ && w(joint).orlike && w(joint).gap != Gap::clause) {
            const int more = next_meaningful(joint);
            if (more >= 0 && bears(more)) set(more, Negation::negated, by);
        }
    }

    /// "крови нет": the phrase before, unless the next word belongs to "нет" more closely.
    bool backward(int i, int before) {
        const bool ends_here = i + 1 >= n_ || w(i + 1).gap != Gap::none || is(i + 1, k_.list) ||
                               negator_word(i + 1) || !deniable(i + 1);
        if (!ends_here && (!genitive(before) || governed(before))) return false;
        if (!genitive(before) && i + 1 < n_ && w(i + 1).gap == Gap::none && bears(i + 1))
            return false;
        set_back(before, i, true);
        // "крови, травмы нет": a list of genitives, each alone between its commas.
        for (int j = before; j > 0 && genitive(j) && w(j).gap == Gap::comma; --j) {
            if (!genitive(j - 1) || !bears(j - 1) || negator_word(j - 1)) break;
            if (j > 1 && w(j - 1).gap == Gap::none) break;
            set(j - 1, Negation::negated, i);
        }
        return true;
    }

    bool genitive(int i) const { return r_.words[static_cast<std::size_t>(i)].genitive; }

    /// The word and what belongs to it on its left, within the same piece of the sentence.
    void set_back(int from, int by, bool russian) {
        set(from, Negation::negated, by);
        for (int j = from; j > 0 && from - j < 4; --j) {
            // "қан да, ірің де жоқ": the small word before the comma says that the list goes on.
            if (w(j).gap == Gap::clause || (w(j).gap == Gap::comma && !is(j - 1, k_.list))) break;
            if (!bears(j - 1) && !is(j - 1, k_.list)) break;
            if (russian ? !belongs(from, j) : verbal(j - 1)) break;
            if (bears(j - 1)) set(j - 1, Negation::negated, by);
        }
    }

    /// Whether the word before j is of one phrase with it: "сильной боли", "потери сознания",
    /// "кашля и рвоты", but not "боль в груди, рвоты".
    bool belongs(int from, int j) {
        if (is(j - 1, k_.list) || w(j - 1).adjective) return true;
        if (governed(j - 1)) return false;
        if (is(j, k_.list)) return genitive(j - 1) == genitive(from);
        return genitive(j - 1) && genitive(j);
    }

    /// Part of a phrase whose head is no genitive: "астмы" in "приступ астмы", "груди" in "боль в
    /// груди". Its head decides, and it is there.
    bool governed(int i) {
        if (i == 0 || w(i).gap != Gap::none) return false;
        if (is(i - 1, k_.place)) return i < 2 || w(i - 1).gap != Gap::none || !oblique(i - 2);
        return bears(i - 1) && !oblique(i - 1);
    }

    /// What a "нет" before it may deny.
    bool deniable(int i) const {
        return oblique(i) || r_.has(static_cast<std::size_t>(i), k_.plural);
    }

    bool oblique(int i) const {
        return genitive(i) || r_.words[static_cast<std::size_t>(i)].adjective;
    }

    /// A converb or finite verb ends a Kazakh noun phrase to its left.
    bool verbal(int i) const { return r_.words[static_cast<std::size_t>(i)].verbal; }

    /// "нет температуры, кашля и рвоты", "no fever or rash".
    void forward(int i, int by) {
        int last = -1;
        for (int j = i + 1; j < n_ && j <= i + 8; ++j) {
            if (w(j).gap == Gap::clause || negator_word(j)) break;
            if (last >= 0 && is(j, k_.list) && !listed(j)) break;
            if (w(j).gap == Gap::comma && !continues(j)) break;
            if (!meaningful(j)) continue;
            if (last >= 0 && (j - last > 3 || begins_anew(last, j))) break;
            set(j, Negation::negated, by);
            last = j;
        }
    }

    /// A Russian nominative or finite verb is no part of what "без" and "нет" deny: the clause has
    /// ended, separator or not. Behind a preposition ("боли при глотании") any case may stand.
    bool begins_anew(int last, int j) {
        if (!w(j).cyrillic || w(j).kazakh || genitive(j) || w(j).adjective) return false;
        if (w(j - 1).adjective) return false;  // "сильной боли"
        for (int m = last + 1; m < j; ++m)
            if (is(m, k_.place)) return false;
        return bears(j);
    }

    /// "температуры и кашля", "fever or rash", but not "температуры и болит живот".
    bool listed(int j) {
        if (w(j).orlike) return true;
        if (!w(j).cyrillic) return false;
        const int next = next_meaningful(j);
        return next >= 0 && (genitive(next) || w(next).adjective || w(next).kazakh);
    }

    /// Whether a list of denied things goes on behind a comma: only where grammar says so.
    bool continues(int j) {
        if ((genitive(j) || w(j).adjective) && bears(j)) return true;
        if (w(j).cyrillic) return is(j, k_.list);
        for (int m = j; m < n_ && m < j + 5; ++m)
            if (is(m, k_.list) && w(m).orlike) return true;
        return false;
    }

    template <class Set>
    void over_piece(int i, Set set_it) {
        int a = i;
        while (a > 0 && w(a).gap == Gap::none) --a;
        int b = i + 1;
        while (b < n_ && w(b).gap == Gap::none) ++b;
        // "кажется, инфаркт": the doubt alone between commas covers what follows.
        if (b - a <= 2 && b < n_) {
            ++b;
            while (b < n_ && w(b).gap == Gap::none) ++b;
        }
        for (int j = a; j < b; ++j) set_it(w(j));
    }

    bool denies_itself(int i) const {
        const Word& x = r_.words[static_cast<std::size_t>(i)];
        for (std::size_t k = x.first; k < static_cast<std::size_t>(x.first) + x.count; ++k)
            if (r_.symbols[k] == k_.know && r_.symbol_negated[k]) return true;
        return false;
    }

    void doubt(int i) {
        const bool doubted =
            is(i, k_.unclear) ||
            (is(i, k_.know) && (w(i).negation != Negation::none || denies_itself(i))) ||
            (is(i, k_.able) && is(i + 1, k_.be) && w(i).negation == Negation::none);
        if (doubted) over_piece(i, [](Word& x) { x.doubted = true; });
    }

    void past(int i) {
        bool in_past = is(i, k_.past);
        // "жарты сағат бұрын" is now, "екі жыл бұрын" is not.
        if (in_past && is(i, k_.ago))
            for (int j = std::max(0, i - 2); j < i; ++j)
                if (is(j, k_.hour) || is(j, k_.minute) || is(j, k_.day)) in_past = false;
        if (is(i, k_.ago))
            for (int j = std::max(0, i - 3); j < i; ++j)
                in_past |= is(j, k_.year) || is(j, k_.month);
        if (is(i, k_.last))
            in_past |= is(i + 1, k_.year) || is(i + 1, k_.month);
        if (!in_past) return;
        int a = i;
        while (a > 0 && w(a).gap == Gap::none) --a;
        int b = i + 1;
        while (b < n_ && w(b).gap == Gap::none) ++b;
        for (int j = a; j < b; ++j) w(j).past = true;
    }

    /// "у брата эпилепсия, а у меня голова болит": what stands before the contrast is another's.
    void other_people() {
        for (int i = 1; i < n_; ++i) {
            if (!is(i, k_.but)) continue;
            const bool me = is(i + 1, k_.self) || is(i + 2, k_.self);
            if (!me) continue;
            bool kin = false;
            for (int j = 0; j < i; ++j) kin |= is(j, k_.kin);
            for (int j = 0; kin && j < i; ++j) w(j).others = true;
        }
        for (int i = 0; i < n_; ++i) {
            if (!is(i, k_.died)) continue;
            bool kin = false;
            for (int j = std::max(0, i - 3); j < std::min(n_, i + 3); ++j) kin |= is(j, k_.kin);
            const bool of = i + 1 < n_ && w(i + 1).ofrom;
            if (kin && (of || w(i).past)) over_piece(i, [](Word& x) { x.others = true; });
        }
    }

    Reading& r_;
    const Known& k_;
    int n_;
};

}  // namespace

void find_scopes(Reading& r) { Scopes{r}.run(); }

}  // namespace jedel::triage::words
