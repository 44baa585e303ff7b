#include "console/map/labels.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

#include "console/map/chains.h"
#include "console/map/label_sources.h"

namespace jedel::console {

namespace {

constexpr float tile_px = 1536;
constexpr float pad_px = 5;
constexpr float same_name_px = 260;    // the other carriageway needs no second label
constexpr float street_spacing_px = 420;
constexpr std::array<float, 5> nudges{0, 18, -18, 36, -36};

using Box = std::array<MapPoint, 4>;

MapBox bounds(const Box& corners) {
    MapBox box;
    for (const auto c : corners) box.add(c);
    return box;
}

/// Boxes already taken, found through a coarse grid over the tile.
class Taken {
public:
    explicit Taken(const MapBox& tile) : tile_(tile), cell_((tile.high_x - tile.low_x) / cells) {}

    /// Takes the part of a box that lies in the tile, whatever it meets.
    std::uint32_t block(const Box& corners) {
        if (!bounds(corners).meets(tile_)) return none;
        add(corners, bounds(corners));
        return static_cast<std::uint32_t>(boxes_.size() - 1);
    }
    static constexpr std::uint32_t none = 0xffffffff;

    /// Takes the box if it lies inside the tile and meets nothing but, at most, `own`.
    bool take(const Box& corners, std::uint32_t own = none) {
        const MapBox box = bounds(corners);
        if (!tile_.holds(box)) return false;
        bool free = true;
        each_cell(box, [&](const std::vector<std::uint32_t>& cell) {
            free = free && std::none_of(cell.begin(), cell.end(), [&](auto i) {
                       return i != own && boxes_meet(boxes_[i], corners);
                   });
        });
        if (free) add(corners, box);
        return free;
    }

private:
    static constexpr std::size_t cells = 16;
    void add(const Box& corners, const MapBox& box) {
        boxes_.push_back(corners);
        const auto index = static_cast<std::uint32_t>(boxes_.size() - 1);
        each_cell(box, [index](std::vector<std::uint32_t>& cell) { cell.push_back(index); });
    }
    template <class F>
    void each_cell(const MapBox& box, F f) {
        const auto low_x = cell(box.low_x - tile_.low_x), high_x = cell(box.high_x - tile_.low_x);
        const auto low_y = cell(box.low_y - tile_.low_y), high_y = cell(box.high_y - tile_.low_y);
        for (auto y = low_y; y <= high_y; ++y) {
            for (auto x = low_x; x <= high_x; ++x) f(grid_[y * cells + x]);
        }
    }
    [[nodiscard]] std::size_t cell(float v) const {
        return static_cast<std::size_t>(std::clamp(v / cell_, 0.0F, float{cells - 1}));
    }
    MapBox tile_;
    float cell_;
    std::vector<Box> boxes_;
    std::array<std::vector<std::uint32_t>, cells * cells> grid_;
};

/// The point so far along the line.
MapPoint along(const Line& line, float metres) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const float d = std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
        if (metres <= d && d > 0) {
            const float t = metres / d;
            return {line[i].x + (line[i + 1].x - line[i].x) * t,
                    line[i].y + (line[i + 1].y - line[i].y) * t};
        }
        metres -= d;
    }
    return line.back();
}

}  // namespace

std::array<MapPoint, 4> label_box(const Label& label, double metres_per_px, float pad) {
    const auto m = static_cast<float>(metres_per_px);
    const float half = (label.width_px / 2 + pad) * m;
    // A label below an icon owns the icon's place too.
    const float up = label.down_px > 0 ? (label.down_px + pad) * m
                                       : (label.height_px / 2 + pad) * m;
    const float down = label.down_px > 0 ? (label.down_px + label.height_px + pad) * m
                                         : (label.height_px / 2 + pad) * m;
    const float c = std::cos(label.angle), s = std::sin(label.angle);
    const auto corner = [&](float x, float y) {
        return MapPoint{label.at.x + x * c - y * s, label.at.y + x * s + y * c};
    };
    return {corner(-half, up), corner(half, up), corner(half, -down), corner(-half, -down)};
}

bool boxes_meet(const Box& a, const Box& b) {
    const auto apart = [](const Box& p, const Box& q) {
        for (std::size_t i = 0; i < 2; ++i) {  // opposite sides are parallel
            const float nx = p[i + 1].y - p[i].y, ny = p[i].x - p[i + 1].x;
            const auto reach = [&](const Box& box) {
                std::array<float, 2> r{box[0].x * nx + box[0].y * ny, 0};
                r[1] = r[0];
                for (const auto c : box) {
                    const float v = c.x * nx + c.y * ny;
                    r = {std::min(r[0], v), std::max(r[1], v)};
                }
                return r;
            };
            const auto rp = reach(p), rq = reach(q);
            if (rp[1] < rq[0] || rq[1] < rp[0]) return true;
        }
        return false;
    };
    return !apart(a, b) && !apart(b, a);
}

struct LabelBook::Impl {
    LabelSources sources;
    MeasureText measure;
    float scale;
    struct TileKey {
        int band, x, y;
        auto operator<=>(const TileKey&) const = default;
    };
    std::map<TileKey, std::vector<Label>> tiles;
    std::map<int, std::vector<Label>> bands;
    std::unordered_map<std::string_view, std::array<float, 2>> measured[label_kinds];

    std::array<float, 2> size_of(LabelKind kind, std::string_view text) {
        auto& known = measured[static_cast<std::size_t>(kind)];
        const auto it = known.find(text);
        if (it != known.end()) return it->second;
        return known.emplace(text, measure(kind, text)).first->second;
    }

    /// One tile being filled.
    struct Tile {
        double m;  ///< metres per pixel
        MapBox box;
        Taken taken;
        std::vector<Label> out;
        std::unordered_map<std::string_view, std::vector<MapPoint>> streets;
        std::vector<std::uint32_t> icon_boxes;
    };

    /// Districts and organisations are few and matter most: placed over the whole city at once,
    /// so that no edge of a tile takes one away.
    const std::vector<Label>& leading(int band) {
        const auto it = bands.find(band);
        if (it != bands.end()) return it->second;
        MapBox all;
        for (const auto* points : {&sources.districts, &sources.organisations}) {
            for (const auto& p : *points) all.add(p.at);
        }
        for (const auto& icon : sources.icons) all.add(icon.at);
        if (all.empty()) return bands[band];
        const double m = band_metres_per_px(band);
        const auto margin = static_cast<float>(tile_px * m);
        all = {all.low_x - margin, all.low_y - margin, all.high_x + margin, all.high_y + margin};
        Tile t{m, all, Taken(all), {}, {}, {}};
        take_icons(t);
        place_points(t, sources.districts);
        place_points(t, sources.organisations);
        return bands[band] = std::move(t.out);
    }

    const std::vector<Label>& tile(TileKey key) {
        const auto it = tiles.find(key);
        if (it != tiles.end()) return it->second;
        if (tiles.size() > 400) tiles.clear();  // far more than a screen holds
        const double m = band_metres_per_px(key.band);
        const auto side = static_cast<float>(tile_px * m);
        const MapBox box{static_cast<float>(key.x) * side, static_cast<float>(key.y) * side,
                         static_cast<float>(key.x + 1) * side,
                         static_cast<float>(key.y + 1) * side};
        Tile t{m, box, Taken(box), {}, {}, {}};
        take_icons(t);
        for (const auto& label : leading(key.band)) t.taken.block(label_box(label, m, pad_px));
        place_streets(t);
        place_points(t, sources.landmarks);
        place_points(t, sources.houses);
        return tiles.emplace(key, std::move(t.out)).first->second;
    }

    /// Names keep clear of the icons of organisations; icons may touch each other.
    void take_icons(Tile& t) {
        const float side = 12 * scale;
        t.icon_boxes.assign(sources.icons.size(), Taken::none);
        for (std::size_t i = 0; i < sources.icons.size(); ++i) {
            const auto& icon = sources.icons[i];
            if (t.m > icon.farthest_m_per_px) continue;
            const Label box{LabelKind::organisation, icon.at, 0, side, side, 0, {}};
            t.icon_boxes[i] = t.taken.block(label_box(box, t.m, 1));
        }
    }

    void place_points(Tile& t, const std::vector<NamedPoint>& points) {
        for (const auto& p : points) {
            if (t.m > p.farthest_m_per_px || t.m < p.nearest_m_per_px) continue;
            if (p.at.x < t.box.low_x || p.at.x >= t.box.high_x || p.at.y < t.box.low_y ||
                p.at.y >= t.box.high_y) {
                continue;
            }
            const auto size = size_of(p.kind, p.text);
            const float down = p.kind == LabelKind::organisation ? 10 * scale
                               : p.kind == LabelKind::landmark   ? 4 * scale
                                                                 : 0;
            Label label{p.kind, p.at, 0, size[0], size[1], down, p.text};
            const float pad = p.kind == LabelKind::house ? 2 : pad_px;
            const auto own = p.icon == no_icon ? Taken::none : t.icon_boxes[p.icon];
            // A district is wide: its name may stand a little higher or lower in it.
            const std::size_t tries = p.kind == LabelKind::district ? nudges.size() : 1;
            for (std::size_t i = 0; i < tries; ++i) {
                label.at.y = p.at.y + nudges[i] * scale * static_cast<float>(t.m);
                if (!t.taken.take(label_box(label, t.m, pad), own)) continue;
                t.out.push_back(label);
                break;
            }
        }
    }

    void place_streets(Tile& t) {
        for (const auto& street : sources.streets) {
            if (t.m > street.farthest_m_per_px || !street.box.meets(t.box)) continue;
            const auto kind = street.small ? LabelKind::small_street : LabelKind::street;
            const auto size = size_of(kind, street.text);
            const float length_px = street.length_m / static_cast<float>(t.m);
            if (length_px < size[0] * 1.05F) continue;
            // Thirds keep the middle label where it is when the next band adds more.
            float parts = 1;
            while (length_px / (parts * 3) > street_spacing_px * scale) parts *= 3;
            const float part_m = street.length_m / parts;
            for (float i = 0; i < parts; ++i) place_on(t, street, kind, size, i * part_m, part_m);
        }
    }

    void place_on(Tile& t, const NamedStreet& street, LabelKind kind, std::array<float, 2> size,
                  float from_m, float part_m) {
        for (const float share : {0.5F, 0.4F, 0.6F, 0.28F, 0.72F}) {
            const float middle = from_m + part_m * share;
            const float half = size[0] / 2 * static_cast<float>(t.m);
            if (middle < half || middle + half > street.length_m) continue;
            const MapPoint a = along(street.line, middle - half), b = along(street.line, middle);
            const MapPoint c = along(street.line, middle + half);
            if (b.x < t.box.low_x || b.x >= t.box.high_x) continue;
            if (b.y < t.box.low_y || b.y >= t.box.high_y) continue;
            if (!straight(a, b, c, t.m) || said_nearby(t, street.text, b)) continue;
            Label label{kind, b, upright(std::atan2(c.y - a.y, c.x - a.x)), size[0], size[1], 0,
                        street.text};
            if (!t.taken.take(label_box(label, t.m, pad_px))) continue;
            t.out.push_back(label);
            t.streets[street.text].push_back(b);
            return;
        }
    }

    /// The road must not leave its straight label by more than a few pixels.
    [[nodiscard]] bool straight(MapPoint a, MapPoint b, MapPoint c, double m) const {
        const float chord = std::hypot(c.x - a.x, c.y - a.y);
        if (chord <= 0) return false;
        const float off = std::abs((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / chord;
        const float way = std::hypot(b.x - a.x, b.y - a.y) + std::hypot(c.x - b.x, c.y - b.y);
        return off < 4 * scale * static_cast<float>(m) && chord > 0.96F * way;
    }

    static float upright(float angle) {
        constexpr float half = std::numbers::pi_v<float> / 2;
        if (angle > half) angle -= 2 * half;
        if (angle <= -half) angle += 2 * half;
        return std::abs(angle) < 0.03F ? 0 : angle;  // nearly level: level, and so sharp
    }

    bool said_nearby(Tile& t, std::string_view text, MapPoint at) const {
        const auto it = t.streets.find(text);
        if (it == t.streets.end()) return false;
        const auto near = same_name_px * scale * static_cast<float>(t.m);
        return std::any_of(it->second.begin(), it->second.end(), [&](MapPoint p) {
            return std::hypot(p.x - at.x, p.y - at.y) < near;
        });
    }
};

LabelBook::LabelBook(std::shared_ptr<const City> city, const Projection& projection,
                     Language language, MeasureText measure, float scale)
    : impl_(std::make_unique<Impl>()) {
    impl_->sources = label_sources(*city, projection, language);
    impl_->measure = std::move(measure);
    impl_->scale = scale;
}
LabelBook::~LabelBook() = default;
LabelBook::LabelBook(LabelBook&&) noexcept = default;
LabelBook& LabelBook::operator=(LabelBook&&) noexcept = default;

int LabelBook::band_of(double metres_per_px) {
    return static_cast<int>(std::floor(2 * std::log2(metres_per_px) + 1e-9));
}
double LabelBook::band_metres_per_px(int band) { return std::exp2((band + 1) / 2.0); }

void LabelBook::seen(const MapBox& seen, double metres_per_px, std::vector<Label>& out) {
    const int band = band_of(metres_per_px);
    const auto side = static_cast<float>(tile_px * band_metres_per_px(band));
    const auto index = [side](float v) { return static_cast<int>(std::floor(v / side)); };
    const auto add = [&](const std::vector<Label>& labels) {
        for (const auto& label : labels) {
            if (bounds(label_box(label, metres_per_px, 0)).meets(seen)) out.push_back(label);
        }
    };
    add(impl_->leading(band));
    for (int y = index(seen.low_y); y <= index(seen.high_y); ++y) {
        for (int x = index(seen.low_x); x <= index(seen.high_x); ++x) {
            add(impl_->tile({band, x, y}));
        }
    }
}

}  // namespace jedel::console
