// The category in force, how an incident ends, and its twins.

#include <algorithm>

#include "dispatch/core/incidents/handlers.h"
#include "dispatch/core/incidents/disposition.h"

namespace jedel {
namespace {

using triage::more_urgent;

bool reached_scene(const Incident& incident) {
    return std::any_of(incident.tasks.begin(), incident.tasks.end(), [](const Task& t) {
        return t.of_brigade() && t.on_scene_at().has_value();
    });
}

/// What must have happened before an incident can end so.
std::optional<Refusal> check_disposition(const RecordDisposition& c, const Incident& incident) {
    const auto not_allowed = [](std::string detail) {
        return refuse(RefusalCode::disposition_not_allowed, std::move(detail), "disposition");
    };
    if (c.disposition == Disposition::transported && !c.hospital) {
        return refuse(RefusalCode::bad_value, "expected the hospital", "hospital");
    }
    switch (row_of(c.disposition).needs) {
        case EndNeeds::never:
            return refuse(RefusalCode::bad_value, "expected a disposition", "disposition");
        case EndNeeds::nothing: return std::nullopt;
        case EndNeeds::crew_on_scene:
            if (!reached_scene(incident)) return not_allowed("no brigade has been on scene");
            return std::nullopt;
        case EndNeeds::polyclinic:
            if (incident.polyclinic_at_work() == nullptr) {
                return not_allowed("the call is with no polyclinic");
            }
            return std::nullopt;
        case EndNeeds::line_not_lost:
            if (incident.caller_lost()) return not_allowed("the caller was lost; call back first");
            return std::nullopt;
    }
    return std::nullopt;
}

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

}  // namespace

OverrideNeeds override_needs(const Incident& incident, Category category) {
    const Category proposed = incident.triage.proposed;
    const Category floor = more_urgent(incident.category, proposed) ? incident.category : proposed;
    const bool lowers = floor != Category::none && more_urgent(floor, category);
    // With nothing known, anything but the most urgent is a judgement and needs its reason.
    const bool unsupported = floor == Category::none && category != Category::u1;
    return {.senior_doctor = lowers, .reason_and_words = lowers || unsupported};
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
    const OverrideNeeds needs = override_needs(*incident, c.category);
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
    if (auto refusal = check_disposition(c, *incident)) return *refusal;
    if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
    const Ending& ending = incident->ending;
    if (c.disposition == ending.disposition && c.hospital == ending.hospital) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "disposition");
    }
    Decision decision;
    decision.events.emplace_back(
        DispositionRecorded{c.incident, c.disposition, c.hospital, c.at});
    return decision;
}

Decided decide_one(Deciding& d, const CloseIncident& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (incident->ending.disposition == Disposition::none) {
        return refuse(RefusalCode::disposition_missing, "how it ended is not recorded",
                      "incident");
    }
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
