// What becomes known of patients, and of call and place while the form is filled.

#include <algorithm>
#include <cmath>

#include "dispatch/core/patients/handlers.h"
#include "dispatch/core/patients/triage.h"
#include "triage/protocol.h"

namespace jedel {
namespace {

using triage::more_urgent;

constexpr double age_max_years = 130;
constexpr int pregnancy_max_weeks = 45;
constexpr int patient_count_max = 10'000;
constexpr std::size_t patients_max = 200;  ///< triaged one by one in one incident

/// True when `now` names a rule that `before` did not: something new was said.
bool has_new_rule(const TriageRecord& before, const TriageRecord& now) {
    return std::any_of(now.rules.begin(), now.rules.end(), [&](const std::string& rule) {
        return std::find(before.rules.begin(), before.rules.end(), rule) == before.rules.end();
    });
}

std::optional<Refusal> check_intake(const RecordIntake& c) {
    const auto bad = [](std::string detail, std::string_view field) {
        return refuse(RefusalCode::bad_value, std::move(detail), field);
    };
    if (c.lat.has_value() != c.lon.has_value()) return bad("expected lat and lon together", "lat");
    if (c.lat && !is_valid({*c.lat, *c.lon})) return bad("expected WGS 84 degrees", "lat");
    // 0, 0 lies in the ocean: it is how a missing place is often written.
    if (c.lat && *c.lat == 0 && *c.lon == 0) return bad("0, 0 is no place", "lat");
    if (c.age_years && !(*c.age_years >= 0 && *c.age_years <= age_max_years)) {
        return bad("expected an age of 0 to 130 years", "age_years");
    }
    if (c.pregnancy_weeks && (*c.pregnancy_weeks < 1 || *c.pregnancy_weeks > pregnancy_max_weeks)) {
        return bad("expected 1 to 45 weeks", "pregnancy_weeks");
    }
    if (c.patient_count && (*c.patient_count < 1 || *c.patient_count > patient_count_max)) {
        return bad("expected 1 to 10000 patients", "patient_count");
    }
    const bool described = !c.patients_described || (*c.patients_described >= 1 &&
                                                     *c.patients_described <= patient_count_max);
    if (!described) return bad("expected 1 to 10000 patients", "patients_described");
    return std::nullopt;
}

/// The table in force must know what is said now. What was said under an earlier table stays on
/// record unevaluated.
std::optional<Refusal> check_finding(const Deciding& d, const FindingValue& f) {
    if (d.context.protocol == nullptr) return std::nullopt;
    triage::Facts scratch{*d.context.protocol};
    const Result<void> set = scratch.set_text(f.finding, f.value);
    if (set) return std::nullopt;
    const bool known = d.context.protocol->find(f.finding).has_value();
    return refuse(known ? RefusalCode::bad_value : RefusalCode::unknown_finding,
                  set.error().message, set.error().field);
}

Patient& same_patient(Incident& incident, PatientId id) {
    for (Patient& patient : incident.patients) {
        if (patient.id == id) return patient;
    }
    return incident.patients.front();
}

}  // namespace

void append_triage(const Deciding& d, const Incident& before, const Incident& after,
                   PatientId patient_id, Decision& decision, OverrideReason reason) {
    if (d.context.protocol == nullptr) return;
    const triage::Protocol& protocol = *d.context.protocol;
    const Patient* patient = after.patient(patient_id);
    if (patient == nullptr) return;
    const CallPicture picture = picture_of(after, *patient);
    const triage::Facts facts = facts_of(protocol, picture);
    const triage::Evaluation evaluation = evaluate_call(protocol, facts, picture);
    TriageRecord record{.most_urgent = evaluation.most_urgent,
                        .least_urgent = evaluation.least_urgent,
                        .proposed = evaluation.proposed,
                        .rules = {},
                        .protocol = protocol.edition()};
    for (const triage::Rule* rule : triage::reasons(protocol, facts, evaluation)) {
        record.rules.push_back(rule->id);
    }
    if (record == patient->triage) return;
    // Another patient of the same decision may have raised it already.
    Category in_force = before.category;
    for (const Event& event : decision.events) {
        if (const auto* set = std::get_if<CategorySet>(&event)) in_force = set->category;
    }
    const bool raise = in_force != Category::none && more_urgent(record.proposed, in_force) &&
                       has_new_rule(patient->triage, record);
    decision.events.emplace_back(Triaged{before.id, patient_id, record});
    if (!raise) return;
    decision.events.emplace_back(CategorySet{.incident = before.id,
                                             .from = in_force,
                                             .category = record.proposed,
                                             .rules = record.rules,
                                             .reason = reason,
                                             .words = {},
                                             .by_person = false});
    if (in_force == before.category) {
        append_return_when_raised(before, record.proposed, decision);
    }
}

bool clear(Incident& incident, Patient& patient, IntakeField field) {
    const auto reset = [](auto&... values) {
        const bool held = (... || values.has_value());
        (values.reset(), ...);
        return held;
    };
    switch (field) {
        case IntakeField::place: return reset(incident.lat, incident.lon);
        case IntakeField::age_years: return reset(patient.age_years);
        case IntakeField::pregnancy_weeks: return reset(patient.pregnancy_weeks);
        case IntakeField::patient_count: return reset(incident.patient_count);
    }
    return false;
}

Decided decide_one(Deciding& d, const RecordIntake& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (auto refusal = check_intake(c)) return *refusal;
    const WhichPatient which = which_patient(*incident, c.patient);
    if (const auto* refusal = std::get_if<Refusal>(&which)) return *refusal;
    const Patient& patient = *std::get<const Patient*>(which);
    // The form of an incident with several calls is its first call's unless another is named.
    const WhichCall which_c = which_call(*incident, c.call ? *c.call : incident->first_call().id);
    if (const auto* refusal = std::get_if<Refusal>(&which_c)) return *refusal;
    const Call& call = *std::get<const Call*>(which_c);

    IntakeRecorded event;
    event.incident = c.incident;
    event.call = call.id;
    event.patient = patient.id;
    Incident after = *incident;
    Patient& patient_after = same_patient(after, patient.id);
    bool changed = false;
    const auto take = [&changed](auto& to_event, auto& to_state, const auto& from) {
        if (!from || to_state == *from) return;
        to_event = *from;
        to_state = *from;
        changed = true;
    };
    take(event.lat, after.lat, c.lat);
    take(event.lon, after.lon, c.lon);
    take(event.age_years, patient_after.age_years, c.age_years);
    take(event.sex, patient_after.sex, c.sex);
    take(event.pregnancy_weeks, patient_after.pregnancy_weeks, c.pregnancy_weeks);
    take(event.patient_count, after.patient_count, c.patient_count);
    take(event.caller, same_call(after, call.id).caller, c.caller);
    take(event.patients_described, after.patients_described, c.patients_described);
    for (const IntakeField field : c.cleared) {
        if (!clear(after, patient_after, field)) continue;
        event.cleared.push_back(field);
        changed = true;
    }

    Decision decision;
    const NewPersons persons =
        take_persons(d, incident, c.incident, &call, &patient, c.personal, decision);
    event.person = persons.call;
    event.place_person = persons.place;
    event.patient_person = persons.patient;
    changed |= persons.call || persons.place || persons.patient;
    if (!changed) return refuse(RefusalCode::nothing_changed, "all of it is known already");
    decision.events.emplace_back(event);
    for (const Patient& p : after.patients) append_triage(d, *incident, after, p.id, decision);
    append_return_when_unfit(d, *incident, after, decision);
    return decision;
}

Decided decide_one(Deciding& d, const AddPatient& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (incident->patients.size() >= patients_max) {
        return refuse(RefusalCode::too_many, "200 patients of one incident are listed already",
                      "incident");
    }
    Decision decision;
    const PatientId id = d.new_patient();
    decision.events.emplace_back(PatientAdded{c.incident, id});
    Incident after = *incident;
    after.patients.emplace_back().id = id;
    // Of the new one nothing is known: the range of the others widens with it.
    for (const Patient& p : after.patients) append_triage(d, *incident, after, p.id, decision);
    return decision;
}

Decided decide_one(Deciding& d, const RecordFindings& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const WhichPatient which = which_patient(*incident, c.patient);
    if (const auto* refusal = std::get_if<Refusal>(&which)) return *refusal;
    const PatientId patient = std::get<const Patient*>(which)->id;
    Incident after = *incident;
    std::vector<FindingValue>& known = same_patient(after, patient).findings;
    FindingsRecorded event{.incident = c.incident, .patient = patient, .findings = {}};
    for (const FindingValue& f : c.findings) {
        if (f.finding.empty() || f.value.empty()) {
            return refuse(RefusalCode::bad_value, "expected a finding and its value", "findings");
        }
        if (f.call && incident->call(*f.call) == nullptr) {
            return refuse(RefusalCode::unknown_call, "the incident has no such call", "findings");
        }
        if (f.value != "unknown") {
            if (auto refusal = check_finding(d, f)) return *refusal;
        }
        const auto it = std::find_if(
            known.begin(), known.end(),
            [&](const FindingValue& old) { return old.finding == f.finding; });
        if (it == known.end()) {
            if (f.value == "unknown") continue;  // as before: not known
            known.push_back(f);
        } else if (it->value == f.value) {
            continue;
        } else {
            *it = f;
        }
        event.findings.push_back(f);
    }
    if (event.findings.empty()) {
        return refuse(RefusalCode::nothing_changed, "all of it is known already", "findings");
    }
    const bool reported =
        std::any_of(event.findings.begin(), event.findings.end(),
                    [](const FindingValue& f) { return f.source == Source::brigade; });
    Decision decision;
    decision.events.emplace_back(std::move(event));
    append_triage(d, *incident, after, patient, decision,
                  reported ? OverrideReason::brigade_report : OverrideReason::none);
    return decision;
}

Decided decide_one(Deciding& d, const RecordUnanswered& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const WhichPatient which = which_patient(*incident, c.patient);
    if (const auto* refusal = std::get_if<Refusal>(&which)) return *refusal;
    const Patient& patient = *std::get<const Patient*>(which);
    std::vector<std::string> changed;
    for (const std::string& finding : c.findings) {
        if (finding.empty()) {
            return refuse(RefusalCode::bad_value, "expected a finding", "findings");
        }
        const bool is_known_name =
            d.context.protocol == nullptr || d.context.protocol->find(finding).has_value();
        if (!is_known_name && !c.again) {
            return refuse(RefusalCode::unknown_finding, "no such finding", finding);
        }
        const bool stands = std::any_of(
            patient.unanswered.begin(), patient.unanswered.end(),
            [&](const Unanswered& row) { return row.finding == finding; });
        const bool answered = std::any_of(
            patient.findings.begin(), patient.findings.end(),
            [&](const FindingValue& f) { return f.finding == finding && f.value != "unknown"; });
        if (answered && !c.again) {
            return refuse(RefusalCode::bad_value, "it is answered; take the answer back first",
                          "findings");
        }
        if (stands == c.again) changed.push_back(finding);
    }
    if (changed.empty()) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "findings");
    }
    // Unknown before and after: the category is not touched.
    Decision decision;
    if (c.again) {
        decision.events.emplace_back(QuestionReopened{c.incident, patient.id, std::move(changed)});
    } else {
        decision.events.emplace_back(
            QuestionUnanswered{c.incident, patient.id, std::move(changed)});
    }
    return decision;
}

Decided decide_one(Deciding& d, const IdentifyPatient& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const WhichPatient which = which_patient(*incident, c.patient);
    if (const auto* refusal = std::get_if<Refusal>(&which)) return *refusal;
    const Patient& patient = *std::get<const Patient*>(which);
    PatientIdentified event;
    event.incident = c.incident;
    event.patient = patient.id;
    event.insurance = c.insurance;
    Decision decision;
    const NewPersons persons = take_persons(d, incident, c.incident, &incident->first_call(),
                                            &patient, c.personal, decision);
    event.person = persons.call;
    event.place_person = persons.place;
    event.patient_person = persons.patient;
    decision.events.emplace_back(std::move(event));
    append_return_when_unfit(d, *incident, *incident, decision);
    return decision;
}

Decided decide_one(Deciding& d, const RecordFollowUp& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const WhichPatient which = which_patient(*incident, c.patient);
    if (const auto* refusal = std::get_if<Refusal>(&which)) return *refusal;
    const Patient& patient = *std::get<const Patient*>(which);
    if (c.items.empty()) {
        return refuse(RefusalCode::bad_value, "expected at least one follow-up", "items");
    }
    if (c.items == patient.follow_up) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "items");
    }
    Decision decision;
    decision.events.emplace_back(FollowUpRecorded{c.incident, patient.id, c.items});
    return decision;
}

}  // namespace jedel
