// How an incident ends, that set right, and a closed one opened again.

#include <algorithm>

#include "dispatch/core/incidents/disposition.h"
#include "dispatch/core/incidents/handlers.h"

namespace jedel {
namespace {

bool reached_scene(const Incident& incident) {
    return std::any_of(incident.tasks.begin(), incident.tasks.end(), [](const Task& t) {
        const bool went = t.of_brigade() || t.resource == Resource::polyclinic;
        // A word that was lost on the way does not undo what came after it.
        return went && (t.on_scene_at() || t.left_scene_at() || t.at_hospital_at() ||
                        t.handed_over_at());
    });
}

bool took_patient(const Incident& incident) {
    return std::any_of(incident.tasks.begin(), incident.tasks.end(), [](const Task& t) {
        return t.of_brigade() && !t.returned_at() &&
               (t.left_scene_at() || t.at_hospital_at() || t.handed_over_at());
    });
}

/// A polyclinic has it, or had it when the call was closed.
bool with_polyclinic(const Incident& incident) {
    const Task* last = incident.last_polyclinic();
    return last != nullptr && !last->returned_at();
}

}  // namespace

std::optional<Refusal> check_disposition(const Incident& incident, Disposition disposition,
                                         std::optional<OrganisationId> hospital) {
    const auto not_allowed = [](std::string detail) {
        return refuse(RefusalCode::disposition_not_allowed, std::move(detail), "disposition");
    };
    if (disposition == Disposition::transported && !hospital) {
        return refuse(RefusalCode::bad_value, "expected the hospital", "hospital");
    }
    const EndNeeds needs = row_of(disposition).needs;
    const bool nobody_taken = needs == EndNeeds::nobody_found || needs == EndNeeds::no_need_seen ||
                              needs == EndNeeds::line_not_lost;
    if (nobody_taken && took_patient(incident)) {
        return not_allowed("a brigade has taken a patient from the scene");
    }
    switch (needs) {
        case EndNeeds::never:
            return refuse(RefusalCode::bad_value, "expected a disposition", "disposition");
        case EndNeeds::nothing: return std::nullopt;
        case EndNeeds::polyclinic:
            if (!with_polyclinic(incident)) return not_allowed("the call is with no polyclinic");
            return std::nullopt;
        case EndNeeds::crew_on_scene:
        case EndNeeds::nobody_found:
            if (!reached_scene(incident)) return not_allowed("no brigade has been on scene");
            return std::nullopt;
        case EndNeeds::no_need_seen:
            if (reached_scene(incident)) return std::nullopt;
            [[fallthrough]];
        case EndNeeds::line_not_lost:
            if (incident.caller_lost()) return not_allowed("the caller was lost; call back first");
            return std::nullopt;
    }
    return std::nullopt;
}

Decided decide_one(Deciding& d, const CorrectDisposition& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Ending& ending = incident->ending;
    if (ending.disposition == Disposition::none) {
        return refuse(RefusalCode::disposition_missing, "how it ended is not recorded", "incident");
    }
    if (c.words.empty()) {
        return refuse(RefusalCode::reason_required, "a correction needs words", "words");
    }
    DispositionCorrected event{c.incident, c.disposition, {}, {}, c.words};
    if (c.disposition != Disposition::none) {
        if (auto refusal = check_disposition(*incident, c.disposition, c.hospital)) return *refusal;
        if (auto refusal = check_time(d, *incident, c.at)) return *refusal;
        event.hospital = c.hospital;
        event.at = c.at ? c.at : ending.at;
        if (ending == Ending{event.disposition, event.hospital, event.at}) {
            return refuse(RefusalCode::nothing_changed, "recorded so already", "disposition");
        }
    }
    Decision decision;
    decision.events.emplace_back(std::move(event));
    return decision;
}

Decided decide_one(Deciding& d, const ReopenIncident& c) {
    if (d.state.open.find(c.incident) != nullptr) {
        return refuse(RefusalCode::nothing_changed, "it is open", "incident");
    }
    const Incident* incident = d.state.recent.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (incident->merged_into) {
        return refuse(RefusalCode::incident_closed, "it is merged; undo the merge", "incident");
    }
    if (c.words.empty()) {
        return refuse(RefusalCode::reason_required, "opening it again needs words", "words");
    }
    Decision decision;
    decision.events.emplace_back(IncidentReopened{c.incident, c.words});
    return decision;
}

}  // namespace jedel
