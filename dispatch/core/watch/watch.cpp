// The exception list: what could not be taken, and who was told what is late.

#include <algorithm>
#include <array>

#include "dispatch/core/watch/handlers.h"

namespace jedel {

namespace {

/// The row that the same word of the same brigade stands in already.
const Trouble* same_row(const State& state, const StatusUnfit& e) {
    for (const auto& row : state.troubles.rows()) {
        if (row->brigade == e.brigade && row->status == e.status && row->why == e.why) {
            return &*row;
        }
    }
    return nullptr;
}

}  // namespace

std::optional<Decision> keep_unfit(Deciding& d, const ReportStatus& c, const Refusal& refusal) {
    if (c.source != Source::brigade && c.source != Source::tracker) return std::nullopt;
    switch (refusal.code) {
        case RefusalCode::status_order:
        case RefusalCode::time_order:
        case RefusalCode::not_handed:
        case RefusalCode::stale_version:
        case RefusalCode::unknown_brigade: break;
        // Said twice is no exception; what is malformed is for whoever sends it.
        default: return std::nullopt;
    }
    const Brigade* brigade = d.state.brigades.find(c.brigade);
    StatusUnfit event{.trouble = {},
                      .brigade = c.brigade,
                      .incident = brigade ? brigade->incident : std::nullopt,
                      .status = c.status,
                      .now_status = brigade ? brigade->status : BrigadeStatus::unknown,
                      .why = std::string{name_of(refusal.code)},
                      .source = c.source,
                      .at = c.at.value_or(d.now)};
    const Trouble* known = same_row(d.state, event);
    event.trouble = known != nullptr ? known->id : d.new_trouble();
    Decision decision;
    decision.events.emplace_back(std::move(event));
    return decision;
}

Decided decide_one(Deciding& d, const Escalate& c) {
    constexpr std::size_t row_max = 60;
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.row.empty() || c.row.size() > row_max) {
        return refuse(RefusalCode::bad_value, "expected the row of the table", "row");
    }
    if (c.task && incident->task(*c.task) == nullptr) {
        return refuse(RefusalCode::unknown_task, "the incident has no such task", "task");
    }
    for (const Escalation& e : incident->escalations) {
        if (e.row == c.row && e.task == c.task && e.to == c.to) {
            return refuse(RefusalCode::nothing_changed, "told already", "row");
        }
    }
    if (incident->escalations.size() >= State::escalations_max) {
        return refuse(RefusalCode::too_many, "200 escalations of one incident", "incident");
    }
    Decision decision;
    decision.events.emplace_back(Escalated{c.incident, c.task, c.row, c.to});
    return decision;
}

Decided decide_one(Deciding& d, const SettleTrouble& c) {
    constexpr std::array<std::string_view, 3> ways{"reported", "asked", "ignored"};
    if (d.state.troubles.find(c.trouble) == nullptr) {
        return refuse(RefusalCode::nothing_changed, "it is not on the list", "trouble");
    }
    if (std::find(ways.begin(), ways.end(), c.how) == ways.end()) {
        return refuse(RefusalCode::reason_required, "expected reported, asked or ignored", "how");
    }
    Decision decision;
    decision.events.emplace_back(TroubleSettled{c.trouble, c.how});
    return decision;
}

void fold(Folding& f, const StatusUnfit& e) {
    f.given(e.trouble.value, &DeskIds::trouble);
    const bool known = f.state.troubles.edit(e.trouble, [&](Trouble& t) {
        t.count += 1;
        t.last_at = f.event.at;
        t.claimed_at = e.at;
        t.incident = e.incident;
        t.now_status = e.now_status;
    });
    if (known) return;
    if (f.state.troubles.size() >= State::troubles_max) {
        ++f.state.troubles_over;  // shown as a number; the journal has them all
        return;
    }
    f.state.troubles.put(Trouble{e.trouble, e.brigade, e.incident, e.status,
                                 e.now_status, e.why, e.source, e.at, f.event.at, f.event.at, 1});
}

void fold(Folding& f, const TroubleSettled& e) {
    f.state.troubles.erase(e.trouble);
    // Room again: what the list could not hold was looked at beside the rows it held.
    if (f.state.troubles.size() == 0) f.state.troubles_over = 0;
}

void fold(Folding& f, const Escalated& e) {
    f.incident(e.incident, [&](Incident& i) {
        i.escalations.push_back({e.row, e.task, e.to, f.event.at});
    });
}

}  // namespace jedel
