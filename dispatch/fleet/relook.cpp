#include "dispatch/fleet/relook.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "dispatch/fleet/assignment.h"

namespace jedel {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
constexpr double unserved_s = 65'535;

/// The question with what follows from it at once.
struct Looking {
    const RelookQuestion& q;
    const RecommendationTable& table;
    std::span<const Proposal> shown;
    std::vector<std::size_t> call_of;  ///< of each brigade: the call it is on its way to
    std::vector<std::size_t> after;    ///< of each call: its brigade in the best matching

    [[nodiscard]] bool can(std::size_t call, std::size_t b) const {
        if (q.arrival(call, b) < 0) return false;
        return q.brigades[b].kind != BrigadeKind::polyclinic ||
               q.calls[call].category == Category::u4;
    }
    /// A proposal on the screen moves that brigade to that call.
    [[nodiscard]] bool is_shown(std::size_t call, std::size_t b) const {
        for (const Proposal& p : shown) {
            for (const BrigadeMove& m : p.moves) {
                if (m.brigade == q.brigades[b].brigade && m.to == q.calls[call].incident) {
                    return true;
                }
            }
        }
        return false;
    }
    /// Seconds that a change must gain, so that small ones are never proposed.
    [[nodiscard]] double least_gain_s(std::size_t call, std::size_t b) const {
        if (call_of[b] == call) return 0;
        double gain = 0;
        if (q.calls[call].now_by) gain = table.takeover_gain_s;
        if (call_of[b] != none) gain = std::max(gain, table.turn_gain_s);
        return is_shown(call, b) ? gain * table.kept_gain_share : gain;
    }
    [[nodiscard]] bool changes(std::size_t call) const {
        return after[call] != q.calls[call].now_by.value_or(none);
    }
};

std::vector<LexCost> costs_of(const Looking& l, std::size_t columns) {
    const std::size_t brigades = l.q.brigades.size();
    std::vector<LexCost> cost(l.q.calls.size() * columns);
    for (std::size_t i = 0; i < l.q.calls.size(); ++i) {
        const Category category = l.q.calls[i].category;
        LexCost* const line = cost.data() + i * columns;
        for (std::size_t b = 0; b < brigades; ++b) {
            line[b] = l.can(i, b)
                          ? lex_cost(category, std::min(unserved_s - 1,
                                                        l.q.arrival(i, b) + l.least_gain_s(i, b)))
                          : no_way();
        }
        std::fill(line + brigades, line + columns, lex_cost(category, unserved_s));
    }
    return cost;
}

/// Places in the list by urgency, then as they came.
std::vector<std::size_t> by_urgency(const RelookQuestion& q) {
    std::vector<std::size_t> order(q.calls.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return triage::more_urgent(q.calls[a].category, q.calls[b].category);
    });
    return order;
}

/// Calls that change together: they share a brigade that moves.
std::vector<std::vector<std::size_t>> groups_of(const Looking& l) {
    std::vector<std::size_t> root(l.q.calls.size());
    std::iota(root.begin(), root.end(), std::size_t{0});
    const auto find = [&](std::size_t i) {
        while (root[i] != i) i = root[i] = root[root[i]];
        return i;
    };
    for (std::size_t i = 0; i < l.q.calls.size(); ++i) {
        if (!l.changes(i) || l.after[i] == none) continue;
        if (const std::size_t from = l.call_of[l.after[i]]; from != none) {
            root[find(from)] = find(i);
        }
    }
    std::vector<std::vector<std::size_t>> groups;
    std::vector<std::size_t> place(l.q.calls.size(), none);
    for (const std::size_t i : by_urgency(l.q)) {
        if (!l.changes(i)) continue;
        const std::size_t r = find(i);
        if (place[r] == none) {
            place[r] = groups.size();
            groups.emplace_back();
        }
        groups[place[r]].push_back(i);
    }
    return groups;
}

/// A call loses time only where its own brigade goes to a more urgent one: the room refuses
/// anything else, and nobody would understand it.
bool leaves_for_more_urgent(const Looking& l, std::size_t call) {
    for (std::size_t other = 0; other < l.after.size(); ++other) {
        if (l.after[other] != l.q.calls[call].now_by) continue;
        return triage::more_urgent(l.q.calls[other].category, l.q.calls[call].category);
    }
    return false;
}

/// Whether a group may be proposed: who gains, gains enough; who loses gives its
/// brigade to a more urgent one; what is no more urgent never takes from what is.
bool pays(const Looking& l, const std::vector<std::size_t>& group) {
    const bool gains = std::any_of(group.begin(), group.end(), [&](std::size_t i) {
        const auto before = l.q.calls[i].now_by;
        if (l.after[i] == none) return false;
        return !before || l.q.arrival(i, *before) - l.q.arrival(i, l.after[i]) >=
                              l.least_gain_s(i, l.after[i]);
    });
    if (!gains) return false;
    for (const std::size_t i : group) {
        const auto before = l.q.calls[i].now_by;
        if (!before) continue;
        const bool worse = l.after[i] == none ||
                           l.q.arrival(i, l.after[i]) > l.q.arrival(i, *before);
        if (worse && !leaves_for_more_urgent(l, i)) return false;
    }
    return true;
}

CallChange change_of(const Looking& l, std::size_t i) {
    CallChange out;
    out.incident = l.q.calls[i].incident;
    out.category = l.q.calls[i].category;
    if (const auto before = l.q.calls[i].now_by) {
        out.before = l.q.brigades[*before].brigade;
        if (const double s = l.q.arrival(i, *before); s >= 0) out.before_s = s;
        if (l.q.in_time) out.before_probability = l.q.in_time(i, *before);
    }
    if (l.after[i] != none) {
        out.after = l.q.brigades[l.after[i]].brigade;
        out.after_s = l.q.arrival(i, l.after[i]);
        if (l.q.in_time) out.after_probability = l.q.in_time(i, l.after[i]);
    }
    return out;
}

void add_moves(const Looking& l, std::size_t i, std::vector<BrigadeMove>& moves) {
    const auto add = [&](std::size_t b, std::optional<IncidentId> to) {
        BrigadeMove move{.brigade = l.q.brigades[b].brigade,
                         .seen_version = l.q.brigades[b].version,
                         .from = {},
                         .to = to};
        if (l.call_of[b] != none) move.from = l.q.calls[l.call_of[b]].incident;
        moves.push_back(move);
    };
    if (l.after[i] != none) add(l.after[i], l.q.calls[i].incident);
    const auto before = l.q.calls[i].now_by;
    if (!before) return;
    // Its brigade goes elsewhere by another call's move, or becomes free.
    for (std::size_t other = 0; other < l.after.size(); ++other) {
        if (l.after[other] == *before) return;
    }
    add(*before, std::nullopt);
}

ProposalKind kind_of(const Looking& l, const std::vector<std::size_t>& group,
                     const Proposal& p) {
    const std::size_t lead = group.front();
    if (group.size() == 1 && l.q.calls[lead].now_by) return ProposalKind::takeover;
    const bool turned = std::any_of(p.moves.begin(), p.moves.end(), [](const BrigadeMove& m) {
        return m.from && m.to;
    });
    if (!turned) return group.size() == 1 ? ProposalKind::jointly : ProposalKind::swap;
    if (p.moves.size() > 1) return ProposalKind::swap;
    const bool met = l.after[lead] != none &&
                     l.q.arrival(lead, l.after[lead]) <= l.table.on_way_s;
    return met ? ProposalKind::met : ProposalKind::turn;
}

Proposal proposal_of(const Looking& l, const std::vector<std::size_t>& group) {
    Proposal p;
    for (const std::size_t i : group) {
        p.calls.push_back(change_of(l, i));
        add_moves(l, i, p.moves);
    }
    std::sort(p.moves.begin(), p.moves.end(),
              [](const BrigadeMove& a, const BrigadeMove& b) { return a.brigade < b.brigade; });
    p.kind = kind_of(l, group, p);
    const CallChange& lead = p.calls.front();
    if (lead.before_s && lead.after_s) p.gain_s = *lead.before_s - *lead.after_s;
    if (lead.after_probability) {
        p.gain_probability = *lead.after_probability - lead.before_probability.value_or(0);
    }
    return p;
}

/// Waiting calls matched to free brigades are said only where one by one would go otherwise.
bool only_sends_as_greedy(const Looking& l, const std::vector<std::size_t>& group,
                          const std::vector<std::size_t>& greedy) {
    return std::all_of(group.begin(), group.end(), [&](std::size_t i) {
        const bool waits = !l.q.calls[i].now_by;
        const bool free = l.after[i] != none && l.call_of[l.after[i]] == none;
        return waits && free && greedy[i] == l.after[i];
    });
}

/// What a person does: the most urgent first, each the soonest that is free.
std::vector<std::size_t> one_by_one(const Looking& l) {
    std::vector<char> used(l.q.brigades.size(), 0);
    std::vector<std::size_t> out(l.q.calls.size(), none);
    for (const std::size_t i : by_urgency(l.q)) {
        if (l.q.calls[i].now_by) continue;
        for (std::size_t b = 0; b < used.size(); ++b) {
            if (used[b] != 0 || l.call_of[b] != none || !l.can(i, b)) continue;
            if (out[i] == none || l.q.arrival(i, b) < l.q.arrival(i, out[i])) out[i] = b;
        }
        if (out[i] != none) used[out[i]] = 1;
    }
    return out;
}

}  // namespace

bool Proposal::same_as(const Proposal& other) const {
    return std::equal(moves.begin(), moves.end(), other.moves.begin(), other.moves.end(),
                      [](const BrigadeMove& a, const BrigadeMove& b) {
                          return a.brigade == b.brigade && a.from == b.from && a.to == b.to;
                      });
}

std::vector<Proposal> relook(const RelookQuestion& question, const RecommendationTable& table,
                             std::span<const Proposal> shown) {
    std::vector<Proposal> out;
    if (question.calls.empty() || question.brigades.empty()) return out;
    Looking l{question, table, shown, std::vector<std::size_t>(question.brigades.size(), none),
              {}};
    for (std::size_t i = 0; i < question.calls.size(); ++i) {
        if (question.calls[i].now_by) l.call_of[*question.calls[i].now_by] = i;
    }
    const std::size_t columns = question.brigades.size() + question.calls.size();
    l.after = assign_exactly(question.calls.size(), columns, costs_of(l, columns));
    for (std::size_t i = 0; i < l.after.size(); ++i) {
        const std::size_t b = l.after[i];
        if (b >= question.brigades.size() || !l.can(i, b)) l.after[i] = none;
        // Nobody better: whoever is on the way stays, also where its time is not known.
        const auto before = question.calls[i].now_by;
        const bool taken = before && std::find(l.after.begin(), l.after.end(), *before) !=
                                         l.after.end();
        if (l.after[i] == none && before && !taken) l.after[i] = *before;
    }
    const std::vector<std::size_t> greedy = one_by_one(l);
    for (const auto& group : groups_of(l)) {
        if (only_sends_as_greedy(l, group, greedy) || !pays(l, group)) continue;
        out.push_back(proposal_of(l, group));
    }
    return out;
}

RerouteBrigades command_of(const Proposal& proposal) {
    RerouteBrigades command;
    command.moves = proposal.moves;
    if (proposal.gain_s) command.reasons.push_back({"gain_s", *proposal.gain_s});
    if (proposal.gain_probability) {
        command.reasons.push_back({"gain_percent", *proposal.gain_probability * 100});
    }
    for (const CallChange& c : proposal.calls) {
        if (c.before_s && !c.after_s) command.reasons.push_back({"left_waiting", 0});
    }
    return command;
}

}  // namespace jedel
