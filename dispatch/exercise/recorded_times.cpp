// The times of a recorded row: by columns, or by lists of units.
#include <algorithm>

#include "dispatch/exercise/civil_format.h"
#include "dispatch/exercise/log_reader.h"

namespace jedel::exercise {

Instant LogReader::local_to_utc(int day, int seconds) const {
    const Instant as_if_utc{(static_cast<std::int64_t>(day) * 86'400 + seconds) * 1000};
    return zone_.to_utc(to_civil(as_if_utc, 0));
}

Instant LogReader::in_city(Instant utc) const {
    if (!mapping_.wall_clock) return utc;
    const Instant as_if_utc{utc.ms + zone_.offset_minutes(utc) * 60'000LL};
    const Instant guess{as_if_utc.ms - 300 * 60'000LL};
    return {as_if_utc.ms - kazakhstan_offset_minutes(guess) * 60'000LL};
}

/// UTC instant of a time column: by the format, ISO 8601 with or without an offset, or a bare
/// time of the incident's day. nullopt when the cell is empty or cannot be read (then listed).
std::optional<Instant> LogReader::read_time(Column c, std::optional<int> day) {
    const std::string_view text = cell(c);
    if (text.empty()) return std::nullopt;
    if (!mapping_.time_format.empty()) {
        if (const auto civil = read_civil(text, mapping_.time_format)) return zone_.to_utc(*civil);
        if (!day) {
            field_lost(c, "expected a time like " + mapping_.time_format);
            return std::nullopt;
        }
    }
    if (text.size() > 16) {
        if (const auto at = from_iso(text)) return at;
    }
    for (const std::string_view format :
         {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"}) {
        if (const auto civil = read_civil(text, format)) return zone_.to_utc(*civil);
    }
    if (day) {
        if (const auto seconds = read_time_of_day(text)) return local_to_utc(*day, *seconds);
    }
    field_lost(c, "expected a time");
    return std::nullopt;
}

/// `at`: handed over, departed, on scene, left scene, at hospital, free.
void LogReader::take_moments(RecordedCall& call, const std::array<std::optional<Instant>, 6>& at,
                             std::array<std::size_t, 6> columns) {
    const auto most = static_cast<std::int64_t>(mapping_.interval_hours_max * 3'600'000);
    const auto between = [&](std::size_t from, std::size_t to, Field<std::int64_t>& out) {
        if (!at[from] || !at[to]) return;
        const std::int64_t ms = at[to]->ms - at[from]->ms;
        if (ms < 0 || ms > most) {
            problem(columns[to],
                    "expected a time 0 to " + std::to_string(most / 3'600'000) +
                        " hours after the one before it, found " + std::to_string(ms / 1000) +
                        " seconds",
                    false);
            return;
        }
        out.set(ms, Origin::recorded);
    };
    between(0, 1, call.turnout_ms);
    between(1, 2, call.travel_ms);
    const bool to_hospital = at[3] || at[4];
    between(2, to_hospital ? 3 : 5, call.on_scene_ms);
    between(3, 4, call.transport_ms);
    between(4, 5, call.hospital_ms);
    if (to_hospital) {
        call.transported.set(true, Origin::recorded);
    } else if (at[5]) {
        call.transported.set(false, Origin::recorded);
    }
}

bool LogReader::take_unit_times(RecordedCall& call, int day) {
    unit_times_.clear();
    std::vector<std::string> bad;
    for (std::size_t i = 0; i < unit_moment_count; ++i) {
        bad.clear();
        add_unit_list(cell(units_[i]), static_cast<UnitMoment>(i), unit_times_, bad);
        for (const std::string& item : bad) {
            problem(units_[i], "expected UNIT=HH:MM:SS, found '" + shortened(item) + "'", false);
        }
    }
    roll_over(unit_times_);
    const UnitTimes* lead = leading_unit(unit_times_);
    if (lead == nullptr) return false;
    int first_sent = lead->at(UnitMoment::dispatched);
    int first_there = UnitTimes::none;
    for (const UnitTimes& unit : unit_times_) {
        const int sent = unit.at(UnitMoment::dispatched);
        const int there = unit.at(UnitMoment::on_scene);
        if (sent != UnitTimes::none) {
            first_sent = std::min(first_sent, sent);
            ++call.units;
        }
        if (there != UnitTimes::none && (first_there == UnitTimes::none || there < first_there)) {
            first_there = there;
        }
    }
    const auto moment = [&](UnitMoment which) -> std::optional<Instant> {
        if (lead->at(which) == UnitTimes::none) return std::nullopt;
        return local_to_utc(day, lead->at(which));
    };
    const auto column = [&](UnitMoment which) { return units_[static_cast<std::size_t>(which)]; };
    take_moments(call,
                 {moment(UnitMoment::dispatched), moment(UnitMoment::departed),
                  moment(UnitMoment::on_scene), moment(UnitMoment::left_scene),
                  moment(UnitMoment::at_hospital), moment(UnitMoment::free)},
                 {column(UnitMoment::dispatched), column(UnitMoment::departed),
                  column(UnitMoment::on_scene), column(UnitMoment::left_scene),
                  column(UnitMoment::at_hospital), column(UnitMoment::free)});
    if (first_there >= first_sent) {
        call.first_arrival_ms.set((first_there - first_sent) * 1000LL, Origin::recorded);
    }
    call.handed_over.set(in_city(local_to_utc(day, first_sent)), Origin::recorded);
    return true;
}

bool LogReader::take_times(RecordedCall& call) {
    std::optional<int> day;
    if (const std::string_view text = cell(Column::date); !text.empty()) {
        const auto civil = read_civil(text, mapping_.date_format);
        if (!civil) {
            problem(columns_[static_cast<std::size_t>(Column::date)],
                    "expected a date like " + mapping_.date_format + ", found '" +
                        shortened(text) + "'",
                    true);
            return false;
        }
        day = day_of(from_civil(*civil, 0), 0);
    }
    const auto received = read_time(Column::received, day);
    if (received) call.received.set(in_city(*received), Origin::recorded);
    const std::size_t dispatched = units_[static_cast<std::size_t>(UnitMoment::dispatched)];
    if (dispatched != no_column) {
        const bool any = day && take_unit_times(call, *day);
        if (!any && !received) {
            problem(day ? dispatched : columns_[static_cast<std::size_t>(Column::date)],
                    "no time is recorded; expected a date and at least one UNIT=HH:MM:SS", true);
            return false;
        }
        return true;
    }
    const std::array<Column, 6> moments{Column::handed_over, Column::departed,
                                        Column::on_scene,    Column::left_scene,
                                        Column::at_hospital, Column::free};
    std::array<std::optional<Instant>, 6> at;
    std::array<std::size_t, 6> columns{};
    for (std::size_t i = 0; i < 6; ++i) {
        columns[i] = columns_[static_cast<std::size_t>(moments[i])];
        at[i] = read_time(moments[i], day);
    }
    take_moments(call, at, columns);
    if (at[0]) call.handed_over.set(in_city(*at[0]), Origin::recorded);
    if (at[0] && at[2] && *at[2] >= *at[0]) {
        call.first_arrival_ms.set(at[2]->ms - at[0]->ms, Origin::recorded);
    }
    if (!received && !at[0]) {
        problem(columns_[static_cast<std::size_t>(Column::received)],
                "no time is recorded; expected when the call came in", true);
        return false;
    }
    return true;
}

}  // namespace jedel::exercise
