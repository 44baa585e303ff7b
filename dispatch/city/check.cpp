#include "dispatch/city/check.h"

#include <fmt/format.h>

#include <algorithm>

#include "dispatch/roads/osm_import.h"

namespace jedel {
namespace {

std::string label(const Organisation& o) {
    const std::string& name = !o.name_ru.empty()   ? o.name_ru
                              : !o.name_kk.empty() ? o.name_kk
                                                   : o.name_en;
    return fmt::format("{} {} '{}'", name_of(o.kind), o.id.value, name);
}

double to_piece_m(LatLon p, LatLon a, LatLon b) {
    const double squeeze = std::cos(p.lat * std::numbers::pi / 180);
    const double ax = (a.lon - p.lon) * squeeze;
    const double ay = a.lat - p.lat;
    const double dx = (b.lon - a.lon) * squeeze;
    const double dy = b.lat - a.lat;
    const double l2 = dx * dx + dy * dy;
    const double t = l2 > 0 ? std::clamp(-(ax * dx + ay * dy) / l2, 0.0, 1.0) : 0.0;
    return std::hypot(ax + t * dx, ay + t * dy) * 111'195;
}

double to_road_m(const roads::RoadMap& map, LatLon p) {
    double best = 1e9;
    for (const roads::Segment& s : map.segments) {
        LatLon last = map.nodes[s.from].degrees();
        for (std::uint32_t i = 0; i <= s.point_count; ++i) {
            const LatLon next = i < s.point_count ? map.points[s.first_point + i].degrees()
                                                  : map.nodes[s.to].degrees();
            best = std::min(best, to_piece_m(p, last, next));
            last = next;
        }
    }
    return best;
}

class Checker {
public:
    explicit Checker(const City& city) : city_(city), all_(city.organisations.all) {}

    std::vector<CityFinding> run() {
        roads();
        sense();
        kinds();
        roster();
        places();
        areas();
        polyclinics();
        marks();
        // Errors first, each group in the order found.
        std::stable_partition(out_.begin(), out_.end(),
                              [](const CityFinding& f) { return f.error; });
        return std::move(out_);
    }

private:
    template <class... Args>
    void error(fmt::format_string<Args...> text, Args&&... args) {
        out_.push_back({true, fmt::format(text, std::forward<Args>(args)...)});
    }
    template <class... Args>
    void warn(fmt::format_string<Args...> text, Args&&... args) {
        out_.push_back({false, fmt::format(text, std::forward<Args>(args)...)});
    }

    [[nodiscard]] std::size_t reached(bool backwards) const {
        const roads::RoadMap& map = *city_.roads;
        std::vector<std::vector<std::uint32_t>> next(map.nodes.size());
        for (const roads::Segment& s : map.segments) {
            if (backwards ? s.backward : s.forward) next[s.from].push_back(s.to);
            if (backwards ? s.forward : s.backward) next[s.to].push_back(s.from);
        }
        std::vector<bool> seen(map.nodes.size());
        std::vector<std::uint32_t> stack{0};
        seen[0] = true;
        std::size_t count = 1;
        while (!stack.empty()) {
            const std::uint32_t node = stack.back();
            stack.pop_back();
            for (const std::uint32_t n : next[node]) {
                if (seen[n]) continue;
                seen[n] = true;
                ++count;
                stack.push_back(n);
            }
        }
        return count;
    }

    void roads() {
        const roads::RoadMap& map = *city_.roads;
        if (map.nodes.empty() || map.segments.empty()) return error("there are no roads");
        const std::size_t nodes = map.nodes.size();
        const std::size_t least = std::min(reached(false), reached(true));
        if (least < nodes) {
            error("roads: {} of {} junctions cannot be reached from the others and back",
                  nodes - least, nodes);
        }
        if (map.population.empty()) {
            warn("there are no population points: places of calls cannot be drawn");
        }
        if (city_.name_kk.empty() || city_.name_ru.empty()) {
            warn("city.toml: the city's name is missing in Kazakh or Russian");
        }
    }

    /// Numbers that no city has: they come from slips in the map.
    void sense() {
        const roads::RoadMap& map = *city_.roads;
        if (map.nodes.empty()) return;
        constexpr double widest_city_m = 300'000, long_leg_m = 10'000;
        const double across = distance_m(city_.low, city_.high);
        if (across > widest_city_m) {
            warn("the city is {:.0f} km across: a node of the map may be far from all others",
                 across / 1000);
        }
        double road_m = 0, longest_m = 0;
        for (const roads::Segment& s : map.segments) {
            const double straight =
                distance_m(map.nodes[s.from].degrees(), map.nodes[s.to].degrees());
            road_m += static_cast<double>(s.length_m);
            if (s.point_count == 0) longest_m = std::max(longest_m, straight);
        }
        if (longest_m > long_leg_m) {
            warn("a road runs {:.0f} km without a bend: a node of the map may be wrong",
                 longest_m / 1000);
        }
        const double people = static_cast<double>(std::max(residents_of(map), city_.population));
        const double km = road_m / 1000;
        if (people > 0 && km >= roads::full_network_km &&
            people < roads::least_residents_per_km * km) {
            warn("{:.0f} residents on {:.0f} km of roads are too few to be true: the map holds few "
                 "homes; correct `population` in city.toml", people, km);
        }
        if (people > roads::most_residents_per_km * std::max(km, 1.0)) {
            warn("{:.0f} residents on {:.0f} km of roads are too many to be true; correct "
                 "`population` in city.toml", people, km);
        }
    }
    static int residents_of(const roads::RoadMap& map) {
        std::int64_t sum = 0;
        for (const auto& p : map.population) sum += p.residents;
        return static_cast<int>(std::min<std::int64_t>(sum, 1'000'000'000));
    }

    [[nodiscard]] long count(OrganisationKind kind) const {
        return std::count_if(all_.begin(), all_.end(),
                             [&](const Organisation& o) { return o.kind == kind; });
    }

    void kinds() {
        using enum OrganisationKind;
        if (count(station) == 0 && count(substation) == 0) {
            error("no ambulance station or substation: brigades have no base");
        } else if (count(station) != 1) {
            warn("{} ambulance stations; one is usual, the others being substations",
                 count(station));
        }
        if (count(polyclinic) == 0) error("no polyclinic: category 4 has nobody to go to (D2)");
        const bool emergency = std::any_of(all_.begin(), all_.end(), [](const Organisation& o) {
            return o.kind == hospital &&
                   std::find(o.profiles.begin(), o.profiles.end(), "emergency") !=
                       o.profiles.end();
        });
        if (!emergency) error("no hospital has the profile \"emergency\" (D7)");
        if (count(police) == 0) warn("no police department (D6)");
    }

    void roster() {
        const auto& roster = city_.organisations.roster;
        if (roster.empty()) return error("the roster has no brigade");
        for (const RosterBrigade& b : roster) {
            const Organisation* base = city_.organisations.find(b.base);
            if (base == nullptr) {
                error("brigade {}: its base {} does not exist", b.name, b.base.value);
                continue;
            }
            const bool at_polyclinic = base->kind == OrganisationKind::polyclinic;
            const bool at_station = base->kind == OrganisationKind::station ||
                                    base->kind == OrganisationKind::substation;
            if (b.kind == BrigadeKind::polyclinic ? !at_polyclinic : !at_station) {
                error("brigade {} ({}): its base is {}; expected a {}", b.name, name_of(b.kind),
                      label(*base),
                      b.kind == BrigadeKind::polyclinic ? "polyclinic" : "station or substation");
            }
        }
        const auto wanted = city_.population / 10'000;
        if (static_cast<int>(roster.size()) * 10 < wanted * 9) {
            warn("{} brigades for {} residents; 1 per 10 000 is {} (D12)", roster.size(),
                 city_.population, wanted);
        }
    }

    void places() {
        for (const Organisation& o : all_) {
            if (city_.roads->segments.empty()) return;
            const double metres = to_road_m(*city_.roads, o.place);
            const bool base = o.kind == OrganisationKind::station ||
                              o.kind == OrganisationKind::substation;
            if (metres > 2'000 || (base && metres > 500)) {
                error("{}: {:.0f} m from the nearest road", label(o), metres);
            } else if (metres > 300) {
                warn("{}: {:.0f} m from the nearest road", label(o), metres);
            }
        }
    }

    void areas() {
        if (count(OrganisationKind::polyclinic) == 0) return;
        double residents = 0;
        double outside = 0;
        double twice = 0;
        LatLon example;
        for (const auto& p : city_.roads->population) {
            int holders = 0;
            for (const Organisation& o : all_) {
                if (o.kind == OrganisationKind::polyclinic &&
                    contains(o.service_area, p.at.degrees())) {
                    ++holders;
                }
            }
            residents += p.residents;
            if (holders > 1) twice += p.residents;
            if (holders == 0) {
                outside += p.residents;
                example = p.at.degrees();
            }
        }
        if (outside > 0) {
            const std::string text = fmt::format(
                "{:.0f} of {:.0f} residents live in no polyclinic's service area, e.g. at "
                "{:.5f},{:.5f}",
                outside, residents, example.lat, example.lon);
            out_.push_back({outside > 0.01 * residents, text});
        }
        if (twice > 0) {
            warn("{:.0f} of {:.0f} residents live in several service areas; the lowest id serves",
                 twice, residents);
        }
    }

    void polyclinics() {
        int sum = 0;
        for (const Organisation& o : all_) {
            if (o.kind != OrganisationKind::polyclinic) continue;
            sum += o.residents;
            if (o.residents == 0) warn("{}: no residents given", label(o));
            if (o.residents >= 20'000 && o.passes_u4_to) {
                error("{}: passes category 4 on with {} residents; only below 20 000 may it (D4)",
                      label(o), o.residents);
            }
            const Organisation* to =
                o.passes_u4_to ? city_.organisations.find(*o.passes_u4_to) : nullptr;
            if (to != nullptr && to->licence.empty() && to->kind != OrganisationKind::station &&
                to->kind != OrganisationKind::substation) {
                warn("{}: passes category 4 to {}, which has no ambulance licence here; it keeps "
                     "its calls until one stands in the file (D4)",
                     label(o), label(*to));
            }
            if (o.service_area.empty()) warn("{}: no service area", label(o));
            const int wanted = o.residents / 25'000;
            if (o.mobile_brigades < wanted) {
                warn("{}: {} mobile brigades for {} residents; 1 per 25 000 is {}", label(o),
                     o.mobile_brigades, o.residents, wanted);
            }
        }
        if (city_.population > 0 && std::abs(sum - city_.population) > city_.population / 10) {
            warn("polyclinics have {} residents together, the city {}", sum, city_.population);
        }
    }

    void marks() {
        std::size_t nameless = 0;
        std::size_t proposed = 0;
        for (const Organisation& o : all_) {
            nameless += o.name_kk.empty() || o.name_ru.empty() ? 1U : 0U;
            proposed += o.proposed ? 1U : 0U;
        }
        for (const RosterBrigade& b : city_.organisations.roster) proposed += b.proposed ? 1U : 0U;
        if (nameless > 0) {
            warn("{} organisations have no name in Kazakh or in Russian", nameless);
        }
        if (proposed > 0) {
            warn("{} entries are proposals from a map that nobody has checked (proposed = true)",
                 proposed);
        }
    }

    const City& city_;
    const std::vector<Organisation>& all_;
    std::vector<CityFinding> out_;
};

}  // namespace

std::vector<CityFinding> check_city(const City& city) { return Checker{city}.run(); }

}  // namespace jedel
