#pragma once
// What an Adviser keeps between questions. Internal.

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "base/time.h"
#include "dispatch/fleet/advisor.h"
#include "dispatch/roads/uncertainty.h"

namespace jedel {

inline constexpr double ms_per_s = 1000;
inline constexpr double s_per_h = 3600;
inline constexpr int day_before_all = std::numeric_limits<int>::min();

/// Networks kept at once: enough for every pair of hour factor and siren of the shipped table, so
/// that a replay of years does not weigh the roads again and again. About 3 MB each for 50 000
/// nodes.
inline constexpr std::size_t networks_max = 96;

/// The speed of a town, where the way itself is not looked for.
inline double town_m_per_s(const RecommendationTable& table) {
    return table.straight_line_kmh * 1000 / s_per_h;
}

/// A network for one speed row, hour and siren factor, with this thread's working memory.
struct Network {
    explicit Network(roads::TravelNetwork made)
        : network(std::move(made)), scratch(network.scratch()), prepared(network) {}
    roads::TravelNetwork network;
    roads::TravelNetwork::ScratchPtr scratch;
    roads::PreparedOrigins prepared;            ///< a slot for each brigade
    std::vector<std::optional<LatLon>> placed;  ///< what each slot was set to
};

/// Sent, and not at the scene yet.
inline bool is_on_way(const Brigade& b) {
    return b.task && (b.status == BrigadeStatus::sent || b.status == BrigadeStatus::accepted ||
                      b.status == BrigadeStatus::departed);
}

struct SnappedPlace {
    LatLon place;
    std::optional<roads::Snapped> snapped;
};

struct Adviser::Impl {
    struct Batch;  ///< advisor_who.cpp
    std::shared_ptr<const City> city;
    FleetTables tables;
    std::vector<int> change_days;  ///< ascending: the days on which any row comes into force
    std::optional<Error> problem;
    std::optional<roads::TravelNetwork> base;  ///< the others share all but their times with it
    /// By speed row, hour factor and siren factor.
    using Networks = std::map<std::tuple<std::string, double, double>, std::unique_ptr<Network>>;
    Networks networks;          ///< with every road open
    Networks changed_networks;  ///< with the changes of `roads_now`; empty when none lie on the map
    RoadsNow roads_now;
    std::map<int, roads::SpeedTable> speeds_by_day;
    std::map<int, roads::SpreadTable> spread_by_day;
    std::map<int, RecommendationTable> recommendation_by_day;
    std::map<int, DispatchTable> dispatch_by_day;
    CrewFigures crews;
    std::optional<std::pair<std::uint64_t, Instant>> crews_of;  ///< state and time of `crews`
    CoverLoss cover_loss;
    std::unordered_map<BrigadeId, SnappedPlace> snapped_places;
    std::vector<const Organisation*> emergency;  ///< hospitals for D7, in the city's own list
    std::vector<roads::Snapped> hospital_targets;
    std::vector<OrganisationId> hospital_ids;
    std::unordered_map<BrigadeId, std::size_t> slots;
    std::vector<BrigadeAtWork> fleet;
    std::vector<roads::Travel> travels;
    std::vector<std::optional<std::size_t>> slot_of;  ///< of each of `fleet`, for one call

    /// The value in force on a day, read once for each stretch of days on which no row changes; a
    /// failure is kept and the default used.
    template <class T, class Read>
    const T& for_day(std::map<int, T>& cache, int day, Read&& read) {
        const auto next = std::upper_bound(change_days.begin(), change_days.end(), day);
        const int stretch = next == change_days.begin() ? day_before_all : *std::prev(next);
        if (const auto it = cache.find(stretch); it != cache.end()) return it->second;
        Result<T> value = read(day);
        if (!value) problem = value.error();
        return cache.emplace(stretch, value ? *std::move(value) : T{}).first->second;
    }

    /// The network of an urgency and a moment. `changed`: with the roads that are closed or slow;
    /// where none are, the same network as without.
    Network* network_for(Category urgency, Instant now, bool changed = true) {
        const int offset = kazakhstan_offset_minutes(now);
        const auto& speeds = for_day(speeds_by_day, day_of(now, offset), [&](int day) {
            return roads::parse_speeds(tables.speeds_toml, "data/law/speeds.toml", day);
        });
        if (speeds.row.empty()) return nullptr;
        const bool with_changes = changed && !roads_now.times.empty();
        Networks& among = with_changes ? changed_networks : networks;
        const int hour = hour_of_week(now);
        const auto factor = static_cast<std::size_t>(urgency);
        const std::tuple key{speeds.row, speeds.hour_factor[static_cast<std::size_t>(hour)],
                             speeds.urgency_factor[factor]};
        if (const auto it = among.find(key); it != among.end()) return it->second.get();
        if (among.size() >= networks_max) among.erase(among.begin());
        const int siren = static_cast<int>(urgency);
        if (!base) base = roads::TravelNetwork::build(city->roads, speeds, hour, siren);
        const std::span<const roads::SegmentChange> changes =
            with_changes ? roads_now.times : std::span<const roads::SegmentChange>{};
        auto made = std::make_unique<Network>(base->with_times(speeds, hour, siren, changes));
        return among.emplace(key, std::move(made)).first->second.get();
    }

    /// The same with every road open, to tell what closures cost; nullptr where none hold.
    Network* open_network_for(Category urgency, Instant now) {
        return roads_now.times.empty() ? nullptr : network_for(urgency, now, false);
    }

    /// Takes up the changes of roads that hold; what was prepared for others is let go.
    void take_up(const Table<RoadChange>& changes, Instant now) {
        if (made_from(roads_now, changes)) return;
        changed_networks.clear();
        roads_now = {};
        if (changes.empty() || !city->roads) return;
        // Any network will do to find lines on the map.
        const Network* network = network_for(Category::none, now, false);
        if (network != nullptr) roads_now = put_on_map(network->network, changes);
    }

    static std::optional<roads::Snapped> snap(const Network& network, LatLon place) {
        auto snapped = network.network.snap(place);
        if (snapped && snapped->distance_m > roads::snap_max_m) snapped.reset();
        return snapped;
    }

    /// Hospitals do not move: put on the roads once.
    void snap_hospitals(const Network& network) {
        if (!hospital_ids.empty()) return;
        for (const Organisation* hospital : emergency) {
            if (const auto on_road = snap(network, hospital->place)) {
                hospital_targets.push_back(*on_road);
                hospital_ids.push_back(hospital->id);
            }
        }
    }

    const std::optional<roads::Snapped>& snap_brigade(Network& network, BrigadeId id, LatLon at) {
        SnappedPlace& p = snapped_places[id];
        if (!p.snapped || p.place != at) p = {at, snap(network, at)};
        return p.snapped;
    }

    /// Puts a brigade's place into its slot of this network; false where there is no road.
    bool prepare(Network& network, const BrigadeAtWork& b, std::size_t slot) {
        if (network.placed.size() <= slot) network.placed.resize(slot + 1);
        auto& placed = network.placed[slot];
        if (placed == b.fix->place) return true;
        const auto& on_road = snap_brigade(network, b.brigade->id, b.fix->place);
        if (!on_road) return false;
        network.prepared.set(slot, *on_road);
        placed = b.fix->place;
        return true;
    }

    /// What is known of every brigade, without the way to any call.
    void gather(const State& state, const FixMap& fixes, Instant now);
    /// Where a busy brigade is free soon, and in how long; nothing where nobody can say.
    void foresee(const State& state, BrigadeAtWork& b, const DispatchTable& table, Instant now);
    /// Over the ground to a place, where no road was found.
    void add_straight(LatLon to, const RecommendationTable& table);

    const RecommendationTable& recommendation_row(Instant now) {
        return for_day(recommendation_by_day, day_of(now, kazakhstan_offset_minutes(now)),
                       [&](int day) {
                           return parse_recommendation(tables.recommendation_toml,
                                                       "data/law/recommendation.toml", day);
                       });
    }
    const DispatchTable& dispatch_rows(Instant now) {
        return for_day(dispatch_by_day, day_of(now, kazakhstan_offset_minutes(now)),
                       [&](int day) {
                           return parse_dispatch(tables.dispatch_toml, "data/law/dispatch.toml",
                                                 day);
                       });
    }
    /// Figures of the crews; made anew when the room has changed or half a minute is over.
    const CrewFigures& crews_now(const State& state, Instant now);

    const roads::SpreadTable& spread_row(Instant now) {
        return for_day(spread_by_day, day_of(now, kazakhstan_offset_minutes(now)), [&](int day) {
            return roads::parse_spread(tables.speeds_toml, "data/law/speeds.toml", day);
        });
    }
    /// The call on the roads; looked for once for each place it has had.
    std::optional<roads::Snapped> snap_call(const Network& network, const Incident& incident) {
        const auto place = incident.place();
        if (!place) return std::nullopt;
        if (snapped_calls.size() > snapped_calls_max) snapped_calls.clear();
        SnappedPlace& p = snapped_calls[incident.id];
        if (!p.snapped || p.place != *place) p = {*place, snap(network, *place)};
        return p.snapped;
    }

    // The second look (advisor_relook.cpp).
    void look_at(const State& state, Instant now, RelookQuestion& q);
    void time_all(Instant now, RelookQuestion& q);
    double in_time(const RelookQuestion& q, std::size_t call, std::size_t k, Instant now);
    std::vector<PredictedLate> late_ones(const RelookQuestion& q,
                                         const RecommendationTable& table, Instant now);
    std::vector<std::size_t> looked_fleet;       ///< places in `fleet`, as in the question
    std::vector<const Incident*> looked_calls;   ///< as in the question
    std::vector<std::int64_t> times_ms;
    std::unordered_map<IncidentId, SnappedPlace> snapped_calls;
    static constexpr std::size_t snapped_calls_max = 4000;

    /// Slots of every brigade that could come, on that network.
    void place_all(Network& network) {
        slot_of.assign(fleet.size(), std::nullopt);
        for (std::size_t i = 0; i < fleet.size(); ++i) {
            const BrigadeAtWork& b = fleet[i];
            if (!b.fix || !(is_free(*b.brigade) || b.free_in_s || is_on_way(*b.brigade))) continue;
            const std::size_t slot = slots.try_emplace(b.brigade->id, slots.size()).first->second;
            if (prepare(network, b, slot)) slot_of[i] = slot;
        }
    }

    /// Travel of every brigade that could come, into `travels` by `slot_of`.
    void travel_all(Network& network, const roads::Snapped& target) {
        place_all(network);
        travels.assign(network.prepared.slots(), {});
        network.prepared.travels_to(target, travels);
    }

    /// What the way would be with every road open: one more look at each brigade.
    void add_open_travel(Network& network, const roads::Snapped& target) {
        travel_all(network, target);
        for (std::size_t i = 0; i < fleet.size(); ++i) {
            if (!slot_of[i] || !travels[*slot_of[i]].reachable) continue;
            fleet[i].free_travel_s = static_cast<double>(travels[*slot_of[i]].time_ms) / ms_per_s;
            fleet[i].free_distance_m = travels[*slot_of[i]].distance_m;
        }
    }

    void add_travel(Network& network, const roads::Snapped& target, Instant now) {
        travel_all(network, target);
        const roads::SpreadTable& spread = spread_row(now);
        const int hour = hour_of_week(now);
        for (std::size_t i = 0; i < fleet.size(); ++i) {
            if (!slot_of[i] || !travels[*slot_of[i]].reachable) continue;
            const roads::Travel& travel = travels[*slot_of[i]];
            fleet[i].travel_s = static_cast<double>(travel.time_ms) / ms_per_s;
            fleet[i].distance_m = travel.distance_m;
            if (spread.sigma.empty()) continue;
            fleet[i].sigma = roads::sigma_of(spread, travel.distance_m, hour);
            fleet[i].bias = spread.bias;
        }
    }
};

}  // namespace jedel
