#include "dispatch/fleet/advisor.h"

#include <filesystem>
#include <system_error>

#include "base/install.h"
#include "base/toml_row.h"
#include "dispatch/fleet/advisor_impl.h"

namespace jedel {
namespace {

/// Reads a table of data/law and parses it.
template <class Parse>
auto read_table(const std::string& path, Parse&& parse)
    -> decltype(parse(std::string_view{}, path)) {
    const auto text = read_file(path);
    if (!text) return text.error();
    return parse(*text, path);
}

Result<void> load_elsewhere(FleetTables& tables, const std::string& law) {
    auto profiles = read_table(law + "hospital_profiles.toml", &parse_profiles);
    if (!profiles) return profiles.error();
    tables.profiles = *std::move(profiles);
    auto watch = read_table(law + "watch.toml", &parse_watch);
    if (!watch) return watch.error();
    tables.watch = *std::move(watch);
    const auto advice = read_file(law + "advice.toml");
    if (!advice) return advice.error();
    const auto aviation = read_file(law + "aviation.toml");
    if (!aviation) return aviation.error();
    auto elsewhere =
        parse_elsewhere(*advice, law + "advice.toml", *aviation, law + "aviation.toml");
    if (!elsewhere) return elsewhere.error();
    tables.elsewhere = *std::move(elsewhere);
    return {};
}

/// A centre's own rows stand in its city's folder; most have none.
Result<void> load_own_category4(FleetTables& tables, const std::string& city_folder) {
    const std::string path = city_folder + "/category4.toml";
    std::error_code ignored;
    if (city_folder.empty() || !std::filesystem::exists(path, ignored)) return {};
    auto own = read_table(path, &parse_own_category4);
    if (!own) return own.error();
    for (Category4Row& row : *own) tables.category4.rows.push_back(std::move(row));
    return {};
}

}  // namespace

Result<FleetTables> load_fleet_tables(const std::string& install_folder,
                                      const std::string& city_folder) {
    const std::string law = install_folder + "/data/law/";
    FleetTables tables;
    auto recommendation = read_file(law + "recommendation.toml");
    if (!recommendation) return recommendation.error();
    tables.recommendation_toml = *std::move(recommendation);
    auto speeds = read_file(law + "speeds.toml");
    if (!speeds) return speeds.error();
    tables.speeds_toml = *std::move(speeds);
    auto dispatch = read_file(law + "dispatch.toml");
    if (!dispatch) return dispatch.error();
    tables.dispatch_toml = *std::move(dispatch);
    const auto category4 = read_file(law + "category4.toml");
    if (!category4) return category4.error();
    auto parsed = parse_category4(*category4, law + "category4.toml");
    if (!parsed) return parsed.error();
    tables.category4 = *std::move(parsed);
    if (auto own = load_own_category4(tables, city_folder); !own) return own.error();
    if (auto elsewhere = load_elsewhere(tables, law); !elsewhere) return elsewhere.error();
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
    if (auto row = parse_dispatch(tables.dispatch_toml, law + "dispatch.toml", far_day); !row) {
        return row.error();
    }
    if (auto row = roads::parse_spread(tables.speeds_toml, law + "speeds.toml", far_day); !row) {
        return row.error();
    }
    return tables;
}

std::optional<Fix> known_place(const Brigade& brigade,
                               const std::unordered_map<BrigadeId, Fix>& fixes,
                               const Organisations* organisations) {
    std::optional<Fix> best;
    if (brigade.last_lat && brigade.last_lon) {
        best = Fix{.place = {*brigade.last_lat, *brigade.last_lon},
                   .at = brigade.last_place_at,
                   .source = Source::rule};
    }
    if (organisations != nullptr && brigade.at_organisation && brigade.at_organisation_since) {
        if (const Organisation* there = organisations->find(*brigade.at_organisation)) {
            best = Fix{.place = there->place,
                       .at = *brigade.at_organisation_since,
                       .source = Source::rule};
        }
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
        change_days({impl_->tables.speeds_toml, impl_->tables.recommendation_toml,
                     impl_->tables.dispatch_toml});
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

std::vector<HospitalChoice> Adviser::hospitals_for(const State& state, const Incident& incident,
                                                   LatLon from, Instant now) {
    std::vector<HospitalChoice> all;
    for (const NearHospital& near : hospitals_for(from, incident.working_category(), now)) {
        all.push_back({.hospital = near.hospital, .travel_s = near.travel_s, .until = {},
                       .beds = {}, .said_at = {}});
    }
    const int day = day_of(now, kazakhstan_offset_minutes(now));
    return rank_hospitals(std::move(all), impl_->city->organisations, state,
                          hospital_need(impl_->tables.profiles, incident, day), now);
}

std::vector<const AdviceItem*> Adviser::advice_for(const Incident& incident, Instant now) const {
    const int offset = kazakhstan_offset_minutes(now);
    const auto place = incident.place();
    const Organisation* polyclinic =
        place ? impl_->city->organisations.polyclinic_for(*place) : nullptr;
    return jedel::advice_for(impl_->tables.elsewhere, incident, to_civil(now, offset),
                             day_of(now, offset), polyclinic);
}

}  // namespace jedel
