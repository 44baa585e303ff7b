#include "dispatch/cover/rates.h"

#include <algorithm>
#include <numeric>

#include "base/time.h"

namespace jedel::cover {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr double ms_per_s = 1000;
/// A task that never ended in the journal, or a shift nobody ended, is no work of days.
constexpr std::int64_t task_max_ms = 24 * hour_ms;

int local_hour(Instant at) { return hour_of_week(at) % static_cast<int>(hours_of_day); }

/// Hands out a stretch of time by hour of the day: `add(hour, hours)`.
template <class Add>
void by_hour(Instant from, Instant to, Add&& add) {
    // Offsets of the country are whole hours.
    while (from < to) {
        const std::int64_t in_hour = ((from.ms % hour_ms) + hour_ms) % hour_ms;
        const Instant next = std::min(to, Instant{from.ms + hour_ms - in_hour});
        add(static_cast<std::size_t>(local_hour(from)),
            static_cast<double>(next.ms - from.ms) / static_cast<double>(hour_ms));
        from = next;
    }
}

Known known(double value, double observed, double needed, double prior) {
    const bool enough = observed >= needed;
    return {.value = enough ? value : prior,
            .from_room = enough,
            .observed = observed,
            .needed = needed};
}

}  // namespace

void RateTally::observed(Instant from, Instant to) {
    out_.first = any_ ? std::min(out_.first, from) : from;
    out_.last = any_ ? std::max(out_.last, to) : to;
    any_ = true;
}

void RateTally::add(const Incident& incident) {
    if (incident.merged_into || !seen_.insert(incident.id).second) return;
    const Instant received = incident.received_at;
    observed(received, received);
    const int hour = local_hour(received);
    HourCount& count = out_.hours[static_cast<std::size_t>(hour)];
    const Category category = incident.working_category();
    ++count.calls[static_cast<std::size_t>(category)];
    if (const auto place = incident.place()) {
        out_.placed.push_back({*place, hour, category});
    } else {
        ++out_.no_place;
    }
    bool sent = false;
    for (const Task& task : incident.tasks) {
        if (!task.of_brigade()) continue;
        sent = true;
        const Instant from = task.sent_at();
        if (const auto left = task.departed_at(); left && *left >= from) {
            out_.turnout_s.push_back(static_cast<double>((*left - from).count()) / ms_per_s);
        }
        const auto ended = task.ended_at();
        if (!ended || *ended < from || ended->ms - from.ms > task_max_ms) continue;
        by_hour(from, *ended, [&](std::size_t h, double hours) { out_.hours[h].busy_h += hours; });
        if (task.served()) {
            out_.service_s.push_back(static_cast<double>((*ended - from).count()) / ms_per_s);
        }
    }
    if (sent) ++count.sent;
}

void RateTally::on_shift(Instant from, Instant to) {
    by_hour(from, to, [&](std::size_t h, double hours) { out_.hours[h].duty_h += hours; });
}

RoomRates RateTally::rates() const {
    RoomRates out = out_;
    by_hour(out.first, out.last, [&](std::size_t h, double hours) { out.hours[h].days += hours; });
    return out;
}

void add_rates(RoomRates& to, const RoomRates& more) {
    const bool none = to.first == to.last && to.placed.empty() && to.no_place == 0;
    to.first = none ? more.first : std::min(to.first, more.first);
    to.last = none ? more.last : std::max(to.last, more.last);
    for (std::size_t h = 0; h < hours_of_day; ++h) {
        HourCount& sum = to.hours[h];
        const HourCount& count = more.hours[h];
        sum.days += count.days;
        sum.sent += count.sent;
        sum.busy_h += count.busy_h;
        sum.duty_h += count.duty_h;
        for (std::size_t c = 0; c < count.calls.size(); ++c) sum.calls[c] += count.calls[c];
    }
    to.placed.insert(to.placed.end(), more.placed.begin(), more.placed.end());
    to.no_place += more.no_place;
    to.service_s.insert(to.service_s.end(), more.service_s.begin(), more.service_s.end());
    to.turnout_s.insert(to.turnout_s.end(), more.turnout_s.begin(), more.turnout_s.end());
}

RoomFigures figures_of(const RoomRates& rates, const CoverTable& table, double residents) {
    RoomFigures out;
    constexpr double per_thousand = 1000;
    const double prior_calls =
        residents / per_thousand * table.prior_calls_per_1000_day / hours_of_day;
    for (std::size_t h = 0; h < hours_of_day; ++h) {
        const HourCount& count = rates.hours[h];
        const auto all = std::accumulate(count.calls.begin(), count.calls.end(), 0L);
        const auto per_hour = [&](long n, double prior) {
            return known(count.days > 0 ? static_cast<double>(n) / count.days : 0, count.days,
                         table.least_days, prior);
        };
        HourFigures& f = out.hours[h];
        f.calls = per_hour(all, prior_calls);
        f.u1 = per_hour(count.calls[static_cast<std::size_t>(Category::u1)],
                        prior_calls * table.prior_u1_share);
        f.sent = per_hour(count.sent, prior_calls * table.prior_station_share);
        const double busy = count.duty_h > 0 ? count.busy_h / count.duty_h : 0;
        f.busy = known(std::clamp(busy, 0.0, 1.0), count.duty_h > 0 ? count.days : 0,
                       table.least_days, table.prior_busy);
    }
    const auto tasks = static_cast<double>(rates.service_s.size());
    constexpr double s_per_min = 60;
    const double sum = std::accumulate(rates.service_s.begin(), rates.service_s.end(), 0.0);
    out.service_s = known(tasks > 0 ? sum / tasks : 0, tasks, table.least_tasks,
                          table.prior_service_min * s_per_min);
    std::vector<double> turnouts = rates.turnout_s;
    double slow = 0;
    if (!turnouts.empty()) {
        constexpr double nine_of_ten = 0.9;
        const auto at = static_cast<std::ptrdiff_t>(static_cast<double>(turnouts.size()) *
                                                    nine_of_ten);
        const auto place = turnouts.begin() + at;
        std::nth_element(turnouts.begin(), place, turnouts.end());
        slow = *place;
    }
    out.turnout_s = known(slow, static_cast<double>(turnouts.size()), table.least_tasks,
                          table.prior_turnout_s);
    return out;
}

}  // namespace jedel::cover
