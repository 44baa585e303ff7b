// Polyclinics, the patient after the ambulance, dispositions and closing.

#include <algorithm>
#include <array>

#include "dispatch/core/guards.h"

namespace jedel {
namespace {

constexpr double polyclinic_age_min_years = 1;

bool reached_scene(const Incident& incident) {
    return std::any_of(incident.assignments.begin(), incident.assignments.end(),
                       [](const Assignment& a) { return a.on_scene_at.has_value(); });
}

/// What must have happened before an incident can end so.
std::optional<Refusal> check_disposition(const RecordDisposition& c, const Incident& incident) {
    const auto not_allowed = [](std::string detail) {
        return refuse(RefusalCode::disposition_not_allowed, std::move(detail), "disposition");
    };
    switch (c.disposition) {
        case Disposition::none:
            return refuse(RefusalCode::bad_value, "expected a disposition", "disposition");
        case Disposition::handed_to_polyclinic:
            if (!incident.polyclinic || !incident.polyclinic->active()) {
                return not_allowed("the call is with no polyclinic");
            }
            return std::nullopt;
        case Disposition::transported:
            if (!c.hospital) {
                return refuse(RefusalCode::bad_value, "expected the hospital", "hospital");
            }
            [[fallthrough]];
        case Disposition::left_at_place:
        case Disposition::left_at_home:
        case Disposition::served:
        case Disposition::patient_not_found:
        case Disposition::death_before_arrival:
            if (!reached_scene(incident)) return not_allowed("no brigade has been on scene");
            return std::nullopt;
        case Disposition::refused:
        case Disposition::repeat:
        case Disposition::duplicate:
        case Disposition::false_call:
        case Disposition::unjustified:
            return std::nullopt;
        case Disposition::cancelled_by_caller:
            // Who hung up has cancelled nothing.
            if (incident.caller_lost()) return not_allowed("the caller was lost; call back first");
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Refusal> check_polyclinic_guards(const Incident& incident) {
    if (incident.working_category() != Category::u4) {
        return refuse(RefusalCode::not_category_4, "only U4 goes to a polyclinic (D2)",
                      "incident");
    }
    if (!incident.age_years) {
        return refuse(RefusalCode::age_unknown, "the age must be known first", "age_years");
    }
    if (*incident.age_years < polyclinic_age_min_years) {
        return refuse(RefusalCode::under_one_year, "the patient is under one year of age",
                      "age_years");
    }
    if (incident.active_assignment() != nullptr) {
        return refuse(RefusalCode::already_handed, "a brigade is on this incident", "incident");
    }
    if (incident.polyclinic && incident.polyclinic->active()) {
        return refuse(RefusalCode::already_handed, "the call is with a polyclinic", "incident");
    }
    return std::nullopt;
}

}  // namespace

Decided decide_ending(const Deciding& d, const HandToPolyclinic& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (!c.polyclinic) {
        return refuse(RefusalCode::bad_value, "expected a polyclinic", "polyclinic");
    }
    if (auto refusal = check_polyclinic_guards(*incident)) return *refusal;
    Decision decision;
    append_first_category(d, *incident, decision);
    decision.events.emplace_back(HandedToPolyclinic{.incident = c.incident,
                                                    .polyclinic = c.polyclinic,
                                                    .row = c.row,
                                                    .reasons = c.reasons});
    return decision;
}

Decided decide_ending(const Deciding& d, const AcceptByPolyclinic& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (!incident->polyclinic || !incident->polyclinic->active()) {
        return refuse(RefusalCode::not_handed, "the call is with no polyclinic", "incident");
    }
    if (incident->polyclinic->accepted_at) {
        return refuse(RefusalCode::nothing_changed, "accepted already", "incident");
    }
    Decision decision;
    decision.events.emplace_back(PolyclinicAccepted{c.incident});
    return decision;
}

Decided decide_ending(const Deciding& d, const ReturnFromPolyclinic& c) {
    constexpr std::array<std::string_view, 4> reasons{"not_accepted", "closed", "category_raised",
                                                      "other"};
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (!incident->polyclinic || !incident->polyclinic->active()) {
        return refuse(RefusalCode::not_handed, "the call is with no polyclinic", "incident");
    }
    if (std::find(reasons.begin(), reasons.end(), c.reason) == reasons.end()) {
        return refuse(RefusalCode::reason_required,
                      "expected not_accepted, closed, category_raised or other", "reason");
    }
    Decision decision;
    decision.events.emplace_back(PolyclinicReturned{c.incident, c.reason});
    return decision;
}

Decided decide_ending(const Deciding& d, const IdentifyPatient& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    Decision decision;
    PatientIdentified event{.incident = c.incident, .person = {}, .insurance = c.insurance};
    if (c.personal.any()) {
        event.person = PersonRef{d.state.next_person};
        decision.personal.push_back(
            merged_person(d.personal, incident, c.incident, c.personal, *event.person));
    }
    decision.events.emplace_back(std::move(event));
    return decision;
}

Decided decide_ending(const Deciding& d, const RecordFollowUp& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.items.empty()) {
        return refuse(RefusalCode::bad_value, "expected at least one follow-up", "items");
    }
    if (c.items == incident->follow_up) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "items");
    }
    Decision decision;
    decision.events.emplace_back(FollowUpRecorded{c.incident, c.items});
    return decision;
}

Decided decide_ending(const Deciding& d, const RecordDisposition& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (auto refusal = check_disposition(c, *incident)) return *refusal;
    if (c.disposition == incident->disposition && c.hospital == incident->disposition_hospital) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "disposition");
    }
    Decision decision;
    decision.events.emplace_back(DispositionRecorded{c.incident, c.disposition, c.hospital});
    return decision;
}

Decided decide_ending(const Deciding& d, const CloseIncident& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (incident->disposition == Disposition::none) {
        return refuse(RefusalCode::disposition_missing, "how it ended is not recorded",
                      "incident");
    }
    if (incident->active_assignment() != nullptr) {
        return refuse(RefusalCode::still_at_work, "a brigade is still on it", "incident");
    }
    const auto& polyclinic = incident->polyclinic;
    if (polyclinic && polyclinic->active() && !polyclinic->accepted_at) {
        return refuse(RefusalCode::still_at_work, "the polyclinic has not accepted it yet",
                      "incident");
    }
    Decision decision;
    decision.events.emplace_back(IncidentClosed{c.incident});
    return decision;
}

Decided decide_ending(const Deciding& d, const RecordHospitalTriage& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.zone == TriageZone::none) {
        return refuse(RefusalCode::bad_value, "expected red, yellow or green", "zone");
    }
    const auto& all = incident->assignments;
    const auto it = std::find_if(all.rbegin(), all.rend(), [&](const Assignment& a) {
        return a.brigade == c.brigade && a.at_hospital_at;
    });
    if (it == all.rend()) {
        return refuse(RefusalCode::status_order, "the brigade has not reached a hospital",
                      "brigade");
    }
    if (it->zone == c.zone) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "zone");
    }
    Decision decision;
    decision.events.emplace_back(HospitalTriaged{c.incident, it->id, c.zone});
    return decision;
}

Decided decide_ending(const Deciding& d, const SignText& c) {
    if (d.envelope.seat != Seat::senior_doctor) {
        return refuse(RefusalCode::right_required, "only the senior doctor signs");
    }
    if (c.subject.empty()) return refuse(RefusalCode::bad_value, "expected a text", "subject");
    if (c.version.empty()) return refuse(RefusalCode::bad_value, "expected its digest", "version");
    if (d.state.signature(c.subject, c.version) != nullptr) {
        return refuse(RefusalCode::nothing_changed, "signed already", "subject");
    }
    Decision decision;
    decision.events.emplace_back(TextSigned{c.subject, c.version});
    return decision;
}

}  // namespace jedel
