#include "dispatch/city/generator/layout.h"

#include <array>

#include "dispatch/city/generator/layout_streets.h"
#include "dispatch/city/generator/street_names.h"

namespace jedel::generator {
namespace {

// Directions of the main roads out of the centre. Sector i lies between entries i and i + 1.
// The first and the sixth entry are the river itself, which no radial crosses.
constexpr std::array<double, sector_count + 1> radial_deg{0,   28,  62,  97,  132,
                                                          166, 195, 228, 277, 360};
constexpr std::array<bool, sector_count + 1> is_road{false, true, true,  true, true,
                                                     true,  false, true, true, false};
constexpr std::array<bool, sector_count + 1> leaves_city{false, true,  false, true, false,
                                                         true,  false, false, true, false};

void add_district(Plan& plan, DistrictType type, int sector, double inner, double outer,
                  double angle) {
    plan.districts.push_back({.type = type,
                              .sector = sector,
                              .inner_m = inner,
                              .outer_m = outer,
                              .south = false,
                              .grid_angle_deg = angle,
                              .name = 0});
}

void add_districts(Plan& plan, Random& random) {
    using enum DistrictType;
    plan.districts.push_back({.type = old_town,
                              .outer_m = ring_a_m,
                              .south = false,
                              .grid_angle_deg = centre_grid_deg});
    plan.districts.push_back({.type = blocks,
                              .outer_m = ring_a_m,
                              .south = true,
                              .grid_angle_deg = centre_grid_deg});
    constexpr std::array<DistrictType, 6> near{houses, blocks, blocks, blocks, houses, industry};
    constexpr std::array<DistrictType, 6> far{industry, blocks, houses, blocks, houses, industry};
    for (int s = 0; s < 6; ++s) {
        const double angle = (radial_deg[static_cast<std::size_t>(s)] +
                              radial_deg[static_cast<std::size_t>(s) + 1]) /
                             2;
        add_district(plan, near[static_cast<std::size_t>(s)], s, ring_a_m, ring_b_m,
                     angle + random.between(-12, 12));
        add_district(plan, far[static_cast<std::size_t>(s)], s, ring_b_m, ring_c_m,
                     angle + random.between(-20, 20));
    }
    add_district(plan, houses, 6, ring_a_m, ring_c_m, 214 + random.between(-9, 9));
    add_district(plan, blocks, 7, ring_a_m, ring_b_m, 97);
    add_district(plan, houses, 7, ring_b_m, ring_c_m, 100 + random.between(-9, 9));
    add_district(plan, blocks, 8, ring_a_m, ring_b_m, 100 + random.between(-9, 9));
    add_district(plan, houses, 8, ring_b_m, ring_c_m, 125 + random.between(-9, 9));
    for (const int s : {1, 3, 4, 7}) {
        add_district(plan, village, s, ring_c_m, village_m, 10 + random.between(0, 70));
    }
}

std::uint32_t add_name(Plan& plan, roads::Name name) {
    plan.names.push_back(std::move(name));
    return static_cast<std::uint32_t>(plan.names.size() - 1);
}

void name_districts(Plan& plan) {
    static constexpr std::array<NameStem, 4> villages{{{"Көктерек", "Коктерек"},
                                                      {"Жаңақоныс", "Жанаконыс"},
                                                      {"Ақбұлақ", "Акбулак"},
                                                      {"Бірлік", "Бирлик"}}};
    static constexpr std::array<NameStem, 7> quarters{{{"Айгерім", "Айгерим"},
                                                      {"Дархан", "Дархан"},
                                                      {"Қалқаман", "Калкаман"},
                                                      {"Ұлжан", "Улжан"},
                                                      {"Құрылысшы", "Курылысшы"},
                                                      {"Мәдениет", "Мадениет"},
                                                      {"Көкқайнар", "Коккайнар"}}};
    std::size_t village = 0;
    std::size_t micro = 0;
    std::size_t quarter = 0;
    for (District& d : plan.districts) {
        if (d.type == DistrictType::village) {
            const NameStem stem = villages[village++ % villages.size()];
            roads::Name name;
            name.kk = std::string{stem.kk} + " ауылы";
            name.ru = "посёлок " + std::string{stem.ru};
            name.en = latin(stem.kk) + " village";
            name.any = name.kk;
            d.name = add_name(plan, std::move(name));
        } else if (d.type == DistrictType::houses) {
            d.name = add_name(plan, make_name(StreetType::microdistrict,
                                              quarters[quarter++ % quarters.size()]));
        } else if (d.type == DistrictType::blocks) {
            const auto stems = microdistrict_stems();
            d.name = add_name(plan, make_name(StreetType::microdistrict,
                                              stems[micro++ % stems.size()]));
        }
    }
}

void add_parks(Plan& plan, Random& random) {
    struct Wanted {
        double radius, angle, size;
        bool lake;
        std::string_view kk, ru, en;
    };
    static constexpr Wanted wanted[]{
        {820, 60, 210, false, "Орталық саябақ", "Центральный парк", "Central park"},
        {1250, 188, 120, false, "Жеңіс саябағы", "Парк Победы", "Victory park"},
        {2700, 46, 260, false, "Ботаника бағы", "Ботанический сад", "Botanical garden"},
        {4200, 113, 290, true, "Айдын көлі", "Озеро Айдын", "Lake Aydyn"},
        {3100, 150, 180, false, "Жастар саябағы", "Парк Молодёжи", "Youth park"},
        {2600, 300, 240, false, "«Жағалау» саябағы", "Парк «Жагалау»", "Zhagalau park"},
        {4600, 248, 260, false, "Қала орманы", "Городской лес", "City wood"},
    };
    for (const Wanted& w : wanted) {
        roads::Name name{.any = std::string{w.kk},
                         .kk = std::string{w.kk},
                         .ru = std::string{w.ru},
                         .en = std::string{w.en},
                         .old = {}};
        plan.parks.push_back({.at = polar(w.radius + random.between(-60, 60), w.angle),
                              .radius_m = w.size,
                              .lake = w.lake,
                              .name = add_name(plan, std::move(name))});
    }
}

Line ring(double nominal, double from_deg, double to_deg, roads::RoadClass road_class) {
    Line line{.points = {}, .road_class = road_class, .keep_ends = true};
    const int steps = static_cast<int>((to_deg - from_deg) / 3);
    for (int i = 0; i <= steps; ++i) {
        const double angle = from_deg + (to_deg - from_deg) * i / steps;
        line.points.push_back(polar(ring_radius(nominal, angle), angle));
    }
    return line;
}

void add_main_roads(Plan& plan) {
    using enum roads::RoadClass;
    const auto stems = avenue_stems();
    std::size_t next = 0;
    const auto avenue = [&] {
        return add_name(plan, make_name(StreetType::avenue, stems[next++]));
    };

    // The north-south avenue through the centre, one line from village to village; it bends where
    // the radial leaves the grid's direction.
    Line spine{.points = {}, .road_class = primary, .name = avenue(), .keep_ends = true};
    spine.points = {polar(highway_end_m, radial_angle(8, highway_end_m)), polar(ring_c_m, 277),
                    polar(ring_a_m, 277), polar(ring_a_m, 97), polar(ring_c_m, 97),
                    polar(highway_end_m, 97)};
    plan.lines.push_back(spine);

    Line a = ring(ring_a_m, 0, 360, primary);
    a.name = avenue();
    plan.lines.push_back(a);
    // The middle ring is open in the west: it ends at the embankment and crosses the river once.
    Line b = ring(ring_b_m, -132, 201, secondary);
    b.name = avenue();
    b.keep_ends = false;
    plan.lines.push_back(b);
    Line c = ring(ring_c_m, 0, 360, trunk);
    c.name = add_name(plan, roads::Name{.any = "Айналма жол",
                                        .kk = "Айналма жол",
                                        .ru = "Объездная дорога",
                                        .en = "Ring road",
                                        .old = {}});
    plan.lines.push_back(c);

    std::size_t highway = 0;
    for (int k = 1; k < sector_count; ++k) {
        const auto i = static_cast<std::size_t>(k);
        if (!is_road[i] || k == 3 || k == 8) continue;
        Line in_city{.points = {}, .road_class = primary, .name = avenue(), .keep_ends = true};
        for (double r = ring_a_m; r < ring_c_m; r += 100) {
            in_city.points.push_back(polar(ring_radius(r, radial_angle(k, r)), radial_angle(k, r)));
        }
        const Vec gate = polar(ring_radius(ring_c_m, radial_angle(k, ring_c_m)),
                               radial_angle(k, ring_c_m));
        in_city.points.push_back(gate);
        plan.lines.push_back(in_city);
        if (!leaves_city[i]) continue;
        Line out{.points = {gate}, .road_class = trunk, .keep_ends = true};
        out.name = add_name(plan, make_name(StreetType::highway, highway_stems()[highway++]));
        for (double r = ring_c_m + 300; r <= highway_end_m; r += 300) {
            out.points.push_back(polar(ring_radius(r, radial_angle(k, r)), radial_angle(k, r)));
        }
        plan.lines.push_back(out);
    }
    for (const double r : {ring_a_m, ring_c_m}) {
        for (const int k : {1, 2, 4, 5, 7}) {
            const double angle = radial_angle(k, r);
            plan.roundabouts.push_back(polar(ring_radius(r, angle), angle));
        }
    }
}

void add_river(Plan& plan) {
    for (double x = -9000; x <= 9000; x += 150) plan.river.push_back(rounded({x, river_y(x)}));
    for (const bool south : {false, true}) {
        roads::Name name{.any = {}, .kk = {}, .ru = {}, .en = {}, .old = {}};
        name.kk = south ? "Айсудың сол жағалауы" : "Айсу жағалауы";
        name.ru = south ? "Левобережная набережная" : "набережная Айсу";
        name.en = south ? "Left Bank Embankment" : "Aysu Embankment";
        name.any = name.kk;
        Line bank{.points = {},
                  .road_class = roads::RoadClass::tertiary,
                  .name = add_name(plan, std::move(name)),
                  .keep_ends = true};
        const double offset = (south ? -1.0 : 1.0) * (river_width_m / 2 + 75);
        // A little over the ring road on both sides, so that its bridges end at crossings too.
        for (double x = -5900; x <= 5850; x += 100) {
            const double slope = (river_y(x + 1) - river_y(x - 1)) / 2;
            const Vec normal = unit({-slope, 1});
            bank.points.push_back(rounded(Vec{x, river_y(x)} + normal * offset));
        }
        plan.lines.push_back(bank);
    }
}

}  // namespace

double river_y(double x) { return -800 + 0.12 * x + 260 * std::sin(x / 2300) ; }

double ring_radius(double nominal_m, double angle) {
    const double a = angle * pi / 180;
    // Rounder towards the centre: the old ring is nearly a circle.
    const double share = (nominal_m - 1500) / 20'000;
    return nominal_m * (1 + share * (0.5 * std::sin(2 * a + 0.7) + 0.3 * std::sin(3 * a - 1)));
}

double radial_angle(int k, double radius_m) {
    const double base = radial_deg[static_cast<std::size_t>(k)];
    if (k == 0 || k == 3 || k == 6 || k >= 8) return base;
    return base + 3.5 * std::sin((radius_m - ring_a_m) / 1500 + k);
}

int district_at(const Plan& plan, Vec p) {
    const double clear_of_river = river_width_m / 2 + 72;
    const double to_river = p.y - river_y(p.x);
    if (std::abs(to_river) * 0.98 < clear_of_river) return -1;
    for (const Park& park : plan.parks) {
        if (length(p - park.at) < park.radius_m) return -1;
    }
    const double angle = angle_deg(p);
    const double radius = length(p);
    int sector = 0;
    while (sector + 1 < sector_count && angle >= radial_angle(sector + 1, radius)) ++sector;
    // Sectors that touch the river end at it, not at an angle.
    if (sector == 8 && to_river > 0) sector = 0;
    if (sector == 0 && to_river < 0) sector = 8;
    if (sector == 5 && to_river < 0) sector = 6;
    if (sector == 6 && to_river > 0) sector = 5;
    for (std::size_t i = 0; i < plan.districts.size(); ++i) {
        const District& d = plan.districts[i];
        if (d.sector < 0) {
            if (radius < ring_radius(ring_a_m, angle) && d.south == (to_river < 0)) {
                return static_cast<int>(i);
            }
            continue;
        }
        double inner = ring_radius(d.inner_m, angle);
        double outer = ring_radius(d.outer_m, angle);
        if (d.type == DistrictType::village) {
            // Fields lie between the ring road and a village, and its far edge is ragged.
            inner += 170 + 90 * std::sin(angle / 3 + 1);
            outer += 240 * std::sin(angle / 4) + 130 * std::sin(angle / 1.3 + 2) - 120;
        }
        if (d.sector == sector && radius >= inner && radius < outer) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

Plan make_plan(Random& random) {
    Plan plan;
    plan.names.emplace_back();
    add_districts(plan, random);
    name_districts(plan);
    add_parks(plan, random);
    add_main_roads(plan);
    add_river(plan);
    add_grids(plan, random);
    return plan;
}

}  // namespace jedel::generator
