// Callers and polyclinics: what they report, how they answer, how a call ends.

#include <algorithm>

#include "dispatch/exercise/world.h"

namespace jedel::exercise {

std::optional<Instant> World::next_call_at() const {
    if (!upcoming_) return std::nullopt;
    return upcoming_->call.received.value;
}

void World::receive(CommandPort& port) {
    const std::uint32_t slot = s_.new_call();
    ActiveCall& call = s_.calls[slot];
    call.plan = std::move(*upcoming_);
    upcoming_.reset();
    const auto& log = s_.input->log.calls;
    if (++next_call_ < log.size()) {
        upcoming_ = plan_call(log[next_call_], next_call_, s_.input->mapping, places_,
                              s_.options.draws, s_.options.seed);
    }

    const RecordedCall& recorded = call.plan.call;
    call.received = recorded.received.value;
    call.result = s_.tally.calls.size();
    CallResult& result = s_.tally.calls.emplace_back();
    result.line = recorded.line;
    result.hour = to_civil(call.received, kazakhstan_offset_minutes(call.received)).hour;
    if (recorded.travel_ms.known()) result.recorded_travel_ms = recorded.travel_ms.value;
    if (recorded.first_arrival_ms.known()) {
        result.recorded_arrival_ms = recorded.first_arrival_ms.value;
    }
    Tally& tally = s_.tally;
    tally.origin(TalliedField::received, recorded.received.origin);
    tally.origin(TalliedField::handling, call.plan.handling_origin);
    tally.origin(TalliedField::words, recorded.words.origin);
    tally.origin(TalliedField::place, recorded.place.origin);
    tally.origin(TalliedField::address, recorded.address.origin);
    tally.origin(TalliedField::age, recorded.age_years.origin);
    tally.origin(TalliedField::sex, recorded.sex.origin);

    ReceiveCall command;
    command.channel = Channel::replay;
    command.received_at = call.received;
    if (recorded.words.known()) command.personal.words = recorded.words.value;
    if (recorded.phone.known()) command.personal.phone = recorded.phone.value;
    if (recorded.address.known()) command.personal.address = recorded.address.value;
    const auto* events = s_.ask(port, std::move(command), recorded.line);
    const CallReceived* received =
        events != nullptr && !events->empty() ? std::get_if<CallReceived>(&events->front().event)
                                              : nullptr;
    if (received == nullptr) return s_.drop(slot);
    call.incident = received->incident;
    result.incident = received->incident;
    // Asking takes the first part of the handling, choosing the rest.
    s_.plan(Due::intake, slot, call.ticket, {s_.clock.ms + call.plan.handling_ms * 6 / 10});
    s_.plan(Due::sorted, slot, call.ticket, {s_.clock.ms + call.plan.handling_ms});
}

/// What the caller tells; what a person has entered already stands.
void World::intake(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    const Incident* incident = port.state().open.find(call.incident);
    if (incident == nullptr) return s_.drop(slot);
    // A person who found several patients knows more than the log does.
    if (incident->patients.size() != 1) return;
    const Patient& patient = incident->first_patient();
    const RecordedCall& recorded = call.plan.call;
    RecordIntake command;
    command.incident = call.incident;
    if (!incident->place()) {
        command.lat = recorded.place.value.lat;
        command.lon = recorded.place.value.lon;
    }
    if (!patient.age_years) command.age_years = recorded.age_years.value;
    if (patient.sex == Sex::unknown) command.sex = recorded.sex.value;
    if (recorded.pregnancy_weeks.known() && !patient.pregnancy_weeks) {
        command.pregnancy_weeks = recorded.pregnancy_weeks.value;
    }
    if (recorded.patient_count.known() && !incident->patient_count) {
        command.patient_count = recorded.patient_count.value;
    }
    if (command.lat || command.age_years || command.sex || command.pregnancy_weeks ||
        command.patient_count) {
        s_.ask(port, std::move(command), recorded.line);
    }
    findings(port, call);
}

void World::findings(CommandPort& port, ActiveCall& call) {
    const RecordedCall& recorded = call.plan.call;
    RecordFindings command;
    command.incident = call.incident;
    Origin origin = Origin::absent;
    if (recorded.rule >= 0) {
        command.findings =
            s_.input->mapping.codes[static_cast<std::size_t>(recorded.rule)].findings;
        if (!command.findings.empty()) origin = Origin::mapped;
    }
    if (recorded.words.origin == Origin::recorded && s_.input->lexicon) {
        const auto all = s_.input->protocol->findings();
        const triage::Patient patient{recorded.age_years.value, recorded.sex.value,
                                      recorded.pregnancy_weeks.value};
        for (const triage::Mark& mark : s_.input->lexicon->read(recorded.words.value, patient)) {
            const std::string& key = all[mark.finding].key;
            const bool said = std::any_of(command.findings.begin(), command.findings.end(),
                                          [&](const FindingValue& f) { return f.finding == key; });
            // What a caller doubts stays unknown; words that sound like danger keep the safe side.
            const bool doubted = mark.uncertain && key != triage::suggestion_key;
            if (said || doubted || mark.value == "unknown") continue;
            command.findings.push_back({key, mark.value, Source::caller});
        }
        if (command.findings.empty()) ++s_.tally.unread_words;
        if (!command.findings.empty()) origin = Origin::recorded;
    }
    s_.tally.origin(TalliedField::findings, origin);
    if (const Incident* incident = port.state().open.find(call.incident)) {
        const auto& entered = incident->first_patient().findings;
        std::erase_if(command.findings, [&](const FindingValue& f) {
            return std::any_of(entered.begin(), entered.end(), [&](const FindingValue& e) {
                return e.finding == f.finding;
            });
        });
    }
    if (!command.findings.empty()) s_.ask(port, std::move(command), recorded.line);
}

void World::polyclinic_accepts(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    const Incident* incident = port.state().open.find(call.incident);
    if (incident == nullptr) return s_.drop(slot);
    const Task* task = incident->polyclinic_at_work();
    if (task == nullptr || task->id != call.polyclinic_task) return;  // given back meanwhile
    if (!task->accepted_at()) {
        s_.ask(port, AcceptByPolyclinic{call.incident}, call.plan.call.line);
        incident = port.state().open.find(call.incident);
    }
    // Whose hand-over it was has the call to close.
    if (incident != nullptr && in_persons_hands(*incident)) {
        return s_.set_awaited(call, false);
    }
    s_.close(port, slot, Disposition::handed_to_polyclinic);
}

Disposition World::ending(ActiveCall& call) {
    RecordedCall& recorded = call.plan.call;
    const DrawTable& table = s_.options.draws;
    Tally& tally = s_.tally;
    if (recorded.disposition.known()) {
        const Disposition d = recorded.disposition.value;
        if (d != Disposition::none && d != Disposition::handed_to_polyclinic) {
            tally.origin(TalliedField::disposition, recorded.disposition.origin);
            return d;
        }
    }
    const auto category = static_cast<std::size_t>(call.category);
    if (!recorded.transported.known()) {
        recorded.transported.set(call.plan.transported_below < table.transported[category],
                                 Origin::drawn);
    }
    tally.origin(TalliedField::transported, recorded.transported.origin);
    if (recorded.transported.value) {
        tally.origin(TalliedField::disposition, recorded.transported.origin);
        return Disposition::transported;
    }
    tally.origin(TalliedField::disposition, Origin::drawn);
    double at = call.plan.ending_below;
    if ((at -= table.not_found_share) < 0) return Disposition::patient_not_found;
    if ((at -= table.false_share) < 0) return Disposition::false_call;
    if ((at -= table.refused_share) < 0) return Disposition::refused;
    constexpr double at_home_share = 0.8;
    return at < at_home_share ? Disposition::left_at_home : Disposition::left_at_place;
}

}  // namespace jedel::exercise
