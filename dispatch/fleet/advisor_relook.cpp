// The second look: which calls and brigades it is about, and the times between all of them.

#include <cmath>

#include "dispatch/core/incidents/clocks.h"
#include "dispatch/fleet/advisor_impl.h"

namespace jedel {
namespace {

constexpr double unknown_s = -1;

/// Waits for a brigade, or has one that is on its way and no other.
bool is_looked_at(const State& state, const Incident& i) {
    if (!i.place() || i.working_category() == Category::none) return false;
    if (i.polyclinic_at_work() != nullptr || i.ending.disposition != Disposition::none) {
        return false;
    }
    const Task* only = nullptr;
    for (const Task& t : i.tasks) {
        if (t.of_brigade() && t.served()) return false;
        if (!t.of_brigade() || !t.active()) continue;
        if (only != nullptr) return false;
        only = &t;
    }
    if (only == nullptr) return true;
    const Brigade* b = state.brigades.find(*only->brigade);
    return b != nullptr && is_on_way(*b);
}

bool can_be_turned(const BrigadeAtWork& b, Instant now) {
    const Brigade& brigade = *b.brigade;
    if (is_on_way(brigade)) return true;
    return is_free(brigade) && !(brigade.shift_end && *brigade.shift_end <= now);
}

double seconds(Instant from, Instant to) { return static_cast<double>((to - from).count()) / 1000; }

/// What is left of leaving: a crew that has left is under way.
double leaving_s(const BrigadeAtWork& b, Instant now) {
    if (b.brigade->status == BrigadeStatus::departed) return 0;
    if (!b.brigade->task) return b.turnout.median_s;
    return std::max(0.0, b.turnout.median_s - seconds(b.brigade->status_at, now));
}

/// What has been driven since the place was known, where no tracker tells.
double driven_s(const BrigadeAtWork& b, Instant now) {
    const Brigade& brigade = *b.brigade;
    if (brigade.status != BrigadeStatus::departed || !b.fix || b.fix->at >= brigade.status_at) {
        return 0;
    }
    return std::max(0.0, seconds(brigade.status_at, now));
}

}  // namespace

void Adviser::Impl::look_at(const State& state, Instant now, RelookQuestion& q) {
    std::unordered_map<BrigadeId, std::size_t> place;
    looked_fleet.clear();
    for (std::size_t i = 0; i < fleet.size(); ++i) {
        const BrigadeAtWork& b = fleet[i];
        if (!can_be_turned(b, now)) continue;
        place[b.brigade->id] = q.brigades.size();
        q.brigades.push_back({b.brigade->id, b.brigade->version, b.brigade->kind});
        looked_fleet.push_back(i);
    }
    looked_calls.clear();
    for (const auto& incident : state.open.rows()) {
        if (!is_looked_at(state, *incident)) continue;
        RelookCall call{incident->id, incident->working_category(), {}};
        if (const Task* task = incident->first_brigade_at_work()) {
            const auto it = place.find(*task->brigade);
            if (it == place.end()) continue;
            call.now_by = it->second;
        }
        q.calls.push_back(call);
        looked_calls.push_back(incident.get());
    }
}

void Adviser::Impl::time_all(Instant now, RelookQuestion& q) {
    q.arrival_s.assign(q.calls.size() * q.brigades.size(), unknown_s);
    std::vector<const Network*> placed;
    for (std::size_t i = 0; i < q.calls.size(); ++i) {
        Network* network = network_for(q.calls[i].category, now);
        const auto target =
            network != nullptr ? snap_call(*network, *looked_calls[i]) : std::nullopt;
        if (!target) continue;
        if (std::find(placed.begin(), placed.end(), network) == placed.end()) {
            place_all(*network);
            placed.push_back(network);
        }
        times_ms.assign(network->prepared.slots(), -1);
        network->prepared.times_to(*target, times_ms);
        for (std::size_t k = 0; k < q.brigades.size(); ++k) {
            const std::size_t at = looked_fleet[k];
            if (!slot_of[at] || times_ms[*slot_of[at]] < 0) continue;
            const BrigadeAtWork& b = fleet[at];
            double drive_s = static_cast<double>(times_ms[*slot_of[at]]) / ms_per_s;
            if (q.calls[i].now_by == k) drive_s = std::max(0.0, drive_s - driven_s(b, now));
            q.arrival_s[i * q.brigades.size() + k] = leaving_s(b, now) + drive_s;
        }
    }
}

double Adviser::Impl::in_time(const RelookQuestion& q, std::size_t call, std::size_t k,
                              Instant now) {
    const double arrival = q.arrival(call, k);
    const int target_min = triage::target_minutes(q.calls[call].category);
    if (arrival < 0 || target_min == 0) return 0;
    // The target of a call that waits starts when it is handed over.
    double left_s = target_min * 60.0;
    if (q.calls[call].now_by) {
        const CallClocks clocks = clocks_of(*looked_calls[call]);
        if (clocks.arrival.due) left_s = seconds(now, *clocks.arrival.due);
    }
    const BrigadeAtWork& b = fleet[looked_fleet[k]];
    Spread leaving = b.turnout;
    leaving.median_s = leaving_s(b, now);
    if (leaving.median_s <= 0) leaving.sigma = 0;
    const double drive_s = std::max(1.0, arrival - leaving.median_s);
    const roads::SpreadTable& spread = spread_row(now);
    // The way's length is not asked for: at the speed of a town it follows from the time.
    const double m_per_s = town_m_per_s(recommendation_row(now));
    const double sigma = spread.sigma.empty()
                             ? 0
                             : roads::sigma_of(spread, drive_s * m_per_s, hour_of_week(now));
    return arrival_within(left_s, leaving, drive_s * spread.bias, sigma);
}

std::vector<PredictedLate> Adviser::Impl::late_ones(const RelookQuestion& q,
                                                    const RecommendationTable& table,
                                                    Instant now) {
    std::vector<PredictedLate> out;
    for (std::size_t i = 0; i < q.calls.size(); ++i) {
        const auto by = q.calls[i].now_by;
        if (!by || q.arrival(i, *by) < 0) continue;
        const Clock arrival = clocks_of(*looked_calls[i]).arrival;
        // Past the due time the clock itself says it.
        if (!arrival.due || *arrival.due <= now) continue;
        const double p = in_time(q, i, *by, now);
        if (p >= table.predicted_late_below) continue;
        const auto ms = static_cast<std::int64_t>(q.arrival(i, *by) * ms_per_s);
        out.push_back({q.calls[i].incident, q.brigades[*by].brigade, q.calls[i].category,
                       *arrival.due, now + std::chrono::milliseconds{ms}, p});
    }
    std::sort(out.begin(), out.end(), [](const PredictedLate& a, const PredictedLate& b) {
        return a.due != b.due ? a.due < b.due : a.incident < b.incident;
    });
    return out;
}

Adviser::Relook Adviser::relook(const State& state, const FixMap& fixes, Instant now,
                                std::span<const Proposal> shown) {
    Relook out{.state_seq = state.seq, .at = now, .proposals = {}, .late = {}};
    impl_->take_up(state.road_changes, now);
    impl_->gather(state, fixes, now);
    const RecommendationTable& table = impl_->recommendation_row(now);
    RelookQuestion q;
    impl_->look_at(state, now, q);
    impl_->time_all(now, q);
    q.in_time = [&](std::size_t call, std::size_t b) { return impl_->in_time(q, call, b, now); };
    out.proposals = jedel::relook(q, table, shown);
    out.late = impl_->late_ones(q, table, now);
    return out;
}

}  // namespace jedel
