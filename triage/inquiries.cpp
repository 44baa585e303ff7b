// The questions of a table, what each answer does, and how likely each finding is.

#include <algorithm>

#include "triage/compiled.h"
#include "triage/interview.h"

namespace jedel::triage {

namespace {

using Impl = Protocol::Impl;

/// However likely a finding becomes, it is still asked for.
constexpr double prior_max = 0.8;

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
        if (finding.question.empty() || impl.atoms_of_finding[f].empty()) continue;
        Inquiry q;
        q.finding = f;
        q.crew = !finding.caller_can_know;
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

}  // namespace jedel::triage
