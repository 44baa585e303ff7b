// Brigades turned on their way: one plan, done whole or not at all.

#include <algorithm>

#include "dispatch/core/tasks/handlers.h"

namespace jedel {
namespace {

constexpr std::size_t moves_max = 16;

/// What one move was found to mean.
struct Checked {
    const BrigadeMove& move;
    const Brigade& brigade;
    const Incident* from;  ///< nullptr: it is free
    const Incident* to;    ///< nullptr: it becomes free
};

Refusal not_as_shown(RefusalCode code, const Brigade& b, std::string detail) {
    Refusal refusal = refuse(code, std::move(detail), "moves");
    refusal.first_actor = b.last_actor;
    refusal.first_at = b.status_at;
    refusal.first_incident = b.incident;
    return refusal;
}

std::optional<Refusal> check_brigade(const BrigadeMove& m, const Brigade& b) {
    if (m.seen_version != 0 && m.seen_version != b.version) {
        return not_as_shown(RefusalCode::stale_version, b,
                            "the brigade has changed since it was shown");
    }
    if (!m.from) {
        if (b.task) {
            return not_as_shown(RefusalCode::brigade_busy, b, "the brigade is on an incident");
        }
        if (is_free(b)) return std::nullopt;
        return refuse(RefusalCode::brigade_not_free,
                      "its status is " + std::string{name_of(b.status)}, "moves");
    }
    if (!b.task || b.incident != m.from) {
        return not_as_shown(RefusalCode::not_handed, b, "the brigade is not on that incident");
    }
    const bool on_way = b.status == BrigadeStatus::sent || b.status == BrigadeStatus::accepted ||
                        b.status == BrigadeStatus::departed;
    if (on_way) return std::nullopt;
    return not_as_shown(RefusalCode::status_order, b,
                        "only a brigade on its way is turned; its status is " +
                            std::string{name_of(b.status)});
}

using MoveOrRefusal = std::variant<Checked, Refusal>;

MoveOrRefusal check_move(const State& state, const BrigadeMove& m) {
    const Brigade* b = state.brigades.find(m.brigade);
    if (b == nullptr) {
        return refuse(RefusalCode::unknown_brigade, "there is no such brigade", "moves");
    }
    if (m.from == m.to) {
        return refuse(RefusalCode::nothing_changed, "a move needs another place to go", "moves");
    }
    if (auto refusal = check_brigade(m, *b)) return *refusal;
    const Incident* from = m.from ? state.open.find(*m.from) : nullptr;
    const Incident* to = m.to ? state.open.find(*m.to) : nullptr;
    if (m.from && from == nullptr) return not_open(state, *m.from);
    if (m.to && to == nullptr) return not_open(state, *m.to);
    if (to != nullptr) {
        if (to->polyclinic_at_work() != nullptr) {
            return refuse(RefusalCode::already_handed, "the call is with a polyclinic", "moves");
        }
        if (b->kind == BrigadeKind::polyclinic && to->working_category() != Category::u4) {
            return refuse(RefusalCode::wrong_kind,
                          "a polyclinic's brigade serves U4 only (D1, D2)", "moves");
        }
    }
    return Checked{m, *b, from, to};
}

/// Brigades on an incident once every move is done.
std::ptrdiff_t left_on(const Incident& incident, const std::vector<Checked>& moves) {
    std::ptrdiff_t count = std::count_if(
        incident.tasks.begin(), incident.tasks.end(),
        [](const Task& t) { return t.of_brigade() && t.active(); });
    for (const Checked& m : moves) {
        if (m.from == &incident) --count;
        if (m.to == &incident) ++count;
    }
    return count;
}

/// The whole plan: nobody is sent twice to one incident, and nobody who is not less urgent is
/// left alone.
std::optional<Refusal> check_plan(const std::vector<Checked>& moves) {
    for (const Checked& m : moves) {
        if (m.to != nullptr && left_on(*m.to, moves) > 1) {
            Refusal refusal = refuse(RefusalCode::already_handed,
                                     "a brigade is on this incident already", "moves");
            refusal.first_incident = m.to->id;
            return refusal;
        }
        if (m.from == nullptr || left_on(*m.from, moves) > 0) continue;
        const bool up = m.to != nullptr && triage::more_urgent(m.to->working_category(),
                                                               m.from->working_category());
        if (up) continue;
        Refusal refusal = refuse(RefusalCode::not_more_urgent,
                                 "it would leave an incident that is not less urgent", "moves");
        refusal.first_incident = m.from->id;
        return refusal;
    }
    return std::nullopt;
}

/// Off its incident and free, where it stands in the order of statuses; as a release.
void append_leaving(const Deciding& d, const Checked& m, Decision& decision) {
    const Task* task = m.from->active_task_of(m.brigade.id);
    const bool more_urgent =
        m.to != nullptr &&
        triage::more_urgent(m.to->working_category(), m.from->working_category());
    const bool left_base = m.brigade.status == BrigadeStatus::departed;
    decision.events.emplace_back(
        AssignmentEnded{.task = task->id,
                        .incident = m.from->id,
                        .brigade = m.brigade.id,
                        .served = false,
                        .reason = more_urgent ? ReleaseReason::more_urgent_call
                                              : ReleaseReason::nearer_brigade,
                        .at = {}});
    decision.events.emplace_back(
        StatusReported{.brigade = m.brigade.id,
                       .task = {},
                       .incident = {},
                       .status = left_base ? BrigadeStatus::returning : task->from_status,
                       .source = Source::rule,
                       .at = d.now,
                       .hospital = {},
                       .lat = {},
                       .lon = {}});
}

}  // namespace

Decided decide_one(Deciding& d, const RerouteBrigades& c) {
    if (c.moves.empty()) return refuse(RefusalCode::bad_value, "expected a move", "moves");
    if (c.moves.size() > moves_max) {
        return refuse(RefusalCode::too_many, "at most 16 brigades in one re-route", "moves");
    }
    std::vector<Checked> moves;
    moves.reserve(c.moves.size());
    for (const BrigadeMove& m : c.moves) {
        const bool again = std::any_of(moves.begin(), moves.end(), [&](const Checked& other) {
            return other.move.brigade == m.brigade;
        });
        if (again) return refuse(RefusalCode::bad_value, "a brigade stands there twice", "moves");
        MoveOrRefusal checked = check_move(d.state, m);
        if (auto* refusal = std::get_if<Refusal>(&checked)) return *refusal;
        moves.push_back(std::get<Checked>(checked));
    }
    if (auto refusal = check_plan(moves)) return *refusal;
    Decision decision;
    for (const Checked& m : moves) {
        if (m.from != nullptr) append_leaving(d, m, decision);
    }
    for (const Checked& m : moves) {
        if (m.to == nullptr) continue;
        if (!append_first_category(d, *m.to, decision)) {
            return refuse(RefusalCode::category_missing,
                          "nothing is known yet that gives a category; set one", "moves");
        }
        decision.events.emplace_back(BrigadeAssigned{.task = d.new_task(),
                                                     .incident = m.to->id,
                                                     .brigade = m.brigade.id,
                                                     .category = m.to->working_category(),
                                                     .shown = {},
                                                     .fix = {},
                                                     .policy = c.policy,
                                                     .at = {},
                                                     .override_reason = {},
                                                     .rerouted_from = m.move.from,
                                                     .reasons = c.reasons});
    }
    return decision;
}

}  // namespace jedel
