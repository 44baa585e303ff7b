#include "dispatch/fleet/advisor.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "base/install.h"
#include "base/time.h"
#include "dispatch/fleet/toml_row.h"
#include "dispatch/roads/uncertainty.h"

namespace jedel {
namespace {

constexpr double ms_per_s = 1000;
constexpr int day_before_all = std::numeric_limits<int>::min();

/// Networks kept at once: enough for every pair of hour factor and siren of the shipped table, so
/// that a replay of years does not weigh the roads again and again. About 3 MB each for 50 000
/// nodes.
constexpr std::size_t networks_max = 96;

/// A network for one speed row, hour and siren factor, with this thread's working memory.
struct Network {
    explicit Network(roads::TravelNetwork made)
        : network(std::move(made)), scratch(network.scratch()), prepared(network) {}
    roads::TravelNetwork network;
    roads::TravelNetwork::ScratchPtr scratch;
    roads::PreparedOrigins prepared;            ///< a slot for each brigade
    std::vector<std::optional<LatLon>> placed;  ///< what each slot was set to
};

struct SnappedPlace {
    LatLon place;
    std::optional<roads::Snapped> snapped;
};

}  // namespace

Result<FleetTables> load_fleet_tables(const std::string& install_folder) {
    const std::string law = install_folder + "/data/law/";
    FleetTables tables;
    auto recommendation = read_file(law + "recommendation.toml");
    if (!recommendation) return recommendation.error();
    tables.recommendation_toml = *std::move(recommendation);
    auto speeds = read_file(law + "speeds.toml");
    if (!speeds) return speeds.error();
    tables.speeds_toml = *std::move(speeds);
    const auto category4 = read_file(law + "category4.toml");
    if (!category4) return category4.error();
    auto parsed = parse_category4(*category4, law + "category4.toml");
    if (!parsed) return parsed.error();
    tables.category4 = *std::move(parsed);
    // Refuse a bad table at the start, not at the first call.
    const int far_day = 40'000;
    if (auto row =
            parse_recommendation(tables.recommendation_toml, law + "recommendation.toml", far_day);
        !row) {
        return row.error();
    }
    if (auto row = roads::parse_speeds(tables.speeds_toml, law + "speeds.toml", far_day); !row) {
        return row.error();
    }
    if (auto row = roads::parse_spread(tables.speeds_toml, law + "speeds.toml", far_day); !row) {
        return row.error();
    }
    return tables;
}

std::optional<Fix> known_place(const Brigade& brigade,
                               const std::unordered_map<BrigadeId, Fix>& fixes) {
    std::optional<Fix> best;
    if (brigade.last_lat && brigade.last_lon) {
        best = Fix{.place = {*brigade.last_lat, *brigade.last_lon},
                   .at = brigade.last_place_at,
                   .source = Source::rule};
    }
    if (const auto it = fixes.find(brigade.id); it != fixes.end()) {
        if (!best || it->second.at >= best->at) best = it->second;
    }
    return best;
}

struct Adviser::Impl {
    std::shared_ptr<const City> city;
    FleetTables tables;
    std::vector<int> change_days;  ///< ascending: the days on which any row comes into force
    std::optional<Error> problem;
    std::optional<roads::TravelNetwork> base;  ///< the others share all but their times with it
    std::map<std::tuple<std::string, double, double>, std::unique_ptr<Network>> networks;
    std::map<int, roads::SpeedTable> speeds_by_day;
    std::map<int, roads::SpreadTable> spread_by_day;
    std::map<int, RecommendationTable> recommendation_by_day;
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

    Network* network_for(Category urgency, Instant now) {
        const int offset = kazakhstan_offset_minutes(now);
        const CivilTime local = to_civil(now, offset);
        const auto& speeds = for_day(speeds_by_day, day_of(now, offset), [&](int day) {
            return roads::parse_speeds(tables.speeds_toml, "data/law/speeds.toml", day);
        });
        if (speeds.row.empty()) return nullptr;
        const int hour = local.weekday * 24 + local.hour;
        const auto factor = static_cast<std::size_t>(urgency);
        const std::tuple key{speeds.row, speeds.hour_factor[static_cast<std::size_t>(hour)],
                             speeds.urgency_factor[factor]};
        if (const auto it = networks.find(key); it != networks.end()) return it->second.get();
        if (networks.size() >= networks_max) networks.erase(networks.begin());
        const int siren = static_cast<int>(urgency);
        if (!base) base = roads::TravelNetwork::build(city->roads, speeds, hour, siren);
        auto made = std::make_unique<Network>(base->with_times(speeds, hour, siren));
        return networks.emplace(key, std::move(made)).first->second.get();
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

    void gather(const State& state, const std::unordered_map<BrigadeId, Fix>& fixes) {
        fleet.clear();
        for (const auto& row : state.brigades.rows()) {
            fleet.push_back({.brigade = row.get(),
                             .fix = known_place(*row, fixes),
                             .travel_s = {},
                             .distance_m = 0});
        }
    }

    void add_travel(Network& network, const roads::Snapped& target, Instant now) {
        slot_of.assign(fleet.size(), std::nullopt);
        for (std::size_t i = 0; i < fleet.size(); ++i) {
            const BrigadeAtWork& b = fleet[i];
            if (!b.fix || !is_free(*b.brigade)) continue;
            const std::size_t slot = slots.try_emplace(b.brigade->id, slots.size()).first->second;
            if (prepare(network, b, slot)) slot_of[i] = slot;
        }
        travels.assign(network.prepared.slots(), {});
        network.prepared.travels_to(target, travels);
        const int offset = kazakhstan_offset_minutes(now);
        const CivilTime local = to_civil(now, offset);
        const auto& spread = for_day(spread_by_day, day_of(now, offset), [&](int day) {
            return roads::parse_spread(tables.speeds_toml, "data/law/speeds.toml", day);
        });
        for (std::size_t i = 0; i < fleet.size(); ++i) {
            if (!slot_of[i] || !travels[*slot_of[i]].reachable) continue;
            const roads::Travel& travel = travels[*slot_of[i]];
            fleet[i].travel_s = static_cast<double>(travel.time_ms) / ms_per_s;
            fleet[i].distance_m = travel.distance_m;
            if (spread.sigma.empty()) continue;
            fleet[i].sigma =
                roads::sigma_of(spread, travel.distance_m, local.weekday * 24 + local.hour);
            fleet[i].bias = spread.bias;
        }
    }
};

Adviser::Adviser(std::shared_ptr<const City> city, FleetTables tables)
    : impl_(std::make_unique<Impl>()) {
    impl_->city = std::move(city);
    impl_->tables = std::move(tables);
    impl_->change_days =
        toml_row::change_days({impl_->tables.speeds_toml, impl_->tables.recommendation_toml});
    for (const Organisation& o : impl_->city->organisations.all) {
        const bool emergency =
            std::find(o.profiles.begin(), o.profiles.end(), "emergency") != o.profiles.end();
        if (o.kind == OrganisationKind::hospital && emergency) impl_->emergency.push_back(&o);
    }
}
Adviser::~Adviser() = default;

const City& Adviser::city() const { return *impl_->city; }
const std::optional<Error>& Adviser::problem() const { return impl_->problem; }

Recommendation Adviser::recommend_for(const State& state,
                                      const std::unordered_map<BrigadeId, Fix>& fixes,
                                      const Incident& incident, Instant now) {
    const auto place = incident.place();
    Network* network = place ? impl_->network_for(incident.working_category(), now) : nullptr;
    if (network == nullptr) {
        Recommendation none;
        none.incident = incident.id;
        none.state_seq = state.seq;
        none.at = now;
        return none;
    }
    impl_->gather(state, fixes);
    if (const auto target = impl_->snap(*network, *place))
        impl_->add_travel(*network, *target, now);
    const int day = day_of(now, kazakhstan_offset_minutes(now));
    const auto& table = impl_->for_day(impl_->recommendation_by_day, day, [&](int d) {
        return parse_recommendation(impl_->tables.recommendation_toml,
                                    "data/law/recommendation.toml", d);
    });
    return recommend(incident, impl_->fleet, table, state.seq, now);
}

Category4Route Adviser::category4_for(const Incident& incident, Instant now) const {
    const int offset = kazakhstan_offset_minutes(now);
    std::optional<OrganisationId> attached;
    if (incident.insurance) attached = incident.insurance->polyclinic;
    return route_category4(impl_->tables.category4, impl_->city->organisations,
                           to_civil(now, offset), day_of(now, offset), attached, incident.place());
}

roads::Travel Adviser::travel(LatLon from, LatLon to, Category urgency, Instant now) {
    Network* network = impl_->network_for(urgency, now);
    if (network == nullptr) return {};
    const auto a = impl_->snap(*network, from);
    const auto b = impl_->snap(*network, to);
    if (!a || !b) return {};
    roads::Travel travel;
    network->network.to_one(*network->scratch, {&*a, 1}, *b, roads::Method::fast, {&travel, 1});
    return travel;
}

roads::Route Adviser::route(LatLon from, LatLon to, Category urgency, Instant now) {
    Network* network = impl_->network_for(urgency, now);
    if (network == nullptr) return {};
    const auto a = impl_->snap(*network, from);
    const auto b = impl_->snap(*network, to);
    if (!a || !b) return {};
    return network->network.route(*network->scratch, *a, *b);
}

std::vector<Adviser::NearHospital> Adviser::hospitals_for(LatLon from, Category urgency,
                                                          Instant now) {
    std::vector<NearHospital> out;
    Network* network = impl_->network_for(urgency, now);
    const auto origin = network != nullptr ? impl_->snap(*network, from) : std::nullopt;
    if (!origin) return out;
    impl_->snap_hospitals(*network);
    std::vector<roads::Travel> travels(impl_->hospital_targets.size());
    network->network.from_one(*network->scratch, *origin, impl_->hospital_targets,
                              roads::Method::fast, travels);
    for (std::size_t i = 0; i < travels.size(); ++i) {
        if (!travels[i].reachable) continue;
        out.push_back({impl_->hospital_ids[i], static_cast<double>(travels[i].time_ms) / ms_per_s});
    }
    std::sort(out.begin(), out.end(), [](const NearHospital& a, const NearHospital& b) {
        return a.travel_s != b.travel_s ? a.travel_s < b.travel_s : a.hospital < b.hospital;
    });
    return out;
}

}  // namespace jedel
