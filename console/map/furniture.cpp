#include "console/map/furniture.h"

#include <array>
#include <cmath>

namespace jedel::console {

namespace {

constexpr float edge_px = 10;

ImVec2 corner(const Canvas& c) {
    return {c.origin.x + static_cast<float>(c.camera->width()),
            c.origin.y + static_cast<float>(c.camera->height())};
}

Type small_type(const Canvas& c) { return {c.fonts->small, c.fonts->small->FontSize}; }

void add_line(std::string& text, std::string_view line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

std::string brigade_hint(const MapBrigade& b, const Texts& texts) {
    std::string out{b.label};
    add_line(out, b.hint);
    add_line(out, b.fix_age_s ? texts("map.fix_age", {age_text(*b.fix_age_s, texts)})
                              : std::string{texts("map.no_fix")});
    if (b.fix_age_s && is_old(b)) {
        const double r = b.radius_m > 0 ? b.radius_m : radius_of_uncertainty_m(b);
        // Two figures are all that such a radius deserves.
        const double digit = std::pow(10, std::floor(std::log10(std::max(r, 1.0))) - 1);
        add_line(out, texts("map.within", {length_text(std::round(r / digit) * digit, texts)}));
    }
    return out;
}

}  // namespace

double scale_bar_m(double metres_per_px, float longest_px) {
    const double longest = metres_per_px * longest_px;
    const double power = std::pow(10, std::floor(std::log10(longest)));
    for (const double n : {5.0, 2.0}) {
        if (n * power <= longest) return n * power;
    }
    return power;
}

std::string length_text(double metres, const Texts& texts) {
    const bool far = metres >= 1000;
    const double value = far ? metres / 1000 : metres;
    std::array<char, 32> text{};
    const bool whole = std::abs(value - std::round(value)) < 0.05;
    std::snprintf(text.data(), text.size(), whole || !far ? "%.0f" : "%.1f", value);
    return texts.number(text.data()) + " " +
           std::string{texts(far ? "map.kilometres" : "map.metres")};
}

std::string age_text(double seconds, const Texts& texts) {
    const bool brief = seconds < 120;
    const auto value = static_cast<long>(brief ? seconds : seconds / 60);
    return std::to_string(value) + " " + std::string{texts(brief ? "map.seconds" : "map.minutes")};
}

std::string attribution_text(const City& city, const Texts& texts) {
    if (city.made_up) return std::string{texts("map.made_up")};
    std::string out = city.attribution;
    const auto add = [&](std::string_view more) {
        if (!out.empty()) out += " · ";
        out += more;
    };
    if (!city.extract_date.empty()) add(texts("map.extract_of", {city.extract_date}));
    return out;
}

std::optional<MapButton> draw_buttons(const Canvas& c, ImVec2 pointer) {
    const float side = 24 * c.scale, gap = 3 * c.scale;
    const float x = corner(c).x - (edge_px * c.scale + side);
    std::optional<MapButton> under;
    for (int i = 0; i < 3; ++i) {
        const ImVec2 low{x, c.origin.y + edge_px * c.scale + static_cast<float>(i) * (side + gap)};
        const ImVec2 high{low.x + side, low.y + side}, m{low.x + side / 2, low.y + side / 2};
        const bool hot = pointer.x >= low.x && pointer.x < high.x && pointer.y >= low.y &&
                         pointer.y < high.y;
        if (hot) under = static_cast<MapButton>(i);
        c.list->AddRectFilled(low, high, hot ? c.theme->chosen : c.theme->raised, 4 * c.scale);
        c.list->AddRect(low, high, c.theme->line, 4 * c.scale);
        const float r = 6 * c.scale, w = 1 * c.scale;
        const ImU32 ink = c.theme->text;
        if (i < 2) c.list->AddRectFilled({m.x - r, m.y - w}, {m.x + r, m.y + w}, ink);
        if (i == 0) c.list->AddRectFilled({m.x - w, m.y - r}, {m.x + w, m.y + r}, ink);
        if (i == 2) {  // four corners: all of it
            for (const float sx : {-1.0F, 1.0F}) {
                for (const float sy : {-1.0F, 1.0F}) {
                    const ImVec2 p{m.x + sx * r, m.y + sy * r};
                    c.list->AddLine(p, {p.x - sx * r * 0.7F, p.y}, ink, 2 * w);
                    c.list->AddLine(p, {p.x, p.y - sy * r * 0.7F}, ink, 2 * w);
                }
            }
        }
    }
    return under;
}

void draw_scale_bar(const Canvas& c, const Texts& texts) {
    const double metres = scale_bar_m(c.camera->metres_per_px(), 130 * c.scale);
    const float length = c.px(metres), rise = 5 * c.scale;
    const ImVec2 low{c.origin.x + (edge_px + 22) * c.scale, corner(c).y - edge_px * c.scale};
    const auto bar = [&](ImU32 colour, float thick) {
        const std::array<ImVec2, 4> p{{{low.x, low.y - rise}, low, {low.x + length, low.y},
                                       {low.x + length, low.y - rise}}};
        c.list->AddPolyline(p.data(), 4, colour, 0, thick);
    };
    bar(c.palette->halo, 4.5F * c.scale);
    bar(c.palette->frame, 1.8F * c.scale);
    draw_text(*c.list, small_type(c), {low.x + length / 2, low.y - 11 * c.scale}, 0,
              length_text(metres, texts), c.palette->label, c.palette->halo);
    // North: an arrow and its letter, left of the bar.
    const ImVec2 n{c.origin.x + (edge_px + 6) * c.scale, low.y - 2 * c.scale};
    const float r = 4.5F * c.scale;
    const std::array<ImVec2, 4> arrow{{{n.x, n.y - 3 * r}, {n.x + r, n.y}, {n.x, n.y - r * 0.8F},
                                       {n.x - r, n.y}}};
    c.list->AddTriangleFilled(arrow[0], arrow[1], arrow[2], c.palette->frame);
    c.list->AddTriangleFilled(arrow[0], arrow[2], arrow[3], c.palette->frame);
    draw_text(*c.list, small_type(c), {n.x, n.y - 3 * r - 8 * c.scale}, 0, texts("map.north"),
              c.palette->label, c.palette->halo);
}

void draw_attribution(const Canvas& c, const std::string& text) {
    if (text.empty()) return;
    const Type type{c.fonts->small, std::floor(c.fonts->small->FontSize * 0.9F)};
    const ImVec2 size = text_size(type, text);
    const ImVec2 high = corner(c);
    const ImVec2 low{high.x - size.x - 10 * c.scale, high.y - size.y - 4 * c.scale};
    c.list->AddRectFilled(low, high, c.palette->halo);
    draw_text(*c.list, type, {(low.x + high.x) / 2, (low.y + high.y) / 2}, 0, text,
              c.palette->label, 0);
}

void draw_note(const Canvas& c, const std::string& text) {
    const Type type{c.fonts->text, c.fonts->text->FontSize};
    const ImVec2 size = text_size(type, text);
    const ImVec2 m{c.origin.x + static_cast<float>(c.camera->width()) / 2,
                   c.origin.y + 12 * c.scale + size.y / 2};
    const float half = size.x / 2 + 10 * c.scale, rise = size.y / 2 + 4 * c.scale;
    c.list->AddRectFilled({m.x - half, m.y - rise}, {m.x + half, m.y + rise}, c.theme->raised,
                          4 * c.scale);
    c.list->AddRect({m.x - half, m.y - rise}, {m.x + half, m.y + rise}, c.theme->line,
                    4 * c.scale);
    draw_text(*c.list, type, m, 0, text, c.theme->text, 0);
}

void draw_legend(const Canvas& c, const MapInput& input) {
    if (input.reach_lines.empty()) return;
    const Type type = small_type(c);
    const float row = type.px * 1.3F, pad = 7 * c.scale, swatch = 16 * c.scale;
    const bool coloured = input.reach != nullptr && !input.reach->empty();
    std::array<std::string, 3> minutes;
    float wide = 0, bands = 0;
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        minutes[i] = std::to_string(static_cast<int>(input.reach_minutes[i]));
        bands += swatch + text_size(type, minutes[i]).x + 12 * c.scale;
    }
    for (const auto& line : input.reach_lines) wide = std::max(wide, text_size(type, line).x);
    if (coloured) wide = std::max(wide, bands);
    const auto rows = static_cast<float>(input.reach_lines.size() + (coloured ? 1 : 0));
    const ImVec2 low{c.origin.x + edge_px * c.scale, c.origin.y + edge_px * c.scale};
    const ImVec2 high{low.x + wide + 2 * pad, low.y + rows * row + 2 * pad};
    c.list->AddRectFilled(low, high, c.theme->raised, 4 * c.scale);
    c.list->AddRect(low, high, c.theme->line, 4 * c.scale);
    float y = low.y + pad + row / 2;
    const auto put = [&](float x, std::string_view text) {
        const float half = text_size(type, text).x / 2;
        draw_text(*c.list, type, {x + half, y}, 0, text, c.theme->text, 0);
        return 2 * half;
    };
    for (std::size_t i = 0; i < input.reach_lines.size(); ++i) {
        put(low.x + pad, input.reach_lines[i]);
        y += row;
        if (i > 0 || !coloured) continue;
        float x = low.x + pad;  // the colours stand below the title
        for (std::size_t band = 0; band < minutes.size(); ++band) {
            c.list->AddRectFilled({x, y - 3 * c.scale}, {x + swatch, y + 3 * c.scale},
                                  c.palette->reach[band]);
            x += swatch + 4 * c.scale;
            x += put(x, minutes[band]) + 8 * c.scale;
        }
        y += row;
    }
}

void draw_crosshair(const Canvas& c) {
    const ImVec2 m{c.origin.x + static_cast<float>(c.camera->width()) / 2,
                   c.origin.y + static_cast<float>(c.camera->height()) / 2};
    const float near = 4 * c.scale, far = 13 * c.scale;
    for (const auto& [width, colour] : {std::pair{4.0F, c.palette->halo},
                                        std::pair{1.6F, c.palette->frame}}) {
        for (const float s : {-1.0F, 1.0F}) {
            c.list->AddLine({m.x + s * near, m.y}, {m.x + s * far, m.y}, colour, width * c.scale);
            c.list->AddLine({m.x, m.y + s * near}, {m.x, m.y + s * far}, colour, width * c.scale);
        }
    }
}

std::string hint_text(const MarkHit& hit, const MapInput& input, const City* city) {
    const Texts& texts = *input.texts;
    std::string out;
    switch (hit.kind) {
        case MarkHit::Kind::call: {
            const MapCall& call = input.calls[hit.index];
            out = call.label;
            add_line(out, call.hint);
            if (call.approximate) add_line(out, texts("map.approximate"));
            if (hit.hidden > 0) add_line(out, texts("map.more", {std::to_string(hit.hidden)}));
            break;
        }
        case MarkHit::Kind::brigade: return brigade_hint(input.brigades[hit.index], texts);
        case MarkHit::Kind::organisation:
            if (city != nullptr) {
                const auto& o = city->organisations.all[hit.index];
                out = texts.of(o);
                add_line(out, texts.of("map.organisation", o.kind));
            }
            break;
    }
    return out;
}

}  // namespace jedel::console
