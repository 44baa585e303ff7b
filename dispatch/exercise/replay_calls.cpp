// A call's way through the room: received, asked, sorted, handed over, closed.

#include <algorithm>

#include "dispatch/exercise/replay_impl.h"

namespace jedel::exercise {

void Replay::Impl::receive(CommandPort& port) {
    std::uint32_t slot = 0;
    if (unused.empty()) {
        slot = static_cast<std::uint32_t>(calls.size());
        calls.emplace_back();
    } else {
        slot = unused.back();
        unused.pop_back();
    }
    ActiveCall& call = calls[slot];
    const std::uint32_t ticket = call.ticket + 1;
    call = ActiveCall{};
    call.ticket = ticket;
    call.used = true;
    call.plan = std::move(*upcoming);
    upcoming.reset();
    ++active;
    if (++next_call < input->log.calls.size()) {
        upcoming = plan_call(input->log.calls[next_call], next_call, input->mapping, places,
                             options.draws, options.seed);
    }

    const RecordedCall& recorded = call.plan.call;
    call.received = recorded.received.value;
    call.result = tally.calls.size();
    CallResult& result = tally.calls.emplace_back();
    result.line = recorded.line;
    result.hour = to_civil(call.received, kazakhstan_offset_minutes(call.received)).hour;
    if (recorded.travel_ms.known()) result.recorded_travel_ms = recorded.travel_ms.value;
    if (recorded.first_arrival_ms.known()) {
        result.recorded_arrival_ms = recorded.first_arrival_ms.value;
    }
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
    const auto* events = ask(port, std::move(command), recorded.line);
    const CallReceived* received =
        events != nullptr && !events->empty() ? std::get_if<CallReceived>(&events->front().event)
                                              : nullptr;
    if (received == nullptr) return drop(slot);
    call.incident = received->incident;
    result.incident = received->incident;
    // Asking takes the first part of the handling, choosing the rest.
    plan(Due::intake, slot, call.ticket, {clock.ms + call.plan.handling_ms * 6 / 10});
    plan(Due::sorted, slot, call.ticket, {clock.ms + call.plan.handling_ms});
}

void Replay::Impl::intake(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    const RecordedCall& recorded = call.plan.call;
    RecordIntake command;
    command.incident = call.incident;
    command.lat = recorded.place.value.lat;
    command.lon = recorded.place.value.lon;
    command.age_years = recorded.age_years.value;
    command.sex = recorded.sex.value;
    if (recorded.pregnancy_weeks.known()) command.pregnancy_weeks = recorded.pregnancy_weeks.value;
    if (recorded.patient_count.known()) command.patient_count = recorded.patient_count.value;
    ask(port, std::move(command), recorded.line);
    findings(port, call);
}

void Replay::Impl::findings(CommandPort& port, ActiveCall& call) {
    const RecordedCall& recorded = call.plan.call;
    RecordFindings command;
    command.incident = call.incident;
    Origin origin = Origin::absent;
    if (recorded.rule >= 0) {
        command.findings = input->mapping.codes[static_cast<std::size_t>(recorded.rule)].findings;
        if (!command.findings.empty()) origin = Origin::mapped;
    }
    if (recorded.words.origin == Origin::recorded && input->lexicon) {
        const auto all = input->protocol->findings();
        const triage::Patient patient{recorded.age_years.value, recorded.sex.value,
                                      recorded.pregnancy_weeks.value};
        for (const triage::Mark& mark : input->lexicon->read(recorded.words.value, patient)) {
            const std::string& key = all[mark.finding].key;
            const bool said = std::any_of(command.findings.begin(), command.findings.end(),
                                          [&](const FindingValue& f) { return f.finding == key; });
            // What a caller doubts stays unknown; words that sound like danger keep the safe side.
            const bool doubted = mark.uncertain && key != triage::suggestion_key;
            if (said || doubted || mark.value == "unknown") continue;
            command.findings.push_back({key, mark.value, Source::caller});
        }
        if (command.findings.empty()) ++tally.unread_words;
        if (!command.findings.empty()) origin = Origin::recorded;
    }
    tally.origin(TalliedField::findings, origin);
    if (!command.findings.empty()) ask(port, std::move(command), recorded.line);
}

void Replay::Impl::sorted(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    const Incident* incident = port.state().open.find(call.incident);
    if (incident == nullptr) return drop(slot);
    CallResult& result = result_of(call);
    if (incident->category == Category::none) {
        SetCategory command;
        command.incident = call.incident;
        command.category = incident->triage.proposed;
        if (command.category == Category::none) {
            command.category = input->mapping.when_rules_are_silent;
            command.reason = OverrideReason::clinical_judgement;
            command.words = "the rules give no category for what is known; taken on the safe side";
            result.rules_silent = true;
        }
        ask(port, std::move(command), call.plan.call.line);
        incident = port.state().open.find(call.incident);
        if (incident == nullptr || incident->category == Category::none) return drop(slot);
    }
    call.category = incident->category;
    result.category = call.category;
    if (incident->first_brigade_at_work() != nullptr) return drop(slot);  // a person was quicker
    // Somebody asks where the car is, or tells what is known: nobody is sent a second time.
    const Field<Disposition>& ended = call.plan.call.disposition;
    if (ended.known() && (ended.value == Disposition::repeat ||
                          ended.value == Disposition::duplicate)) {
        tally.origin(TalliedField::disposition, ended.origin);
        return close(port, slot, ended.value);
    }
    if (call.category == Category::u4 && hand_to_polyclinic(port, slot, *incident)) return;
    if (!send(port, slot)) wait_for_brigade(slot);
}

bool Replay::Impl::hand_to_polyclinic(CommandPort& port, std::uint32_t slot,
                                      const Incident& incident) {
    ActiveCall& call = calls[slot];
    // The guard of the core: an infant is the station's, whatever the urgency.
    const auto age_years = incident.first_patient().age_years;
    if (!age_years || *age_years < 1) return false;
    const Category4Route route = adviser.category4_for(incident, clock);
    if (!route.polyclinic) return false;
    HandToPolyclinic command;
    command.incident = call.incident;
    command.polyclinic = *route.polyclinic;
    command.row = route.row.id;
    for (const std::string& reason : route.reasons) command.reasons.push_back({reason, 0});
    if (ask(port, std::move(command), call.plan.call.line) == nullptr) return false;
    CallResult& result = result_of(call);
    result.to_polyclinic = true;
    result.hand_over_ms = clock.ms - call.received.ms;
    ++tally.polyclinics[*route.polyclinic];
    if (call.plan.polyclinic_silent) {
        plan(Due::polyclinic_silent, slot, call.ticket, {clock.ms + polyclinic_silence_ms});
    } else {
        plan(Due::polyclinic_accepts, slot, call.ticket,
             {clock.ms + call.plan.polyclinic_accept_ms});
    }
    return true;
}

void Replay::Impl::polyclinic_accepts(CommandPort& port, std::uint32_t slot) {
    ask(port, AcceptByPolyclinic{calls[slot].incident}, calls[slot].plan.call.line);
    close(port, slot, Disposition::handed_to_polyclinic);
}

void Replay::Impl::polyclinic_silent(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    ask(port, ReturnFromPolyclinic{call.incident, "not_accepted"}, call.plan.call.line);
    result_of(call).returned_by_polyclinic = true;
    if (!send(port, slot)) wait_for_brigade(slot);
}

void Replay::Impl::wait_for_brigade(std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    if (!call.used || call.waiting) return;
    call.waiting = true;
    result_of(call).queued = true;
    waiting.insert({call.category, call.received, slot});
    tally.waiting_max = std::max(tally.waiting_max, waiting.size());
    plan(Due::give_up, slot, call.ticket, {clock.ms + give_up_after_ms});
}

void Replay::Impl::give_up(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    if (!call.waiting) return;
    waiting.erase({call.category, call.received, slot});
    close(port, slot, Disposition::cancelled_by_caller);
}

Disposition Replay::Impl::ending(ActiveCall& call) {
    RecordedCall& recorded = call.plan.call;
    const DrawTable& table = options.draws;
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

void Replay::Impl::close(CommandPort& port, std::uint32_t slot, Disposition disposition) {
    ActiveCall& call = calls[slot];
    const long line = call.plan.call.line;
    RecordDisposition record;
    record.incident = call.incident;
    record.disposition = disposition;
    record.hospital = call.hospital;
    CallResult& result = result_of(call);
    if (ask(port, record, line) != nullptr) result.disposition = disposition;
    result.closed = ask(port, CloseIncident{call.incident}, line) != nullptr;
    drop(slot);
}

void Replay::Impl::drop(std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    if (!call.used) return;
    if (call.waiting) waiting.erase({call.category, call.received, slot});
    call.used = false;
    ++call.ticket;
    unused.push_back(slot);
    --active;
}

}  // namespace jedel::exercise
