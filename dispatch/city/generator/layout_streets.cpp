#include "dispatch/city/generator/layout_streets.h"

#include <algorithm>
#include <numeric>

#include "dispatch/city/generator/street_names.h"

namespace jedel::generator {
namespace {

using roads::RoadClass;

struct Grid {
    double along_m = 200, across_m = 200;  ///< spacing of the two families of lines
    double keep = 1;                       ///< share of block sides that are streets
    int collector_every = 5;               ///< each n-th line is a tertiary road
    bool inner_service = false;            ///< lines between collectors are yard roads
};

Grid grid_of(DistrictType type) {
    switch (type) {
        case DistrictType::old_town: return {210, 165, 0.97, 3, false};
        case DistrictType::houses: return {230, 105, 0.93, 4, false};
        case DistrictType::blocks: return {150, 140, 0.62, 3, true};
        case DistrictType::industry: return {420, 300, 0.72, 2, false};
        case DistrictType::village: return {260, 95, 0.92, 4, false};
    }
    return {};
}

std::uint32_t add_name(Plan& plan, roads::Name name) {
    plan.names.push_back(std::move(name));
    return static_cast<std::uint32_t>(plan.names.size() - 1);
}

/// Names in an order drawn once; every name is given to one street only.
class NameSource {
public:
    explicit NameSource(Random& random) {
        for (const NameStem& s : street_stems()) streets_.push_back(s);
        for (const NameStem& s : lane_stems()) lanes_.push_back(s);
        random.shuffle(std::span{streets_});
        random.shuffle(std::span{lanes_});
    }
    /// 0 when the names are used up.
    std::uint32_t next(Plan& plan, double length_m, bool important) {
        if (length_m < 520 && !important && lane_ < lanes_.size()) {
            return add_name(plan, make_name(StreetType::lane, lanes_[lane_++]));
        }
        if (street_ < streets_.size()) {
            const NameStem& stem = streets_[street_++];
            // An adjective would have to change its gender for a boulevard.
            const bool boulevard = important && street_ % 9 == 4 && !stem.ru.starts_with('~');
            return add_name(plan, make_name(boulevard ? StreetType::boulevard : StreetType::street,
                                            stem));
        }
        if (lane_ < lanes_.size()) {
            return add_name(plan, make_name(StreetType::lane, lanes_[lane_++]));
        }
        return 0;
    }

private:
    std::vector<NameStem> streets_, lanes_;
    std::size_t street_ = 0, lane_ = 0;
};

/// "Айгерім шағын ауданы, 5-көше": how the streets of new quarters are called.
std::uint32_t numbered_name(Plan& plan, std::uint32_t quarter, int number) {
    const roads::Name& q = plan.names[quarter];
    const std::string n = std::to_string(number);
    roads::Name name;
    name.kk = q.kk + ", " + n + "-көше";
    name.ru = q.ru + ", " + n + "-я улица";
    name.en = q.en + ", Street " + n;
    name.any = name.kk;
    return add_name(plan, std::move(name));
}

struct Family {
    std::vector<double> offsets;  ///< across the direction
    Vec direction, normal;
};

Family family(Random& random, double angle, double spacing, double reach) {
    Family f;
    const Vec d = polar(1000, angle);
    f.direction = unit(d);
    f.normal = left_of(f.direction);
    double at = -reach + random.between(0, spacing);
    while (at < reach) {
        f.offsets.push_back(std::round(at));
        at += spacing * random.between(0.86, 1.16);
    }
    return f;
}

struct Stretch {
    double from = 0, to = 0;
};

/// Where a line runs inside a district: sampled each 12 m, ends found by halving.
std::vector<Stretch> inside(const Plan& plan, int district, Vec origin, Vec direction,
                            double reach) {
    constexpr double step = 12;
    const auto holds = [&](double t) {
        return district_at(plan, origin + direction * t) == district;
    };
    const auto edge = [&](double out, double in) {
        for (int i = 0; i < 6; ++i) {
            const double middle = (out + in) / 2;
            (holds(middle) ? in : out) = middle;
        }
        return in;
    };
    std::vector<Stretch> found;
    bool was = false;
    double begin = 0;
    for (double t = -reach; t <= reach; t += step) {
        const bool is = holds(t);
        if (is && !was) begin = edge(t - step, t);
        if (!is && was) found.push_back({begin, edge(t, t - step)});
        was = is;
    }
    return found;
}

struct Piece {
    Stretch stretch;
    bool from_edge = false, to_edge = false;
};

/// Leaves out some block sides: the pieces between two cross streets are kept or not.
std::vector<Piece> broken(Random& random, const Stretch& s, const std::vector<double>& cross,
                          double keep) {
    std::vector<double> cuts{s.from};
    for (const double c : cross) {
        if (c > s.from + 30 && c < s.to - 30) cuts.push_back(c);
    }
    cuts.push_back(s.to);
    std::vector<Piece> out;
    bool open = false;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const bool stays = random.chance(keep);
        if (stays && !open) out.push_back({{cuts[i], cuts[i + 1]}, i == 0, false});
        if (stays) {
            out.back().stretch.to = cuts[i + 1];
            out.back().to_edge = i + 2 == cuts.size();
        }
        open = stays;
    }
    return out;
}

class DistrictStreets {
public:
    DistrictStreets(Plan& plan, Random& random, NameSource& names, int district)
        : plan_(plan), random_(random), names_(names), district_(district),
          d_(plan.districts[static_cast<std::size_t>(district)]), grid_(grid_of(d_.type)) {}

    void draw() {
        const double reach = d_.outer_m * 1.35;
        const Family first = family(random_, d_.grid_angle_deg, grid_.across_m, reach);
        second_ = family(random_, d_.grid_angle_deg + 90, grid_.along_m, reach);
        // The normal of the second family points against the first one's direction.
        std::vector<double> mirrored;
        for (const double o : second_.offsets) mirrored.push_back(-o);
        std::sort(mirrored.begin(), mirrored.end());
        draw_family(first, mirrored, reach);
        draw_family(second_, first.offsets, reach);
    }

private:
    void draw_family(const Family& f, const std::vector<double>& cross, double reach) {
        const int phase = random_.whole(0, grid_.collector_every - 1);
        for (std::size_t i = 0; i < f.offsets.size(); ++i) {
            const bool collector =
                (static_cast<int>(i) + phase) % grid_.collector_every == 0;
            // The avenue through the centre is drawn already.
            if (d_.sector < 0 && &f == &second_ && std::abs(f.offsets[i]) < 100) continue;
            const Vec origin = f.normal * f.offsets[i];
            const auto stretches = inside(plan_, district_, origin, f.direction, reach);
            double total = 0;
            for (const Stretch& s : stretches) total += s.to - s.from;
            if (total < 90) continue;
            const std::uint32_t name = name_for(total, collector);
            for (const Stretch& s : stretches) {
                for (const Piece& p : broken(random_, s, cross, collector ? 1 : grid_.keep)) {
                    add(f, origin, p, name, collector, i);
                }
            }
        }
    }

    std::uint32_t name_for(double total, bool collector) {
        if (grid_.inner_service && !collector) return 0;  // yard roads carry no name
        // Quarters of small houses have many streets and number most of them.
        double own_name = 1;
        if (d_.type == DistrictType::houses) own_name = collector ? 0.9 : 0.3;
        if (d_.type == DistrictType::village) own_name = collector ? 0.5 : 0.15;
        if (random_.chance(own_name)) {
            if (const std::uint32_t name = names_.next(plan_, total, collector)) return name;
        }
        return d_.name != 0 ? numbered_name(plan_, d_.name, ++numbered_) : 0;
    }

    void add(const Family& f, Vec origin, const Piece& p, std::uint32_t name, bool collector,
             std::size_t index) {
        // Over the edge a little, so that the street meets the road that bounds the district;
        // what sticks out is trimmed when the lines are cut at each other.
        const double from = p.stretch.from - (p.from_edge ? 26 : 4);
        const double to = p.stretch.to + (p.to_edge ? 26 : 4);
        if (to - from < 70) return;
        Line line{.points = {rounded(origin + f.direction * from),
                             rounded(origin + f.direction * to)},
                  .road_class = RoadClass::residential,
                  .name = name,
                  .district = district_};
        if (collector) {
            line.road_class = d_.type == DistrictType::old_town ? RoadClass::secondary
                                                                : RoadClass::tertiary;
        } else if (grid_.inner_service) {
            line.road_class = random_.chance(0.4) ? RoadClass::living : RoadClass::service;
        }
        // In the old town the side streets are one-way, in turn this way and that.
        if (d_.type == DistrictType::old_town && !collector) {
            line.one_way = true;
            if (index % 2 == 1) std::swap(line.points[0], line.points[1]);
        }
        plan_.lines.push_back(std::move(line));
    }

    Plan& plan_;
    Random& random_;
    NameSource& names_;
    int district_;
    District d_;
    Grid grid_;
    Family second_;
    int numbered_ = 0;
};

}  // namespace

void add_grids(Plan& plan, Random& random) {
    NameSource names{random};
    for (std::size_t i = 0; i < plan.districts.size(); ++i) {
        DistrictStreets{plan, random, names, static_cast<int>(i)}.draw();
    }
}

}  // namespace jedel::generator
