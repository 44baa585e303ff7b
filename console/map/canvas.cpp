#include "console/map/canvas.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <imgui_internal.h>

namespace jedel::console {

namespace {

/// Calls `f(glyph, x)` for every letter, `x` from the start of the line at the font's own size.
template <class F>
float each_letter(const ImFont& font, std::string_view text, F f) {
    float x = 0;
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end) {
        unsigned int letter = 0;
        const int bytes = ImTextCharFromUtf8(&letter, at, end);
        if (bytes <= 0) break;
        at += bytes;
        const ImFontGlyph* glyph = font.FindGlyph(static_cast<ImWchar>(letter));
        if (glyph == nullptr) continue;
        f(*glyph, x);
        x += glyph->AdvanceX;
    }
    return x;
}

constexpr std::size_t longest_label = 96;  // letters; what is longer is cut

/// A letter's corners on the screen, clockwise from the upper left.
struct Letter {
    ImVec2 corner[4];
    ImVec2 uv_low, uv_high;
};

void add_letters(ImDrawList& list, std::span<const Letter> letters, ImVec2 off, ImU32 colour) {
    const auto count = static_cast<int>(letters.size());
    list.PrimReserve(count * 6, count * 4);
    for (const Letter& l : letters) {
        const auto p = [&](int i) { return ImVec2{l.corner[i].x + off.x, l.corner[i].y + off.y}; };
        list.PrimQuadUV(p(0), p(1), p(2), p(3), l.uv_low, {l.uv_high.x, l.uv_low.y}, l.uv_high,
                        {l.uv_low.x, l.uv_high.y}, colour);
    }
}

}  // namespace

Type type_of(LabelKind kind, const Fonts& fonts) {
    const float small = fonts.small->FontSize;
    switch (kind) {
        case LabelKind::district: return {fonts.bold, fonts.bold->FontSize};
        case LabelKind::organisation:
        case LabelKind::street: return {fonts.small, small, fonts.large};
        case LabelKind::small_street: return {fonts.small, small * 0.94F, fonts.text};
        case LabelKind::landmark: return {fonts.small, small * 0.94F};
        case LabelKind::house: return {fonts.small, small * 0.82F};
    }
    return {fonts.small, small};
}

ImVec2 text_size(Type type, std::string_view text) {
    if (type.turned != nullptr) {  // room for either face
        const ImVec2 level = text_size({type.font, type.px}, text);
        return {std::max(level.x, text_size({type.turned, type.px}, text).x), type.px};
    }
    const float width = each_letter(*type.font, text, [](const ImFontGlyph&, float) {});
    return {width * type.px / type.font->FontSize, type.px};
}

void draw_text(ImDrawList& list, Type type, ImVec2 middle, float angle, std::string_view text,
               ImU32 colour, ImU32 halo) {
    if (angle != 0 && type.turned != nullptr) type.font = type.turned;
    type.turned = nullptr;
    std::array<Letter, longest_label> letters;
    std::size_t count = 0;
    const float k = type.px / type.font->FontSize;
    const ImVec2 size = text_size(type, text);
    const float c = std::cos(angle), s = -std::sin(angle);  // the screen's y points down
    if (angle == 0) {  // level text stands on whole pixels
        middle.x = std::floor(middle.x - size.x / 2) + size.x / 2;
        middle.y = std::floor(middle.y - size.y / 2) + size.y / 2;
    }
    each_letter(*type.font, text, [&](const ImFontGlyph& g, float x) {
        if (g.Visible == 0 || count == letters.size()) return;
        const float l = (x + g.X0) * k - size.x / 2, r = (x + g.X1) * k - size.x / 2;
        const float t = g.Y0 * k - size.y / 2, b = g.Y1 * k - size.y / 2;
        const auto turn = [&](float px, float py) {
            return ImVec2{middle.x + px * c - py * s, middle.y + px * s + py * c};
        };
        letters[count++] = {{turn(l, t), turn(r, t), turn(r, b), turn(l, b)}, {g.U0, g.V0},
                            {g.U1, g.V1}};
    });
    const std::span<const Letter> drawn(letters.data(), count);
    if (drawn.empty()) return;
    if ((halo & IM_COL32_A_MASK) != 0) {
        const float d = std::max(1.0F, type.px / 12), e = d * 0.7F;
        for (const ImVec2 off : {ImVec2{-e, -e}, ImVec2{e, -e}, ImVec2{-e, e}, ImVec2{e, e},
                                 ImVec2{-d, 0}, ImVec2{d, 0}, ImVec2{0, -d}, ImVec2{0, d}}) {
            add_letters(list, drawn, off, halo);
        }
    }
    add_letters(list, drawn, {0, 0}, colour);
}

void draw_labels(const Canvas& canvas, const std::vector<Label>& labels) {
    for (const Label& label : labels) {
        ImVec2 at = canvas.at(label.at);
        if (label.down_px > 0) at.y += label.down_px + label.height_px / 2;
        const auto& p = *canvas.palette;
        const bool faint = label.kind == LabelKind::house || label.kind == LabelKind::landmark;
        const ImU32 colour = faint ? canvas.theme->dim : p.label;
        draw_text(*canvas.list, type_of(label.kind, *canvas.fonts), at, label.angle, label.text,
                  colour, p.halo);
    }
}

}  // namespace jedel::console
