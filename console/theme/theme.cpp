#include "console/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace jedel::console {

namespace {

constexpr ImU32 rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
    return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, alpha);
}

Theme light() {
    Theme t;
    t.kind = ThemeKind::light;
    t.ground = rgb(0xD5D8DB);
    t.panel = rgb(0xE6E8EA);
    t.raised = rgb(0xF4F5F6);
    t.line = rgb(0xB4B9BE);
    t.text = rgb(0x1D2328);
    t.dim = rgb(0x515A62);
    t.chosen = rgb(0xC6D2DD);
    t.focus = rgb(0x2F5D86);
    t.alarm = rgb(0xA3160F);
    t.alarm_ground = rgb(0xF3D9D5);
    t.notice = rgb(0x7A4B00);
    t.good = rgb(0x275E3C);
    t.urgency[0] = rgb(0xE6E8EA);
    t.urgency[1] = rgb(0xC4221A);
    t.urgency[2] = rgb(0xE8912D);
    t.urgency[3] = rgb(0xEBD873);
    t.urgency[4] = rgb(0xC3CAD0);
    t.urgency_ink[0] = t.dim;
    t.urgency_ink[1] = rgb(0xFFFFFF);
    for (int i = 2; i < 5; ++i) t.urgency_ink[i] = rgb(0x1D1D1B);
    return t;
}

Theme dark() {
    Theme t;
    t.kind = ThemeKind::dark;
    t.ground = rgb(0x15181B);
    t.panel = rgb(0x1E2226);
    t.raised = rgb(0x2A2F34);
    t.line = rgb(0x434A51);
    t.text = rgb(0xD9DDE1);
    t.dim = rgb(0xAAB3BA);
    t.chosen = rgb(0x31424F);
    t.focus = rgb(0x8ABBE0);
    t.alarm = rgb(0xFF8A80);
    t.alarm_ground = rgb(0x4A2523);
    t.notice = rgb(0xE3B25E);
    t.good = rgb(0x86C79C);
    t.urgency[0] = rgb(0x1E2226);
    t.urgency[1] = rgb(0xD0382F);
    t.urgency[2] = rgb(0xD98A2E);
    t.urgency[3] = rgb(0xCDB952);
    t.urgency[4] = rgb(0x7C868F);
    t.urgency_ink[0] = t.dim;
    t.urgency_ink[1] = rgb(0xFFFFFF);
    for (int i = 2; i < 5; ++i) t.urgency_ink[i] = rgb(0x101010);
    return t;
}

}  // namespace

Theme Theme::of(ThemeKind kind) { return kind == ThemeKind::light ? light() : dark(); }

float font_px_for(int window_height_px, float content_scale) {
    const float by_height = 15.0F + (static_cast<float>(window_height_px) - 720.0F) / 120.0F;
    return std::round(std::clamp(std::max(by_height, 15.0F * content_scale), 15.0F, 48.0F));
}

void apply_style(const Theme& t, float px) {
    ImGuiStyle style;
    const float unit = px / 15.0F;
    style.WindowPadding = ImVec2(8 * unit, 6 * unit);
    style.FramePadding = ImVec2(6 * unit, 3 * unit);
    style.ItemSpacing = ImVec2(6 * unit, 4 * unit);
    style.ItemInnerSpacing = ImVec2(4 * unit, 3 * unit);
    style.ScrollbarSize = 10 * unit;
    style.WindowRounding = style.ChildRounding = style.FrameRounding = 2 * unit;
    style.PopupRounding = style.ScrollbarRounding = 2 * unit;
    style.WindowBorderSize = style.ChildBorderSize = 0;
    style.FrameBorderSize = 1;
    const auto set = [&](ImGuiCol slot, ImU32 colour) {
        style.Colors[slot] = ImGui::ColorConvertU32ToFloat4(colour);
    };
    set(ImGuiCol_Text, t.text);
    set(ImGuiCol_TextDisabled, t.dim);
    set(ImGuiCol_WindowBg, t.ground);
    set(ImGuiCol_ChildBg, 0);  // lists lie on panels, which are filled already
    set(ImGuiCol_PopupBg, t.raised);
    set(ImGuiCol_Border, t.line);
    set(ImGuiCol_FrameBg, t.raised);
    set(ImGuiCol_FrameBgHovered, t.raised);
    set(ImGuiCol_FrameBgActive, t.raised);
    set(ImGuiCol_ScrollbarBg, t.panel);
    set(ImGuiCol_ScrollbarGrab, t.line);
    set(ImGuiCol_ScrollbarGrabHovered, t.dim);
    set(ImGuiCol_ScrollbarGrabActive, t.dim);
    set(ImGuiCol_Button, t.raised);
    set(ImGuiCol_ButtonHovered, t.chosen);
    set(ImGuiCol_ButtonActive, t.chosen);
    set(ImGuiCol_Header, t.chosen);
    set(ImGuiCol_HeaderHovered, t.chosen);
    set(ImGuiCol_HeaderActive, t.chosen);
    set(ImGuiCol_TextSelectedBg, t.chosen);
    set(ImGuiCol_Separator, t.line);
    ImGui::GetStyle() = style;
}

}  // namespace jedel::console
