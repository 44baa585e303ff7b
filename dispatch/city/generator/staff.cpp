#include "dispatch/city/generator/staff.h"

#include <algorithm>
#include <array>
#include <string>

namespace jedel::generator {
namespace {

/// Places spread over the people: k-means weighted by residents (Lloyd's steps).
struct Spread {
    std::vector<Vec> sites;
    double fewest = 0;  ///< people of the emptiest site
};

std::vector<double> move_to_middles(std::vector<Vec>& sites, const std::vector<PeopleAt>& people) {
    std::vector<Vec> sum(sites.size());
    std::vector<double> weight(sites.size());
    for (const PeopleAt& p : people) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < sites.size(); ++i) {
            if (length(sites[i] - p.at) < length(sites[best] - p.at)) best = i;
        }
        sum[best] = sum[best] + p.at * p.residents;
        weight[best] += p.residents;
    }
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (weight[i] > 0) sites[i] = rounded(sum[i] * (1 / weight[i]));
    }
    return weight;
}

/// The most even of some tries, nearest to the centre first.
std::vector<Vec> spread(const std::vector<PeopleAt>& people, std::size_t count, Random& random) {
    Spread best;
    for (int attempt = 0; attempt < 40; ++attempt) {
        Spread now;
        while (now.sites.size() < count) {
            now.sites.push_back(random.pick(std::span<const PeopleAt>{people}).at);
        }
        std::vector<double> weight;
        for (int round = 0; round < 14; ++round) weight = move_to_middles(now.sites, people);
        now.fewest = *std::min_element(weight.begin(), weight.end());
        if (best.sites.empty() || now.fewest > best.fewest) best = std::move(now);
    }
    std::sort(best.sites.begin(), best.sites.end(),
              [](Vec a, Vec b) { return length(a) < length(b); });
    return best.sites;
}

class Staff {
public:
    Staff(const std::vector<House>& houses) : houses_(houses), taken_(houses.size()) {}

    Organisation& add(OrganisationKind kind, std::uint64_t id, Vec wanted, std::string kk,
                      std::string ru, std::string en) {
        std::size_t best = 0;
        double best_m = 1e18;
        for (std::size_t i = 0; i < houses_.size(); ++i) {
            const double d = length(houses_[i].at - wanted);
            if (!taken_[i] && d < best_m) {
                best_m = d;
                best = i;
            }
        }
        taken_[best] = true;
        Organisation o;
        o.id = {id};
        o.kind = kind;
        o.name_kk = std::move(kk);
        o.name_ru = std::move(ru);
        o.name_en = std::move(en);
        out.push_back({std::move(o), houses_[best].at});
        return out.back().organisation;
    }
    std::vector<Staffed> out;

private:
    const std::vector<House>& houses_;
    std::vector<bool> taken_;
};

void add_ambulance(Staff& staff, const std::vector<Vec>& sites) {
    staff.add(OrganisationKind::station, 101, sites[0], "Жедел медициналық жәрдем станциясы",
              "Станция скорой медицинской помощи", "Ambulance station");
    for (std::size_t i = 1; i < sites.size(); ++i) {
        const std::string n = std::to_string(i);
        staff.add(OrganisationKind::substation, 101 + i, sites[i], "№" + n + " қосалқы станция",
                  "Подстанция №" + n, "Substation No. " + n);
    }
}

void add_hospitals(Staff& staff) {
    struct Row {
        double radius, angle;
        std::string_view kk, ru, en;
        std::vector<std::string> profiles;
    };
    const std::vector<Row> rows{
        {2500, 78, "Қалалық жедел медициналық көмек ауруханасы",
         "Городская больница скорой медицинской помощи", "City emergency hospital",
         {"emergency", "intensive_care", "trauma", "surgery", "neurosurgery", "stroke", "burns",
          "toxicology"}},
        {2700, 262, "Қалалық көпбейінді аурухана", "Многопрофильная городская больница",
         "City general hospital",
         {"emergency", "intensive_care", "cardiology", "stroke", "therapy", "surgery", "urology",
          "gynaecology"}},
        {3300, 118, "Қалалық балалар ауруханасы", "Городская детская больница",
         "City children's hospital",
         {"emergency_department", "children", "intensive_care", "surgery", "trauma"}},
        {3100, 305, "Перинаталдық орталық", "Перинатальный центр", "Perinatal centre",
         {"emergency_department", "obstetrics", "gynaecology", "newborn", "intensive_care"}},
        {4600, 152, "Қалалық жұқпалы аурулар ауруханасы", "Городская инфекционная больница",
         "City infectious diseases hospital",
         {"emergency_department", "infectious", "intensive_care"}},
    };
    std::uint64_t id = 201;
    for (const Row& r : rows) {
        staff.add(OrganisationKind::hospital, id++, polar(r.radius, r.angle), std::string{r.kk},
                  std::string{r.ru}, std::string{r.en})
            .profiles = r.profiles;
    }
}

void add_polyclinics(Staff& staff, const std::vector<Vec>& sites) {
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const std::string n = std::to_string(i + 1);
        Organisation& o =
            staff.add(OrganisationKind::polyclinic, 301 + i, sites[i], "№" + n + " қалалық емхана",
                      "Городская поликлиника №" + n, "City polyclinic No. " + n);
        o.hours = {{0, 4, 8 * 60, 20 * 60}, {5, 5, 9 * 60, 14 * 60}};
    }
}

void add_dispensaries(Staff& staff) {
    struct Row {
        double radius, angle;
        std::string_view kk, ru, en, profile;
    };
    static constexpr std::array<Row, 4> rows{
        {{4300, 172, "Фтизиопульмонология орталығы", "Центр фтизиопульмонологии",
          "Tuberculosis centre", "tuberculosis"},
         {1500, 132, "ЖИТС-тің алдын алу және оған қарсы күрес орталығы",
          "Центр по профилактике и борьбе со СПИД", "AIDS centre", "hiv"},
         {3000, 84, "Онкологиялық орталық", "Онкологический центр", "Oncology centre",
          "oncology"},
         {4500, 215, "Психикалық денсаулық орталығы", "Центр психического здоровья",
          "Mental health centre", "mental_health"}}};
    std::uint64_t id = 601;
    for (const Row& r : rows) {
        staff.add(OrganisationKind::dispensary, id++, polar(r.radius, r.angle),
                  std::string{r.kk}, std::string{r.ru}, std::string{r.en})
            .profiles = {std::string{r.profile}};
    }
}

}  // namespace

std::vector<Staffed> make_organisations(const std::vector<PeopleAt>& people,
                                        const std::vector<House>& houses, Random& random) {
    Staff staff{houses};
    add_ambulance(staff, spread(people, 7, random));
    add_hospitals(staff);

    // The last polyclinic is a small one in a village beyond the ring road; the rest are spread
    // over everyone else.
    std::vector<PeopleAt> others;
    Vec village;
    double village_people = 0;
    for (const PeopleAt& p : people) {
        const double angle = angle_deg(p.at);
        const bool in_village = length(p.at) > ring_c_m && angle > 97 && angle < 170;
        if (in_village) {
            village = village + p.at * p.residents;
            village_people += p.residents;
        } else {
            others.push_back(p);
        }
    }
    std::vector<Vec> sites = spread(others, 11, random);
    sites.push_back(village_people > 0 ? village * (1 / village_people) : polar(ring_c_m, 120));
    add_polyclinics(staff, sites);

    const std::vector<Vec> police = spread(people, 4, random);
    for (std::size_t i = 0; i < police.size(); ++i) {
        const std::string n = std::to_string(i + 1);
        staff.add(OrganisationKind::police, 401 + i, police[i], "№" + n + " полиция бөлімі",
                  "Отдел полиции №" + n, "Police department No. " + n);
    }
    staff.add(OrganisationKind::airfield, 501, {}, "Нұрөзен әуежайы", "Аэропорт Нурозен",
              "Nurozen airport");
    // The airfield lies beyond the houses, on the highway to the north-east.
    const double angle = radial_angle(1, 7800);
    staff.out.back().at = rounded(polar(ring_radius(7800, angle), angle) + Vec{90, -70});
    add_dispensaries(staff);
    std::sort(staff.out.begin(), staff.out.end(), [](const Staffed& a, const Staffed& b) {
        return a.organisation.id < b.organisation.id;
    });
    return std::move(staff.out);
}

std::vector<RosterBrigade> make_roster() {
    constexpr std::array<int, 7> brigades_of_base{8, 6, 6, 5, 5, 5, 5};
    // Half-day shifts begin one after another, so that the shift change never empties a base.
    constexpr std::array<int, 8> half_day_starts{7, 19, 8, 20, 9, 21, 10, 22};
    std::vector<RosterBrigade> out;
    std::size_t half_days = 0;
    for (std::size_t base = 0; base < brigades_of_base.size(); ++base) {
        for (int i = 1; i <= brigades_of_base[base]; ++i) {
            RosterBrigade b;
            b.id = {(base + 1) * 100 + static_cast<std::uint64_t>(i)};
            b.name = std::to_string(b.id.value);
            b.base = {101 + base};
            const bool specialised = i == 1 && (base == 0 || base == 1 || base == 3);
            const bool second_of_station = base == 0 && i == 2;
            const bool doctor = (base == 0 && i == 3) || (base == 2 && i == 1);
            if (specialised || second_of_station) b.kind = BrigadeKind::specialised;
            if (doctor) b.kind = BrigadeKind::doctor;
            if (b.kind == BrigadeKind::feldsher && i >= brigades_of_base[base] - 1) {
                b.shift_start_min = 60 * half_day_starts[half_days++ % half_day_starts.size()];
                b.shift_hours = 12;
            }
            out.push_back(std::move(b));
        }
    }
    return out;
}

}  // namespace jedel::generator
