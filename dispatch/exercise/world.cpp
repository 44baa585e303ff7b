#include "dispatch/exercise/world.h"

#include <algorithm>

#include "dispatch/city/roster.h"

namespace jedel::exercise {
namespace {

/// `count` of the roster, evenly taken, so that bases and kinds keep their shares.
std::vector<RosterBrigade> staffed(const std::vector<RosterBrigade>& roster, int count) {
    const std::size_t n = roster.size();
    const auto wanted = static_cast<std::size_t>(count);
    if (count <= 0 || wanted >= n) return roster;
    std::vector<RosterBrigade> out;
    out.reserve(wanted);
    for (std::size_t i = 0; i < wanted; ++i) out.push_back(roster[i * n / wanted]);
    return out;
}

/// True when some call has an address and no place.
bool needs_search(const RecordedLog& log) {
    return std::any_of(log.calls.begin(), log.calls.end(), [](const RecordedCall& call) {
        return call.address.known() && !call.place.known();
    });
}

/// Place in the order of a task; 0 for statuses that are not part of one.
int place_of(BrigadeStatus status) {
    const auto step = step_of(status);
    return step ? static_cast<int>(*step) + 1 : 0;
}

/// The room knows as much already, or a person has said otherwise: the crew need not say it.
bool stands(const Brigade& b, const Member& member, BrigadeStatus status) {
    if (b.status == status || b.task != member.task) return true;
    if (!b.task) return b.status == BrigadeStatus::out_of_service || place_of(status) > 0;
    if (place_of(status) == 0) return place_of(b.status) < place_of(BrigadeStatus::on_scene);
    return place_of(status) <= place_of(b.status);
}

/// The room's task of a crew; nullptr when the incident is closed or the task unknown.
const Task* task_of(const CommandPort& port, const Member& member, const ActiveCall& call) {
    const Incident* incident = port.state().open.find(call.incident);
    return incident != nullptr && member.task ? incident->task(*member.task) : nullptr;
}

}  // namespace

World::World(Stage& stage) : s_(stage), places_(s_.input->city, needs_search(s_.input->log)) {
    staff();
    s_.tally.calls.reserve(s_.input->log.calls.size());
    if (s_.input->log.calls.empty()) return;
    upcoming_ = plan_call(s_.input->log.calls[0], 0, s_.input->mapping, places_,
                          s_.options.draws, s_.options.seed);
    constexpr std::int64_t before_ms = 60'000;
    s_.clock = Instant{upcoming_->call.received.value.ms - before_ms};
    s_.tally.first = s_.clock;
    s_.tally.last = s_.clock;
    for (std::size_t i = 0; i < s_.members.size(); ++i) {
        s_.plan(Due::shift, static_cast<std::uint32_t>(i), 0, s_.clock);
    }
}

void World::staff() {
    const Organisations& organisations = s_.input->city->organisations;
    for (const RosterBrigade& brigade :
         staffed(organisations.roster, s_.input->mapping.brigades)) {
        if (brigade.kind == BrigadeKind::polyclinic) continue;  // polyclinics send their own
        const Organisation* base = organisations.find(brigade.base);
        if (base == nullptr) continue;
        Member member;
        member.roster = brigade;
        member.base = base->place;
        member.place = base->place;
        s_.members.push_back(std::move(member));
        s_.tally.brigades[brigade.id] = {.name = brigade.name, .kind = brigade.kind};
    }
}

void World::perform(CommandPort& port, const DueItem& item) {
    switch (item.due) {
        case Due::shift: return shift(port, item.slot);
        case Due::intake: return intake(port, item.slot);
        case Due::accepted: return status(port, s_.members[item.slot], BrigadeStatus::accepted);
        case Due::departed: return departed(port, item.slot);
        case Due::fix: return fix_along(port, item.slot);
        case Due::arrived: return arrived(port, item.slot);
        case Due::left: return left(port, item.slot);
        case Due::at_hospital: return at_hospital(port, item.slot);
        case Due::handed_over:
            return status(port, s_.members[item.slot], BrigadeStatus::handed_over);
        case Due::free: return free(port, item.slot);
        case Due::at_base: return at_base(port, item.slot);
        case Due::polyclinic_accepts: return polyclinic_accepts(port, item.slot);
        case Due::sorted:
        case Due::polyclinic_silent:
        case Due::give_up:
        case Due::serve_again: return;  // the dispatcher's
    }
}

bool World::any_free() const {
    return std::any_of(s_.members.begin(), s_.members.end(),
                       [](const Member& m) { return m.on_shift && !m.call; });
}

void World::shift(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    const ShiftTimes times = shift_at(member.roster, s_.clock);
    if (!times.on) {
        member.on_shift = false;
        // A crew that is out goes off shift when it is back.
        if (!member.call && !member.leg) status(port, member, BrigadeStatus::off_shift);
        return s_.plan(Due::shift, index, 0, times.next_start);
    }
    RegisterBrigade command;
    command.brigade = member.roster.id;
    command.name = member.roster.name;
    command.brigade_kind = member.roster.kind;
    command.base = member.roster.base;
    command.base_place = member.base;
    command.shift_end = times.ends;
    s_.ask(port, std::move(command), 0);
    const bool begins = !member.on_shift;
    member.on_shift = true;
    if (begins && !member.call && !member.leg) {
        member.post.reset();
        member.place = member.base;
        status(port, member, BrigadeStatus::free_at_base);
        report_place(port, member, member.base);
    }
    s_.plan(Due::shift, index, 0, times.ends);
    freed = freed || begins;
}

void World::status(CommandPort& port, Member& member, BrigadeStatus status,
                   std::optional<OrganisationId> hospital) {
    const Brigade* known = port.state().brigades.find(member.roster.id);
    if (known != nullptr && stands(*known, member, status)) return;
    ReportStatus command;
    command.brigade = member.roster.id;
    command.status = status;
    command.source = Source::brigade;
    command.hospital = hospital;
    s_.ask(port, std::move(command),
           member.call ? s_.calls[*member.call].plan.call.line : 0);
}

void World::set_to_work(CommandPort& port, std::uint32_t index, std::uint32_t slot,
                        std::int64_t travel_ms) {
    Member& member = s_.members[index];
    ActiveCall& call = s_.calls[slot];
    const bool moving = member.leg.has_value();
    member.place = where(member);
    member.leg.reset();
    ++member.ticket;
    member.post.reset();
    member.leads = !s_.at_work(slot);
    s_.stop_waiting(slot);
    s_.set_awaited(call, true);
    member.call = slot;
    member.sent_at = s_.clock;
    member.travel_ms = travel_ms;
    if (const Brigade* b = port.state().brigades.find(member.roster.id)) member.task = b->task;
    CallResult& result = s_.result_of(call);
    if (const Incident* incident = port.state().open.find(call.incident)) {
        call.category = incident->working_category();
        result.category = call.category;
        const Task* task = member.task ? incident->task(*member.task) : nullptr;
        if (task != nullptr) member.sent_at = std::min(s_.clock, task->sent_at());
    }
    result.never_served = false;
    if (result.hand_over_ms < 0 || result.returned_by_polyclinic) {
        result.hand_over_ms = member.sent_at.ms - call.received.ms;
    }
    // A crew on the road need not run to its car.
    constexpr std::int64_t turn_round_ms = 15'000;
    const Field<std::int64_t>& turnout = call.plan.call.turnout_ms;
    std::int64_t until_departure = turnout.value;
    if (moving && turnout.origin != Origin::recorded) {
        until_departure = std::min(until_departure, turn_round_ms);
    }
    s_.tally.origin(TalliedField::turnout, turnout.origin);
    const std::int64_t accept = std::min(call.plan.accept_ms, until_departure);
    const auto after = [&](std::int64_t ms) {
        return std::max(s_.clock, Instant{member.sent_at.ms + ms});
    };
    s_.plan(Due::accepted, index, member.ticket, after(accept));
    s_.plan(Due::departed, index, member.ticket, after(until_departure));
    if (member.leads) result.travel_ms = travel_ms;
}

void World::departed(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    if (!member.call) return;
    ActiveCall& call = s_.calls[*member.call];
    const auto to = scene(port, call);
    if (!to) {  // nobody has said where: the crew is ready, and asks again
        constexpr std::int64_t ask_again_ms = 60'000;
        return s_.plan(Due::departed, index, member.ticket, {s_.clock.ms + ask_again_ms});
    }
    status(port, member, BrigadeStatus::departed);
    if (member.travel_ms < 0) {
        member.travel_ms = road_ms(member.place, *to, call.category);
        if (member.leads) s_.result_of(call).travel_ms = member.travel_ms;
    }
    s_.tally.origin(TalliedField::travel, Origin::simulated);
    s_.tally.brigades[member.roster.id].driven_ms += member.travel_ms;
    set_out(port, index, *to, member.travel_ms, call.category);
    s_.plan(Due::arrived, index, member.ticket, {s_.clock.ms + member.travel_ms});
}

void World::arrived(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    if (!member.call) return;
    const std::uint32_t slot = *member.call;
    ActiveCall& call = s_.calls[slot];
    stop_at(port, member, member.leg ? member.leg->to : member.place);
    status(port, member, BrigadeStatus::on_scene);
    CallResult& result = s_.result_of(call);
    if (result.arrival_ms < 0 || member.leads) {
        result.arrival_ms = s_.clock.ms - member.sent_at.ms;
        result.wait_ms = s_.clock.ms - call.received.ms;
    }
    // Whoever led may have been taken off: then the next crew takes the patient.
    member.leads = std::none_of(s_.members.begin(), s_.members.end(), [&](const Member& m) {
        return &m != &member && m.call == slot && m.leads;
    });
    if (call.disposition == Disposition::none) call.disposition = ending(call);
    std::int64_t stay = call.plan.call.on_scene_ms.value;
    // Nobody to care for: a few minutes of looking.
    constexpr std::int64_t search_ms = 6 * 60'000;
    if (call.disposition == Disposition::patient_not_found ||
        call.disposition == Disposition::false_call) {
        stay = std::min(stay, search_ms);
    }
    s_.tally.origin(TalliedField::on_scene, call.plan.call.on_scene_ms.origin);
    const bool takes = member.leads && call.disposition == Disposition::transported;
    s_.plan(takes ? Due::left : Due::free, index, member.ticket, {s_.clock.ms + stay});
}

void World::left(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    if (!member.call) return;
    ActiveCall& call = s_.calls[*member.call];
    const Organisation* hospital = nullptr;
    std::int64_t travel = 0;
    const Task* task = task_of(port, member, call);
    if (task != nullptr && task->hospital) {  // a person has said which
        hospital = s_.input->city->organisations.find(*task->hospital);
        if (hospital != nullptr) travel = road_ms(member.place, hospital->place, call.category);
    }
    if (hospital == nullptr) {
        const auto near = s_.adviser.hospitals_for(member.place, call.category, s_.clock);
        if (!near.empty()) {
            hospital = s_.input->city->organisations.find(near.front().hospital);
            travel = static_cast<std::int64_t>(near.front().travel_s * 1000);
        }
    }
    if (hospital == nullptr) {
        call.disposition = Disposition::left_at_place;
        return free(port, index);
    }
    call.hospital = hospital->id;
    status(port, member, BrigadeStatus::transporting, hospital->id);
    s_.tally.origin(TalliedField::transport, Origin::simulated);
    s_.tally.brigades[member.roster.id].driven_ms += travel;
    set_out(port, index, hospital->place, travel, call.category);
    s_.plan(Due::at_hospital, index, member.ticket, {s_.clock.ms + travel});
}

void World::at_hospital(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    if (!member.call) return;
    ActiveCall& call = s_.calls[*member.call];
    stop_at(port, member, member.leg ? member.leg->to : member.place);
    status(port, member, BrigadeStatus::at_hospital);
    const Field<std::int64_t>& stay = call.plan.call.hospital_ms;
    s_.tally.origin(TalliedField::hospital, stay.origin);
    // Handing over takes the greater part; then the car is made ready.
    s_.plan(Due::handed_over, index, member.ticket, {s_.clock.ms + stay.value * 6 / 10});
    s_.plan(Due::free, index, member.ticket, {s_.clock.ms + stay.value});
}

void World::free(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    if (!member.call) return;
    ActiveCall& call = s_.calls[*member.call];
    const Task* task = task_of(port, member, call);
    if (task != nullptr && task->hospital && !call.hospital &&
        s_.input->city->organisations.find(*task->hospital) != nullptr) {
        call.disposition = Disposition::transported;  // a person has said so
        return left(port, index);
    }
    const std::uint32_t slot = *member.call;
    const bool alone = std::none_of(s_.members.begin(), s_.members.end(), [&](const Member& m) {
        return &m != &member && m.call == slot;
    });
    // Whoever was to take the patient was taken off: the last crew there does.
    if (call.disposition == Disposition::transported && !call.hospital && alone) {
        return left(port, index);
    }
    status(port, member, BrigadeStatus::returning);
    const Brigade* room = port.state().brigades.find(member.roster.id);
    // The room did not take it: whoever knows why has the brigade to release.
    if (room != nullptr && room->task && room->task == member.task) {
        return s_.set_awaited(call, false);
    }
    end_service(port, index);
    drive_home(port, index);
    freed = true;
    freed_members.push_back(index);
}

/// The crew has served: its call ends as it tells.
void World::end_service(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    const std::uint32_t slot = *member.call;
    BrigadeUse& use = s_.tally.brigades[member.roster.id];
    ++use.calls;
    use.busy_ms += s_.clock.ms - member.sent_at.ms;
    member.call.reset();
    member.task.reset();
    ++member.ticket;
    s_.close(port, slot, s_.calls[slot].disposition);
}

void World::at_base(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    if (member.post) {
        stop_at(port, member, *member.post);
        return report_post(port, member, PostStep::arrived);
    }
    stop_at(port, member, member.base);
    const Brigade* room = port.state().brigades.find(member.roster.id);
    if (room != nullptr && room->status != BrigadeStatus::returning) return;
    status(port, member,
           member.on_shift ? BrigadeStatus::free_at_base : BrigadeStatus::off_shift);
}

}  // namespace jedel::exercise
