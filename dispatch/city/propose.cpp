#include "dispatch/city/propose.h"

#include <algorithm>
#include <cmath>

#include "dispatch/city/voronoi.h"

namespace jedel {
namespace {

struct Site {
    roads::Name name;
    LatLon at;
};

bool says_polyclinic(const roads::Name& name) {
    for (const std::string* text : {&name.any, &name.kk, &name.ru}) {
        for (const std::string_view word : {"оликлиник", "мхана", "мбулатори"}) {
            if (text->find(word) != std::string::npos) return true;
        }
    }
    return false;
}

/// Sites of the kind, the same thing tagged twice (node and building) once.
void add_site(std::vector<Site>& sites, const roads::ProposedOrganisation& p, double apart_m) {
    for (Site& s : sites) {
        const double d = distance_m(s.at, p.at);
        const bool same_name = !p.name.any.empty() && s.name.any == p.name.any && d < 400;
        if (d < apart_m || same_name) {
            if (s.name.any.empty()) s.name = p.name;
            return;
        }
    }
    sites.push_back({p.name, p.at});
}

/// `count` of the places, each next one the farthest from those taken.
std::vector<LatLon> far_apart(const std::vector<LatLon>& places, std::size_t count) {
    std::vector<LatLon> taken;
    while (!places.empty() && taken.size() < std::min(count, places.size())) {
        LatLon best = places.front();
        double best_m = -1;
        for (const LatLon p : places) {
            double nearest = taken.empty() ? 0 : 1e12;
            for (const LatLon t : taken) nearest = std::min(nearest, distance_m(p, t));
            if (nearest > best_m) {
                best_m = nearest;
                best = p;
            }
        }
        if (best_m <= 0 && !taken.empty()) break;
        taken.push_back(best);
    }
    return taken;
}

Organisation make(OrganisationKind kind, std::uint64_t id, const Site& site, std::string kk,
                  std::string ru, std::string en) {
    Organisation o;
    o.id = {id};
    o.kind = kind;
    o.place = roads::fixed(site.at).degrees();
    o.proposed = true;
    const bool named = !site.name.any.empty() || !site.name.ru.empty() || !site.name.kk.empty();
    o.name_kk = named ? site.name.kk : std::move(kk);
    o.name_ru = named ? (site.name.ru.empty() ? site.name.any : site.name.ru) : std::move(ru);
    o.name_en = named ? site.name.en : std::move(en);
    return o;
}

class Proposal {
public:
    Proposal(const std::vector<roads::ProposedOrganisation>& seen, const roads::RoadMap& map)
        : map_(map) {
        for (const auto& p : seen) {
            if (!is_valid(p.at)) continue;
            if (p.kind == "ambulance_station") add_site(stations_, p, 100);
            if (p.kind == "police") add_site(police_, p, 100);
            const bool polyclinic = p.kind == "clinic" || says_polyclinic(p.name);
            if (p.kind == "hospital" && !polyclinic) add_site(hospitals_, p, 120);
            if ((p.kind == "hospital" || p.kind == "clinic") && polyclinic) {
                add_site(polyclinics_, p, 300);
            }
        }
        for (const auto& p : map.population) residents_ += p.residents;
    }

    Organisations make_all(LatLon low, LatLon high) {
        stations();
        numbered(OrganisationKind::hospital, 2001, hospitals_, "аурухана", "Больница", "Hospital");
        for (Organisation& o : out_.all) {
            if (o.kind == OrganisationKind::hospital) {
                o.profiles = {"emergency", "emergency_department"};
            }
        }
        polyclinics(low, high);
        numbered(OrganisationKind::police, 4001, police_, "полиция бөлімі", "Отдел полиции",
                 "Police department");
        roster();
        return std::move(out_);
    }

private:
    void numbered(OrganisationKind kind, std::uint64_t first_id, const std::vector<Site>& sites,
                  const std::string& kk, const std::string& ru, const std::string& en) {
        for (std::size_t i = 0; i < sites.size(); ++i) {
            const std::string n = std::to_string(i + 1);
            out_.all.push_back(make(kind, first_id + i, sites[i], "№" + n + " " + kk,
                                    ru + " №" + n, en + " No. " + n));
        }
    }

    [[nodiscard]] std::vector<LatLon> places_to_stand(std::size_t at_least) const {
        std::vector<LatLon> places;
        for (const Site& s : hospitals_) places.push_back(s.at);
        if (places.size() < at_least) {
            const std::size_t step = map_.nodes.size() / 2000 + 1;
            for (std::size_t i = 0; i < map_.nodes.size(); i += step) {
                places.push_back(map_.nodes[i].degrees());
            }
        }
        return places;
    }

    void stations() {
        if (stations_.empty()) {
            const auto wanted =
                static_cast<std::size_t>(std::clamp(residents_ / 100'000.0, 2.0, 12.0));
            for (const LatLon p : far_apart(places_to_stand(wanted), wanted)) {
                stations_.push_back({{}, p});
            }
        }
        for (std::size_t i = 0; i < stations_.size(); ++i) {
            const std::string n = std::to_string(i);
            const bool first = i == 0;
            out_.all.push_back(
                make(first ? OrganisationKind::station : OrganisationKind::substation, 1001 + i,
                     stations_[i],
                     first ? "Жедел медициналық жәрдем станциясы" : "№" + n + " қосалқы станция",
                     first ? "Станция скорой медицинской помощи" : "Подстанция №" + n,
                     first ? "Ambulance station" : "Substation No. " + n));
        }
    }

    void polyclinics(LatLon low, LatLon high) {
        if (polyclinics_.empty()) {
            const auto wanted =
                static_cast<std::size_t>(std::clamp(residents_ / 40'000.0, 1.0, 60.0));
            for (const LatLon p : far_apart(places_to_stand(wanted), wanted)) {
                polyclinics_.push_back({{}, p});
            }
        }
        const std::size_t before = out_.all.size();
        numbered(OrganisationKind::polyclinic, 3001, polyclinics_, "емхана", "Поликлиника",
                 "Polyclinic");
        std::vector<LatLon> sites;
        for (std::size_t i = before; i < out_.all.size(); ++i) sites.push_back(out_.all[i].place);
        const auto areas = nearest_areas(sites, low, high);
        for (std::size_t i = 0; i < areas.size(); ++i) {
            Organisation& o = out_.all[before + i];
            o.service_area = areas[i];
            o.hours = {{0, 4, 8 * 60, 20 * 60}};
            for (const auto& p : map_.population) {
                if (contains(o.service_area, p.at.degrees())) {
                    o.residents += static_cast<int>(p.residents);
                }
            }
            o.mobile_brigades = std::max(1, (o.residents + 12'500) / 25'000);
        }
    }

    void roster() {
        std::vector<OrganisationId> bases;
        for (const Organisation& o : out_.all) {
            if (o.kind == OrganisationKind::station || o.kind == OrganisationKind::substation) {
                bases.push_back(o.id);
            }
        }
        if (bases.empty()) return;
        const auto count =
            static_cast<std::size_t>(std::clamp(residents_ / 10'000.0, 4.0, 400.0));
        for (std::size_t i = 0; i < count; ++i) {
            RosterBrigade b;
            b.id = {i + 1};
            b.name = std::to_string(i + 1);
            // 84 feldsher to 16 others of 100 (practice: Category 4).
            if (i % 10 == 4) b.kind = BrigadeKind::specialised;
            if (i % 20 == 9) b.kind = BrigadeKind::doctor;
            b.base = bases[i % bases.size()];
            b.proposed = true;
            out_.roster.push_back(std::move(b));
        }
    }

    const roads::RoadMap& map_;
    std::vector<Site> stations_, hospitals_, polyclinics_, police_;
    double residents_ = 0;
    Organisations out_;
};

}  // namespace

Organisations propose_organisations(const std::vector<roads::ProposedOrganisation>& seen,
                                    const roads::RoadMap& map, LatLon low, LatLon high) {
    return Proposal{seen, map}.make_all(low, high);
}

Box box_of(const roads::RoadMap& map) {
    if (map.nodes.empty()) return {};
    Box box{{90, 180}, {-90, -180}};
    const auto widen = [&](LatLon p) {
        box.low = {std::min(box.low.lat, p.lat), std::min(box.low.lon, p.lon)};
        box.high = {std::max(box.high.lat, p.lat), std::max(box.high.lon, p.lon)};
    };
    for (const auto& n : map.nodes) widen(n.degrees());
    for (const auto& p : map.population) widen(p.at.degrees());
    constexpr double margin = 0.005;
    const auto tidy = [](double v) { return std::round(v * 1000) / 1000; };
    box.low = {std::max(tidy(box.low.lat - margin), -90.0),
               std::max(tidy(box.low.lon - margin), -180.0)};
    box.high = {std::min(tidy(box.high.lat + margin), 90.0),
                std::min(tidy(box.high.lon + margin), 180.0)};
    return box;
}

}  // namespace jedel
