#pragma once
// What a widget draws with, and who among the text fields has the keyboard. Widgets know nothing
// of rooms, calls or roads.

#include "console/theme/theme.h"
#include "console/widgets/recorder.h"

namespace jedel::console {

/// Colours, type and scale of one frame. References live for the frame.
struct Brush {
    const Theme& theme;
    const Fonts& fonts;
    Recorder* recorder;  ///< null outside tests and screenshots
    float unit;          ///< one pixel of the 15-pixel design
};

/// Where the text keyboard is; kept in step by `text_field`.
struct TextFocus {
    bool moved = false;        ///< the keyboard asks for a field, ImGui has not followed yet
    bool text_active = false;  ///< a text field has the keyboard
    bool waiting = false;      ///< a field was asked for and ImGui has not followed yet
};

}  // namespace jedel::console
