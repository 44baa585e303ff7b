#include "triage/interview.h"

#include <algorithm>
#include <limits>

#include "triage/compiled.h"

namespace jedel::triage {

namespace {

using Impl = Protocol::Impl;

// What is still open: the rows more urgent than what is certain that nothing denies yet.
struct Stage {
    LiteralSet facts;
    LiteralSet view;  ///< with what is not asked taken as absent
    RowSet alive;
    bool settled = false;
};

class Interview {
public:
    Interview(const Impl& impl, const Asking& how, std::vector<double> priors)
        : impl_(impl), how_(how), priors_(std::move(priors)), by_finding_(impl.findings.size()) {
        for (const Inquiry& q : impl_.inquiries) {
            if (how_.crew || !q.crew) by_finding_[q.finding] = &q;
        }
    }

    [[nodiscard]] Stage stage(const LiteralSet& facts) const {
        Stage out{facts, how_.crew ? facts : impl_.with_unasked(facts), {}, false};
        const Lookup lookup(out.view);
        Category least = Category::none;
        for (const auto& row : impl_.certain.rows()) {
            if (lookup.holds(impl_.certain.literals(row))) {
                least = row.category;
                break;
            }
        }
        const auto& rows = impl_.possible.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!more_urgent(rows[i].category, least)) break;
            if (lookup.holds(impl_.possible.literals(rows[i]))) out.alive.set(i);
        }
        out.settled = out.alive.none();
        return out;
    }

    // Questions that are open and whose answer denies or proves a row that is alive.
    [[nodiscard]] std::vector<const Inquiry*> useful(const Stage& s) const {
        std::vector<const Inquiry*> out, aside;
        if (s.settled) return out;
        for (const Inquiry& q : impl_.inquiries) {
            if (!open(q, s) || !matters(q, s)) continue;
            (belongs(q, s) ? out : aside).push_back(&q);
        }
        // Only what belongs to nothing said is left: it still has to be denied.
        return out.empty() ? aside : out;
    }

    // Danger to life in the table's order; what only tells near rows apart ("pregnant?") after it.
    [[nodiscard]] const Inquiry* danger(const std::vector<const Inquiry*>& useful,
                                        bool modifier) const {
        const auto found = std::find_if(useful.begin(), useful.end(), [&](const Inquiry* q) {
            const Finding& f = impl_.findings[q->finding];
            return f.danger && f.modifier == modifier;
        });
        return found == useful.end() ? nullptr : *found;
    }

    // What the help card depends on and nobody has said yet, in the table's order; the wider
    // question stands for the narrower while it is open.
    [[nodiscard]] std::vector<const Inquiry*> for_card(const Stage& s) const {
        std::vector<const Inquiry*> out;
        for (FindingIndex f = 0; f < impl_.findings.size(); ++f) {
            const auto& with = impl_.findings[f].card_with;
            const bool wanted = std::any_of(with.begin(), with.end(), [&](FindingIndex w) {
                return s.facts.has_yes(impl_.atoms_of_finding[w].front());
            });
            if (!wanted || !unknown(f, s)) continue;
            const FindingIndex first = widest_open(f, s);
            const Inquiry* q = by_finding_[first];
            if (q != nullptr && !skipped(first)) out.push_back(q);
        }
        return out;
    }

    // How many questions are still to come if each is answered "no".
    [[nodiscard]] int may_come(const Stage& s,
                               const std::vector<const Inquiry*>& useful_now) const {
        RowSet alive = s.alive;
        int count = 0;
        while (alive.any()) {
            const Inquiry* best = nullptr;
            double most = 0;
            for (const Inquiry* q : useful_now) {
                if (!q->boolean || contradicts(s.facts, q->answers.front())) continue;
                const double rate = denied(*q, alive);
                if (rate <= most) continue;
                most = rate;
                best = q;
            }
            if (best == nullptr) break;
            alive &= ~best->answers.front().denies;
            ++count;
        }
        return count;
    }

    // The questions worth looking ahead from: those that deny most for what they cost, and those
    // whose "yes" is likeliest.
    [[nodiscard]] std::vector<const Inquiry*> promising(
        const Stage& s, std::vector<const Inquiry*> useful_now) const {
        if (useful_now.size() <= 2 * looked_at) return useful_now;
        const auto best_first = [&](auto&& score, std::size_t from) {
            const auto begin = useful_now.begin() + static_cast<long>(from);
            std::partial_sort(begin, begin + looked_at, useful_now.end(),
                              [&](const Inquiry* a, const Inquiry* b) {
                                  const double x = score(*a), y = score(*b);
                                  return x != y ? x > y : a->finding < b->finding;
                              });
        };
        best_first([&](const Inquiry& q) { return denied(q, s.alive) / price(q); }, 0);
        best_first([&](const Inquiry& q) { return q.boolean ? share_of(q, 1, s) : 0.0; },
                   looked_at);
        useful_now.resize(2 * looked_at);
        return useful_now;
    }

    // Expected number of questions when q is asked next, itself included.
    [[nodiscard]] double expected(const Inquiry& q, const Stage& s,
                                  const std::vector<const Inquiry*>& useful_now) const {
        const bool exact = few(s);
        double sum = 0, weight = 0;
        for (std::size_t i = 0; i < q.answers.size(); ++i) {
            const double share = share_of(q, i, s);
            if (share <= 0) continue;
            const Stage next = stage(after(s.facts, q.answers[i]));
            weight += share;
            sum += share * (exact ? fewest(next) : cover(next, useful_now));
        }
        return weight > 0 ? 1 + sum / weight : std::numeric_limits<double>::infinity();
    }

    // What a question costs on the whole: itself, and when its answer is "yes" the narrower ones.
    void price_all(const Stage& s, const std::vector<const Inquiry*>& useful_now) {
        prices_.assign(impl_.findings.size(), 1.0);
        std::vector<double> prices = prices_;
        for (const Inquiry* q : useful_now) {
            if (!q->boolean || contradicts(s.facts, q->answers[1])) continue;
            Stage next = stage(after(s.facts, q->answers[1]));
            next.alive &= q->answers[0].denies;
            prices[q->finding] += share_of(*q, 1, s) * cover(next, useful_now);
        }
        prices_ = std::move(prices);
    }

private:
    static constexpr std::size_t exact_max = 4;
    static constexpr std::size_t looked_at = 10;

    [[nodiscard]] double price(const Inquiry& q) const { return prices_[q.finding]; }

    [[nodiscard]] static double denied(const Inquiry& q, const RowSet& alive) {
        return q.boolean ? static_cast<double>((q.answers.front().denies & alive).count()) : 0.0;
    }

    [[nodiscard]] bool skipped(FindingIndex f) const {
        return std::find(how_.unanswered.begin(), how_.unanswered.end(), f) !=
               how_.unanswered.end();
    }

    [[nodiscard]] bool unknown(FindingIndex f, const Stage& s) const {
        const auto& atoms = impl_.atoms_of_finding[f];
        return std::any_of(atoms.begin(), atoms.end(), [&](AtomIndex a) {
            return !s.view.has_yes(a) && !s.view.has_no(a);
        });
    }

    // A wider question that can be asked and is open.
    [[nodiscard]] std::optional<FindingIndex> wider_open(FindingIndex f, const Stage& s) const {
        for (const FindingIndex w : impl_.findings[f].within) {
            if (by_finding_[w] != nullptr && unknown(w, s) && !skipped(w)) return w;
        }
        return std::nullopt;
    }

    [[nodiscard]] FindingIndex widest_open(FindingIndex f, const Stage& s) const {
        // Danger to life waits for no wider question that is none: blood before "any bleeding?".
        for (auto wider = wider_open(f, s); wider; wider = wider_open(f, s)) {
            if (impl_.findings[f].danger && !impl_.findings[*wider].danger) break;
            f = *wider;
        }
        return f;
    }

    [[nodiscard]] bool open(const Inquiry& q, const Stage& s) const {
        if (by_finding_[q.finding] != &q || skipped(q.finding) || !unknown(q.finding, s)) {
            return false;
        }
        // From the general to the particular: nobody is asked about a nosebleed before "any
        // bleeding?". Danger to life does not wait for that.
        if (q.boolean) {
            return impl_.findings[q.finding].danger || !wider_open(q.finding, s).has_value();
        }
        // "How many weeks?" is asked of someone who is known to be pregnant: a number or a choice
        // has no answer that says the wider thing is not so.
        const auto& wider = impl_.findings[q.finding].within;
        return std::all_of(wider.begin(), wider.end(), [&](FindingIndex f) {
            return s.facts.has_yes(impl_.atoms_of_finding[f].front());
        });
    }

    // What tells near rows apart is asked once the thing itself is there: a known heart disease
    // says nothing to a sprained ankle.
    [[nodiscard]] bool belongs(const Inquiry& q, const Stage& s) const {
        if (!impl_.findings[q.finding].modifier) return true;
        RowSet touched;
        for (const Answer& a : q.answers) touched |= a.denies;
        touched &= s.alive;
        const auto& rows = impl_.possible.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!touched.test(i)) continue;
            for (const Literal l : impl_.possible.literals(rows[i])) {
                const AtomIndex a = atom_of(l);
                const FindingIndex f = impl_.atoms[a].finding;
                const bool said = ask_of(l) == Ask::not_no
                                      ? s.view.has_yes(a)
                                      : impl_.findings[f].type == FindingType::number &&
                                            s.facts.has_no(a);
                if (said && f != q.finding && !impl_.findings[f].modifier) return true;
            }
        }
        return false;
    }

    [[nodiscard]] static bool matters(const Inquiry& q, const Stage& s) {
        return std::any_of(q.answers.begin(), q.answers.end(), [&](const Answer& a) {
            return !contradicts(s.view, a) && (a.denies & s.alive).any();
        });
    }

    static bool contradicts(const LiteralSet& facts, const Answer& a) {
        for (std::size_t w = 0; w < atom_words; ++w) {
            if ((facts.yes[w] & a.says.no[w]) != 0) return true;
            if ((facts.no[w] & a.says.yes[w]) != 0) return true;
        }
        return false;
    }

    static LiteralSet after(LiteralSet facts, const Answer& a) {
        facts.add_all(a.says);
        for (std::size_t w = 0; w < atom_words; ++w) facts.no[w] &= ~facts.yes[w];
        return facts;
    }

    // How often this answer is given: more often "yes" once a wider finding is there.
    [[nodiscard]] double share_of(const Inquiry& q, std::size_t answer, const Stage& s) const {
        if (contradicts(s.facts, q.answers[answer])) return 0;
        if (!q.boolean) return q.answers[answer].weight;
        const Finding& f = impl_.findings[q.finding];
        double yes = priors_[q.finding];
        for (const FindingIndex wider : f.within) {
            const AtomIndex a = impl_.atoms_of_finding[wider].front();
            const double within = priors_[q.finding] / priors_[wider];
            if (s.facts.has_yes(a)) yes = std::max(yes, within);
        }
        yes = std::min(yes, 0.9);
        return answer == 1 ? yes : 1 - yes;
    }

    // The price of denying all rows alive if each question is answered "no", greedily; what no
    // "no" denies counts one.
    [[nodiscard]] double cover(const Stage& s,
                               const std::vector<const Inquiry*>& candidates) const {
        RowSet alive = s.alive;
        double sum = 0;
        while (alive.any()) {
            const Inquiry* best = nullptr;
            double most = 0;
            for (const Inquiry* q : candidates) {
                if (!q->boolean || contradicts(s.facts, q->answers.front())) continue;
                const double rate = denied(*q, alive) / price(*q);
                if (rate <= most) continue;
                most = rate;
                best = q;
            }
            if (best == nullptr) break;
            alive &= ~best->answers.front().denies;
            sum += price(*best);
        }
        return sum + (alive.any() ? 1.0 : 0.0);
    }

    // Few enough to look at every order of them, those behind a wider question counted.
    [[nodiscard]] bool few(const Stage& s) const {
        std::size_t count = 0;
        for (const Inquiry& q : impl_.inquiries) {
            if (by_finding_[q.finding] != &q || skipped(q.finding)) continue;
            if (unknown(q.finding, s) && matters(q, s) && ++count > exact_max) return false;
        }
        return true;
    }

    // The fewest expected questions from here on, exactly; only for few that matter.
    [[nodiscard]] double fewest(const Stage& s) const {
        const auto questions = useful(s);
        if (questions.empty()) return 0;
        if (!few(s)) return cover(s, questions);
        double best = std::numeric_limits<double>::infinity();
        for (const Inquiry* q : questions) best = std::min(best, expected(*q, s, questions));
        return best;
    }

    const Impl& impl_;
    const Asking& how_;
    std::vector<double> priors_;
    std::vector<double> prices_;
    std::vector<const Inquiry*> by_finding_;  ///< those that may be put; null: none
};

}  // namespace

std::optional<Question> next_question(const Protocol& protocol, const Facts& facts,
                                      const Asking& how) {
    const Impl& impl = protocol.impl();
    Interview interview(impl, how, priors(protocol, facts, how.local_hour));
    const Stage now = interview.stage(facts.closed());
    const auto useful = interview.useful(now);
    const auto for_card = interview.for_card(now);
    if (useful.empty() && for_card.empty()) return std::nullopt;
    interview.price_all(now, useful);
    const Category proposed = evaluate(protocol, facts).proposed;
    Question out;
    out.may_come =
        std::max(1, interview.may_come(now, useful) + static_cast<int>(for_card.size()));
    const auto ask = [&](const Inquiry& q, bool vital) {
        out.finding = q.finding;
        out.danger = vital;
        out.sufficient = proposed == Category::u1 || (proposed != Category::none && !vital);
        return out;
    };
    // Conscious? Breathing normally? Blood lost? Then other dangers, then what tells them apart.
    const Inquiry* first = for_card.empty() ? interview.danger(useful, false) : for_card.front();
    if (first == nullptr) first = interview.danger(useful, true);
    if (first != nullptr) {
        const bool open = std::find(useful.begin(), useful.end(), first) != useful.end();
        out.expected_more = open ? interview.expected(*first, now, useful)
                                 : static_cast<double>(for_card.size());
        return ask(*first, true);
    }
    const Inquiry* best = useful.front();
    out.expected_more = std::numeric_limits<double>::infinity();
    for (const Inquiry* q : interview.promising(now, useful)) {
        const double expected = interview.expected(*q, now, useful);
        if (expected < out.expected_more) {
            out.expected_more = expected;
            best = q;
        }
    }
    return ask(*best, false);
}

std::optional<Question> next_question(const Protocol& protocol, const Facts& facts,
                                      std::span<const FindingIndex> skip,
                                      std::optional<int> local_hour) {
    return next_question(protocol, facts, Asking{.unanswered = skip, .local_hour = local_hour});
}

std::optional<Question> lead_interview(const Protocol& protocol, Facts facts, const Asking& how) {
    const auto mass = protocol.find("mass_casualty");
    if (how.patients >= 2 && mass && facts.tri(*mass) == Tri::unknown) {
        return Question{.finding = *mass, .danger = true, .expected_more = 1, .may_come = 1};
    }
    // A number takes no "no".
    for (const FindingIndex f : how.unanswered) {
        if (protocol.findings()[f].type == FindingType::boolean) facts.set(f, Tri::no);
    }
    return next_question(protocol, facts, how);
}

}  // namespace jedel::triage
