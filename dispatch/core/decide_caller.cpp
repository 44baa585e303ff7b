// The caller on the line: lost, reached again, and what could not be said.

#include <algorithm>

#include "dispatch/core/guards.h"
#include "triage/protocol.h"

namespace jedel {

Decided decide_intake(const Deciding& d, const RecordCallerLost& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (incident->caller_lost()) {
        return refuse(RefusalCode::nothing_changed, "the line is lost already", "incident");
    }
    Decision decision;
    decision.events.emplace_back(CallerLost{c.incident});
    // A patient who spoke for himself may no longer be able to.
    Incident after = *incident;
    after.line_losses.push_back({d.now, d.envelope.actor, {}, {}});
    append_triage(d, *incident, after, decision);
    return decision;
}

Decided decide_intake(const Deciding& d, const RecordCallerReached& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (!incident->caller_lost()) {
        return refuse(RefusalCode::nothing_changed, "the line is not lost", "incident");
    }
    Decision decision;
    decision.events.emplace_back(CallerReached{c.incident});
    Incident after = *incident;
    after.line_losses.back().reached_at = d.now;
    append_triage(d, *incident, after, decision);
    return decision;
}

Decided decide_intake(const Deciding& d, const RecordUnanswered& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    std::vector<std::string> changed;
    for (const std::string& finding : c.findings) {
        if (finding.empty()) {
            return refuse(RefusalCode::bad_value, "expected a finding", "findings");
        }
        const bool is_known_name =
            d.context.protocol == nullptr || d.context.protocol->find(finding).has_value();
        if (!is_known_name && !c.again) {
            return refuse(RefusalCode::unknown_finding, "no such finding", finding);
        }
        const auto stands = [&](const auto& list) {
            return std::any_of(list.begin(), list.end(),
                               [&](const auto& row) { return row.finding == finding; });
        };
        const bool answered = std::any_of(
            incident->findings.begin(), incident->findings.end(),
            [&](const FindingValue& f) { return f.finding == finding && f.value != "unknown"; });
        if (answered && !c.again) {
            return refuse(RefusalCode::bad_value, "it is answered; take the answer back first",
                          "findings");
        }
        if (stands(incident->unanswered) == c.again) changed.push_back(finding);
    }
    if (changed.empty()) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "findings");
    }
    // Unknown before and after: the category is not touched.
    Decision decision;
    if (c.again) {
        decision.events.emplace_back(QuestionReopened{c.incident, std::move(changed)});
    } else {
        decision.events.emplace_back(QuestionUnanswered{c.incident, std::move(changed)});
    }
    return decision;
}

}  // namespace jedel
