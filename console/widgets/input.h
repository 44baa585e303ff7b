#pragma once
// Keys and characters in the order they came. Dear ImGui 1.86 samples the state of keys once a
// frame, so a fast typist's Tab between two words would come too late and a short press would be
// lost. Here every press gets a frame of its own.

#include <array>
#include <deque>
#include <vector>

#include <imgui.h>

#include "console/keys.h"

namespace jedel::console {

/// Not thread-safe: filled by the window's callbacks, emptied by the frame loop.
class InputQueue {
public:
    void key_down(Key key, int mods);
    void key_repeat(Key key, int mods);
    void key_up(Key key, int mods);
    void character(unsigned int codepoint);
    /// All keys come up: the window lost the keyboard.
    void release_all();
    [[nodiscard]] bool empty() const { return events_.empty(); }
    /// The next thing that comes is a character other than a space.
    [[nodiscard]] bool text_is_next() const;
    /// Hands the next press with its characters to ImGui and to `presses` (cleared first).
    /// Call before NewFrame; while `empty()` is false another frame is due at once.
    void feed(ImGuiIO& io, KeyPresses& presses);
    /// Tells ImGui which of the keys it needs for editing text; Tab, Enter, Escape stay ours.
    static void map_keys(ImGuiIO& io);

private:
    struct Event {
        enum Kind { down, up, character } kind = down;
        Key key = Key::none;
        int mods = 0;
        unsigned int codepoint = 0;
        bool repeated = false;  ///< the key was down already
    };
    std::deque<Event> events_;
    std::vector<Key> held_;
};

}  // namespace jedel::console
