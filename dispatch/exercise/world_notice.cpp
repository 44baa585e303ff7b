// What others changed in the room, and how crews and polyclinics answer to it.

#include <algorithm>

#include "dispatch/exercise/world.h"

namespace jedel::exercise {

void World::notice(CommandPort& port) {
    for (std::size_t i = 0; i < s_.members.size(); ++i) {
        notice_brigade(port, static_cast<std::uint32_t>(i));
        heed_post(port, static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < s_.calls.size(); ++i) {
        if (s_.calls[i].used) notice_call(port, static_cast<std::uint32_t>(i));
    }
}

void World::notice_brigade(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    const Brigade* found = port.state().brigades.find(member.roster.id);
    if (found == nullptr || found->task == member.task) return;
    const Brigade room = *found;  // commands given here replace the row
    if (member.task) stand_down(port, index, room);
    if (room.task && room.incident) {
        std::optional<std::uint32_t> slot = s_.slot_of(*room.incident);
        if (!slot) {
            const Incident* incident = port.state().open.find(*room.incident);
            if (incident == nullptr) return;
            slot = adopt(*incident);
        }
        return set_to_work(port, index, *slot, -1);
    }
    // A car that broke down stands where it is; others drive home unless they are there.
    constexpr double at_base_m = 50;
    const LatLon here = where(member);
    if (room.status == BrigadeStatus::out_of_service ||
        distance_m(here, member.base) < at_base_m) {
        const bool at_base = room.status == BrigadeStatus::returning;
        stop_at(port, member, here);
        if (at_base) s_.plan(Due::at_base, index, member.ticket, s_.clock);
        return;
    }
    drive_home(port, index);
}

void World::heed_post(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    const Brigade* room = port.state().brigades.find(member.roster.id);
    if (room == nullptr || member.call || room->task || !member.on_shift) return;
    if (!room->standby) {
        const bool waits = member.post.has_value() && is_free(*room);
        if (waits) drive_home(port, index);
        return;
    }
    const LatLon to = room->standby->place;
    if (member.post == to) return;
    member.post = to;
    s_.tally.moves_to_posts += 1;
    report_post(port, member, PostStep::departed);
    drive_to_wait(port, index, to);
}

void World::report_post(CommandPort& port, const Member& member, PostStep step) {
    const Brigade* room = port.state().brigades.find(member.roster.id);
    if (room == nullptr || !room->standby) return;
    ReportPost command;
    command.brigade = member.roster.id;
    command.step = step;
    command.source = Source::brigade;
    s_.ask(port, std::move(command), 0);
}

/// The crew's task has ended in the room: served, or taken off it.
void World::stand_down(CommandPort& port, std::uint32_t index, const Brigade& room) {
    Member& member = s_.members[index];
    report_place(port, member, where(member));
    const std::uint32_t slot = *member.call;
    ActiveCall& call = s_.calls[slot];
    const Incident* incident = port.state().incident(call.incident);
    const Task* task = incident != nullptr ? incident->task(*member.task) : nullptr;
    if (task != nullptr && task->served() && room.task != member.task) {
        if (call.disposition == Disposition::none) call.disposition = ending(call);
        if (task->hospital) {
            call.hospital = task->hospital;
            call.disposition = Disposition::transported;
        }
        if (call.disposition == Disposition::transported && !call.hospital) {
            call.disposition = Disposition::left_at_place;
        }
        return end_service(port, index);
    }
    s_.tally.brigades[member.roster.id].busy_ms += s_.clock.ms - member.sent_at.ms;
    member.call.reset();
    member.task.reset();
    ++member.ticket;
    if (!s_.at_work(slot)) left_alone.push_back(slot);
}

/// A call that the log does not have: a person took it. It is driven to as the others are.
std::uint32_t World::adopt(const Incident& incident) {
    const std::uint32_t slot = s_.new_call();
    ActiveCall& call = s_.calls[slot];
    RecordedCall told;
    told.received.set(incident.received_at, Origin::recorded);
    if (const auto place = incident.place()) told.place.set(*place, Origin::recorded);
    // Beyond every index of the log, so that its draws are its own.
    constexpr std::size_t beyond = std::size_t{1} << 32;
    call.plan = plan_call(told, beyond + static_cast<std::size_t>(incident.id.value),
                          s_.input->mapping, places_, s_.options.draws, s_.options.seed);
    call.incident = incident.id;
    call.received = incident.received_at;
    call.category = incident.working_category();
    s_.beside_log = CallResult{};
    return slot;
}

void World::notice_call(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = s_.calls[slot];
    const Incident* incident = port.state().open.find(call.incident);
    if (incident == nullptr) {
        if (s_.at_work(slot)) return;
        CallResult& result = s_.result_of(call);
        if (const Incident* ended = port.state().recent.find(call.incident)) {
            result.disposition = ended->ending.disposition;
            result.category = ended->category;
        }
        result.closed = true;
        result.never_served = false;
        return s_.drop(slot);
    }
    const Task* polyclinic = incident->polyclinic_at_work();
    if (polyclinic == nullptr && call.polyclinic_task) {
        call.polyclinic_task.reset();  // it came back
        if (!s_.at_work(slot)) left_alone.push_back(slot);
    } else if (polyclinic != nullptr && call.polyclinic_task != polyclinic->id) {
        call.polyclinic_task = polyclinic->id;
        CallResult& result = s_.result_of(call);
        result.to_polyclinic = true;
        result.hand_over_ms = polyclinic->sent_at().ms - call.received.ms;
        if (polyclinic->organisation) ++s_.tally.polyclinics[*polyclinic->organisation];
        if (!call.plan.polyclinic_silent) {
            s_.plan(Due::polyclinic_accepts, slot, call.ticket,
                    std::max(s_.clock, Instant{polyclinic->sent_at().ms +
                                               call.plan.polyclinic_accept_ms}));
        }
    }
    if (in_persons_hands(*incident)) return s_.watch(slot);
    if (call.waiting && incident->category != call.category) {
        // Found to be the same event as a more urgent one.
        s_.waiting.erase({call.category, call.received, slot});
        call.category = incident->category;
        s_.waiting.insert({call.category, call.received, slot});
    }
}

}  // namespace jedel::exercise
