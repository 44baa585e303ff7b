#include "dispatch/exercise/compare.h"

#include <array>
#include <cmath>
#include <numeric>

#include "dispatch/exercise/headless.h"

namespace jedel::exercise {
namespace {

constexpr double ms_per_s = 1000;
constexpr double ms_per_h = 3'600'000;
constexpr std::array<double, 5> target_s{1e12, 600, 900, 1800, 3600};

/// Two-sided 95 % of Student's distribution; beyond 30 degrees of freedom the expansion of
/// Cornish and Fisher is right to three digits.
double student_95(std::size_t freedom) {
    constexpr std::array<double, 30> table{
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
        2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
        2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    if (freedom == 0) return 0;
    if (freedom <= table.size()) return table[freedom - 1];
    constexpr double z = 1.959964;
    return z + (z * z * z + z) / (4 * static_cast<double>(freedom));
}

double mean(const std::vector<double>& values) {
    return values.empty() ? 0
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
}

struct Played {
    DayOutcome outcome;
    cover::RoomRates rates;
};

DayOutcome outcome_of(const Tally& tally) {
    DayOutcome out;
    double u1_s = 0, all_s = 0, wait_s = 0;
    long arrived = 0, u1_arrived = 0;
    for (const CallResult& call : tally.calls) {
        const bool came = call.arrival_ms >= 0;
        if (!came && !call.never_served) continue;
        const auto category = static_cast<std::size_t>(call.category);
        // The order's clock runs from sending; waiting for a brigade shows in the wait beside it.
        const double arrival_s = static_cast<double>(call.arrival_ms) / ms_per_s;
        const bool late = !came || arrival_s > target_s[category];
        ++out.all;
        out.all_late += late ? 1 : 0;
        out.never += came ? 0 : 1;
        if (call.category == Category::u1) {
            ++out.u1;
            out.u1_late += late ? 1 : 0;
        }
        if (!came) continue;
        ++arrived;
        all_s += arrival_s;
        wait_s += static_cast<double>(call.wait_ms) / ms_per_s;
        if (call.category != Category::u1) continue;
        ++u1_arrived;
        u1_s += arrival_s;
    }
    out.mean_s = arrived > 0 ? all_s / static_cast<double>(arrived) : 0;
    out.wait_mean_s = arrived > 0 ? wait_s / static_cast<double>(arrived) : 0;
    out.u1_mean_s = u1_arrived > 0 ? u1_s / static_cast<double>(u1_arrived) : 0;
    out.moves = tally.moves_to_posts;
    for (const auto& [id, use] : tally.brigades) {
        out.driven_h += static_cast<double>(use.driven_ms) / ms_per_h;
    }
    return out;
}

cover::RoomRates rates_of(const State& state, const Tally& tally, std::size_t brigades) {
    cover::RateTally rates;
    for (const auto* table : {&state.open, &state.recent}) {
        for (const auto& incident : table->rows()) rates.add(*incident);
    }
    rates.observed(tally.first, tally.last);
    for (std::size_t i = 0; i < brigades; ++i) rates.on_shift(tally.first, tally.last);
    return rates.rates();
}

class Comparer {
public:
    Comparer(const ReplayInput& base, const std::vector<ComplaintTemplate>& complaints,
             const CompareWanted& wanted)
        : base_(base), complaints_(complaints), wanted_(wanted) {}

    /// The calls of a day, by its number.
    Result<std::shared_ptr<const ReplayInput>> day(int index) const {
        const std::string csv = generate_day(
            *base_.city, complaints_,
            {.seed = wanted_.seed + static_cast<std::uint64_t>(index),
             .call_count = wanted_.calls,
             .day = wanted_.first_day + index});
        auto input = std::make_shared<ReplayInput>(base_);
        input->mapping.brigades = wanted_.brigades > 0 ? wanted_.brigades : base_.mapping.brigades;
        auto log = read_log_text(csv, "day " + std::to_string(index), input->mapping);
        if (!log) return log.error();
        input->log = *std::move(log);
        return std::shared_ptr<const ReplayInput>{std::move(input)};
    }

    Result<Played> play(const std::shared_ptr<const ReplayInput>& input, int index,
                        Relocation relocation,
                        std::shared_ptr<const cover::RoomRates> rates) const {
        auto journal = open_journal("sqlite::memory:");
        if (!journal) return journal.error();
        auto engine =
            Engine::open(std::move(*journal), DecideContext{.protocol = input->protocol});
        if (!engine) return engine.error();
        Replay replay{input, {.seed = wanted_.seed + static_cast<std::uint64_t>(index),
                              .draws = {},
                              .relocation = relocation,
                              .rates = std::move(rates)}};
        HeadlessOptions options;
        options.minutes_per_commit = 24 * 60;
        if (const auto ran = run_headless(replay, **engine, options); !ran) return ran.error();
        const std::size_t brigades = replay.tally().brigades.size();
        return Played{outcome_of(replay.tally()),
                      rates_of((*engine)->state(), replay.tally(), brigades)};
    }

private:
    const ReplayInput& base_;
    const std::vector<ComplaintTemplate>& complaints_;
    const CompareWanted& wanted_;
};

double share(long part, long whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

template <class Value>
Paired over_days(const Comparison& c, Value&& value) {
    std::vector<double> home, moved;
    for (const DayOutcome& d : c.home) home.push_back(value(d));
    for (const DayOutcome& d : c.moved) moved.push_back(value(d));
    return paired(home, moved);
}

void sum_up(Comparison& c) {
    long late_home = 0, late_moved = 0, moves = 0;
    for (const DayOutcome& d : c.home) {
        c.u1 += d.u1;
        late_home += d.u1_late;
    }
    for (const DayOutcome& d : c.moved) {
        late_moved += d.u1_late;
        moves += d.moves;
    }
    c.relative_u1_late = late_home > 0 ? share(late_moved, late_home) - 1 : 0;
    c.moves_per_day = share(moves, static_cast<long>(c.moved.size()));
    c.u1_late_share = over_days(c, [](const DayOutcome& d) { return share(d.u1_late, d.u1); });
    c.late_share = over_days(c, [](const DayOutcome& d) { return share(d.all_late, d.all); });
    c.u1_mean_s = over_days(c, [](const DayOutcome& d) { return d.u1_mean_s; });
    c.mean_s = over_days(c, [](const DayOutcome& d) { return d.mean_s; });
    c.wait_mean_s = over_days(c, [](const DayOutcome& d) { return d.wait_mean_s; });
    c.never = over_days(c, [](const DayOutcome& d) { return static_cast<double>(d.never); });
}

}  // namespace

Paired paired(const std::vector<double>& home, const std::vector<double>& moved) {
    Paired out;
    out.home = mean(home);
    out.moved = mean(moved);
    out.difference = out.moved - out.home;
    const std::size_t n = std::min(home.size(), moved.size());
    if (n < 2) return out;
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double d = moved[i] - home[i] - out.difference;
        squares += d * d;
    }
    const auto count = static_cast<double>(n);
    out.half = student_95(n - 1) * std::sqrt(squares / (count - 1) / count);
    return out;
}

Result<Comparison> compare_relocation(const std::shared_ptr<const ReplayInput>& base,
                                      const std::vector<ComplaintTemplate>& complaints,
                                      const CompareWanted& wanted,
                                      const std::function<void(int done)>& progress) {
    Comparison out;
    out.wanted = wanted;
    const Comparer comparer{*base, complaints, wanted};
    auto learned = std::make_shared<cover::RoomRates>();
    for (int i = 0; i < wanted.learn_days + wanted.days; ++i) {
        const auto input = comparer.day(i);
        if (!input) return input.error();
        const auto home = comparer.play(*input, i, Relocation::home, nullptr);
        if (!home) return home.error();
        if (i < wanted.learn_days) {
            cover::add_rates(*learned, home->rates);
        } else {
            const auto moved = comparer.play(*input, i, Relocation::dmexclp, learned);
            if (!moved) return moved.error();
            out.home.push_back(home->outcome);
            out.moved.push_back(moved->outcome);
        }
        if (progress) progress(i + 1);
    }
    const int day = wanted.first_day;
    if (const auto table = cover::parse_cover(base->cover_toml, "data/law/cover.toml", day)) {
        const auto figures = cover::figures_of(*learned, *table, base->city->population);
        out.learned = true;
        for (const auto& hour : figures.hours) {
            out.busy += hour.busy.value / cover::hours_of_day;
            out.learned = out.learned && hour.busy.from_room && hour.u1.from_room;
        }
    }
    sum_up(out);
    return out;
}

}  // namespace jedel::exercise
