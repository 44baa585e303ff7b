#include "dispatch/exercise/figures.h"

#include <algorithm>
#include <cmath>

#include "dispatch/core/incidents/clocks.h"

namespace jedel::exercise {
namespace {

/// Collects times and turns them into figures.
struct Sample {
    std::vector<std::int64_t> ms;
    long late = 0;
    void add(std::int64_t value, std::int64_t limit_ms) {
        if (value < 0) return;
        ms.push_back(value);
        if (limit_ms > 0 && value > limit_ms) ++late;
    }
    TimeFigures figures() {
        TimeFigures out;
        out.count = static_cast<long>(ms.size());
        out.late = late;
        if (ms.empty()) return out;
        std::sort(ms.begin(), ms.end());
        double sum = 0;
        for (const std::int64_t v : ms) sum += static_cast<double>(v);
        const auto rank = [&](double p) {
            const auto n = static_cast<double>(ms.size());
            const auto i = static_cast<std::size_t>(std::max(1.0, std::ceil(p * n))) - 1;
            return static_cast<double>(ms[i]) / 1000;
        };
        out.mean_s = sum / static_cast<double>(ms.size()) / 1000;
        out.p50_s = rank(0.5);
        out.p90_s = rank(0.9);
        return out;
    }
};

CategoryFigures category_figures(const std::vector<CallResult>& calls, Category only) {
    CategoryFigures out;
    Sample hand_over, arrival, wait, simulated, recorded, recorded_arrival;
    for (const CallResult& c : calls) {
        if (only != Category::none && c.category != only) continue;
        const std::int64_t target = triage::target_minutes(c.category) * 60'000LL;
        ++out.calls;
        out.rules_silent += c.rules_silent ? 1 : 0;
        out.queued += c.queued ? 1 : 0;
        hand_over.add(c.hand_over_ms, hand_over_limit_ms);
        arrival.add(c.arrival_ms, target);
        wait.add(c.wait_ms, 0);
        recorded_arrival.add(c.recorded_arrival_ms, target);
        if (c.travel_ms >= 0 && c.arrival_ms >= 0 && c.recorded_travel_ms >= 0) {
            simulated.add(c.travel_ms, 0);
            recorded.add(c.recorded_travel_ms, 0);
        }
    }
    out.hand_over = hand_over.figures();
    out.arrival = arrival.figures();
    out.caller_wait = wait.figures();
    out.simulated_travel = simulated.figures();
    out.recorded_travel = recorded.figures();
    out.recorded_arrival = recorded_arrival.figures();
    return out;
}

}  // namespace

Figures compute_figures(const Replay& replay, const HeadlessResult& run) {
    const Tally& tally = replay.tally();
    Figures out;
    out.run = run;
    for (std::size_t c = 0; c < out.category.size(); ++c) {
        out.category[c] = category_figures(tally.calls, static_cast<Category>(c));
    }
    for (const CallResult& c : tally.calls) {
        ++out.by_hour[static_cast<std::size_t>(c.hour)][static_cast<std::size_t>(c.category)];
        ++out.dispositions[static_cast<std::size_t>(c.disposition)];
        out.polyclinic_returned += c.returned_by_polyclinic ? 1 : 0;
        out.closed += c.closed ? 1 : 0;
        out.never_served += c.never_served ? 1 : 0;
    }
    const double span_ms = static_cast<double>((tally.last - tally.first).count());
    out.span_days = span_ms / 86'400'000;
    for (const auto& [id, use] : tally.brigades) {
        const auto busy = static_cast<double>(use.busy_ms);
        out.brigades.push_back(
            {.name = use.name,
             .kind = use.kind,
             .calls = use.calls,
             .busy_share = span_ms > 0 ? busy / span_ms : 0,
             .driving_share = busy > 0 ? static_cast<double>(use.driven_ms) / busy : 0});
    }
    out.polyclinics.assign(tally.polyclinics.begin(), tally.polyclinics.end());
    if (run.wall_s > 0) out.calls_per_s = static_cast<double>(tally.calls.size()) / run.wall_s;
    return out;
}

}  // namespace jedel::exercise
