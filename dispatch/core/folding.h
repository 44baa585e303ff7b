#pragma once
// How events change the state. Private to core.

#include <algorithm>
#include <utility>

#include "dispatch/core/decide.h"

namespace jedel {

/// One event being folded, with the helpers that every subject's `fold` uses.
struct Folding {
    State& state;
    const JournalEvent& event;

    /// Changes an open incident, or a closed one that is still at hand (late words on it).
    template <class Change>
    void incident(IncidentId id, Change&& change) {
        state.open.edit(id, [&](Incident& i) {
            change(i);
            i.version = event.seq;
        });
    }
    template <class Change>
    void patient(IncidentId id, PatientId patient_id, Change&& change) {
        incident(id, [&](Incident& i) {
            for (Patient& p : i.patients) {
                if (p.id == patient_id) change(p);
            }
        });
    }
    template <class Change>
    void task(IncidentId id, TaskId task_id, Change&& change) {
        incident(id, [&](Incident& i) {
            for (Task& t : i.tasks) {
                if (t.id == task_id) change(t);
            }
        });
    }
    template <class Change>
    void brigade(BrigadeId id, Change&& change) {
        state.brigades.edit(id, [&](Brigade& b) {
            change(b);
            b.version = event.seq;
            b.last_actor = event.actor;
        });
    }
    void person(std::optional<PersonRef>& held, const std::optional<PersonRef>& ref) {
        if (!ref) return;
        held = ref;
        given(ref->value, &DeskIds::person);
    }
    /// Keeps the counts of the desk that gave a number ahead of it.
    void given(std::uint64_t id, std::uint64_t DeskIds::*kind) {
        const DeskNo desk = desk_of(id);
        const std::uint64_t count = count_of(id);
        // The upper half is no count: numbers made by lifting old events lie there.
        if (count == 0 || count > desk_count_mask >> 1) return;
        auto it = std::lower_bound(state.ids.begin(), state.ids.end(), desk,
                                   [](const DeskIds& i, DeskNo d) { return i.desk < d; });
        if (it == state.ids.end() || it->desk != desk) {
            it = state.ids.insert(it, DeskIds{.desk = desk});
        }
        (*it).*kind = std::max((*it).*kind, count);
    }
    [[nodiscard]] TaskMark mark(TaskStep step, std::optional<Instant> at,
                                Source source = Source::dispatcher) const {
        return {step, at.value_or(event.at), event.at, source, event.actor, false, {}};
    }
};

}  // namespace jedel
