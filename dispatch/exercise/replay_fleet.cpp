// Brigades: shifts, sending, driving, coming back.

#include <algorithm>

#include "dispatch/city/roster.h"
#include "dispatch/exercise/replay_impl.h"

namespace jedel::exercise {
namespace {

/// Seconds over a straight line when the roads give no way: 30 km/h and a third as much again.
std::int64_t straight_ms(LatLon from, LatLon to) {
    constexpr double metres_per_ms = 30.0 / 3600 / 1.33;
    return static_cast<std::int64_t>(distance_m(from, to) / metres_per_ms);
}

}  // namespace

bool Replay::Impl::any_free() const {
    return std::any_of(members.begin(), members.end(),
                       [](const Member& m) { return m.on_shift && !m.call; });
}

void Replay::Impl::shift(CommandPort& port, std::uint32_t index) {
    Member& member = members[index];
    const ShiftTimes times = shift_at(member.roster, clock);
    if (!times.on) {
        member.on_shift = false;
        // A crew that is out goes off shift when it is back.
        if (!member.call && !member.leg) status(port, member, BrigadeStatus::off_shift);
        return plan(Due::shift, index, 0, times.next_start);
    }
    RegisterBrigade command;
    command.brigade = member.roster.id;
    command.name = member.roster.name;
    command.brigade_kind = member.roster.kind;
    command.base = member.roster.base;
    command.base_place = member.base;
    command.shift_end = times.ends;
    ask(port, std::move(command), 0);
    const bool begins = !member.on_shift;
    member.on_shift = true;
    if (begins && !member.call && !member.leg) {
        status(port, member, BrigadeStatus::free_at_base);
        report_place(port, member, member.base);
    }
    plan(Due::shift, index, 0, times.ends);
    if (begins) serve_waiting(port);
}

void Replay::Impl::status(CommandPort& port, Member& member, BrigadeStatus status,
                          std::optional<OrganisationId> hospital) {
    ReportStatus command;
    command.brigade = member.roster.id;
    command.status = status;
    command.source = Source::brigade;
    command.hospital = hospital;
    ask(port, std::move(command), member.call ? calls[*member.call].plan.call.line : 0);
}

void Replay::Impl::report_place(CommandPort& port, Member& member, LatLon place) {
    Fix fix;
    fix.place = place;
    fix.at = clock;
    fix.source = Source::tracker;
    fixes[member.roster.id] = fix;
    port.report_fix(member.roster.id, fix);
}

std::int64_t Replay::Impl::road_ms(LatLon from, LatLon to, Category urgency) {
    const roads::Travel travel = adviser.travel(from, to, urgency, clock);
    return travel.reachable ? travel.time_ms : straight_ms(from, to);
}

void Replay::Impl::set_out(CommandPort& port, std::uint32_t index, LatLon to,
                           std::int64_t duration_ms, Category urgency) {
    Member& member = members[index];
    member.leg = Leg{.from = member.place,
                     .to = to,
                     .starts = clock,
                     .duration_ms = duration_ms,
                     .urgency = urgency,
                     .points = {},
                     .along_m = {}};
    if (options.fix_every_s > 0) {
        report_place(port, member, member.place);
        plan(Due::fix, index, member.ticket, {clock.ms + options.fix_every_s * 1000LL});
    }
}

/// Where a brigade is now: along its leg by the share of time driven.
LatLon Replay::Impl::where(Member& member) {
    if (!member.leg) return member.place;
    Leg& leg = *member.leg;
    if (leg.points.empty()) {
        const roads::Route route = adviser.route(leg.from, leg.to, leg.urgency, leg.starts);
        leg.points.push_back(leg.from);
        for (const roads::RoutePoint& p : route.points) leg.points.push_back(p.at);
        leg.points.push_back(leg.to);
        double along = 0;
        leg.along_m.push_back(0);
        for (std::size_t i = 1; i < leg.points.size(); ++i) {
            along += distance_m(leg.points[i - 1], leg.points[i]);
            leg.along_m.push_back(along);
        }
    }
    if (leg.duration_ms <= 0) return leg.to;
    const double share = std::clamp(
        static_cast<double>(clock.ms - leg.starts.ms) / static_cast<double>(leg.duration_ms), 0.0,
        1.0);
    const double at = share * leg.along_m.back();
    const auto it = std::upper_bound(leg.along_m.begin(), leg.along_m.end(), at);
    if (it == leg.along_m.end()) return leg.to;
    const auto i = static_cast<std::size_t>(it - leg.along_m.begin());
    const double step = leg.along_m[i] - leg.along_m[i - 1];
    const double part = step > 0 ? (at - leg.along_m[i - 1]) / step : 0;
    const LatLon a = leg.points[i - 1];
    const LatLon b = leg.points[i];
    return {a.lat + (b.lat - a.lat) * part, a.lon + (b.lon - a.lon) * part};
}

/// Positions of brigades on the way home, for a decision that is being made.
void Replay::Impl::report_moving(CommandPort& port) {
    for (Member& member : members) {
        if (member.call || !member.leg) continue;
        const auto known = fixes.find(member.roster.id);
        if (known != fixes.end() && known->second.at == clock) continue;
        report_place(port, member, where(member));
    }
}

void Replay::Impl::fix_along(CommandPort& port, std::uint32_t index) {
    Member& member = members[index];
    if (!member.leg) return;
    report_place(port, member, where(member));
    plan(Due::fix, index, member.ticket, {clock.ms + options.fix_every_s * 1000LL});
}

void Replay::Impl::stop_at(CommandPort& port, Member& member, LatLon place) {
    member.leg.reset();
    member.place = place;
    ++member.ticket;
    report_place(port, member, place);
}

bool Replay::Impl::send(CommandPort& port, std::uint32_t slot) {
    ActiveCall& call = calls[slot];
    const State& state = port.state();
    const Incident* incident = state.open.find(call.incident);
    if (incident == nullptr) {
        drop(slot);
        return true;
    }
    if (!any_free()) return false;
    report_moving(port);
    const Recommendation advice = adviser.recommend_for(state, fixes, *incident, clock);
    if (advice.ranked.empty()) return false;
    const LatLon place = call.plan.call.place.value;
    const Candidate* chosen = &advice.ranked.front();
    if (options.policy == Policy::nearest) {
        const auto straight = [&](const Candidate& c) {
            const auto fix = fixes.find(c.brigade);
            return fix == fixes.end() ? 1e12 : distance_m(fix->second.place, place);
        };
        for (const Candidate& c : advice.ranked) {
            if (straight(c) < straight(*chosen)) chosen = &c;
        }
    }
    const auto it = std::find_if(members.begin(), members.end(), [&](const Member& m) {
        return m.roster.id == chosen->brigade;
    });
    const Brigade* brigade = state.brigades.find(chosen->brigade);
    if (it == members.end() || brigade == nullptr || it->call) return false;

    AssignBrigade command;
    command.incident = call.incident;
    command.brigade = chosen->brigade;
    command.seen_version = brigade->version;
    const std::size_t shown = std::min(options.shown_max, advice.ranked.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Candidate& c = advice.ranked[i];
        command.shown.push_back({c.brigade, c.travel_s, c.distance_m, c.reasons});
    }
    if (const auto fix = fixes.find(chosen->brigade); fix != fixes.end()) {
        command.fix = fix->second;
    }
    command.policy = name_of(options.policy);
    const bool moving = it->leg.has_value();
    if (ask(port, std::move(command), call.plan.call.line) == nullptr) return false;

    Member& member = *it;
    const auto index = static_cast<std::uint32_t>(it - members.begin());
    member.place = where(member);
    member.leg.reset();
    ++member.ticket;
    member.call = slot;
    member.sent_at = clock;
    if (call.waiting) waiting.erase({call.category, call.received, slot});
    call.waiting = false;
    call.member = index;
    CallResult& result = result_of(call);
    if (result.hand_over_ms < 0 || result.returned_by_polyclinic) {
        result.hand_over_ms = clock.ms - call.received.ms;
    }
    // A crew on the road need not run to its car.
    constexpr std::int64_t turn_round_ms = 15'000;
    const Field<std::int64_t>& turnout = call.plan.call.turnout_ms;
    std::int64_t until_departure = turnout.value;
    if (moving && turnout.origin != Origin::recorded) {
        until_departure = std::min(until_departure, turn_round_ms);
    }
    tally.origin(TalliedField::turnout, turnout.origin);
    const std::int64_t accept = std::min(call.plan.accept_ms, until_departure);
    plan(Due::accepted, index, member.ticket, {clock.ms + accept});
    plan(Due::departed, index, member.ticket, {clock.ms + until_departure});
    result.travel_ms = static_cast<std::int64_t>(chosen->travel_s * 1000);
    return true;
}

void Replay::Impl::serve_waiting(CommandPort& port) {
    for (auto it = waiting.begin(); it != waiting.end() && any_free();) {
        const std::uint32_t slot = std::get<2>(*it);
        ++it;  // sending takes the call out of the set
        send(port, slot);
    }
}

void Replay::Impl::departed(CommandPort& port, std::uint32_t index) {
    Member& member = members[index];
    status(port, member, BrigadeStatus::departed);
    if (!member.call) return;
    ActiveCall& call = calls[*member.call];
    const std::int64_t travel = result_of(call).travel_ms;
    tally.origin(TalliedField::travel, Origin::simulated);
    tally.brigades[member.roster.id].driven_ms += travel;
    set_out(port, index, call.plan.call.place.value, travel, call.category);
    plan(Due::arrived, index, member.ticket, {clock.ms + travel});
}

void Replay::Impl::arrived(CommandPort& port, std::uint32_t index) {
    Member& member = members[index];
    if (!member.call) return;
    ActiveCall& call = calls[*member.call];
    stop_at(port, member, call.plan.call.place.value);
    status(port, member, BrigadeStatus::on_scene);
    CallResult& result = result_of(call);
    result.arrival_ms = clock.ms - member.sent_at.ms;
    result.wait_ms = clock.ms - call.received.ms;
    call.disposition = ending(call);
    std::int64_t stay = call.plan.call.on_scene_ms.value;
    // Nobody to care for: a few minutes of looking.
    constexpr std::int64_t search_ms = 6 * 60'000;
    if (call.disposition == Disposition::patient_not_found ||
        call.disposition == Disposition::false_call) {
        stay = std::min(stay, search_ms);
    }
    tally.origin(TalliedField::on_scene, call.plan.call.on_scene_ms.origin);
    plan(call.disposition == Disposition::transported ? Due::left : Due::free, index,
         member.ticket, {clock.ms + stay});
}

void Replay::Impl::left(CommandPort& port, std::uint32_t index) {
    Member& member = members[index];
    if (!member.call) return;
    ActiveCall& call = calls[*member.call];
    const auto hospitals = adviser.hospitals_for(member.place, call.category, clock);
    const Organisation* hospital =
        hospitals.empty() ? nullptr
                          : input->city->organisations.find(hospitals.front().hospital);
    if (hospital == nullptr) {
        call.disposition = Disposition::left_at_place;
        return free(port, index);
    }
    call.hospital = hospital->id;
    status(port, member, BrigadeStatus::transporting, hospital->id);
    const auto travel = static_cast<std::int64_t>(hospitals.front().travel_s * 1000);
    tally.origin(TalliedField::transport, Origin::simulated);
    tally.brigades[member.roster.id].driven_ms += travel;
    set_out(port, index, hospital->place, travel, call.category);
    plan(Due::at_hospital, index, member.ticket, {clock.ms + travel});
}

void Replay::Impl::at_hospital(CommandPort& port, std::uint32_t index) {
    Member& member = members[index];
    if (!member.call) return;
    ActiveCall& call = calls[*member.call];
    stop_at(port, member, member.leg ? member.leg->to : member.place);
    status(port, member, BrigadeStatus::at_hospital);
    const Field<std::int64_t>& stay = call.plan.call.hospital_ms;
    tally.origin(TalliedField::hospital, stay.origin);
    // Handing over takes the greater part; then the car is made ready.
    plan(Due::handed_over, index, member.ticket, {clock.ms + stay.value * 6 / 10});
    plan(Due::free, index, member.ticket, {clock.ms + stay.value});
}

void Replay::Impl::free(CommandPort& port, std::uint32_t index) {
    Member& member = members[index];
    if (!member.call) return;
    const std::uint32_t slot = *member.call;
    status(port, member, BrigadeStatus::returning);
    BrigadeUse& use = tally.brigades[member.roster.id];
    ++use.calls;
    use.busy_ms += clock.ms - member.sent_at.ms;
    member.call.reset();
    ++member.ticket;
    close(port, slot, calls[slot].disposition);
    const std::int64_t travel = road_ms(member.place, member.base, Category::none);
    set_out(port, index, member.base, travel, Category::none);
    plan(Due::at_base, index, member.ticket, {clock.ms + travel});
    serve_waiting(port);
}

void Replay::Impl::at_base(CommandPort& port, std::uint32_t index) {
    Member& member = members[index];
    stop_at(port, member, member.base);
    status(port, member,
           member.on_shift ? BrigadeStatus::free_at_base : BrigadeStatus::off_shift);
}

}  // namespace jedel::exercise
