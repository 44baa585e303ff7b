#pragma once
// Colours, fonts and shapes. A calm grey ground; colour only for what is abnormal, and never
// colour alone: urgency is numeral + shape + colour (ISO 22324, ISA-101).

#include <cstdint>
#include <string>

#include <imgui.h>

#include "base/names.h"
#include "base/result.h"
#include "triage/category.h"

namespace jedel::console {

enum class ThemeKind : std::uint8_t { light, dark };

/// Colours as ImGui packs them.
struct Theme {
    ThemeKind kind = ThemeKind::light;
    ImU32 ground = 0;        ///< behind everything
    ImU32 panel = 0;         ///< a panel's own ground
    ImU32 raised = 0;        ///< headers, fields
    ImU32 line = 0;
    ImU32 text = 0;
    ImU32 dim = 0;           ///< second-rank text, still at least 4.5 : 1 on the panel
    ImU32 chosen = 0;        ///< ground of the selected row
    ImU32 focus = 0;         ///< frame of what the keyboard acts on
    ImU32 alarm = 0;         ///< text and shape of lateness and refusals
    ImU32 alarm_ground = 0;
    ImU32 notice = 0;        ///< warnings that can wait
    ImU32 good = 0;          ///< "within the target", used sparingly
    ImU32 urgency[5] = {};       ///< ground of a mark, by category
    ImU32 urgency_ink[5] = {};   ///< numeral on it
    static Theme of(ThemeKind kind);
};

/// The four sizes of type. Owned by ImGui's atlas.
struct Fonts {
    ImFont* text = nullptr;
    ImFont* bold = nullptr;
    ImFont* small = nullptr;
    ImFont* large = nullptr;
    float px = 0;  ///< size of `text`
};

/// Fills the atlas of the current context with Noto Sans at `px`: Latin, Cyrillic with the
/// Kazakh letters, № — … and arrows. `folder` holds NotoSans-Regular.ttf and its siblings.
Result<Fonts> load_fonts(const std::string& folder, float px);
/// Where Debian's fonts-noto-core puts them, or $JEDEL_FONTS.
std::string font_folder();

/// Sets ImGui's own colours and paddings from the theme.
void apply_style(const Theme& theme, float px);

/// Size of type for a window: 15 px at 720 lines and below, 18 at 1080, growing with it.
float font_px_for(int window_height_px, float content_scale);

/// Octagon 1, triangle 2, square 3, circle 4, a dashed ring for none; numeral inside.
void draw_urgency(ImDrawList& list, ImVec2 centre, float radius, triage::Category category,
                  const Theme& theme, ImFont* numeral);
/// A filled diamond: the shape of lateness.
void draw_late(ImDrawList& list, ImVec2 centre, float radius, ImU32 colour);

}  // namespace jedel::console

template <>
struct jedel::EnumNames<jedel::console::ThemeKind> {
    static constexpr std::array<std::string_view, 2> names{"light", "dark"};
};
