// The times of a recorded row: by columns, or by lists of units.
#include <algorithm>

#include "dispatch/exercise/log_reader.h"
#include "dispatch/tables/civil_format.h"

namespace jedel::exercise {

namespace {

constexpr std::int64_t day_ms = 86'400'000;

constexpr std::array<std::string_view, 4> local_formats{"%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M",
                                                        "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"};

}  // namespace

std::array<bool, moments_of_row> believable(
    const std::array<std::optional<Instant>, moments_of_row>& at, std::int64_t most_ms) {
    // The longest chain that ends at each moment, and the moment before it there.
    std::array<int, moments_of_row> length{};
    std::array<std::size_t, moments_of_row> before{};
    std::size_t last = moments_of_row;
    for (std::size_t i = 0; i < moments_of_row; ++i) {
        if (!at[i]) continue;
        length[i] = 1;
        before[i] = moments_of_row;
        for (std::size_t k = 0; k < i; ++k) {
            if (!at[k] || length[k] + 1 <= length[i]) continue;
            const std::int64_t ms = at[i]->ms - at[k]->ms;
            if (ms < 0 || ms > most_ms) continue;
            length[i] = length[k] + 1;
            before[i] = k;
        }
        if (last == moments_of_row || length[i] > length[last]) last = i;
    }
    std::array<bool, moments_of_row> out{};
    for (std::size_t i = last; i < moments_of_row; i = before[i]) out[i] = true;
    return out;
}

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

bool LogReader::set_civil(Moment& moment, const CivilTime& civil, int ms) {
    if (tables::is_placeholder(civil)) {
        problem(moment.column,
                "expected a time of the years 1971 to 2200 that is not how a missing one is "
                "written, found '" + tables::shortened(cell(moment.column)) + "'",
                false);
        return false;
    }
    const std::chrono::milliseconds fraction{ms};
    moment.at = zone_.to_utc(civil) + fraction;
    if (const auto second = zone_.second_reading(civil)) moment.again = *second + fraction;
    return true;
}

/// A time column: by the format, ISO 8601 with or without an offset, or a bare time of the
/// incident's day. Without a time when the cell is empty or cannot be read (then listed).
Moment LogReader::read_time(Column c, std::optional<int> day) {
    Moment out{.column = column_of(c)};
    const std::string_view text = cell(c);
    if (text.empty()) return out;
    out.read = true;
    int ms = 0;
    if (!mapping_.time_format.empty()) {
        if (const auto civil = tables::read_civil(text, mapping_.time_format, &ms)) {
            set_civil(out, *civil, ms);
            return out;
        }
    }
    if (const auto at = tables::read_instant(text)) {
        const CivilTime utc = to_civil(*at, 0);
        const CivilTime local = to_civil(*at, zone_.offset_minutes(*at));
        if (!tables::is_placeholder(utc)) set_civil(out, local, 0);
        else set_civil(out, utc, 0);
        if (out.at) out.at = at;  // its own offset says which of two
        out.again.reset();
        return out;
    }
    if (mapping_.time_format.empty() || day) {
        for (const std::string_view format : local_formats) {
            const auto civil = tables::read_civil(text, format, &ms);
            if (!civil) continue;
            set_civil(out, *civil, ms);
            return out;
        }
    }
    if (const auto seconds = day ? tables::read_time_of_day(text) : std::nullopt) {
        out.at = local_to_utc(*day, *seconds);
        out.bare = true;
        return out;
    }
    const std::string why = tables::looks_like_time(text);
    field_lost(c, (mapping_.time_format.empty() ? std::string{"expected a time"}
                                                : "expected a time like " + mapping_.time_format) +
                      (why.empty() || why.starts_with("the zone") ? "" : " (" + why + ")"));
    return out;
}

/// Bare times past midnight to the next day, and of times that the clocks showed twice the one
/// that fits what went before.
void LogReader::settle(Moments& moments) {
    std::optional<Instant> before;
    for (Moment& moment : moments) {
        if (!moment.at) continue;
        if (moment.bare && before && moment.at->ms < before->ms - day_ms / 2) {
            moment.at->ms += day_ms;
        }
        if (moment.again) {
            const bool second = before && *moment.at < *before;
            if (second) moment.at = moment.again;
            note(moment.column, "the clocks were put back and showed '" +
                                    tables::shortened(cell(moment.column)) + "' twice; the " +
                                    (second ? "second" : "first") + " is taken");
        }
        before = moment.at;
    }
}

/// Times that do not follow each other within the longest interval are listed and not believed.
void LogReader::drop_unbelievable(Moments& moments) {
    const auto most = static_cast<std::int64_t>(mapping_.interval_hours_max * 3'600'000);
    std::array<std::optional<Instant>, moments_of_row> at;
    for (std::size_t i = 0; i < moments_of_row; ++i) at[i] = moments[i].at;
    const auto kept = believable(at, most);
    for (std::size_t i = 0; i < moments_of_row; ++i) {
        if (!at[i] || kept[i]) continue;
        // Told against the nearest moment that is believed, the one before it first.
        std::size_t other = i;
        while (other > 0 && !kept[other]) --other;
        if (!kept[other]) {
            other = i;
            while (other + 1 < moments_of_row && !kept[other]) ++other;
        }
        const std::int64_t seconds = (at[i]->ms - at[other]->ms) / 1000;
        problem(moments[i].column,
                "expected 0 to " + std::to_string(most / 3'600'000) + " hours " +
                    (other < i ? "after '" : "before '") + column_name(moments[other].column) +
                    "', found " + std::to_string(other < i ? seconds : -seconds) +
                    " seconds; not believed",
                false);
        moments[i].at.reset();
    }
}

void LogReader::take_intervals(RecordedCall& call, const Moments& moments) {
    const auto between = [&](std::size_t from, std::size_t to, Field<std::int64_t>& out) {
        if (!moments[from].at || !moments[to].at) return;
        out.set(moments[to].at->ms - moments[from].at->ms, Origin::recorded);
    };
    between(at_handed_over, at_departed, call.turnout_ms);
    between(at_departed, at_on_scene, call.travel_ms);
    const bool transported = moments[at_left_scene].read || moments[at_hospital].read;
    between(at_on_scene, transported ? at_left_scene : at_free, call.on_scene_ms);
    between(at_left_scene, at_hospital, call.transport_ms);
    between(at_hospital, at_free, call.hospital_ms);
    if (transported || moments[at_free].at) call.transported.set(transported, Origin::recorded);
}

bool LogReader::take_unit_times(RecordedCall& call, int day, Moment received) {
    unit_times_.clear();
    std::vector<std::string> bad;
    for (std::size_t i = 0; i < unit_moment_count; ++i) {
        bad.clear();
        add_unit_list(cell(units_[i]), static_cast<UnitMoment>(i), unit_times_, bad);
        for (const std::string& item : bad) {
            problem(units_[i], "expected UNIT=HH:MM:SS, found '" + tables::shortened(item) + "'",
                    false);
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
    constexpr std::array<UnitMoment, 6> order{UnitMoment::dispatched, UnitMoment::departed,
                                              UnitMoment::on_scene,   UnitMoment::left_scene,
                                              UnitMoment::at_hospital, UnitMoment::free};
    Moments moments;
    moments[at_received] = received;
    for (std::size_t i = 0; i < order.size(); ++i) {
        Moment& moment = moments[i + 1];
        moment.column = units_[static_cast<std::size_t>(order[i])];
        if (lead->at(order[i]) == UnitTimes::none) continue;
        moment.at = local_to_utc(day, lead->at(order[i]));
        moment.read = true;
    }
    settle(moments);
    drop_unbelievable(moments);
    take_intervals(call, moments);
    const auto most = static_cast<int>(mapping_.interval_hours_max * 3600);
    if (first_there >= first_sent && first_there - first_sent <= most) {
        call.first_arrival_ms.set((first_there - first_sent) * 1000LL, Origin::recorded);
    }
    if (moments[at_received].at) {
        call.received.set(in_city(*moments[at_received].at), Origin::recorded);
    }
    call.handed_over.set(in_city(local_to_utc(day, first_sent)), Origin::recorded);
    return true;
}

/// The incident's day of the column `date`; false when it is there and no date (then listed).
bool LogReader::take_day(std::optional<int>& day) {
    const std::string_view text = cell(Column::date);
    if (text.empty()) return true;
    const auto civil = tables::read_civil(text, mapping_.date_format);
    if (!civil || tables::is_placeholder(*civil)) {
        problem(column_of(Column::date),
                "expected a date like " + mapping_.date_format +
                    " of the years 1971 to 2200, found '" + tables::shortened(text) + "'",
                true);
        return false;
    }
    day = day_of(from_civil(*civil, 0), 0);
    return true;
}

bool LogReader::take_times(RecordedCall& call) {
    std::optional<int> day;
    if (!take_day(day)) return false;
    Moments moments;
    moments[at_received] = read_time(Column::received, day);
    const auto received = moments[at_received].at;
    const std::size_t dispatched = units_[static_cast<std::size_t>(UnitMoment::dispatched)];
    if (dispatched != no_column) {
        const bool any = day && take_unit_times(call, *day, moments[at_received]);
        if (!any && received) call.received.set(in_city(*received), Origin::recorded);
        if (any || received) return true;
        problem(day ? dispatched : column_of(Column::date),
                "no time is recorded; expected a date and at least one UNIT=HH:MM:SS", true);
        return false;
    }
    // Bare times without a column for the day are of the day the call came in.
    if (!day && received) day = day_of(*received, zone_.offset_minutes(*received));
    constexpr std::array<Column, 6> columns{Column::handed_over, Column::departed,
                                            Column::on_scene,    Column::left_scene,
                                            Column::at_hospital, Column::free};
    for (std::size_t i = 0; i < columns.size(); ++i) moments[i + 1] = read_time(columns[i], day);
    settle(moments);
    drop_unbelievable(moments);
    take_intervals(call, moments);
    const auto& in = moments[at_received].at;
    const auto& sent = moments[at_handed_over].at;
    const auto& there = moments[at_on_scene].at;
    if (in) call.received.set(in_city(*in), Origin::recorded);
    if (sent) call.handed_over.set(in_city(*sent), Origin::recorded);
    if (sent && there) call.first_arrival_ms.set(there->ms - sent->ms, Origin::recorded);
    if (in || sent) return true;
    problem(column_of(Column::received),
            "no time is recorded; expected when the call came in", true);
    return false;
}

}  // namespace jedel::exercise
