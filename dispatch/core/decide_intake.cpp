// Calls, what is known of patient and place, findings, and the category.

#include <algorithm>
#include <cmath>

#include "dispatch/core/call_triage.h"
#include "dispatch/core/guards.h"

namespace jedel {
namespace {

using triage::more_urgent;

constexpr double age_max_years = 130;
constexpr int pregnancy_max_weeks = 45;
constexpr int patient_count_max = 10'000;

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

std::uint32_t next_day_number(const State& state, int day) {
    for (const DayCount& d : state.days) {
        if (d.day == day) return d.calls + 1;
    }
    return 1;
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

void append_triage(const Deciding& d, const Incident& before, const Incident& after,
                   Decision& decision, OverrideReason reason) {
    if (d.context.protocol == nullptr) return;
    const triage::Protocol& protocol = *d.context.protocol;
    const CallPicture picture = picture_of(after);
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
    if (record == before.triage) return;
    const bool raise = before.category != Category::none &&
                       more_urgent(record.proposed, before.category) &&
                       has_new_rule(before.triage, record);
    decision.events.emplace_back(Triaged{before.id, record});
    if (!raise) return;
    decision.events.emplace_back(CategorySet{.incident = before.id,
                                             .from = before.category,
                                             .category = record.proposed,
                                             .rules = record.rules,
                                             .reason = reason,
                                             .words = {},
                                             .by_person = false});
    // A call that is not U4 any more comes back from the polyclinic at once (D1, D2).
    if (before.polyclinic && before.polyclinic->active()) {
        decision.events.emplace_back(PolyclinicReturned{before.id, "category_raised"});
    }
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

Decided decide_intake(const Deciding& d, const ReceiveCall& c) {
    Instant received = d.now;
    if (c.received_at) {
        if (c.channel != Channel::paper && c.channel != Channel::replay) {
            return refuse(RefusalCode::bad_value,
                          "only a call entered later from paper or a log has a time of its own",
                          "received_at");
        }
        if (*c.received_at > d.now) {
            return refuse(RefusalCode::time_order, "the call would be in the future",
                          "received_at");
        }
        received = *c.received_at;
    }
    const int day = day_of(received, kazakhstan_offset_minutes(received));
    CallReceived event{.incident = {d.state.next_incident},
                       .day_number = next_day_number(d.state, day),
                       .day = day,
                       .channel = c.channel,
                       .received_at = received,
                       .person = {}};
    Decision decision;
    if (c.personal.any()) {
        event.person = PersonRef{d.state.next_person};
        decision.personal.push_back(
            merged_person(d.personal, nullptr, event.incident, c.personal, *event.person));
    }
    decision.events.emplace_back(event);
    return decision;
}

Decided decide_intake(const Deciding& d, const RecordIntake& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (auto refusal = check_intake(c)) return *refusal;

    IntakeRecorded event{.incident = c.incident,
                         .lat = {},
                         .lon = {},
                         .age_years = {},
                         .sex = {},
                         .pregnancy_weeks = {},
                         .patient_count = {},
                         .person = {},
                         .caller = {},
                         .patients_described = {}};
    Incident after = *incident;
    bool changed = false;
    const auto take = [&changed](auto& to_event, auto& to_state, const auto& from) {
        if (!from || to_state == *from) return;
        to_event = *from;
        to_state = *from;
        changed = true;
    };
    take(event.lat, after.lat, c.lat);
    take(event.lon, after.lon, c.lon);
    take(event.age_years, after.age_years, c.age_years);
    take(event.sex, after.sex, c.sex);
    take(event.pregnancy_weeks, after.pregnancy_weeks, c.pregnancy_weeks);
    take(event.patient_count, after.patient_count, c.patient_count);
    take(event.caller, after.caller, c.caller);
    take(event.patients_described, after.patients_described, c.patients_described);

    Decision decision;
    if (c.personal.any()) {
        const PersonRef next{d.state.next_person};
        PersonalRecord row = merged_person(d.personal, incident, c.incident, c.personal, next);
        const PersonalRecord* known =
            incident->person ? d.personal.find(*incident->person) : nullptr;
        PersonalRecord same = row;
        if (known != nullptr) same.ref = known->ref;
        if (known == nullptr || same != *known) {
            event.person = next;
            decision.personal.push_back(std::move(row));
            changed = true;
        }
    }
    if (!changed) return refuse(RefusalCode::nothing_changed, "all of it is known already");
    decision.events.emplace_back(event);
    append_triage(d, *incident, after, decision);
    return decision;
}

Decided decide_intake(const Deciding& d, const RecordFindings& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    Incident after = *incident;
    FindingsRecorded event{.incident = c.incident, .findings = {}};
    for (const FindingValue& f : c.findings) {
        if (f.finding.empty() || f.value.empty()) {
            return refuse(RefusalCode::bad_value, "expected a finding and its value", "findings");
        }
        if (f.value != "unknown") {
            if (auto refusal = check_finding(d, f)) return *refusal;
        }
        const auto it =
            std::find_if(after.findings.begin(), after.findings.end(),
                         [&](const FindingValue& old) { return old.finding == f.finding; });
        if (it == after.findings.end()) {
            if (f.value == "unknown") continue;  // as before: not known
            after.findings.push_back(f);
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
    append_triage(d, *incident, after, decision,
                  reported ? OverrideReason::brigade_report : OverrideReason::none);
    return decision;
}

Decided decide_intake(const Deciding& d, const SetCategory& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (c.category == Category::none) {
        return refuse(RefusalCode::bad_value, "expected u1, u2, u3 or u4", "category");
    }
    if (c.category == incident->category) {
        return refuse(RefusalCode::nothing_changed, "the category is that already", "category");
    }
    const OverrideNeeds needs = override_needs(*incident, c.category);
    if (needs.senior_doctor && d.envelope.seat != Seat::senior_doctor) {
        return refuse(RefusalCode::right_required,
                      "only the senior doctor may set a less urgent category", "category");
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
    if (c.category != Category::u4 && incident->polyclinic && incident->polyclinic->active()) {
        decision.events.emplace_back(PolyclinicReturned{c.incident, "category_raised"});
    }
    return decision;
}

}  // namespace jedel
