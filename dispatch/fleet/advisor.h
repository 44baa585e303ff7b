#pragma once
// From the state of the room and the roads to advice: ranked brigades and the way U4 goes.

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>

#include "dispatch/city/city.h"
#include "dispatch/fleet/category4.h"
#include "dispatch/fleet/elsewhere.h"
#include "dispatch/fleet/hospitals.h"
#include "dispatch/fleet/recommend.h"
#include "dispatch/fleet/relook.h"
#include "dispatch/fleet/road_changes.h"
#include "dispatch/fleet/watch.h"
#include "dispatch/roads/travel.h"

namespace jedel {

/// Everything advice is made from besides the state; immutable, shared between threads.
struct FleetTables {
    std::string recommendation_toml;
    Category4Table category4;  ///< the city's own rows before the country's
    ProfileTable profiles;
    ElsewhereTables elsewhere;
    WatchTable watch;
    std::string speeds_toml;  ///< kept as text: rows are chosen by the day of the call
    std::string dispatch_toml;
};
/// Reads data/law/{recommendation,category4,speeds,dispatch,hospital_profiles,advice,aviation,
/// watch}.toml below the install folder, and category4.toml of the city's folder where it has one.
Result<FleetTables> load_fleet_tables(const std::string& install_folder,
                                      const std::string& city_folder = {});

using FixMap = std::unordered_map<BrigadeId, Fix>;

/// Where a brigade is, as well as it is known: its fix, else the place its status implies, with
/// the age of that status. With `organisations`, who was last at a hospital is there. nullopt =
/// unknown.
std::optional<Fix> known_place(const Brigade& brigade,
                               const std::unordered_map<BrigadeId, Fix>& fixes,
                               const Organisations* organisations = nullptr);

/// Synchronous advice on one thread. Keeps one travel network per siren factor and hour, and one
/// more of each while roads are closed or slow.
class Adviser {
public:
    Adviser(std::shared_ptr<const City> city, FleetTables tables);
    ~Adviser();
    Adviser(const Adviser&) = delete;
    Adviser& operator=(const Adviser&) = delete;

    /// Takes up the roads that are closed or slow: travel, route and hospitals go by them from
    /// now on. `recommend_for` does so by itself. Costs nothing while the list is the same.
    const RoadsNow& take_up_roads(const State& state, Instant now);
    /// Ranked brigades for an incident, with those that are free soon beside them. Without a place,
    /// or off the map, by what is known. Where a closed or slow road costs a brigade time, a reason
    /// says how much.
    Recommendation recommend_for(const State& state, const FixMap& fixes,
                                 const Incident& incident, Instant now);
    /// The same for many at once, the `limit` best of each with all their reasons.
    std::vector<Recommendation> recommend_all(const State& state, const FixMap& fixes,
                                              std::span<const Incident* const> incidents,
                                              Instant now, std::size_t limit);
    /// A second look at everything that waits or is on its way, and who will most likely be late.
    struct Relook {
        std::uint64_t state_seq = 0;
        Instant at;
        std::vector<Proposal> proposals;
        std::vector<PredictedLate> late;  ///< soonest due first
    };
    Relook relook(const State& state, const FixMap& fixes, Instant now,
                  std::span<const Proposal> shown = {});
    /// The weights in force at that time.
    const RecommendationTable& recommendation_row(Instant now);
    /// What stays covered when a brigade leaves, from whoever works that out; without it, and for
    /// brigades it knows nothing of, "not known". Called for each free brigade.
    using CoverLoss = std::function<std::optional<double>(BrigadeId)>;
    void set_cover_loss(CoverLoss cover);
    /// Who serves it as U4 now, and by which row.
    [[nodiscard]] Category4Route category4_for(const Incident& incident, Instant now) const;
    /// The first problem met while reading a dated table or building a network, if any.
    [[nodiscard]] const std::optional<Error>& problem() const;
    /// Road travel between two places for an urgency; unreachable when either is off the map.
    roads::Travel travel(LatLon from, LatLon to, Category urgency, Instant now);
    /// The nearest road; none within reason (roads::snap_max_m), or no map.
    std::optional<roads::Snapped> snap(LatLon place, Instant now);
    roads::Route route(LatLon from, LatLon to, Category urgency, Instant now);
    /// Hospitals with an emergency department, nearest by road first (D7).
    struct NearHospital {
        OrganisationId hospital;
        double travel_s = 0;
    };
    std::vector<NearHospital> hospitals_for(LatLon from, Category urgency, Instant now);
    /// The same for an incident: what the hospitals have announced and the profile it needs weigh
    /// before the way, except where life is in danger (hospitals.h). From `from`, where the
    /// patient is.
    std::vector<HospitalChoice> hospitals_for(const State& state, const Incident& incident,
                                              LatLon from, Instant now);
    /// Advice to read out for an incident, by the hours of now; points into the tables.
    [[nodiscard]] std::vector<const AdviceItem*> advice_for(const Incident& incident,
                                                            Instant now) const;
    /// Roads within `limit_min` of a place, at the speeds of an urgency (isochrone).
    std::vector<roads::Reached> reach_from(LatLon from, Category urgency, Instant now,
                                           double limit_min);
    /// Roads within `limit_min` of the nearest brigade that is free for U1–U3, and who was left
    /// out because nobody knows where or what it is.
    struct Coverage {
        std::vector<roads::Reached> roads;
        std::size_t free = 0;     ///< brigades it was made from
        std::size_t unknown = 0;  ///< on shift, but status, place or road unknown
    };
    Coverage coverage(const State& state, const std::unordered_map<BrigadeId, Fix>& fixes,
                      Category urgency, Instant now, double limit_min);
    [[nodiscard]] const City& city() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel
