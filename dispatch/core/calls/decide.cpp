// Calls: received, the line lost and reached again.

#include "dispatch/core/calls/handlers.h"

namespace jedel {
namespace {

std::uint32_t next_day_number(const State& state, int day) {
    for (const DayCount& d : state.days) {
        if (d.day == day) return d.calls + 1;
    }
    return 1;
}

std::optional<Refusal> check_receipt(const Deciding& d, const ReceiveCall& c) {
    if (!c.received_at) return std::nullopt;
    if (c.channel != Channel::paper && c.channel != Channel::replay) {
        return refuse(RefusalCode::bad_value,
                      "only a call entered later from paper or a log has a time of its own",
                      "received_at");
    }
    if (*c.received_at > d.now) {
        return refuse(RefusalCode::time_order, "the call would be in the future", "received_at");
    }
    return std::nullopt;
}

/// The line of `call` changes: a patient who spoke for himself may no longer be able to.
void append_all_triage(const Deciding& d, const Incident& before, const Incident& after,
                       Decision& decision) {
    for (const Patient& patient : after.patients) {
        append_triage(d, before, after, patient.id, decision);
    }
}

/// Nothing was said of it and nobody asked to do anything.
bool untouched(const Incident& i) {
    const Call& call = i.first_call();
    const Patient& patient = i.first_patient();
    const bool said = call.person || call.caller || !call.line_losses.empty() || i.place_person ||
                      i.lat || i.patient_count || i.patients_described;
    const bool known = patient.person || patient.age_years || patient.sex != Sex::unknown ||
                       patient.pregnancy_weeks || !patient.findings.empty() ||
                       !patient.unanswered.empty() || !patient.follow_up.empty();
    const bool acted = !i.tasks.empty() || i.category != Category::none ||
                       i.ending.disposition != Disposition::none || !i.ending_changes.empty() ||
                       !i.merged.empty() || !i.reopenings.empty();
    return i.calls.size() == 1 && i.patients.size() == 1 && !said && !known && !acted;
}

}  // namespace

Decided decide_one(Deciding& d, const ReceiveCall& c) {
    const Incident* joined = c.incident ? d.state.open.find(*c.incident) : nullptr;
    if (c.incident && joined == nullptr) return not_open(d.state, *c.incident);
    if (auto refusal = check_receipt(d, c)) return *refusal;
    const Instant received = c.received_at.value_or(d.now);
    const int day = day_of(received, kazakhstan_offset_minutes(received));
    CallReceived event;
    event.call = d.new_call();
    event.incident = joined != nullptr ? joined->id : d.new_incident();
    event.day_number = next_day_number(d.state, day);
    event.day = day;
    event.channel = c.channel;
    event.received_at = received;
    if (joined == nullptr) event.patient = d.new_patient();
    Decision decision;
    const Patient* patient = joined != nullptr ? &joined->first_patient() : nullptr;
    const NewPersons persons =
        take_persons(d, joined, event.incident, nullptr, patient, c.personal, decision);
    event.person = persons.call;
    event.place_person = persons.place;
    event.patient_person = persons.patient;
    decision.events.emplace_back(event);
    return decision;
}

Decided decide_one(Deciding& d, const DiscardCall& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const Channel channel = incident->first_call().channel;
    // Only these are opened by a hand; behind the others somebody is waiting.
    const bool by_hand = channel == Channel::phone_103 || channel == Channel::paper;
    if (!by_hand || !untouched(*incident)) {
        return refuse(RefusalCode::not_empty,
                      "something is recorded on it; close it with an outcome", "incident");
    }
    Decision decision;
    decision.events.emplace_back(CallDiscarded{c.incident});
    return decision;
}

Decided decide_one(Deciding& d, const RecordCallerLost& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const WhichCall which = which_call(*incident, c.call);
    if (const auto* refusal = std::get_if<Refusal>(&which)) return *refusal;
    const Call& call = *std::get<const Call*>(which);
    if (call.lost()) {
        return refuse(RefusalCode::nothing_changed, "the line is lost already", "incident");
    }
    Decision decision;
    decision.events.emplace_back(CallerLost{c.incident, call.id});
    Incident after = *incident;
    same_call(after, call.id).line_losses.push_back({d.now, d.envelope.actor, {}, {}});
    append_all_triage(d, *incident, after, decision);
    return decision;
}

Decided decide_one(Deciding& d, const RecordCallerReached& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const WhichCall which = which_call(*incident, c.call);
    if (const auto* refusal = std::get_if<Refusal>(&which)) return *refusal;
    const Call& call = *std::get<const Call*>(which);
    if (!call.lost()) {
        return refuse(RefusalCode::nothing_changed, "the line is not lost", "incident");
    }
    Decision decision;
    decision.events.emplace_back(CallerReached{c.incident, call.id});
    Incident after = *incident;
    same_call(after, call.id).line_losses.back().reached_at = d.now;
    append_all_triage(d, *incident, after, decision);
    return decision;
}

}  // namespace jedel
