// Crews on the roads: ways, places, trackers.

#include <algorithm>

#include "dispatch/exercise/world.h"

namespace jedel::exercise {
namespace {

/// Seconds over a straight line when the roads give no way: 30 km/h and a third as much again.
std::int64_t straight_ms(LatLon from, LatLon to) {
    constexpr double metres_per_ms = 30.0 / 3600 / 1.33;
    return static_cast<std::int64_t>(distance_m(from, to) / metres_per_ms);
}

}  // namespace

void World::report_place(CommandPort& port, Member& member, LatLon place) {
    Fix fix;
    fix.place = place;
    fix.at = s_.clock;
    fix.source = Source::tracker;
    s_.fixes[member.roster.id] = fix;
    port.report_fix(member.roster.id, fix);
}

std::int64_t World::road_ms(LatLon from, LatLon to, Category urgency) {
    const roads::Travel travel = s_.adviser.travel(from, to, urgency, s_.clock);
    return travel.reachable ? travel.time_ms : straight_ms(from, to);
}

std::optional<LatLon> World::scene(const CommandPort& port, const ActiveCall& call) const {
    if (const Incident* incident = port.state().open.find(call.incident)) {
        if (const auto place = incident->place()) return place;
    }
    if (call.result) return call.plan.call.place.value;
    return std::nullopt;
}

void World::set_out(CommandPort& port, std::uint32_t index, LatLon to, std::int64_t duration_ms,
                    Category urgency) {
    Member& member = s_.members[index];
    member.leg = Leg{.from = member.place,
                     .to = to,
                     .starts = s_.clock,
                     .duration_ms = duration_ms,
                     .urgency = urgency,
                     .points = {},
                     .along_m = {}};
    if (s_.options.fix_every_s > 0) {
        report_place(port, member, member.place);
        s_.plan(Due::fix, index, member.ticket,
                {s_.clock.ms + s_.options.fix_every_s * 1000LL});
    }
}

void World::drive_home(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    member.post.reset();
    drive_to_wait(port, index, member.base);
}

void World::drive_to_wait(CommandPort& port, std::uint32_t index, LatLon to) {
    Member& member = s_.members[index];
    member.place = where(member);
    member.leg.reset();
    ++member.ticket;
    const std::int64_t travel = road_ms(member.place, to, Category::none);
    set_out(port, index, to, travel, Category::none);
    s_.plan(Due::at_base, index, member.ticket, {s_.clock.ms + travel});
}

/// Where a brigade is now: along its leg by the share of time driven.
LatLon World::where(Member& member) {
    if (!member.leg) return member.place;
    Leg& leg = *member.leg;
    if (leg.points.empty()) {
        const roads::Route route = s_.adviser.route(leg.from, leg.to, leg.urgency, leg.starts);
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
    const double share =
        std::clamp(static_cast<double>(s_.clock.ms - leg.starts.ms) /
                       static_cast<double>(leg.duration_ms),
                   0.0, 1.0);
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

void World::report_moving(CommandPort& port) {
    for (Member& member : s_.members) {
        if (member.call || !member.leg) continue;
        const auto known = s_.fixes.find(member.roster.id);
        if (known != s_.fixes.end() && known->second.at == s_.clock) continue;
        report_place(port, member, where(member));
    }
}

void World::fix_along(CommandPort& port, std::uint32_t index) {
    Member& member = s_.members[index];
    if (!member.leg) return;
    report_place(port, member, where(member));
    s_.plan(Due::fix, index, member.ticket, {s_.clock.ms + s_.options.fix_every_s * 1000LL});
}

void World::stop_at(CommandPort& port, Member& member, LatLon place) {
    member.leg.reset();
    member.place = place;
    ++member.ticket;
    report_place(port, member, place);
}

}  // namespace jedel::exercise
