#include "console/map/style.h"

#include <algorithm>

namespace jedel::console {

namespace {

constexpr std::uint32_t rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
    return alpha << 24 | (hex & 255) << 16 | (hex >> 8 & 255) << 8 | hex >> 16;
}

// Width on the screen at these scales; between them it is interpolated, nearer than the last it
// grows with the road's true width.
constexpr std::array<double, 6> stops_m_per_px{48, 24, 12, 6, 3, 1.5};
struct RoadWidth {
    float true_m;
    std::array<float, 6> px;
};
constexpr std::array<RoadWidth, road_classes> road_widths{{
    {20, {2.2F, 3.0F, 4.0F, 5.0F, 7.0F, 11.0F}},
    {19, {2.0F, 2.8F, 3.8F, 5.0F, 7.0F, 11.0F}},
    {17, {1.8F, 2.4F, 3.4F, 4.6F, 6.5F, 10.0F}},
    {15, {1.2F, 1.7F, 2.6F, 3.8F, 5.5F, 9.0F}},
    {12, {0.7F, 1.1F, 1.8F, 2.8F, 4.4F, 7.5F}},
    {9, {0.3F, 0.5F, 0.9F, 1.6F, 3.0F, 5.5F}},
    {8, {0, 0.3F, 0.7F, 1.3F, 2.5F, 4.8F}},
    {5, {0, 0, 0, 0.6F, 1.4F, 3.0F}},
    {4, {0, 0, 0.3F, 0.6F, 1.1F, 2.0F}},
}};

bool is_major(std::size_t road_class) {
    return road_class <= static_cast<std::size_t>(roads::RoadClass::secondary);
}

class Planner {
public:
    Planner(const Ground& ground, const Camera& camera, const MapPalette& palette, float scale,
            PaintPlan& out)
        : ground_(ground), palette_(palette), mpp_(camera.metres_per_px()), scale_(scale),
          level_(level_for(mpp_)), seen_(camera.seen(24)), out_(out) {}

    void areas() {
        using roads::AreaKind;
        area(AreaKind::residential);
        area(AreaKind::industrial);
        area(AreaKind::green);
        edge(green_edge, palette_.area[static_cast<std::size_t>(AreaKind::green)]);
        area(AreaKind::water);
        const auto water = palette_.area[static_cast<std::size_t>(AreaKind::water)];
        edge(water_edge, water);
        for (std::size_t w = 0; w < water_width_m.size(); ++w) {
            const auto px = static_cast<float>(water_width_m[w] / mpp_);
            const float least = w == 0 ? (mpp_ < 14 ? 0.8F : 0.0F) : 1.2F * scale_;
            line(first_water_kind + w, std::max(px, least), water, false);
        }
        if (mpp_ < 5) area(AreaKind::building);
        if (mpp_ < 1.6) edge(building_edge, palette_.building_edge);
    }

    /// Over the roads, narrower than they are: the street stays a street, its middle is coloured.
    void reach(const std::array<Run, 3>& bands) {
        const float street = road_width_px(roads::RoadClass::residential, mpp_, scale_);
        const float width = std::max(1.7F * scale_, street * 0.6F);
        for (std::size_t band = 3; band-- > 0;) {
            if (bands[band].count == 0) continue;
            out_.paints.push_back({Paint::From::reach, false, width, palette_.reach[band],
                                   static_cast<std::uint32_t>(out_.runs.size()), 1});
            out_.runs.push_back(bands[band]);
        }
    }

    void roads() {
        for (std::size_t c = road_classes; c-- > 0;) road(c, RoadForm::tunnel, Part::casing);
        for (std::size_t c = road_classes; c-- > 0;) road(c, RoadForm::tunnel, Part::fill);
        for (std::size_t c = road_classes; c-- > 0;) road(c, RoadForm::ground, Part::casing);
        for (std::size_t c = road_classes; c-- > 0;) road(c, RoadForm::ground, Part::fill);
        for (std::size_t c = road_classes; c-- > 0;) {
            road(c, RoadForm::bridge, Part::casing);
            road(c, RoadForm::bridge, Part::fill);
        }
    }

private:
    enum class Part : std::uint8_t { casing, fill };

    void road(std::size_t c, RoadForm form, Part part) {
        const auto road_class = static_cast<roads::RoadClass>(c);
        const float width = road_width_px(road_class, mpp_, scale_);
        if (width <= 0) return;
        const auto kind = road_kind(road_class, form);
        const bool cased = width >= (is_major(c) ? 1.6F : 2.6F) * scale_;
        if (part == Part::casing) {
            if (!cased) return;
            const auto colour = form == RoadForm::bridge || is_major(c) ? palette_.major_casing
                                                                        : palette_.minor_casing;
            const float border = (form == RoadForm::bridge ? 2.6F : 1.6F) * scale_;
            line(kind, width + border, colour, form == RoadForm::bridge);
        } else {
            const auto colour = form == RoadForm::tunnel ? palette_.tunnel
                                : is_major(c)            ? palette_.major_road
                                                         : palette_.minor_road;
            line(kind, width, colour, false);
        }
    }

    void area(roads::AreaKind kind) {
        const auto k = static_cast<std::size_t>(kind);
        const auto first = static_cast<std::uint32_t>(out_.runs.size());
        ground_.large_runs(k, seen_, out_.runs);
        ground_.runs(ground_.areas[k], seen_, out_.runs);
        add({Paint::From::triangles, false, 0, palette_.area[k], first, 0});
    }

    void edge(std::size_t kind, std::uint32_t colour) { line(kind, 1, colour, false); }

    void line(std::size_t kind, float width, std::uint32_t colour, bool butt) {
        if (width <= 0) return;
        const auto first = static_cast<std::uint32_t>(out_.runs.size());
        ground_.runs(ground_.lines[level_][kind], seen_, out_.runs);
        add({Paint::From::pieces, butt, width, colour, first, 0});
    }

    void add(Paint paint) {
        paint.run_count = static_cast<std::uint32_t>(out_.runs.size()) - paint.first_run;
        if (paint.run_count > 0) out_.paints.push_back(paint);
    }

    const Ground& ground_;
    const MapPalette& palette_;
    double mpp_;
    float scale_;
    std::size_t level_;
    MapBox seen_;
    PaintPlan& out_;
};

}  // namespace

MapPalette MapPalette::light() {
    MapPalette p;
    p.ground = rgb(0xDCDFDD);
    p.area = {rgb(0xAFC6D8), rgb(0xC6D5C1), rgb(0xCACCCB), rgb(0xD3D2D7), rgb(0xD6D9D7)};
    p.building_edge = rgb(0xB4B8B8);
    p.minor_road = rgb(0xFBFBFA), p.minor_casing = rgb(0xBCC1C4);
    p.major_road = rgb(0xFFFDF4), p.major_casing = rgb(0x8C949B);
    p.tunnel = rgb(0xD0D4D6);
    p.reach = {rgb(0x1F6E86), rgb(0x6FA6B5), rgb(0xADC9D0)};
    p.label = rgb(0x414A51), p.water_label = rgb(0x3D6685), p.halo = rgb(0xF4F5F4, 215);
    p.route = rgb(0x1F5FA8), p.other_route = rgb(0x6C7C8C), p.route_halo = rgb(0xFFFFFF, 220);
    p.closure = rgb(0xA3160F);
    p.service_area = {rgb(0x4F7A8C), rgb(0x7E6A8F), rgb(0x8A7A4C), rgb(0x5A805F)};
    p.frame = rgb(0x4A535B);
    return p;
}

MapPalette MapPalette::dark() {
    MapPalette p;
    p.ground = rgb(0x1C2023);
    p.area = {rgb(0x1B3346), rgb(0x202D26), rgb(0x2A2F34), rgb(0x23252B), rgb(0x1F2427)};
    p.building_edge = rgb(0x373E44);
    p.minor_road = rgb(0x3B434A), p.minor_casing = rgb(0x15181B);
    p.major_road = rgb(0x57626C), p.major_casing = rgb(0x101315);
    p.tunnel = rgb(0x2A3036);
    p.reach = {rgb(0x5CC0D6), rgb(0x3D8496), rgb(0x2E5866)};
    p.label = rgb(0xC3CAD0), p.water_label = rgb(0x7FA8C6), p.halo = rgb(0x14171A, 225);
    p.route = rgb(0x6FB1F2), p.other_route = rgb(0x7F8E9B), p.route_halo = rgb(0x0D1114, 220);
    p.closure = rgb(0xFF8A80);
    p.service_area = {rgb(0x6FA6BC), rgb(0xA58FB8), rgb(0xB4A36C), rgb(0x7FAE86)};
    p.frame = rgb(0xAAB3BB);
    return p;
}

float road_width_px(roads::RoadClass road_class, double metres_per_px, float scale) {
    const auto& width = road_widths[static_cast<std::size_t>(road_class)];
    const auto true_px = static_cast<float>(width.true_m / metres_per_px);
    if (metres_per_px >= stops_m_per_px.front()) return width.px.front() * scale;
    for (std::size_t i = 1; i < stops_m_per_px.size(); ++i) {
        if (metres_per_px < stops_m_per_px[i]) continue;
        const double t = std::log2(stops_m_per_px[i - 1] / metres_per_px) /
                         std::log2(stops_m_per_px[i - 1] / stops_m_per_px[i]);
        const float from = width.px[i - 1], to = width.px[i];
        return std::max(true_px, scale * (from + (to - from) * static_cast<float>(t)));
    }
    return std::max(true_px, width.px.back() * scale);
}

void plan_ground(const Ground& ground, const Camera& camera, const MapPalette& palette,
                 float scale, const std::array<Run, 3>& reach, PaintPlan& out) {
    out.clear();
    Planner planner(ground, camera, palette, scale, out);
    planner.areas();
    planner.roads();
    planner.reach(reach);
}

}  // namespace jedel::console
