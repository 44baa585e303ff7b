#include "triage/interview.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "triage/compiled.h"

namespace jedel::triage {

namespace {

using Impl = Protocol::Impl;

/// However likely a finding becomes, it is still asked for.
constexpr double prior_max = 0.8;

// What is still open: the rows more urgent than what is certain that nothing denies yet.
struct Stage {
    LiteralSet facts;
    RowSet alive;
    bool settled = false;
};

class Interview {
public:
    Interview(const Impl& impl, std::span<const FindingIndex> skip, std::vector<double> priors)
        : impl_(impl), skip_(skip), priors_(std::move(priors)) {}

    [[nodiscard]] Stage stage(const LiteralSet& facts) const {
        Stage out{facts, {}, false};
        const Lookup lookup(facts);
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
        std::vector<const Inquiry*> out;
        if (s.settled) return out;
        for (const Inquiry& q : impl_.inquiries) {
            if (open(q, s) && matters(q, s)) out.push_back(&q);
        }
        return out;
    }

    [[nodiscard]] const Inquiry* danger(const std::vector<const Inquiry*>& useful) const {
        const auto found = std::find_if(useful.begin(), useful.end(), [&](const Inquiry* q) {
            return impl_.findings[q->finding].danger;
        });
        return found == useful.end() ? nullptr : *found;
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
        const bool exact = useful_now.size() <= exact_max;
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

    [[nodiscard]] bool open(const Inquiry& q, const Stage& s) const {
        if (std::find(skip_.begin(), skip_.end(), q.finding) != skip_.end()) return false;
        // "How many weeks?" is asked of someone who is known to be pregnant: a number or a choice
        // has no answer that says the wider thing is not so.
        const auto& wider = impl_.findings[q.finding].within;
        const bool asked_too_early =
            !q.boolean && std::any_of(wider.begin(), wider.end(), [&](FindingIndex f) {
                return !s.facts.has_yes(impl_.atoms_of_finding[f].front());
            });
        if (asked_too_early) return false;
        return std::any_of(q.atoms.begin(), q.atoms.end(), [&](AtomIndex a) {
            return !s.facts.has_yes(a) && !s.facts.has_no(a);
        });
    }

    [[nodiscard]] static bool matters(const Inquiry& q, const Stage& s) {
        return std::any_of(q.answers.begin(), q.answers.end(), [&](const Answer& a) {
            return !contradicts(s.facts, a) && (a.denies & s.alive).any();
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

    // The fewest expected questions from here on, exactly; only for few that matter.
    [[nodiscard]] double fewest(const Stage& s) const {
        const auto questions = useful(s);
        if (questions.empty()) return 0;
        if (questions.size() > exact_max) return cover(s, questions);
        double best = std::numeric_limits<double>::infinity();
        for (const Inquiry* q : questions) best = std::min(best, expected(*q, s, questions));
        return best;
    }

    const Impl& impl_;
    std::span<const FindingIndex> skip_;
    std::vector<double> priors_;
    std::vector<double> prices_;
};

// Typical values grouped by the stretch between bounds they fall into; one a stretch without them.
std::vector<Answer> number_answers(const Impl& impl, FindingIndex f) {
    const Finding& finding = impl.findings[f];
    std::vector<double> values = finding.typical;
    if (finding.type == FindingType::choice) {
        for (std::size_t i = 0; i < finding.choices.size(); ++i) {
            values.push_back(static_cast<double>(i));
        }
    } else if (values.empty()) {
        values = {finding.low, finding.high};
        for (const AtomIndex a : impl.atoms_of_finding[f]) values.push_back(impl.atoms[a].bound);
    }
    std::vector<Answer> out;
    for (const double v : values) {
        Answer answer;
        impl.assume(answer.says, f, {Tri::yes, v});
        answer.weight = 1.0 / static_cast<double>(values.size());
        const auto same = std::find_if(out.begin(), out.end(), [&](const Answer& a) {
            return a.says == answer.says;
        });
        if (same != out.end()) {
            same->weight += answer.weight;
        } else {
            out.push_back(answer);
        }
    }
    return out;
}

}  // namespace

void build_inquiries(Protocol::Impl& impl) {
    for (FindingIndex f = 0; f < impl.findings.size(); ++f) {
        const Finding& finding = impl.findings[f];
        if (!finding.caller_can_know || finding.question.empty() ||
            impl.atoms_of_finding[f].empty()) {
            continue;
        }
        Inquiry q;
        q.finding = f;
        q.boolean = finding.type == FindingType::boolean;
        q.atoms = impl.atoms_of_finding[f];
        if (q.boolean) {
            q.answers.resize(2);
            impl.assume(q.answers[0].says, f, {Tri::no, 0});
            impl.assume(q.answers[1].says, f, {Tri::yes, 0});
        } else {
            q.answers = number_answers(impl, f);
        }
        for (Answer& answer : q.answers) {
            const Lookup lookup(answer.says);
            for (std::size_t i = 0; i < impl.possible.rows().size(); ++i) {
                const auto& row = impl.possible.rows()[i];
                if (!lookup.holds(impl.possible.literals(row))) answer.denies.set(i);
            }
        }
        impl.inquiries.push_back(std::move(q));
    }
}

std::vector<double> priors(const Protocol& protocol, const Facts& facts,
                           std::optional<int> local_hour) {
    const Impl& impl = protocol.impl();
    std::vector<double> out;
    for (const Finding& f : impl.findings) out.push_back(f.prior);
    const auto number = [&](const char* key) {
        const auto f = protocol.find(key);
        return f ? facts.number(*f) : std::nullopt;
    };
    const std::optional<double> age = number("age_years");
    const auto sex_finding = protocol.find("sex");
    const Sex sex = sex_finding ? from_name<Sex>(facts.text(*sex_finding)).value_or(Sex::unknown)
                                : Sex::unknown;
    for (const Likelihood& l : impl.likelihoods) {
        if (l.age_years && (!age || *age < l.age_years->first || *age >= l.age_years->second))
            continue;
        if (l.sex != Sex::unknown && sex != l.sex) continue;
        if (l.with && facts.tri(*l.with) != Tri::yes) continue;
        if (l.hours) {
            if (!local_hour) continue;
            const auto [from, until] = *l.hours;
            const int h = *local_hour;
            if (from <= until ? h < from || h >= until : h < from && h >= until) continue;
        }
        out[l.finding] *= l.times;
    }
    for (double& p : out) p = std::min(p, prior_max);
    // What lies within something is there no more often than that.
    for (FindingIndex f = 0; f < out.size(); ++f) {
        for (const FindingIndex wider : impl.findings[f].within)
            out[wider] = std::max(out[wider], out[f]);
    }
    return out;
}

std::optional<Question> next_question(const Protocol& protocol, const Facts& facts,
                                      std::span<const FindingIndex> skip,
                                      std::optional<int> local_hour) {
    Interview interview(protocol.impl(), skip, priors(protocol, facts, local_hour));
    const Stage now = interview.stage(facts.closed());
    const auto useful = interview.useful(now);
    if (useful.empty()) return std::nullopt;
    interview.price_all(now, useful);
    if (const Inquiry* first = interview.danger(useful)) {
        return Question{first->finding, true, interview.expected(*first, now, useful)};
    }
    const Inquiry* best = useful.front();
    double fewest = std::numeric_limits<double>::infinity();
    for (const Inquiry* q : interview.promising(now, useful)) {
        const double expected = interview.expected(*q, now, useful);
        if (expected < fewest) {
            fewest = expected;
            best = q;
        }
    }
    return Question{best->finding, false, fewest};
}

}  // namespace jedel::triage
