#pragma once
// The plan of the made-up city: river, rings, radial roads, districts with their own grids,
// parks; and the lines of all its streets before they are cut at each other.

#include <cstdint>
#include <vector>

#include "dispatch/city/generator/plane.h"
#include "dispatch/city/generator/random.h"
#include "dispatch/roads/roadmap.h"

namespace jedel::generator {

enum class DistrictType : std::uint8_t { old_town, houses, blocks, industry, village };

/// A part of the plan between two rings and two radials.
struct District {
    DistrictType type = DistrictType::houses;
    int sector = -1;  ///< −1 = inside the first ring
    double inner_m = 0, outer_m = 0;
    bool south = false;     ///< of the river; only inside the first ring
    double grid_angle_deg = 0;
    std::uint32_t name = 0;  ///< microdistrict or village, index of names; 0 = none
};

struct Park {
    Vec at;
    double radius_m = 0;
    bool lake = false;
    std::uint32_t name = 0;
};

/// A street as drawn by the planner, before crossings are known.
struct Line {
    std::vector<Vec> points;
    roads::RoadClass road_class = roads::RoadClass::residential;
    std::uint32_t name = 0;
    bool one_way = false;
    bool keep_ends = false;  ///< highways and dead ends that are meant
    int district = -1;
};

struct Plan {
    std::vector<District> districts;
    std::vector<Park> parks;
    std::vector<Line> lines;
    std::vector<roads::Name> names;  ///< [0] empty
    std::vector<Vec> river;
    std::vector<Vec> roundabouts;
};

constexpr double ring_a_m = 1900;
constexpr double ring_b_m = 3600;
constexpr double ring_c_m = 5600;
constexpr double village_m = 6900;
constexpr double highway_end_m = 8600;
constexpr double river_width_m = 110;
constexpr double centre_grid_deg = 7;

/// The river's middle at x metres east of the centre.
double river_y(double x);
/// Radius of a ring at an angle; rings are not circles.
double ring_radius(double nominal_m, double angle);
/// Angle of radial k (0…9; 0 and 6 are the river itself) at a radius.
double radial_angle(int k, double radius_m);
constexpr int sector_count = 9;

/// Index of the district at a place, −1 for none (river bank, park, outside).
int district_at(const Plan& plan, Vec p);

Plan make_plan(Random& random);

}  // namespace jedel::generator
