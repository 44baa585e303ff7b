#include "console/widgets/widgets.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

namespace jedel::console {

namespace {

ImFont* font_of(const Brush& view, ImFont* font) { return font ? font : view.fonts.text; }

ImVec2 at(float x, float y) { return {std::floor(x), std::floor(y)}; }

constexpr std::string_view ellipsis = "…";

}  // namespace

float text_width(const Brush& view, std::string_view words, ImFont* font) {
    ImFont* f = font_of(view, font);
    return f->CalcTextSizeA(f->FontSize, FLT_MAX, 0, words.data(), words.data() + words.size()).x;
}

float line_height(const Brush& view, ImFont* font) {
    return std::ceil(font_of(view, font)->FontSize * 1.25F);
}

float text(const Brush& view, const Box& box, std::string_view words, const Ink& ink) {
    if (words.empty() || box.width() <= 0) return 0;
    ImFont* font = font_of(view, ink.font);
    const ImU32 colour = ink.colour ? ink.colour : view.theme.text;
    const char* begin = words.data();
    const char* end = begin + words.size();
    float width = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, begin, end).x;
    const bool cut = width > box.width() + 0.5F;
    float tail = 0;
    if (cut) {
        tail = text_width(view, ellipsis, font);
        const char* stop = begin;
        width = font->CalcTextSizeA(font->FontSize, std::max(box.width() - tail, 1.0F), 0, begin,
                                    end, &stop)
                    .x;
        end = stop;
    }
    float x = box.x0;
    if (ink.align == Align::right) x = box.x1 - width - tail;
    if (ink.align == Align::centre) x = box.x0 + (box.width() - width - tail) / 2;
    const float y = box.y0 + (box.height() - font->FontSize) / 2 - font->FontSize * 0.02F;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddText(font, font->FontSize, at(x, y), colour, begin, end);
    if (cut) {
        list.AddText(font, font->FontSize, at(x + width, y), colour, ellipsis.data(),
                     ellipsis.data() + ellipsis.size());
    }
    if (view.recorder) view.recorder->add(words, box, cut && !ink.value);
    return width + tail;
}

float paragraph_height(const Brush& view, float width, std::string_view words, ImFont* font) {
    ImFont* f = font_of(view, font);
    const char* begin = words.data();
    const char* end = begin + words.size();
    int lines = 0;
    while (begin < end) {
        const char* stop = f->CalcWordWrapPositionA(1, begin, end, width);
        if (stop == begin) ++stop;
        ++lines;
        begin = stop;
        while (begin < end && *begin == ' ') ++begin;
    }
    return static_cast<float>(lines) * line_height(view, font);
}

void paragraph(const Brush& view, Box& box, std::string_view words, const Ink& ink) {
    if (words.empty()) return;
    ImFont* font = font_of(view, ink.font);
    const float step = line_height(view, ink.font);
    const char* begin = words.data();
    const char* end = begin + words.size();
    bool cut = false;
    const Box whole = box;
    while (begin < end) {
        if (box.height() < step - 1) {
            cut = true;
            break;
        }
        const char* stop = font->CalcWordWrapPositionA(1, begin, end, box.width());
        if (stop == begin) ++stop;
        const char* next = stop;
        while (next < end && *next == ' ') ++next;
        const bool last_line = box.height() < 2 * step - 1 && next < end;
        const Box line = box.cut_top(step);
        Brush quiet = view;
        quiet.recorder = nullptr;
        const char* line_end = last_line && ink.value ? end : stop;
        text(quiet, line, {begin, static_cast<std::size_t>(line_end - begin)},
             {font, ink.colour, ink.align, true});
        begin = line_end == end ? end : next;
    }
    if (view.recorder) view.recorder->add(words, whole, cut && !ink.value);
}

void fill(const Box& box, ImU32 colour) {
    ImGui::GetWindowDrawList()->AddRectFilled({box.x0, box.y0}, {box.x1, box.y1}, colour);
}

void frame(const Box& box, ImU32 colour, float thickness) {
    ImGui::GetWindowDrawList()->AddRect({box.x0 + 0.5F, box.y0 + 0.5F},
                                        {box.x1 - 0.5F, box.y1 - 0.5F}, colour, 0, 0, thickness);
}

void rule_below(const Brush& view, const Box& box) {
    ImGui::GetWindowDrawList()->AddLine({box.x0, box.y1}, {box.x1, box.y1}, view.theme.line);
}

bool clicked(const Brush& view, const Box& box, std::string_view name) {
    if (view.recorder) view.recorder->add(name, box);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    return box.holds(mouse.x, mouse.y) && ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
           ImGui::IsWindowHovered();
}

float button_width(const Brush& view, std::string_view words, std::string_view key) {
    // Wide enough for the strong form, so that a button does not change its size.
    float width = text_width(view, words, view.fonts.bold) + 17 * view.unit;
    if (!key.empty()) width += text_width(view, key, view.fonts.small) + 8 * view.unit;
    return std::ceil(width);
}

bool button(const Brush& view, const Box& box, std::string_view words, std::string_view key,
            bool strong) {
    fill(box, strong ? view.theme.chosen : view.theme.raised);
    frame(box, strong ? view.theme.focus : view.theme.line);
    Box inner = box.inset(7 * view.unit, 0);
    if (!key.empty()) {
        const float width = text_width(view, key, view.fonts.small);
        text(view, inner.cut_right(width + 1), key,
             {view.fonts.small, view.theme.dim, Align::right});
        inner.x1 -= 7 * view.unit;
    }
    text(view, inner, words, {strong ? view.fonts.bold : view.fonts.text});
    return clicked(view, box, std::string{"button:"}.append(words));
}

FieldResult text_field(const Brush& view, TextFocus& focus, const Box& box, const char* id,
                       std::string& value, bool focused, std::string_view hint) {
    ImGui::SetCursorScreenPos({box.x0, box.y0});
    ImGui::SetNextItemWidth(box.width());
    const float padding = std::floor((box.height() - view.fonts.text->FontSize) / 2);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(6 * view.unit, padding));
    ImGui::PushAllowKeyboardFocus(false);
    ImGui::PushID(id);
    const ImGuiID item = ImGui::GetID("##field");
    const bool was_active = ImGui::GetActiveID() == item;
    if (focused && !was_active) ImGui::SetKeyboardFocusHere();
    if (!focused && was_active && focus.moved) ImGui::ClearActiveID();
    const std::string hint_text{hint};
    FieldResult result;
    result.changed = ImGui::InputTextWithHint("##field", hint_text.c_str(), &value);
    result.active = ImGui::IsItemActive();
    if (result.active && !was_active && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        // A field taken up again goes on at its end; ImGui would select it whole, and the next
        // letter would wipe it out.
        if (ImGuiInputTextState* state = ImGui::GetInputTextState(item)) {
            state->Stb.cursor = state->CurLenW;
            state->ClearSelection();
        }
    }
    result.left = ImGui::IsItemDeactivatedAfterEdit();
    ImGui::PopID();
    ImGui::PopAllowKeyboardFocus();
    ImGui::PopStyleVar();
    if (result.active || focused) frame(box, view.theme.focus, 2);
    focus.waiting = focus.waiting || (focused && !result.active);
    focus.text_active = focus.text_active || result.active || focused;
    if (view.recorder) view.recorder->add(std::string{"field:"} + id, box);
    return result;
}

void row_list(const Brush& view, const Box& box, const RowList& list,
              const std::function<void(int, const Box&)>& row) {
    ImGui::SetCursorScreenPos({box.x0, box.y0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    ImGui::BeginChild(list.id, {box.width(), box.height()}, false, ImGuiWindowFlags_NoNav);
    const float total = static_cast<float>(list.count) * list.row_height;
    if (list.keep_visible >= 0) {
        const float top = static_cast<float>(list.keep_visible) * list.row_height;
        if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
        if (top + list.row_height > ImGui::GetScrollY() + box.height()) {
            ImGui::SetScrollY(top + list.row_height - box.height());
        }
    }
    const float bar = total > box.height() ? ImGui::GetStyle().ScrollbarSize : 0;
    const float scroll = ImGui::GetScrollY();
    const int first = std::max(0, static_cast<int>(scroll / list.row_height));
    const int last = std::min(
        list.count, static_cast<int>((scroll + box.height()) / list.row_height) + 1);
    for (int i = first; i < last; ++i) {
        const float y = box.y0 - scroll + static_cast<float>(i) * list.row_height;
        row(i, {box.x0, std::floor(y), box.x1 - bar, std::floor(y + list.row_height)});
    }
    ImGui::SetCursorPos({0, 0});
    ImGui::Dummy({1, total});
    ImGui::EndChild();
    ImGui::PopStyleVar(2);
    (void)view;
}

Box header(const Brush& view, Box& box, std::string_view words, std::string_view key,
           bool focused) {
    Box strip = box.cut_top(std::ceil(26 * view.unit));
    fill(strip, view.theme.raised);
    if (focused) {
        fill({strip.x0, strip.y0, strip.x0 + 4 * view.unit, strip.y1}, view.theme.focus);
    }
    rule_below(view, strip);
    Box inner = strip.inset(9 * view.unit, 0);
    const float width = text(view, inner, words, {view.fonts.bold});
    inner.x0 += width + 8 * view.unit;
    inner.x0 += text(view, inner, key, {view.fonts.small, view.theme.dim}) + 10 * view.unit;
    return inner;  // what is left of it, for the panel's own words
}

}  // namespace jedel::console
