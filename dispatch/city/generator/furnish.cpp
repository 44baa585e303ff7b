#include "dispatch/city/generator/furnish.h"

#include <algorithm>
#include <map>

#include "dispatch/city/generator/street_names.h"

namespace jedel::generator {
namespace {

/// Distance from a place to the nearest road, within 100 m or so.
class RoadsNear {
public:
    explicit RoadsNear(const Network& network) {
        for (const Edge& e : network.edges) {
            Vec last = network.nodes[e.from];
            for (const Vec p : e.inner) {
                add(last, p);
                last = p;
            }
            add(last, network.nodes[e.to]);
        }
    }
    [[nodiscard]] double distance_m(Vec p) const {
        double best = cell_m;
        for (int x = cell(p.x) - 1; x <= cell(p.x) + 1; ++x) {
            for (int y = cell(p.y) - 1; y <= cell(p.y) + 1; ++y) {
                const auto found = cells_.find({x, y});
                if (found == cells_.end()) continue;
                for (const auto& [a, b] : found->second) best = std::min(best, to_piece(p, a, b));
            }
        }
        return best;
    }

private:
    static constexpr double cell_m = 100;
    static int cell(double v) { return static_cast<int>(std::floor(v / cell_m)); }
    static double to_piece(Vec p, Vec a, Vec b) {
        const Vec d = b - a;
        const double t = std::clamp(dot(p - a, d) / std::max(dot(d, d), 1e-9), 0.0, 1.0);
        return length(p - (a + d * t));
    }
    void add(Vec a, Vec b) {
        const int steps = 1 + static_cast<int>(length(b - a) / 50);
        for (int i = 0; i < steps; ++i) {
            const Vec from = a + (b - a) * (static_cast<double>(i) / steps);
            const Vec to = a + (b - a) * (static_cast<double>(i + 1) / steps);
            cells_[{cell((from.x + to.x) / 2), cell((from.y + to.y) / 2)}].emplace_back(from, to);
        }
    }
    std::map<std::pair<int, int>, std::vector<std::pair<Vec, Vec>>> cells_;
};

/// How lots lie along a street of a district type.
struct Lots {
    double lot_m = 24;
    int stored_every = 1;  ///< the others are found by interpolation
    double offset_m = 18;
    double people = 0;
    double length_m = 11, depth_m = 9;
};

Lots lots_of(DistrictType type) {
    switch (type) {
        case DistrictType::old_town: return {42, 1, 24, 75, 30, 13};
        case DistrictType::houses: return {22, 7, 16, 27, 12, 9};
        case DistrictType::blocks: return {58, 1, 30, 95, 44, 13};
        case DistrictType::industry: return {110, 1, 45, 3, 60, 32};
        case DistrictType::village: return {26, 7, 17, 22, 12, 9};
    }
    return {};
}

struct Walk {
    std::vector<Vec> path;
    double from_m = 0;  ///< position of its beginning on the street
    bool main_road = false;
};

double position_on(const std::vector<Vec>& line, Vec p) {
    double best = 1e18;
    double at = 0;
    double along = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const Vec d = line[i + 1] - line[i];
        const double l = length(d);
        const double t = std::clamp(dot(p - line[i], d) / std::max(l * l, 1e-9), 0.0, 1.0);
        const double off = length(p - (line[i] + d * t));
        if (off < best) {
            best = off;
            at = along + t * l;
        }
        along += l;
    }
    return at;
}

class Builder {
public:
    Builder(Plan& plan, const Network& network, Random& random)
        : plan_(plan), network_(network), random_(random), near_(network) {}

    Furniture build() {
        houses_along_streets();
        for (std::size_t i = 0; i < plan_.districts.size(); ++i) {
            if (plan_.districts[i].type == DistrictType::blocks) yards(static_cast<int>(i));
        }
        suburbs();
        landmarks();
        return std::move(out_);
    }

private:
    void houses_along_streets() {
        std::map<std::uint32_t, std::vector<std::uint32_t>> by_street;
        for (std::size_t i = 0; i < network_.edges.size(); ++i) {
            const Edge& e = network_.edges[i];
            const bool main_road = e.road_class <= roads::RoadClass::trunk;
            if (e.roundabout || e.bridge || main_road) continue;
            if (e.road_class >= roads::RoadClass::living) continue;
            if (e.district < 0 && open_steppe(e)) continue;  // numbers begin with the houses
            if (e.name != 0) by_street[e.name].push_back(static_cast<std::uint32_t>(i));
        }
        for (const auto& [street, edges] : by_street) {
            for (const Walk& w : walks_of(edges)) along(street, w);
        }
    }

    [[nodiscard]] bool open_steppe(const Edge& e) const {
        const Vec a = network_.nodes[e.from];
        const Vec b = network_.nodes[e.to];
        const Vec middle = e.inner.empty() ? (a + b) * 0.5 : e.inner[e.inner.size() / 2];
        const Vec side = left_of(unit(b - a)) * 40;
        return district_at(plan_, middle + side) < 0 && district_at(plan_, middle - side) < 0;
    }

    /// The street's pieces, each turned to run the way its numbers grow: away from the centre.
    std::vector<Walk> walks_of(const std::vector<std::uint32_t>& edges) {
        const Edge& first = network_.edges[edges.front()];
        std::vector<Vec> line = plan_.lines[first.line].points;
        if (length(line.front()) > length(line.back())) std::reverse(line.begin(), line.end());
        const bool straight = first.district >= 0;
        const Vec direction = unit(line.back() - line.front());
        std::vector<Walk> walks;
        double low = 1e18;
        for (const std::uint32_t i : edges) {
            const Edge& e = network_.edges[i];
            Walk w;
            w.main_road = e.district < 0;
            w.path.push_back(network_.nodes[e.from]);
            w.path.insert(w.path.end(), e.inner.begin(), e.inner.end());
            w.path.push_back(network_.nodes[e.to]);
            const auto position = [&](Vec p) {
                return straight ? dot(p, direction) : position_on(line, p);
            };
            double a = position(w.path.front());
            const double b = position(w.path.back());
            const double l = length_m(network_, e);
            const bool over_the_seam = std::abs(a - b) > 2 * l + 50;  // of a ring
            if (a > b && !over_the_seam) {
                std::reverse(w.path.begin(), w.path.end());
                a = b;
            }
            w.from_m = a;
            low = std::min(low, a);
            walks.push_back(std::move(w));
        }
        for (Walk& w : walks) w.from_m -= low;
        std::sort(walks.begin(), walks.end(),
                  [](const Walk& a, const Walk& b) { return a.from_m < b.from_m; });
        return walks;
    }

    void along(std::uint32_t street, const Walk& w) {
        double begin = w.from_m;
        double total = 0;
        for (std::size_t i = 0; i + 1 < w.path.size(); ++i) {
            total += length(w.path[i + 1] - w.path[i]);
        }
        const double end = w.from_m + total;
        for (std::size_t i = 0; i + 1 < w.path.size(); ++i) {
            const Vec a = w.path[i];
            const Vec way = unit(w.path[i + 1] - a);
            const double piece = length(w.path[i + 1] - a);
            for (const bool left : {true, false}) {
                side(street, a, way, begin, begin + piece, left, w.from_m + 14, end - 14,
                     w.main_road);
            }
            begin += piece;
        }
    }

    void side(std::uint32_t street, Vec a, Vec way, double from, double to, bool left, double low,
              double high, bool main_road) {
        const Vec outward = left ? left_of(way) : left_of(way) * -1;
        const int district = district_at(plan_, a + way * ((to - from) / 2) + outward * 40);
        if (district < 0) return;
        Lots lots = lots_of(plan_.districts[static_cast<std::size_t>(district)].type);
        // A main road passes many districts; its numbers must grow evenly through all of them.
        if (main_road) {
            lots.lot_m = 48;
            lots.stored_every = 1;
        }
        const int first = static_cast<int>(std::ceil(from / lots.lot_m - 0.5));
        for (int k = std::max(first, 0); (k + 0.5) * lots.lot_m < to; ++k) {
            const double s = (k + 0.5) * lots.lot_m;
            if (s < low || s > high || k % lots.stored_every != 0) continue;
            if (random_.chance(0.06)) continue;  // an empty lot
            House h;
            h.at = rounded(a + way * (s - from) +
                           outward * (lots.offset_m + random_.between(0, 4)));
            if (near_.distance_m(h.at) < lots.offset_m * 0.6) continue;
            h.along = way;
            h.length_m = lots.length_m * random_.between(0.8, 1.25);
            h.depth_m = lots.depth_m;
            h.street = street;
            h.number = number(2 * k + (left ? 1 : 2));
            h.people = lots.people * random_.between(0.7, 1.3);
            h.district = district;
            h.drawn = lots.stored_every == 1 || k % (2 * lots.stored_every) == 0;
            out_.houses.push_back(std::move(h));
        }
    }

    std::string number(int n) {
        const double draw = random_.unit();
        if (draw < 0.03) return std::to_string(n) + "А";
        if (draw < 0.07) return std::to_string(n) + "/" + std::to_string(random_.whole(1, 3));
        return std::to_string(n);
    }

    /// Slabs and towers between the yard roads, numbered through the microdistrict.
    void yards(int district) {
        const District& d = plan_.districts[static_cast<std::size_t>(district)];
        const Vec u = unit(polar(1000, d.grid_angle_deg));
        const Vec v = left_of(u);
        const double reach = d.outer_m * 1.3;
        int count = 0;
        for (double row = -reach; row < reach; row += 78) {
            for (double column = -reach; column < reach; column += 84) {
                const Vec at = rounded(u * (column + random_.between(-10, 10)) +
                                       v * (row + random_.between(-10, 10)));
                if (district_at(plan_, at) != district || random_.chance(0.12)) continue;
                if (near_.distance_m(at) < 24) continue;
                const bool tower = random_.chance(0.25);
                House h;
                h.at = at;
                h.along = random_.chance(0.6) ? u : v;
                h.length_m = tower ? 24 : random_.between(48, 72);
                h.depth_m = tower ? 22 : 13;
                h.street = d.name;
                h.number = number(++count);
                h.people = tower ? 170 : 190 * random_.between(0.7, 1.2);
                h.district = district;
                out_.houses.push_back(std::move(h));
            }
        }
    }

    void suburbs() {
        std::vector<Vec> sum(plan_.districts.size());
        std::vector<int> count(plan_.districts.size());
        for (const House& h : out_.houses) {
            const auto i = static_cast<std::size_t>(h.district);
            sum[i] = sum[i] + h.at;
            ++count[i];
        }
        for (std::size_t i = 0; i < plan_.districts.size(); ++i) {
            if (plan_.districts[i].name == 0 || count[i] == 0) continue;
            out_.landmarks.push_back(
                {rounded(sum[i] * (1.0 / count[i])), plan_.districts[i].name, true});
        }
        for (const Park& p : plan_.parks) out_.landmarks.push_back({p.at, p.name, false});
    }

    void add_landmark(Vec at, std::string kk, std::string ru, std::string en) {
        plan_.names.push_back({.any = kk, .kk = kk, .ru = std::move(ru), .en = std::move(en),
                               .old = {}});
        out_.landmarks.push_back(
            {at, static_cast<std::uint32_t>(plan_.names.size() - 1), false});
    }

    void landmarks() {
        const auto names = landmark_names();
        const auto free = [&](Vec p, double room) {
            return std::none_of(out_.landmarks.begin(), out_.landmarks.end(),
                                [&](const Landmark& l) {
                                    return !l.suburb && length(l.at - p) < room;
                                });
        };
        // The most known stand first and nearest to the centre.
        std::size_t next = 0;
        for (int attempt = 0; attempt < 20'000 && next < names.size(); ++attempt) {
            const House& h = random_.pick(std::span<const House>{out_.houses});
            const double wanted = 300 + 170.0 * static_cast<double>(next);
            if (std::abs(length(h.at) - wanted) > 350 || !free(h.at, 200)) continue;
            const LandmarkName& n = names[next++];
            add_landmark(h.at, std::string{n.kk}, std::string{n.ru}, std::string{n.en});
        }
        int school = 0;
        for (int attempt = 0; attempt < 4'000 && school < 46; ++attempt) {
            const House& h = random_.pick(std::span<const House>{out_.houses});
            if (h.people < 10 || !free(h.at, 480)) continue;
            const std::string n = std::to_string(++school);
            add_landmark(h.at, "№" + n + " мектеп", "Школа №" + n, "School No. " + n);
        }
    }

    Plan& plan_;
    const Network& network_;
    Random& random_;
    RoadsNear near_;
    Furniture out_;
};

}  // namespace

Furniture furnish(Plan& plan, const Network& network, Random& random) {
    return Builder{plan, network, random}.build();
}

}  // namespace jedel::generator
