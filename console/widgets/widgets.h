#pragma once
// The few widgets panels are made of. Words of the program (labels) must fit their box and are
// recorded when they do not; values from outside are shortened with an ellipsis.

#include <functional>
#include <string>
#include <string_view>

#include "console/widgets/brush.h"

namespace jedel::console {

enum class Align : std::uint8_t { left, centre, right };

/// How a text is set.
struct Ink {
    ImFont* font = nullptr;  ///< nullptr = the ordinary one
    ImU32 colour = 0;        ///< 0 = the theme's text
    Align align = Align::left;
    bool value = false;      ///< may be shortened
};

/// Width in pixels on one line.
float text_width(const Brush& view, std::string_view text, ImFont* font = nullptr);
/// Height of a line of that font.
float line_height(const Brush& view, ImFont* font = nullptr);

/// One line, centred vertically in the box. Returns the width it took.
float text(const Brush& view, const Box& box, std::string_view words, const Ink& ink = {});
/// Wrapped at spaces from the top of the box; cuts what it took off the box.
void paragraph(const Brush& view, Box& box, std::string_view words, const Ink& ink = {});
/// Height that `paragraph` would take in that width.
float paragraph_height(const Brush& view, float width, std::string_view words,
                       ImFont* font = nullptr);

void fill(const Box& box, ImU32 colour);
void frame(const Box& box, ImU32 colour, float thickness = 1);
void rule_below(const Brush& view, const Box& box);

/// True when the left button went down inside, in the present window. Recorded under `name`.
bool clicked(const Brush& view, const Box& box, std::string_view name);

/// A button with its key beside the words.
bool button(const Brush& view, const Box& box, std::string_view words, std::string_view key,
            bool strong = false);
/// Width `button` needs.
float button_width(const Brush& view, std::string_view words, std::string_view key);

/// A one-line text field. `focused` asks for the keyboard; true in `left` when it was edited and
/// the keyboard has gone elsewhere.
struct FieldResult {
    bool active = false;   ///< has the keyboard
    bool changed = false;  ///< its text changed in this frame
    bool left = false;     ///< edited and now left
};
FieldResult text_field(const Brush& view, TextFocus& focus, const Box& box, const char* id,
                       std::string& value, bool focused, std::string_view hint = {});

/// A region that scrolls; rows have one height. Calls `row(index, box)` for the visible ones.
struct RowList {
    const char* id = "";
    float row_height = 0;
    int count = 0;
    int keep_visible = -1;  ///< scrolled to, when given
};
void row_list(const Brush& view, const Box& box, const RowList& list,
              const std::function<void(int, const Box&)>& row);

/// A header of a panel: words, and the key that leads there.
Box header(const Brush& view, Box& box, std::string_view words, std::string_view key, bool focused);

}  // namespace jedel::console
