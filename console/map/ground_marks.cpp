// Marks that lie on the ground: service areas, routes, closures, organisations.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "console/map/chains.h"
#include "console/map/label_sources.h"
#include "console/map/marks.h"

namespace jedel::console {

namespace {

constexpr double one_way_farthest_m_per_px = 1.6;
constexpr float pi = std::numbers::pi_v<float>;

/// A thick line with round joints: ImGui's own has spikes where a way turns back.
void draw_way(const Canvas& c, const std::vector<ImVec2>& way, ImU32 colour, float width) {
    std::size_t from = 0;
    for (std::size_t i = 1; i < way.size(); ++i) {
        bool sharp = false;
        if (i + 1 < way.size()) {
            const float ux = way[i].x - way[i - 1].x, uy = way[i].y - way[i - 1].y;
            const float vx = way[i + 1].x - way[i].x, vy = way[i + 1].y - way[i].y;
            sharp = ux * vx + uy * vy < 0.5F * std::hypot(ux, uy) * std::hypot(vx, vy);
        }
        if (!sharp && i + 1 < way.size()) continue;
        c.list->AddPolyline(way.data() + from, static_cast<int>(i - from + 1), colour, 0, width);
        if (sharp) c.list->AddCircleFilled(way[i], width / 2, colour);
        from = i;
    }
    for (const ImVec2 end : {way.front(), way.back()}) {
        c.list->AddCircleFilled(end, width / 2, colour);
    }
}

/// A way on the screen, without points closer than a pixel and a half.
template <class Points>
std::vector<ImVec2> on_screen(const Canvas& c, const Points& points) {
    std::vector<ImVec2> out;
    for (const auto& p : points) {
        const ImVec2 at = c.at(p);
        if (!out.empty() && std::hypot(at.x - out.back().x, at.y - out.back().y) < 1.5F) continue;
        out.push_back(at);
    }
    return out;
}

/// Whether any of a way may be seen.
bool may_be_seen(const Canvas& c, const std::vector<ImVec2>& way) {
    ImVec2 low = way.front(), high = way.front();
    for (const ImVec2 p : way) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const float margin = 12 * c.scale;
    return high.x >= c.origin.x - margin && high.y >= c.origin.y - margin &&
           low.x <= c.origin.x + static_cast<float>(c.camera->width()) + margin &&
           low.y <= c.origin.y + static_cast<float>(c.camera->height()) + margin;
}

ImU32 with_alpha(ImU32 colour, ImU32 alpha) {
    return (colour & ~IM_COL32_A_MASK) | alpha << IM_COL32_A_SHIFT;
}

void plate(const Canvas& c, ImVec2 at, float r, ImU32 fill, ImU32 edge, float rounding) {
    c.list->AddRectFilled({at.x - r, at.y - r}, {at.x + r, at.y + r}, fill, rounding);
    c.list->AddRect({at.x - r, at.y - r}, {at.x + r, at.y + r}, edge, rounding, 0,
                    1.2F * c.scale);
}

void cross(const Canvas& c, ImVec2 at, float r, float thick, ImU32 ink) {
    c.list->AddRectFilled({at.x - thick, at.y - r}, {at.x + thick, at.y + r}, ink);
    c.list->AddRectFilled({at.x - r, at.y - thick}, {at.x + r, at.y + thick}, ink);
}

void letter_h(const Canvas& c, ImVec2 at, float r, ImU32 ink) {
    const float w = r * 0.42F, x = r * 0.62F;
    c.list->AddRectFilled({at.x - x, at.y - r}, {at.x - x + w, at.y + r}, ink);
    c.list->AddRectFilled({at.x + x - w, at.y - r}, {at.x + x, at.y + r}, ink);
    c.list->AddRectFilled({at.x - x, at.y - w / 2}, {at.x + x, at.y + w / 2}, ink);
}

void shield(const Canvas& c, ImVec2 at, float r, ImU32 fill, ImU32 edge) {
    const std::array<ImVec2, 5> p{{{at.x - r * 0.85F, at.y - r}, {at.x + r * 0.85F, at.y - r},
                                   {at.x + r * 0.85F, at.y + r * 0.2F}, {at.x, at.y + r * 1.1F},
                                   {at.x - r * 0.85F, at.y + r * 0.2F}}};
    c.list->AddConvexPolyFilled(p.data(), 5, fill);
    c.list->AddPolyline(p.data(), 5, edge, ImDrawFlags_Closed, 1.3F * c.scale);
    cross(c, {at.x, at.y - r * 0.2F}, r * 0.12F, r * 0.12F, edge);
    c.list->AddCircleFilled({at.x, at.y - r * 0.15F}, r * 0.36F, edge, 5);
}

void plane(const Canvas& c, ImVec2 at, float r, ImU32 ink) {
    const auto tri = [&](ImVec2 p, ImVec2 q, ImVec2 s) {
        const auto on = [&](ImVec2 v) { return ImVec2{at.x + v.x * r, at.y + v.y * r}; };
        c.list->AddTriangleFilled(on(p), on(q), on(s), ink);
    };
    c.list->AddRectFilled({at.x - r * 0.13F, at.y - r * 0.75F}, {at.x + r * 0.13F, at.y + r * 0.8F},
                          ink, r * 0.12F);
    tri({0, -0.25F}, {0.9F, 0.35F}, {0, 0.2F});
    tri({0, -0.25F}, {0, 0.2F}, {-0.9F, 0.35F});
    tri({0, 0.5F}, {0.4F, 0.9F}, {0, 0.8F});
    tri({0, 0.5F}, {0, 0.8F}, {-0.4F, 0.9F});
}

void draw_icon(const Canvas& c, OrganisationKind kind, ImVec2 at) {
    const ImU32 paper = c.theme->raised, ink = c.palette->frame, dark = c.theme->text;
    const float s = c.scale;
    switch (kind) {
        case OrganisationKind::station:
            plate(c, at, 9 * s, dark, paper, 3 * s);
            cross(c, at, 5.6F * s, 1.9F * s, paper);
            break;
        case OrganisationKind::substation:
            plate(c, at, 7 * s, dark, paper, 2.5F * s);
            cross(c, at, 4.2F * s, 1.4F * s, paper);
            break;
        case OrganisationKind::hospital:
            plate(c, at, 7.5F * s, paper, ink, 2 * s);
            letter_h(c, at, 4.8F * s, dark);
            break;
        case OrganisationKind::polyclinic:
            c.list->AddCircleFilled(at, 6.5F * s, paper);
            c.list->AddCircle(at, 6.5F * s, ink, 0, 1.2F * s);
            cross(c, at, 3.6F * s, 1.1F * s, ink);
            break;
        case OrganisationKind::dispensary:
            c.list->AddCircleFilled(at, 6 * s, paper);
            c.list->AddCircle(at, 6 * s, ink, 0, 1.2F * s);
            c.list->AddCircle(at, 2.4F * s, ink, 0, 1.4F * s);
            break;
        case OrganisationKind::police: shield(c, at, 6.5F * s, paper, ink); break;
        case OrganisationKind::airfield:
            plate(c, at, 7.5F * s, paper, ink, 7.5F * s);
            plane(c, at, 5.6F * s, dark);
            break;
    }
}

}  // namespace

void draw_service_areas(const Canvas& c, const Organisations& organisations,
                        const std::vector<Triangles>& areas) {
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    for (std::size_t i = 0; i < areas.size() && i < organisations.all.size(); ++i) {
        const ImU32 colour = c.palette->service_area[i % c.palette->service_area.size()];
        const auto& t = areas[i];
        // Plain triangles: smooth edges would show as seams inside the area.
        for (std::size_t k = 0; k + 2 < t.indices.size(); k += 3) {
            c.list->PrimReserve(3, 3);
            for (std::size_t n = 0; n < 3; ++n) {
                c.list->PrimVtx(c.at(t.corners[t.indices[k + n]]), white, with_alpha(colour, 30));
            }
        }
        auto edge = on_screen(c, organisations.all[i].service_area);
        if (edge.size() < 3) continue;
        c.list->AddPolyline(edge.data(), static_cast<int>(edge.size()), with_alpha(colour, 190),
                            ImDrawFlags_Closed, 1.6F * c.scale);
    }
}

void draw_routes(const Canvas& c, const MapInput& input) {
    const auto& p = *c.palette;
    if (const auto other = on_screen(c, input.other_route); other.size() > 1) {
        draw_way(c, other, p.route_halo, 4.5F * c.scale);
        draw_way(c, other, p.other_route, 2.2F * c.scale);
    }
    if (const auto way = on_screen(c, input.route); way.size() > 1) {
        draw_way(c, way, p.route_halo, 8 * c.scale);
        draw_way(c, way, p.route, 4.6F * c.scale);
    }
}

void draw_closures(const Canvas& c, const roads::RoadMap& map,
                   std::span<const MapClosure> closures) {
    const float r = 7 * c.scale;
    const auto colour_of = [&](const MapClosure& closure) {
        return closure.closed ? c.theme->alarm : c.theme->notice;
    };
    std::vector<std::pair<ImVec2, const MapClosure*>> signs;
    for (const auto& closure : closures) {
        if (closure.segment >= map.segments.size()) continue;
        const auto way =
            on_screen(c, line_of(map, *c.projection, map.segments[closure.segment]));
        if (way.size() < 2 || !may_be_seen(c, way)) continue;
        draw_way(c, way, c.palette->halo, 7 * c.scale);
        draw_way(c, way, colour_of(closure), 3 * c.scale);
        const ImVec2 m{(way[way.size() / 2].x + way[(way.size() - 1) / 2].x) / 2,
                       (way[way.size() / 2].y + way[(way.size() - 1) / 2].y) / 2};
        // A long stretch is many segments: one sign for each 40 pixels says enough.
        const bool crowded = std::any_of(signs.begin(), signs.end(), [&](const auto& s) {
            return s.second->closed == closure.closed &&
                   std::hypot(s.first.x - m.x, s.first.y - m.y) < 40 * c.scale;
        });
        if (!crowded && c.sees(m, r)) signs.emplace_back(m, &closure);
    }
    for (const auto& [m, closure] : signs) {
        const ImU32 colour = colour_of(*closure);
        c.list->AddCircleFilled(m, r, c.theme->raised);
        c.list->AddCircle(m, r, colour, 0, 2 * c.scale);
        if (closure->closed) {  // no entry: a bar
            c.list->AddRectFilled({m.x - r * 0.55F, m.y - r * 0.2F},
                                  {m.x + r * 0.55F, m.y + r * 0.2F}, colour);
        } else {  // slow: an hourglass of two triangles
            const float h = r * 0.5F;
            c.list->AddTriangleFilled({m.x - h, m.y - h}, {m.x + h, m.y - h}, m, colour);
            c.list->AddTriangleFilled({m.x - h, m.y + h}, m, {m.x + h, m.y + h}, colour);
        }
    }
}

std::size_t draw_one_ways(const Canvas& c, const Ground& ground) {
    if (c.camera->metres_per_px() > one_way_farthest_m_per_px) return 0;
    std::vector<Run> runs;
    ground.runs(ground.one_way_tiles, c.camera->seen(), runs);
    std::size_t drawn = 0;
    const float half = 4.5F * c.scale, wing = 2.6F * c.scale;
    for (const Run run : runs) {
        for (std::uint32_t i = run.first; i < run.first + run.count; ++i) {
            const OneWay& way = ground.one_ways[i];
            const ImVec2 m = c.at(way.at);
            if (!c.sees(m, half)) continue;
            const ImVec2 u{way.along_x, -way.along_y};  // the screen's y goes down
            const ImVec2 tip{m.x + u.x * half, m.y + u.y * half};
            const ImVec2 back{m.x - u.x * half, m.y - u.y * half};
            c.list->AddLine(back, m, c.palette->frame, 1.3F * c.scale);
            c.list->AddTriangleFilled({m.x - u.y * wing, m.y + u.x * wing},
                                      {m.x + u.y * wing, m.y - u.x * wing}, tip,
                                      c.palette->frame);
            ++drawn;
        }
    }
    return drawn;
}

void draw_stretch(const Canvas& c, const roads::RoadMap& map,
                  std::span<const std::uint32_t> segments, bool closed) {
    const ImU32 colour = closed ? c.theme->alarm : c.theme->notice;
    std::vector<std::vector<ImVec2>> ways;
    for (const std::uint32_t segment : segments) {
        if (segment >= map.segments.size()) continue;
        auto way = on_screen(c, line_of(map, *c.projection, map.segments[segment]));
        if (way.size() > 1 && may_be_seen(c, way)) ways.push_back(std::move(way));
    }
    for (const auto& [width, ink] : {std::pair{11.0F, c.theme->focus}, {7.0F, c.palette->halo},
                                     {4.0F, colour}}) {
        for (const auto& way : ways) draw_way(c, way, ink, width * c.scale);
    }
}

void draw_organisations(const Canvas& c, const Organisations& organisations,
                        const MapInput& input, std::vector<MarkHit>& hits) {
    const auto draw_one = [&](std::uint32_t i, bool selected) {
        const auto& o = organisations.all[i];
        if ((input.selected_organisation == o.id) != selected) return;
        if (!selected && c.camera->metres_per_px() > icon_farthest_m_per_px(o.kind)) return;
        const ImVec2 at = c.at(o.place);
        if (!c.sees(at, 20 * c.scale)) return;
        draw_icon(c, o.kind, at);
        if (selected) c.list->AddCircle(at, 14 * c.scale, c.theme->text, 0, 2.2F * c.scale);
        hits.push_back({MarkHit::Kind::organisation, o.id.value, at, 8 * c.scale, 0, i, 0});
    };
    const auto count = static_cast<std::uint32_t>(organisations.all.size());
    for (std::uint32_t i = 0; i < count; ++i) draw_one(i, false);
    for (std::uint32_t i = 0; i < count; ++i) draw_one(i, true);
}

}  // namespace jedel::console
