#include "dispatch/core/incidents/handlers.h"

namespace jedel {
namespace {

/// Moves an open incident to the closed ones; `change` is made on the way.
template <class Change>
void close(Folding& f, IncidentId id, Change&& change) {
    const Incident* found = f.state.open.find(id);
    if (found == nullptr) return;
    Incident closed = *found;
    change(closed);
    closed.closed_at = f.event.at;
    closed.version = f.event.seq;
    f.state.open.erase(id);
    f.state.recent.put(std::move(closed));
    auto& order = f.state.recent_order;
    order.push_back(id);
    ++f.state.closed_total;
    if (order.size() > State::recent_max) {
        // The one closed first goes, however late its number came.
        f.state.recent.erase(order.front());
        order.erase(order.begin());
    }
}

}  // namespace

void fold(Folding& f, const CategorySet& e) {
    f.incident(e.incident, [&](Incident& i) {
        i.category = e.category;
        i.category_changes.push_back({.from = e.from,
                                      .to = e.category,
                                      .at = f.event.at,
                                      .actor = f.event.actor,
                                      .rules = e.rules,
                                      .reason = e.reason,
                                      .words = e.words,
                                      .by_person = e.by_person});
    });
}

void fold(Folding& f, const DispositionRecorded& e) {
    f.incident(e.incident, [&](Incident& i) {
        i.ending = {e.disposition, e.hospital, e.at.value_or(f.event.at)};
        i.ending_changes.push_back({i.ending, f.event.at, f.event.actor, {}});
    });
}

void fold(Folding& f, const DispositionCorrected& e) {
    f.incident(e.incident, [&](Incident& i) {
        i.ending = {e.disposition, e.hospital, e.at};
        i.ending_changes.push_back({i.ending, f.event.at, f.event.actor, e.words});
    });
}

void fold(Folding& f, const IncidentReopened& e) {
    const Incident* found = f.state.recent.find(e.incident);
    if (found == nullptr) return;
    Incident again = *found;
    again.reopenings.push_back(
        {again.closed_at.value_or(f.event.at), f.event.at, f.event.actor, e.words});
    again.closed_at.reset();
    again.version = f.event.seq;
    f.state.recent.erase(e.incident);
    std::erase(f.state.recent_order, e.incident);
    f.state.open.put(std::move(again));
    --f.state.closed_total;
}

void fold(Folding& f, const IncidentClosed& e) {
    close(f, e.incident, [](Incident&) {});
}

void fold(Folding& f, const IncidentMerged& e) {
    const Incident* from = f.state.open.find(e.incident);
    std::vector<Call> calls;
    if (from != nullptr) calls = from->calls;
    close(f, e.incident, [&](Incident& i) {
        i.before_merge = i.ending;
        i.ending.disposition = Disposition::duplicate;
        i.ending.at = f.event.at;
        i.merged_into = e.into;
    });
    f.incident(e.into, [&](Incident& i) {
        i.merged.push_back(e.incident);
        for (Call& call : calls) {
            call.merged_from = e.incident;
            i.calls.push_back(std::move(call));
        }
    });
}

void fold(Folding& f, const IncidentUnmerged& e) {
    const Incident* found = f.state.recent.find(e.incident);
    if (found == nullptr) return;
    Incident again = *found;
    again.merged_into.reset();
    again.closed_at.reset();
    again.ending = again.before_merge.value_or(Ending{});
    again.before_merge.reset();
    again.version = f.event.seq;
    // What was learned of its calls while they lay with the other incident stays with them.
    if (const Incident* other = f.state.incident(e.from)) {
        for (Call& call : again.calls) {
            if (const Call* there = other->call(call.id)) {
                call = *there;
                if (call.merged_from == e.incident) call.merged_from.reset();
            }
        }
    }
    f.state.recent.erase(e.incident);
    std::erase(f.state.recent_order, e.incident);
    f.state.open.put(std::move(again));
    --f.state.closed_total;
    const auto clear = [&](Incident& i) {
        std::erase(i.merged, e.incident);
        std::erase_if(i.calls, [&](const Call& c) { return c.merged_from == e.incident; });
        i.version = f.event.seq;
    };
    if (!f.state.open.edit(e.from, clear)) f.state.recent.edit(e.from, clear);
}

}  // namespace jedel
