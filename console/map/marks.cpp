#include "console/map/marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <unordered_map>

namespace jedel::console {

namespace {

constexpr float pi = std::numbers::pi_v<float>;

ImU32 faded(ImU32 colour, float share) {
    const auto alpha = static_cast<float>(colour >> IM_COL32_A_SHIFT & 255) * share;
    return (colour & ~IM_COL32_A_MASK) | static_cast<ImU32>(alpha) << IM_COL32_A_SHIFT;
}

void dashed_circle(ImDrawList& list, ImVec2 at, float radius, ImU32 colour, float thickness) {
    const int dashes = std::clamp(static_cast<int>(radius / 3), 8, 60);
    const float step = 2 * pi / static_cast<float>(dashes);
    for (int i = 0; i < dashes; ++i) {
        const float a = static_cast<float>(i) * step;
        list.PathArcTo(at, radius, a, a + step * 0.55F, 3);
        list.PathStroke(colour, 0, thickness);
    }
}

/// What a brigade is doing, as far as a look at the map must tell.
enum class Phase : std::uint8_t { free, asked, driving, at_patient, with_patient, away };

Phase phase_of(BrigadeStatus status) {
    switch (status) {
        case BrigadeStatus::free_at_base:
        case BrigadeStatus::returning: return Phase::free;
        case BrigadeStatus::sent: return Phase::asked;
        case BrigadeStatus::accepted:
        case BrigadeStatus::departed: return Phase::driving;
        case BrigadeStatus::on_scene: return Phase::at_patient;
        case BrigadeStatus::transporting:
        case BrigadeStatus::at_hospital:
        case BrigadeStatus::handed_over: return Phase::with_patient;
        case BrigadeStatus::unknown:
        case BrigadeStatus::off_shift:
        case BrigadeStatus::out_of_service: return Phase::away;
    }
    return Phase::away;
}

bool moves(BrigadeStatus status) {
    return status == BrigadeStatus::accepted || status == BrigadeStatus::departed ||
           status == BrigadeStatus::transporting || status == BrigadeStatus::returning;
}

struct Look {
    ImU32 fill, edge, ink;
    float rounding;  ///< share of half the height: 1 = round, 0.25 = nearly square
};

Look look_of(Phase phase, const Theme& t) {
    const bool dark = t.kind == ThemeKind::dark;
    const ImU32 on_fill = dark ? IM_COL32(14, 17, 20, 255) : IM_COL32(255, 255, 255, 255);
    switch (phase) {
        case Phase::free: return {t.good, on_fill, on_fill, 1};
        case Phase::asked: return {t.raised, t.focus, t.focus, 1};
        case Phase::driving: return {t.focus, on_fill, on_fill, 1};
        case Phase::at_patient: return {t.text, on_fill, on_fill, 0.3F};
        case Phase::with_patient: return {t.dim, on_fill, on_fill, 0.3F};
        case Phase::away: return {t.raised, t.dim, t.dim, 1};
    }
    return {t.raised, t.dim, t.dim, 1};
}

/// An arrow on the rim of a plate `2 half` wide and `2 radius` high.
void draw_heading(const Canvas& c, ImVec2 at, float half, float radius, double heading_deg,
                  ImU32 fill, ImU32 edge) {
    const float a = static_cast<float>(heading_deg) * pi / 180 - pi / 2;
    const float ux = std::cos(a), uy = std::sin(a);
    // The plate is a stadium: a straight middle of half - radius, round ends.
    const float middle = std::clamp(ux * half, radius - half, half - radius);
    const ImVec2 from{at.x + middle, at.y};
    const float base = radius * 0.9F, tip = radius + 7 * c.scale, wide = 5.2F * c.scale;
    const auto point = [&](float ahead, float aside) {
        return ImVec2{from.x + ux * ahead - uy * aside, from.y + uy * ahead + ux * aside};
    };
    const ImVec2 p = point(tip, 0), l = point(base, -wide), r = point(base, wide);
    c.list->AddTriangleFilled(p, l, r, fill);
    c.list->AddTriangle(p, l, r, edge, 1);
}

/// Gives back half the width of its plate.
float draw_brigade(const Canvas& c, const MapBrigade& b, std::string_view letter, ImVec2 at,
                   bool named) {
    const Phase phase = phase_of(b.status);
    const Theme& t = *c.theme;
    Look look = look_of(phase, t);
    const bool old = is_old(b);
    const float uncertain = c.px(b.radius_m > 0 ? b.radius_m : radius_of_uncertainty_m(b));
    if (old && b.fix_age_s && uncertain > 12 * c.scale) {
        c.list->AddCircleFilled(at, uncertain, faded(t.dim, 0.06F), 0);
        dashed_circle(*c.list, at, uncertain, faded(t.dim, 0.7F), 1.0F * c.scale);
    }
    const bool away = phase == Phase::away;
    const float radius = (away && !b.selected ? 6.5F : 9.0F) * c.scale;
    std::string text{letter};
    if (named && !b.label.empty()) text += ' ', text += b.label;
    const Type type{c.fonts->bold, std::floor((away ? 9.5F : 12.0F) * c.scale)};
    const float half =
        std::max(radius, named ? text_size(type, text).x / 2 + 6 * c.scale : radius);
    if (b.selected || b.candidate) {
        const float grow = (b.selected ? 4.5F : 3.0F) * c.scale;
        c.list->AddRect({at.x - half - grow, at.y - radius - grow},
                        {at.x + half + grow, at.y + radius + grow},
                        b.selected ? t.text : t.focus, radius + grow, 0,
                        (b.selected ? 2.2F : 1.6F) * c.scale);
    }
    if (b.heading_deg && !old && moves(b.status)) {
        draw_heading(c, at, half, radius, *b.heading_deg, look.fill, look.edge);
    }
    const float rounding = radius * look.rounding;
    const ImVec2 low{at.x - half, at.y - radius}, high{at.x + half, at.y + radius};
    if (old) {  // hollow: this is where it was
        c.list->AddRectFilled(low, high, faded(t.raised, 0.82F), rounding);
        look.ink = look.edge = phase == Phase::asked || away ? look.edge : look.fill;
    } else {
        c.list->AddRectFilled(low, high, look.fill, rounding);
    }
    c.list->AddRect(low, high, look.edge, rounding, 0, (old ? 1.8F : 1.4F) * c.scale);
    draw_text(*c.list, type, at, 0, text, look.ink, 0);
    if (phase == Phase::with_patient) {  // a small cross: the patient is on board
        const ImVec2 m{high.x - c.scale, low.y + c.scale};
        const float r = 4.6F * c.scale, w = 1.5F * c.scale;
        c.list->AddCircleFilled(m, r + 0.6F * c.scale, t.raised);
        c.list->AddCircle(m, r + 0.6F * c.scale, t.dim, 0, 1);
        c.list->AddRectFilled({m.x - w / 2, m.y - r * 0.7F}, {m.x + w / 2, m.y + r * 0.7F}, t.text);
        c.list->AddRectFilled({m.x - r * 0.7F, m.y - w / 2}, {m.x + r * 0.7F, m.y + w / 2}, t.text);
    }
    return half;
}

}  // namespace

const MarkHit* hit_test(const std::vector<MarkHit>& marks, ImVec2 point, float grace_px) {
    const MarkHit* near = nullptr;
    float best = grace_px;
    for (auto it = marks.rbegin(); it != marks.rend(); ++it) {
        const float straight = std::max(0.0F, it->half_width - it->radius);
        const float aside = std::max(0.0F, std::abs(it->middle.x - point.x) - straight);
        const float d = std::hypot(aside, it->middle.y - point.y) - it->radius;
        if (d <= 0) return &*it;
        if (d < best) best = d, near = &*it;
    }
    return near;
}

bool is_old(const MapBrigade& b) { return !b.fix_age_s || *b.fix_age_s > old_fix_s; }

double radius_of_uncertainty_m(const MapBrigade& b) {
    constexpr double tracker_m = 15;
    if (!b.fix_age_s) return 0;
    const double late_s = std::max(0.0, *b.fix_age_s - old_fix_s);
    return moves(b.status) ? std::min(2000.0, tracker_m + 11 * late_s)
                           : std::min(300.0, tracker_m + late_s);
}

void stack_calls(std::span<const MapCall> calls, const Canvas& canvas,
                 std::vector<ShownCall>& order) {
    order.clear();
    struct Seen {
        int rank;
        std::uint32_t call;
        Camera::Point at;
    };
    const auto rank = [](const MapCall& c) {
        const int urgency = c.category == Category::none ? 9 : static_cast<int>(c.category);
        return (c.selected ? 0 : 100) + urgency * 2 + (c.late ? 0 : 1);
    };
    std::vector<Seen> seen;
    seen.reserve(calls.size());
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        const Camera::Point at{canvas.projection->x(calls[i].place),
                               canvas.projection->y(calls[i].place)};
        if (canvas.sees(canvas.at(at), 20 * canvas.scale)) seen.push_back({rank(calls[i]), i, at});
    }
    std::sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) {
        return a.rank != b.rank ? a.rank < b.rank : a.call < b.call;
    });
    const double cell_m = LabelBook::band_metres_per_px(
                              LabelBook::band_of(canvas.camera->metres_per_px())) *
                          13 * canvas.scale;
    std::unordered_map<std::uint64_t, std::uint32_t> cells;
    cells.reserve(seen.size());
    for (const auto& one : seen) {
        const auto cell = [&](double v) {
            return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(v / cell_m)) &
                                              0xffffffff);
        };
        const auto key = cell(one.at.x) << 32 | cell(one.at.y);
        if (!calls[one.call].selected) {
            const auto [it, fresh] =
                cells.emplace(key, static_cast<std::uint32_t>(order.size()));
            if (!fresh) {
                ++order[it->second].hidden;
                continue;
            }
        }
        order.push_back({one.call, 0, one.at});
    }
    std::reverse(order.begin(), order.end());
}

void draw_calls(const Canvas& c, const MapInput& input, std::vector<ShownCall>& scratch,
                std::vector<MarkHit>& hits) {
    stack_calls(input.calls, c, scratch);
    const Theme& t = *c.theme;
    const bool named = c.camera->metres_per_px() < 5;
    for (const auto& shown : scratch) {
        const MapCall& call = input.calls[shown.call];
        const ImVec2 at = c.at(shown.at);
        const float r = (call.selected ? 11.5F : 9.5F) * c.scale;
        if (call.selected) {
            c.list->AddCircleFilled(at, r + 7 * c.scale, faded(t.raised, 0.9F));
            c.list->AddCircle(at, r + 7 * c.scale, t.text, 0, 2.2F * c.scale);
        } else {
            c.list->AddCircleFilled(at, r + 3 * c.scale, faded(t.raised, 0.75F));
        }
        if (call.approximate) dashed_circle(*c.list, at, r + 5 * c.scale, t.text, 1.4F * c.scale);
        draw_urgency(*c.list, at, r, call.category, t, c.fonts->bold);
        if (call.late) {
            const ImVec2 m{at.x + r, at.y - r};
            draw_late(*c.list, m, 6.5F * c.scale, t.raised);
            draw_late(*c.list, m, 5.0F * c.scale, t.alarm);
        }
        if (shown.hidden > 0) {
            const Type type{c.fonts->bold, std::floor(11 * c.scale)};
            const std::string more = "+" + std::to_string(shown.hidden);
            draw_text(*c.list, type, {at.x + r + 8 * c.scale, at.y + r * 0.8F}, 0, more, t.text,
                      c.palette->halo);
        }
        if ((named || call.selected) && !call.label.empty()) {
            const Type type{c.fonts->bold, c.fonts->small->FontSize};
            draw_text(*c.list, type, {at.x, at.y + r + (call.selected ? 16 : 11) * c.scale}, 0,
                      call.label, t.text, c.palette->halo);
        }
        hits.push_back({MarkHit::Kind::call, call.id.value, at, r, 0, shown.call, shown.hidden});
    }
}

void draw_brigades(const Canvas& c, const MapInput& input, std::vector<MarkHit>& hits) {
    const bool named = c.camera->metres_per_px() < 7;
    std::array<std::string_view, 4> letters;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        letters[i] = input.texts->of("map.kind", static_cast<BrigadeKind>(i));
    }
    const auto draw_all = [&](bool selected) {
        for (std::uint32_t i = 0; i < input.brigades.size(); ++i) {
            const auto& b = input.brigades[i];
            if ((b.selected || b.candidate) != selected) continue;
            const ImVec2 at = c.at(b.place);
            const float reach = std::max(40 * c.scale, c.px(radius_of_uncertainty_m(b)));
            if (!c.sees(at, reach)) continue;
            const auto letter = letters[static_cast<std::size_t>(b.kind)];
            const float half = draw_brigade(c, b, letter, at, named || selected);
            hits.push_back({MarkHit::Kind::brigade, b.id.value, at, 9 * c.scale, half, i, 0});
        }
    };
    draw_all(false);
    draw_all(true);
}

void draw_pin(const Canvas& c, LatLon place) {
    const ImVec2 at = c.at(place);
    const float r = 7 * c.scale;
    const ImVec2 head{at.x, at.y - 2.3F * r};
    const auto drop = [&](float grow, ImU32 colour) {
        c.list->PathArcTo(head, r + grow, pi * 0.85F, pi * 2.15F, 20);
        c.list->PathLineTo({at.x, at.y + grow * 1.5F});
        c.list->PathFillConvex(colour);
    };
    drop(2 * c.scale, c.theme->raised);
    drop(0, c.theme->text);
    c.list->AddCircleFilled(head, r * 0.42F, c.theme->raised);
}

}  // namespace jedel::console
