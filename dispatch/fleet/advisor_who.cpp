// Who goes: the adviser's answers to one call and to many.

#include "dispatch/fleet/advisor_impl.h"
#include "dispatch/fleet/weighing.h"

namespace jedel {
namespace {

constexpr std::int64_t crews_keep_ms = 30'000;
constexpr double not_offered = std::numeric_limits<double>::infinity();

/// No place at all, or one that no data has: the corner of the map where nothing is.
bool is_place(LatLon p) { return is_valid(p) && !(p.lat == 0 && p.lon == 0); }

const Task* task_of(const State& state, const Brigade& b) {
    if (!b.incident || !b.task) return nullptr;
    const Incident* incident = state.open.find(*b.incident);
    return incident != nullptr ? incident->task(*b.task) : nullptr;
}

}  // namespace

const CrewFigures& Adviser::Impl::crews_now(const State& state, Instant now) {
    const bool fresh = crews_of && crews_of->first == state.seq && now >= crews_of->second &&
                       (now - crews_of->second).count() < crews_keep_ms;
    if (!fresh) {
        const double hours = recommendation_row(now).fairness_hours;
        crews = crew_figures(state, now, dispatch_rows(now), hours);
        crews_of = {state.seq, now};
    }
    return crews;
}

void Adviser::Impl::foresee(const State& state, BrigadeAtWork& b, const DispatchTable& table,
                            Instant now) {
    const auto seconds = free_in(crews, table.busy, *b.brigade, now);
    const Task* task = seconds ? task_of(state, *b.brigade) : nullptr;
    if (task == nullptr) return;
    std::optional<LatLon> place = b.fix ? std::optional{b.fix->place} : std::nullopt;
    if (b.brigade->status != BrigadeStatus::on_scene) {
        // It will be at the hospital's door; which one is not always said.
        place.reset();
        if (const Organisation* hospital =
                task->hospital ? city->organisations.find(*task->hospital) : nullptr) {
            place = hospital->place;
        } else if (b.fix && b.brigade->status != BrigadeStatus::transporting) {
            place = b.fix->place;
        }
    }
    if (!place) return;
    b.free_in_s = *seconds;
    b.fix = Fix{.place = *place, .at = now, .source = Source::rule};
}

void Adviser::Impl::gather(const State& state, const FixMap& fixes, Instant now) {
    fleet.clear();
    const DispatchTable& table = dispatch_rows(now);
    const CrewFigures& figures = crews_now(state, now);
    for (const auto& row : state.brigades.rows()) {
        BrigadeAtWork& b = fleet.emplace_back();
        b.brigade = row.get();
        b.fix = known_place(*row, fixes, &city->organisations);
        b.turnout = turnout_of(figures, table.turnout, *row, now);
        const CrewLoad load = figures.load(row->id);
        b.calls_more = load.calls - figures.mean_calls;
        b.break_due_s = load.break_due_s;
        if (row->task) {
            foresee(state, b, table, now);
        } else if (cover_loss && is_free(*row)) {
            b.cover_loss = cover_loss(row->id);
        }
    }
}

void Adviser::Impl::add_straight(LatLon to, const RecommendationTable& table) {
    if (!is_place(to) || table.straight_line_kmh <= 0) return;
    const double m_per_s = town_m_per_s(table);
    for (BrigadeAtWork& b : fleet) {
        if (b.travel_s) continue;
        b.straight_from_base = !b.fix;
        const LatLon from = b.fix ? b.fix->place : b.brigade->base_place;
        if (!is_place(from)) continue;
        b.straight_s = distance_m(from, to) * table.straight_line_factor / m_per_s;
    }
}

const RecommendationTable& Adviser::recommendation_row(Instant now) {
    return impl_->recommendation_row(now);
}

/// Many calls at once: what hangs on the brigade alone is worked out once for each category, the
/// way once for each pair, and reasons only for the few that are shown.
struct Adviser::Impl::Batch {
    Impl& impl;
    Instant now;
    std::size_t limit;
    std::map<Category, std::vector<double>> standing;  ///< below the line: not offered at all
    std::vector<const Network*> placed;
    std::vector<std::pair<double, std::size_t>> costs;
    std::vector<BrigadeAtWork> best;
    std::vector<roads::Travel> ways;

    const std::vector<double>& standing_of(const weighing::Question& q) {
        const auto [it, first] = standing.try_emplace(q.category);
        if (first) {
            for (BrigadeAtWork& b : impl.fleet) {
                b.travel_s = 0;  // only whether there is a way is asked for later
                const bool offered = weighing::exclusion(b, q) == Exclusion::none;
                b.travel_s.reset();
                it->second.push_back(offered ? weighing::standing_cost(b, q) : not_offered);
            }
        }
        return it->second;
    }

    /// Nullopt where the single question has more to say.
    std::optional<Recommendation> best_of(const State& state, const Incident& incident) {
        const Category category = incident.working_category();
        Network* network = incident.place() ? impl.network_for(category, now) : nullptr;
        const auto target = network != nullptr ? impl.snap_call(*network, incident) : std::nullopt;
        if (!target || !impl.roads_now.times.empty()) return std::nullopt;
        if (std::find(placed.begin(), placed.end(), network) == placed.end()) {
            impl.place_all(*network);
            placed.push_back(network);
        }
        impl.times_ms.assign(network->prepared.slots(), -1);
        network->prepared.times_to(*target, impl.times_ms);
        const KindRow* kind = kind_wanted(impl.dispatch_rows(now), incident);
        const weighing::Question q{impl.recommendation_row(now), category, now, kind};
        rank(q);
        if (costs.empty()) return std::nullopt;
        return explain(state, incident, *network, q);
    }

    void rank(const weighing::Question& q) {
        const std::vector<double>& fixed = standing_of(q);
        constexpr std::size_t kinds = EnumNames<BrigadeKind>::names.size();
        std::array<double, kinds> in_time{}, late{};
        for (std::size_t k = 0; k < kinds; ++k) {
            in_time[k] = weighing::kind_cost(static_cast<BrigadeKind>(k), q, true);
            late[k] = weighing::kind_cost(static_cast<BrigadeKind>(k), q, false);
        }
        const int target_min = triage::target_minutes(q.category);
        const double target_s = target_min == 0 ? not_offered : target_min * 60.0;
        const double bias = impl.spread_row(now).sigma.empty() ? 1 : impl.spread_row(now).bias;
        costs.clear();
        for (std::size_t i = 0; i < fixed.size(); ++i) {
            if (fixed[i] == not_offered || !impl.slot_of[i]) continue;
            const std::int64_t ms = impl.times_ms[*impl.slot_of[i]];
            if (ms < 0) continue;
            const BrigadeAtWork& b = impl.fleet[i];
            const double drive_s = static_cast<double>(ms) / ms_per_s;
            const bool meets = b.turnout.median_s + drive_s * bias <= target_s;
            const auto k = static_cast<std::size_t>(b.brigade->kind);
            costs.emplace_back(drive_s + fixed[i] + (meets ? in_time[k] : late[k]), i);
        }
        const auto shown = std::min(limit, costs.size());
        std::partial_sort(costs.begin(), costs.begin() + static_cast<std::ptrdiff_t>(shown),
                          costs.end());
        costs.resize(shown);
    }

    /// The best with metres, probability and every reason.
    Recommendation explain(const State& state, const Incident& incident, Network& network,
                           const weighing::Question& q) {
        best.clear();
        ways.clear();
        for (const auto& [cost, i] : costs) {
            best.push_back(impl.fleet[i]);
            ways.push_back(network.prepared.way_of(*impl.slot_of[i]));
        }
        const roads::SpreadTable& spread = impl.spread_row(now);
        for (std::size_t i = 0; i < best.size(); ++i) {
            BrigadeAtWork& b = best[i];
            const roads::Travel& travel = ways[i];
            b.travel_s = static_cast<double>(travel.time_ms) / ms_per_s;
            b.distance_m = travel.distance_m;
            if (!spread.sigma.empty()) {
                b.sigma = roads::sigma_of(spread, travel.distance_m, hour_of_week(now));
                b.bias = spread.bias;
            }
        }
        return recommend(incident, best, q.table, state.seq, now, q.kind, limit);
    }
};

void Adviser::set_cover_loss(CoverLoss cover) { impl_->cover_loss = std::move(cover); }

Recommendation Adviser::recommend_for(const State& state, const FixMap& fixes,
                                      const Incident& incident, Instant now) {
    impl_->take_up(state.road_changes, now);
    impl_->gather(state, fixes, now);
    const Category category = incident.working_category();
    const RecommendationTable& table = impl_->recommendation_row(now);
    if (const auto place = incident.place()) {
        Network* network = impl_->network_for(category, now);
        const auto target = network != nullptr ? impl_->snap(*network, *place) : std::nullopt;
        if (target) {
            if (Network* open = impl_->open_network_for(category, now)) {
                impl_->add_open_travel(*open, *target);
            }
            impl_->add_travel(*network, *target, now);
        }
        impl_->add_straight(*place, table);
    }
    return recommend(incident, impl_->fleet, table, state.seq, now,
                     kind_wanted(impl_->dispatch_rows(now), incident));
}

std::vector<Recommendation> Adviser::recommend_all(const State& state, const FixMap& fixes,
                                                   std::span<const Incident* const> incidents,
                                                   Instant now, std::size_t limit) {
    std::vector<Recommendation> out;
    out.reserve(incidents.size());
    impl_->take_up(state.road_changes, now);
    impl_->gather(state, fixes, now);
    Impl::Batch batch{*impl_, now, limit, {}, {}, {}, {}, {}};
    for (const Incident* incident : incidents) {
        auto one = batch.best_of(state, *incident);
        // Roads that are closed, no place, or nobody by road: as for a single call.
        if (!one) {
            one = recommend_for(state, fixes, *incident, now);
            if (one->ranked.size() > limit) one->ranked.resize(limit);
            if (one->soon.size() > limit) one->soon.resize(limit);
        }
        out.push_back(*std::move(one));
    }
    return out;
}

}  // namespace jedel
