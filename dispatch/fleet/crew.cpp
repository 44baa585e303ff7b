#include "dispatch/fleet/crew.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "dispatch/roads/uncertainty.h"

namespace jedel {
namespace {

constexpr double turnout_max_s = 1800;   // longer is a forgotten key, not a departure
constexpr double busy_max_s = 6 * 3600;
constexpr double s_per_min = 60;

double seconds(Instant from, Instant to) {
    return static_cast<double>((to - from).count()) / 1000;
}

int local_hour(Instant at) { return hour_of_week(at) % 24; }

struct Stretch {
    Instant from, to;
};

void add_turnout(CrewFigures& f, const Task& t) {
    const auto left = t.departed_at();
    if (!left) return;
    const double s = seconds(t.sent_at(), *left);
    if (s < 0 || s > turnout_max_s) return;
    if (t.from_status == BrigadeStatus::returning) return f.moving.add(s);
    f.from_base[static_cast<std::size_t>(local_hour(t.sent_at()))].add(s);
    f.from_base_all.add(s);
}

void add_busy(CrewFigures& f, const Task& t) {
    const auto end = t.ended_at();
    if (!t.served() || !end) return;
    const auto add = [&](Times& to, std::optional<Instant> from) {
        if (!from) return;
        const double s = seconds(*from, *end);
        if (s >= 0 && s <= busy_max_s) to.add(s);
    };
    add(f.on_scene, t.on_scene_at());
    add(f.transporting, t.left_scene_at());
    add(f.at_hospital, t.at_hospital_at());
    add(f.handed_over, t.handed_over_at());
}

/// Minutes of work since the last time free of at least `length_min`.
double worked_min(const std::vector<Stretch>& work, double length_min, Instant now) {
    if (work.empty()) return 0;
    const double length_s = length_min * s_per_min;
    if (seconds(work.back().to, now) >= length_s) return 0;
    Instant since = work.front().from, until = work.front().to;
    for (const Stretch& s : work) {
        if (seconds(until, s.from) >= length_s) since = s.from;
        until = std::max(until, s.to);
    }
    return seconds(since, now) / s_per_min;
}

double break_due_s(const std::vector<Stretch>& work, const std::vector<BreakRow>& rows,
                   Instant now) {
    double due = 0;
    for (const BreakRow& row : rows) {
        if (worked_min(work, row.length_min, now) >= row.after_min) {
            due = std::max(due, row.penalty_s);
        }
    }
    return due;
}

Spread spread_of(const Times& times, FigureSource source) {
    return {times.median_s(), times.sigma(), source};
}

}  // namespace

void Times::add(double s) {
    const double log_s = std::log(std::max(s, 1.0));
    ++count;
    sum += log_s;
    squares += log_s * log_s;
}
double Times::median_s() const {
    return count == 0 ? 0 : std::exp(sum / static_cast<double>(count));
}
double Times::sigma() const {
    if (count < 2) return 0;
    const auto n = static_cast<double>(count);
    return std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1)));
}

CrewLoad CrewFigures::load(BrigadeId id) const {
    const auto it = loads.find(id);
    return it == loads.end() ? CrewLoad{} : it->second;
}

CrewFigures crew_figures(const State& state, Instant now, const DispatchTable& table,
                         double hours) {
    CrewFigures out;
    const Instant since = now - std::chrono::milliseconds{
                                    static_cast<std::int64_t>(hours * 3'600'000)};
    std::unordered_map<BrigadeId, std::vector<Stretch>> work;
    for (const auto* incidents : {&state.open, &state.recent}) {
        for (const auto& incident : incidents->rows()) {
            for (const Task& t : incident->tasks) {
                if (!t.of_brigade() || !t.brigade) continue;
                add_turnout(out, t);
                add_busy(out, t);
                const Instant end = t.ended_at().value_or(now);
                if (end < since) continue;
                work[*t.brigade].push_back({t.sent_at(), end});
            }
        }
    }
    for (auto& [id, stretches] : work) {
        std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
            return a.from != b.from ? a.from < b.from : a.to < b.to;
        });
        out.loads[id] = {static_cast<int>(stretches.size()),
                         break_due_s(stretches, table.breaks, now)};
    }
    double calls = 0, on_shift = 0;
    for (const auto& b : state.brigades.rows()) {
        if (b->status == BrigadeStatus::off_shift || b->status == BrigadeStatus::unknown) continue;
        calls += out.load(b->id).calls;
        on_shift += 1;
    }
    if (on_shift > 0) out.mean_calls = calls / on_shift;
    return out;
}

Spread turnout_of(const CrewFigures& figures, const TurnoutRow& row, const Brigade& brigade,
                  Instant now) {
    if (brigade.status == BrigadeStatus::returning || brigade.task) {
        if (row.trips_min > 0 && figures.moving.count >= row.trips_min) {
            return spread_of(figures.moving, FigureSource::room);
        }
        return {row.moving_s, row.sigma, FigureSource::row};
    }
    const auto hour = static_cast<std::size_t>(local_hour(now));
    const Times& this_hour = figures.from_base[hour];
    if (row.trips_min > 0 && this_hour.count >= row.trips_min) {
        return spread_of(this_hour, FigureSource::room_hour);
    }
    if (row.trips_min > 0 && figures.from_base_all.count >= row.trips_min) {
        return spread_of(figures.from_base_all, FigureSource::room);
    }
    return {row.base_s[hour], row.sigma, FigureSource::row};
}

std::optional<double> free_in(const CrewFigures& figures, const BusyRow& row,
                              const Brigade& brigade, Instant now) {
    if (!brigade.task) return std::nullopt;
    const auto expected = [&](const Times& own, double prior_min) {
        const bool enough = row.trips_min > 0 && own.count >= row.trips_min;
        const double whole = enough ? own.median_s() : prior_min * s_per_min;
        const double gone = std::max(0.0, seconds(brigade.status_at, now));
        return std::max(row.at_least_min * s_per_min, whole - gone);
    };
    switch (brigade.status) {
        case BrigadeStatus::on_scene: return expected(figures.on_scene, row.on_scene_min);
        case BrigadeStatus::transporting:
            return expected(figures.transporting, row.transporting_min);
        case BrigadeStatus::at_hospital:
            return expected(figures.at_hospital, row.at_hospital_min);
        case BrigadeStatus::handed_over:
            return expected(figures.handed_over, row.handed_over_min);
        default: return std::nullopt;
    }
}

double arrival_within(double target_s, const Spread& turnout, double drive_s,
                      double drive_sigma) {
    if (turnout.sigma <= 0 || turnout.median_s <= 0) {
        return roads::probability_within(target_s - turnout.median_s, drive_s, drive_sigma);
    }
    // Normal quantiles of (i + 1/2) / 16.
    constexpr std::array<double, 16> z{-1.862732, -1.318011, -1.009990, -0.776422,
                                       -0.579132, -0.402250, -0.237202, -0.078412,
                                       0.078412,  0.237202,  0.402250,  0.579132,
                                       0.776422,  1.009990,  1.318011,  1.862732};
    double sum = 0;
    for (const double q : z) {
        const double leaves_s = turnout.median_s * std::exp(turnout.sigma * q);
        sum += roads::probability_within(target_s - leaves_s, drive_s, drive_sigma);
    }
    return sum / static_cast<double>(z.size());
}

}  // namespace jedel
