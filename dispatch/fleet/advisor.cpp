#include "dispatch/fleet/advisor.h"

#include "base/install.h"
#include "base/toml_row.h"
#include "dispatch/fleet/advisor_impl.h"

namespace jedel {
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

Adviser::Adviser(std::shared_ptr<const City> city, FleetTables tables)
    : impl_(std::make_unique<Impl>()) {
    impl_->city = std::move(city);
    impl_->tables = std::move(tables);
    impl_->change_days =
        change_days({impl_->tables.speeds_toml, impl_->tables.recommendation_toml});
    for (const Organisation& o : impl_->city->organisations.all) {
        const bool emergency =
            std::find(o.profiles.begin(), o.profiles.end(), "emergency") != o.profiles.end();
        if (o.kind == OrganisationKind::hospital && emergency) impl_->emergency.push_back(&o);
    }
}
Adviser::~Adviser() = default;

const City& Adviser::city() const { return *impl_->city; }
const std::optional<Error>& Adviser::problem() const { return impl_->problem; }

const RoadsNow& Adviser::take_up_roads(const State& state, Instant now) {
    impl_->take_up(state.road_changes, now);
    return impl_->roads_now;
}

Recommendation Adviser::recommend_for(const State& state,
                                      const std::unordered_map<BrigadeId, Fix>& fixes,
                                      const Incident& incident, Instant now) {
    impl_->take_up(state.road_changes, now);
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
    if (const auto target = impl_->snap(*network, *place)) {
        if (Network* open = impl_->open_network_for(incident.working_category(), now)) {
            impl_->add_open_travel(*open, *target);
        }
        impl_->add_travel(*network, *target, now);
    }
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
    const auto& insurance = incident.first_patient().insurance;
    if (insurance) attached = insurance->polyclinic;
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

std::optional<roads::Snapped> Adviser::snap(LatLon place, Instant now) {
    const Network* network = impl_->network_for(Category::none, now, false);
    return network != nullptr ? impl_->snap(*network, place) : std::nullopt;
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
