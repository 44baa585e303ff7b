#include "cli/cover_json.h"

#include <fmt/format.h>

namespace jedel::cli {
namespace {

using nlohmann::ordered_json;

ordered_json known(const cover::Known& k) {
    return {{"value", k.value},
            {"from", k.from_room ? "room" : "table"},
            {"observed", k.observed},
            {"needed", k.needed}};
}

const char* from(bool room) { return room ? "of the room" : "of the table, for want of data"; }

ordered_json json_of(const exercise::Paired& p) {
    return {{"home", p.home},
            {"relocated", p.moved},
            {"difference", p.difference},
            {"low_95", p.low()},
            {"high_95", p.high()}};
}

void line(const char* name, const exercise::Paired& p, double scale, const char* unit) {
    fmt::print("{:34}{:9.2f} {:9.2f} {:9.2f}   [{:.2f}, {:.2f}] {}\n", name, p.home * scale,
               p.moved * scale, p.difference * scale, p.low() * scale, p.high() * scale, unit);
}

}  // namespace

ordered_json json_of(const cover::CoverAdvice& a, const cover::RoomCover& cover) {
    ordered_json losses = ordered_json::array(), moves = ordered_json::array();
    for (const auto& loss : a.now.losses) {
        losses.push_back({{"brigade", loss.brigade.value},
                          {"share", loss.share},
                          {"expected", loss.expected}});
    }
    for (const auto& m : a.moves) {
        moves.push_back({{"brigade", m.brigade.value},
                         {"post", cover.posts()[m.post].id},
                         {"travel_s", m.travel_s},
                         {"gain", m.gain},
                         {"share_gain", m.share_gain}});
    }
    return {{"at", to_iso(a.at)},
            {"hour", a.hour},
            {"row", a.table_row},
            {"approved", a.approved},
            {"target_s", a.target_s},
            {"turnout_s", known(a.turnout_s)},
            {"busy", known(a.busy)},
            {"u1_per_hour", known(a.u1_per_hour)},
            {"idle", a.idle},
            {"place_unknown", a.unknown},
            {"no_road_share", a.off_map_share},
            {"now", {{"share", a.now.share}, {"expected", a.now.expected}}},
            {"settled", {{"share", a.settled.share}, {"expected", a.settled.expected}}},
            {"plan", {{"share", a.share_then}, {"expected", a.expected_then}, {"moves", moves}}},
            {"losses", losses}};
}

ordered_json json_of(const cover::RoomStaffing& s) {
    ordered_json hours = ordered_json::array(), districts = ordered_json::array();
    for (std::size_t h = 0; h < s.hours.size(); ++h) {
        const auto& need = s.hours[h];
        hours.push_back({{"hour", h},
                         {"on_duty", need.on_duty},
                         {"norm", need.norm},
                         {"needed", need.needed},
                         {"needed_for_delay", need.needed_for_delay},
                         {"load", need.load},
                         {"delay", need.delay},
                         {"late", need.late},
                         {"delay_with_needed", need.delay_then},
                         {"late_with_needed", need.late_then},
                         {"late_least", need.late_least},
                         {"late_unreachable", need.late_unreachable},
                         {"sent_per_hour", known(s.figures.hours[h].sent)},
                         {"u1_per_hour", known(s.figures.hours[h].u1)},
                         {"busy", known(s.figures.hours[h].busy)}});
    }
    for (const auto& d : s.districts) {
        districts.push_back({{"base", d.base.value},
                             {"residents", d.residents},
                             {"norm", d.norm},
                             {"u1_share", d.u1_share},
                             {"on_duty", d.on_duty}});
    }
    return {{"at", to_iso(s.at)},
            {"row", s.table.row},
            {"source", s.table.source},
            {"approved", s.table.approved},
            {"residents", s.residents},
            {"residents_per_brigade", s.table.residents_per_brigade},
            {"delay_max", s.table.delay_max},
            {"late_max", s.table.late_max},
            {"target_s", s.table.target_s},
            {"service_s", known(s.figures.service_s)},
            {"turnout_s", known(s.figures.turnout_s)},
            {"hours", hours},
            {"districts", districts}};
}

ordered_json json_of(const exercise::Comparison& c) {
    return {{"seed", c.wanted.seed},
            {"days", c.wanted.days},
            {"learn_days", c.wanted.learn_days},
            {"calls_a_day", c.wanted.calls},
            {"brigades", c.wanted.brigades},
            {"u1", c.u1},
            {"busy", c.busy},
            {"rates", c.learned ? "room" : "table"},
            {"moves_a_day", c.moves_per_day},
            {"u1_late_share", json_of(c.u1_late_share)},
            {"u1_late_relative", c.relative_u1_late},
            {"u1_mean_s", json_of(c.u1_mean_s)},
            {"mean_s", json_of(c.mean_s)},
            {"wait_mean_s", json_of(c.wait_mean_s)},
            {"late_share", json_of(c.late_share)},
            {"never_served", json_of(c.never)}};
}

void print_cover(const cover::CoverAdvice& a, const cover::RoomCover& cover, const State& state) {
    const auto name = [&](BrigadeId id) {
        const Brigade* b = state.brigades.find(id);
        return b != nullptr ? b->name : std::to_string(id.value);
    };
    fmt::print("{}, hour {}: {} idle brigades, {} with no known place\n", to_iso(a.at), a.hour,
               a.idle, a.unknown);
    fmt::print("U1 demand reached in {:.0f} min, turn-out included: {:.1f} % now, {:.1f} % when "
               "all are where they go\n", a.target_s / 60, a.now.share * 100,
               a.settled.share * 100);
    fmt::print("expected, brigades busy {:.0f} % of the time ({}): {:.1f} %, {:.1f} %\n",
               a.busy.value * 100, from(a.busy.from_room), a.now.expected * 100,
               a.settled.expected * 100);
    for (const auto& m : a.moves) {
        fmt::print("  brigade {} to {}: {:.0f} min, {:+.1f} points expected\n", name(m.brigade),
                   cover.posts()[m.post].name_en, m.travel_s / 60, m.gain * 100);
    }
    if (a.moves.empty()) fmt::print("  no move gains {:.1f} points\n",
                                    cover.table().least_gain * 100);
}

void print_staffing(const cover::RoomStaffing& s) {
    fmt::print("row \"{}\"{}: a call waits in at most {:.0f} %, U1 late in at most {:.0f} %\n",
               s.table.row, s.table.approved ? "" : " (not approved)", s.table.delay_max * 100,
               s.table.late_max * 100);
    fmt::print("norm: {:.0f} residents, one brigade for {:.0f}; service {:.0f} min, {}\n\n",
               s.residents, s.table.residents_per_brigade, s.figures.service_s.value / 60,
               from(s.figures.service_s.from_room));
    fmt::print("hour  on duty  norm  needed  load  delay %  late %  from\n");
    for (std::size_t h = 0; h < s.hours.size(); ++h) {
        const auto& n = s.hours[h];
        fmt::print("{:4}  {:7}  {:4}  {:>6}  {:4.1f}  {:7.1f}  {:6.1f}  {}\n", h, n.on_duty,
                   n.norm, n.needed > 0 ? std::to_string(n.needed) : "-", n.load, n.delay * 100,
                   n.late * 100, n.from_room ? "room" : "table");
    }
    fmt::print("\nbase  residents  norm  on duty at noon\n");
    constexpr std::size_t noon = 12;
    for (const auto& d : s.districts) {
        fmt::print("{:4}  {:9.0f}  {:4.1f}  {:4}\n", d.base.value, d.residents, d.norm,
                   d.on_duty[noon]);
    }
}

void print_comparison(const exercise::Comparison& c) {
    fmt::print("{} days of {} calls from seed {}, {} U1; rates {}, busy {:.0f} %\n", c.wanted.days,
               c.wanted.calls, c.wanted.seed, c.u1, from(c.learned), c.busy * 100);
    fmt::print("{:34}{:>9} {:>9} {:>9}   95 % of the difference\n", "", "home", "moved", "change");
    line("U1 late (over 10 min from sending)", c.u1_late_share, 100, "%");
    line("U1 mean, sent to scene", c.u1_mean_s, 1, "s");
    line("all late", c.late_share, 100, "%");
    line("all mean, sent to scene", c.mean_s, 1, "s");
    line("all mean, call to scene", c.wait_mean_s, 1, "s");
    line("nobody came, a day", c.never, 1, "calls");
    fmt::print("U1 late, all days together: {:+.1f} % relative; {:.0f} moves a day\n",
               c.relative_u1_late * 100, c.moves_per_day);
}

}  // namespace jedel::cli
