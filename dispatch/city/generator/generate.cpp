#include "dispatch/city/generate.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "dispatch/city/generator/assemble.h"
#include "dispatch/city/propose.h"
#include "dispatch/city/voronoi.h"

namespace jedel {
namespace {

using namespace generator;

constexpr int population = 400'000;

/// People of houses within one 250 m square live at its most populous house; whole numbers that
/// sum to the population (largest remainders).
std::vector<PeopleAt> settle(const std::vector<House>& houses) {
    struct Square {
        double people = 0, most = 0;
        Vec at;
    };
    std::map<std::pair<int, int>, Square> squares;
    double total = 0;
    for (const House& h : houses) {
        const auto cell = [](double v) { return static_cast<int>(std::floor(v / 250)); };
        Square& s = squares[{cell(h.at.x), cell(h.at.y)}];
        s.people += h.people;
        total += h.people;
        if (h.people > s.most) {
            s.most = h.people;
            s.at = h.at;
        }
    }
    std::vector<PeopleAt> out;
    std::vector<std::pair<double, std::size_t>> remainders;
    int left = population;
    for (const auto& [cell, s] : squares) {
        const double exact = s.people / total * population;
        const auto whole = static_cast<std::uint32_t>(exact);
        remainders.emplace_back(exact - whole, out.size());
        out.push_back({s.at, whole});
        left -= static_cast<int>(whole);
    }
    std::sort(remainders.begin(), remainders.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (int i = 0; i < left; ++i) ++out[remainders[static_cast<std::size_t>(i)].second].residents;
    return out;
}

/// Service areas by the nearest polyclinic, residents by who lives in them, D4 for the small one.
void attach_residents(City& city) {
    std::vector<LatLon> sites;
    std::vector<Organisation*> polyclinics;
    for (Organisation& o : city.organisations.all) {
        if (o.kind != OrganisationKind::polyclinic) continue;
        sites.push_back(o.place);
        polyclinics.push_back(&o);
    }
    const auto areas = nearest_areas(sites, city.low, city.high);
    for (std::size_t i = 0; i < areas.size(); ++i) polyclinics[i]->service_area = areas[i];
    for (const auto& p : city.roads->population) {
        for (Organisation* o : polyclinics) {
            if (!contains(o->service_area, p.at.degrees())) continue;
            o->residents += static_cast<int>(p.residents);
            break;
        }
    }
    for (Organisation* o : polyclinics) {
        o->mobile_brigades = std::max(1, (o->residents + 12'500) / 25'000);
        if (o->residents >= 20'000) continue;
        Organisation* nearest = nullptr;
        for (Organisation* other : polyclinics) {
            if (other == o || other->residents < 20'000) continue;
            if (nearest == nullptr ||
                distance_m(other->place, o->place) < distance_m(nearest->place, o->place)) {
                nearest = other;
            }
        }
        if (nearest == nullptr) continue;
        o->passes_u4_to = nearest->id;
        nearest->licence = "TRAINING-" + std::to_string(nearest->id.value);
    }
}

}  // namespace

City generate_city(std::uint64_t seed) {
    Random random{seed};
    Plan plan = make_plan(random);
    const Network network = arrange(plan);
    const Furniture furniture = furnish(plan, network, random);
    const std::vector<PeopleAt> people = settle(furniture.houses);

    City city;
    city.name_kk = "Нұрөзен";
    city.name_ru = "Нурозен";
    city.name_en = "Nurozen";
    city.population = population;
    city.attribution = "Jedel: a city that exists nowhere";
    city.made_up = true;
    city.seed = seed;
    city.roads = std::make_shared<const roads::RoadMap>(
        assemble(plan, network, furniture, people));
    const Box box = box_of(*city.roads);
    city.low = box.low;
    city.high = box.high;
    for (Staffed& s : make_organisations(people, furniture.houses, random)) {
        const LatLon at = roads::fixed(place_on_earth(s.at)).degrees();
        s.organisation.place = at;
        city.organisations.all.push_back(std::move(s.organisation));
    }
    city.organisations.roster = make_roster();
    attach_residents(city);
    return city;
}

roads::RoadMap generate_grid(std::uint32_t node_count, std::uint64_t seed) {
    Random random{seed};
    const auto side = static_cast<std::uint32_t>(
        std::max(2.0, std::round(std::sqrt(static_cast<double>(node_count)))));
    roads::RoadMap map;
    map.names.emplace_back();
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
            const Vec at{150.0 * x + random.between(-20, 20), 150.0 * y + random.between(-20, 20)};
            map.nodes.push_back(roads::fixed(to_earth(at)));
        }
    }
    const auto join = [&](std::uint32_t a, std::uint32_t b, std::uint32_t line) {
        roads::Segment s;
        s.from = a;
        s.to = b;
        const double metres = distance_m(map.nodes[a].degrees(), map.nodes[b].degrees());
        s.length_m = static_cast<float>(std::round(metres * 10) / 10);
        s.road_class = line % 20 == 0  ? roads::RoadClass::primary
                       : line % 5 == 0 ? roads::RoadClass::secondary
                                       : roads::RoadClass::residential;
        // Pairs of one-way streets, never at the rim: every junction stays reachable.
        const bool one_way = line % 5 != 0 && line % 7 == 3 && line + 1 < side;
        s.backward = !one_way;
        s.source_way = map.segments.size() + 1;
        map.segments.push_back(s);
    };
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
            const std::uint32_t at = y * side + x;
            if (x + 1 < side) join(at, at + 1, y);
            if (y + 1 < side) join(at, at + side, x);
        }
    }
    return map;
}

}  // namespace jedel
