// Two calls about one event: merged into the first, and taken apart again.

#include "dispatch/core/guards.h"

namespace jedel {
namespace {

/// The same event cannot be less urgent than either caller said.
void append_raise(const Deciding& d, const Incident& from, const Incident& into,
                  Decision& decision) {
    const Category said = from.working_category();
    if (!triage::more_urgent(said, into.working_category())) return;
    decision.events.emplace_back(CategorySet{.incident = into.id,
                                             .from = into.category,
                                             .category = said,
                                             .rules = from.triage.rules,
                                             .reason = OverrideReason::second_call,
                                             .words = {},
                                             .by_person = d.by_person()});
    if (into.polyclinic && into.polyclinic->active()) {
        decision.events.emplace_back(PolyclinicReturned{into.id, "category_raised"});
    }
}

}  // namespace

Decided decide_intake(const Deciding& d, const MergeIncident& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Incident* into = d.state.open.find(c.into);
    if (into == nullptr) return not_open(d.state, c.into);
    if (c.incident == c.into) {
        return refuse(RefusalCode::bad_value, "an incident cannot be merged into itself", "into");
    }
    const bool at_work = incident->active_assignment() != nullptr ||
                         (incident->polyclinic && incident->polyclinic->active());
    if (at_work) {
        return refuse(RefusalCode::still_at_work,
                      "a brigade or polyclinic is on it; release it, or merge the other one",
                      "incident");
    }
    Decision decision;
    append_raise(d, *incident, *into, decision);
    decision.events.emplace_back(IncidentMerged{c.incident, c.into});
    return decision;
}

Decided decide_intake(const Deciding& d, const UnmergeIncident& c) {
    const Incident* incident = d.state.recent.find(c.incident);
    if (incident == nullptr || !incident->merged_into) {
        return refuse(RefusalCode::not_merged, "it is not merged, or was too long ago",
                      "incident");
    }
    Decision decision;
    decision.events.emplace_back(IncidentUnmerged{c.incident, *incident->merged_into});
    return decision;
}

}  // namespace jedel
