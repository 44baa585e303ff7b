// The category in force, how an incident ends, and its twins.

#include <algorithm>

#include "dispatch/core/aid/handlers.h"
#include "dispatch/core/incidents/handlers.h"
#include "dispatch/core/incidents/disposition.h"

namespace jedel {
namespace {

using triage::more_urgent;

/// The same event cannot be less urgent than either caller said.
void append_raise(const Deciding& d, const Incident& from, const Incident& into,
                  Decision& decision) {
    const Category said = from.working_category();
    if (!more_urgent(said, into.working_category())) return;
    decision.events.emplace_back(CategorySet{.incident = into.id,
                                             .from = into.category,
                                             .category = said,
                                             .rules = from.triage.rules,
                                             .reason = OverrideReason::second_call,
                                             .words = {},
                                             .by_person = d.by_person()});
    append_return_when_raised(into, said, decision);
}

/// The last change was this person's, upward by hand and for no other reason than a slip, from
/// where the proposal is not passed: going back there undoes no judgement.
bool slipped_up(const Incident& incident, Category category, std::string_view actor) {
    if (actor.empty() || incident.category_changes.empty()) return false;
    const Category proposed = incident.triage.proposed;
    if (proposed == Category::none || category != proposed) return false;
    const CategoryChange& last = incident.category_changes.back();
    const bool by_hand = last.by_person && last.rules.empty() && last.actor == actor;
    const bool for_nothing =
        last.reason == OverrideReason::none || last.reason == OverrideReason::entry_error;
    return by_hand && for_nothing && more_urgent(last.to, proposed) &&
           !more_urgent(last.from, proposed);
}

}  // namespace

OverrideNeeds override_needs(const Incident& incident, Category category,
                             std::string_view actor) {
    const Category proposed = incident.triage.proposed;
    const Category floor = more_urgent(incident.category, proposed) ? incident.category : proposed;
    const bool lowers = floor != Category::none && more_urgent(floor, category);
    // With nothing known, anything but the most urgent is a judgement and needs its reason.
    const bool unsupported = floor == Category::none && category != Category::u1;
    const bool slip = lowers && slipped_up(incident, category, actor);
    return {.senior_doctor = lowers && !slip,
            .reason_and_words = lowers || unsupported,
            .own_slip = slip};
}

bool append_first_category(const Deciding& d, const Incident& incident, Decision& decision) {
    if (incident.category != Category::none) return true;
    if (incident.triage.proposed == Category::none) return false;
    decision.events.emplace_back(CategorySet{.incident = incident.id,
                                             .from = Category::none,
                                             .category = incident.triage.proposed,
                                             .rules = incident.triage.rules,
                                             .reason = OverrideReason::none,
                                             .words = {},
                                             .by_person = d.by_person()});
    return true;
}

Decided decide_one(Deciding& d, const SetCategory& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.category == Category::none) {
        return refuse(RefusalCode::bad_value, "expected u1, u2, u3 or u4", "category");
    }
    if (c.category == incident->category) {
        return refuse(RefusalCode::nothing_changed, "the category is that already", "category");
    }
    const OverrideNeeds needs = override_needs(*incident, c.category, d.envelope.actor);
    if (needs.senior_doctor) {
        if (auto refusal = check_right(d, right::lower_category)) {
            refusal->detail = "only the senior doctor may set a less urgent category; " +
                              refusal->detail;
            refusal->field = "category";
            return *refusal;
        }
    }
    if (needs.reason_and_words && c.reason == OverrideReason::none) {
        return refuse(RefusalCode::reason_required, "a reason is needed", "reason");
    }
    if (needs.own_slip && c.reason != OverrideReason::entry_error &&
        check_right(d, right::lower_category)) {
        return refuse(RefusalCode::reason_required,
                      "a slip is taken back with the reason entry_error; anything else is the "
                      "senior doctor's",
                      "reason");
    }
    if (needs.reason_and_words && c.words.empty()) {
        return refuse(RefusalCode::reason_required, "the reason needs words", "words");
    }
    const bool as_proposed = c.category == incident->triage.proposed;
    Decision decision;
    decision.events.emplace_back(
        CategorySet{.incident = c.incident,
                    .from = incident->category,
                    .category = c.category,
                    .rules = as_proposed ? incident->triage.rules : std::vector<std::string>{},
                    .reason = c.reason,
                    .words = c.words,
                    .by_person = d.by_person()});
    append_return_when_raised(*incident, c.category, decision);
    return decision;
}

Decided decide_one(Deciding& d, const RecordDisposition& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (auto refusal = check_disposition(*incident, c.disposition, c.hospital)) return *refusal;
    if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
    const Ending& ending = incident->ending;
    if (c.disposition == ending.disposition && c.hospital == ending.hospital) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "disposition");
    }
    Decision decision;
    decision.events.emplace_back(
        DispositionRecorded{c.incident, c.disposition, c.hospital, c.at});
    if (c.disposition == Disposition::death_before_arrival && d.by_person()) {
        append_police(d, *incident, "death", {}, decision);
    }
    return decision;
}

Decided decide_one(Deciding& d, const CloseIncident& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (incident->ending.disposition == Disposition::none) {
        return refuse(RefusalCode::disposition_missing, "how it ended is not recorded",
                      "incident");
    }
    if (auto refusal = check_end(d, *incident)) return *refusal;
    Decision decision;
    for (const Task& task : incident->tasks) {
        if (!task.active()) continue;
        if (task.of_brigade()) {
            return refuse(RefusalCode::still_at_work, "a brigade is still on it", "incident");
        }
        if (task.resource != Resource::polyclinic) {
            return refuse(RefusalCode::still_at_work,
                          std::string{name_of(task.resource)} + " is still on it", "incident");
        }
        if (!task.accepted_at()) {
            return refuse(RefusalCode::still_at_work, "the polyclinic has not accepted it yet",
                          "incident");
        }
        // The polyclinic's team goes on by itself; the room's part of the task is done.
        decision.events.emplace_back(
            TaskReported{c.incident, task.id, TaskStep::done, {}, {}});
    }
    decision.events.emplace_back(IncidentClosed{c.incident});
    return decision;
}

Decided decide_one(Deciding& d, const MergeIncident& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Incident* into = d.state.open.find(c.into);
    if (into == nullptr) return not_open(d.state, c.into);
    if (c.incident == c.into) {
        return refuse(RefusalCode::bad_value, "an incident cannot be merged into itself", "into");
    }
    const bool at_work = std::any_of(incident->tasks.begin(), incident->tasks.end(),
                                     [](const Task& t) { return t.active(); });
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

Decided decide_one(Deciding& d, const UnmergeIncident& c) {
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
