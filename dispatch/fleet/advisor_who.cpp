// Who goes: the adviser's answers to one call and to many.

#include "dispatch/fleet/advisor_impl.h"
#include "dispatch/fleet/weighing.h"

namespace jedel {
namespace {

constexpr std::int64_t crews_keep_ms = 30'000;
constexpr double s_per_h = 3600;

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
        b.fix = known_place(*row, fixes);
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
    const double m_per_s = table.straight_line_kmh * 1000 / s_per_h;
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
    for (const Incident* incident : incidents) {
        Recommendation r = recommend_for(state, fixes, *incident, now);
        if (r.ranked.size() > limit) r.ranked.resize(limit);
        if (r.soon.size() > limit) r.soon.resize(limit);
        out.push_back(std::move(r));
    }
    return out;
}

}  // namespace jedel
