#include "console/widgets/input.h"

#include <algorithm>

namespace jedel::console {

namespace {
constexpr int first_modifier = 340;  // GLFW_KEY_LEFT_SHIFT and the keys after it
}

void InputQueue::key_down(Key key, int mods) {
    if (key == Key::none) return;
    events_.push_back({Event::down, key, mods, 0});
    held_.push_back(key);
}

void InputQueue::key_repeat(Key key, int mods) {
    // ImGui's own repeat is off: a repeat is a release and a new press.
    key_up(key, mods);
    key_down(key, mods);
    if (key != Key::none) events_.back().repeated = true;
}

void InputQueue::key_up(Key key, int mods) {
    if (key == Key::none) return;
    events_.push_back({Event::up, key, mods, 0});
    std::erase(held_, key);
}

void InputQueue::character(unsigned int codepoint) {
    events_.push_back({Event::character, Key::none, 0, codepoint});
}

void InputQueue::release_all() {
    for (const Key key : std::vector<Key>{held_}) key_up(key, no_mods);
}

bool InputQueue::text_is_next() const {
    auto next = std::find_if(events_.begin(), events_.end(),
                             [](const Event& event) { return event.kind != Event::up; });
    // A press stands before the character it gives.
    if (next != events_.end() && next->kind == Event::down) ++next;
    return next != events_.end() && next->kind == Event::character && next->codepoint > U' ';
}

void InputQueue::feed(ImGuiIO& io, KeyPresses& presses) {
    presses.clear();
    bool pressed = false;
    bool released = false;
    while (!events_.empty()) {
        const Event event = events_.front();
        const auto slot = static_cast<std::size_t>(event.key);
        if (event.kind == Event::up) {
            if (pressed) return;  // the press must be seen for one frame
            if (slot < std::size(io.KeysDown)) io.KeysDown[slot] = false;
            released = true;
        } else if (event.kind == Event::down) {
            // A frame without the key lies between a release and the next press.
            if (pressed || released) return;
            if (slot < std::size(io.KeysDown)) io.KeysDown[slot] = true;
            if (static_cast<int>(event.key) < first_modifier) {
                const KeyPress press{event.key, event.mods & (shift | ctrl | alt)};
                if (!event.repeated || repeats(press)) presses.add(press);
                pressed = true;
            }
        } else {
            io.AddInputCharacter(event.codepoint);
            // A character that was typed is text whatever is still held (AltGr, a late release).
            io.KeyCtrl = io.KeyAlt = false;
        }
        if (event.kind != Event::character) {
            io.KeyCtrl = (event.mods & ctrl) != 0;
            io.KeyShift = (event.mods & shift) != 0;
            io.KeyAlt = (event.mods & alt) != 0;
        }
        events_.pop_front();
    }
}

void InputQueue::map_keys(ImGuiIO& io) {
    std::fill(std::begin(io.KeyMap), std::end(io.KeyMap), -1);
    const auto map = [&](ImGuiKey slot, int code) { io.KeyMap[slot] = code; };
    map(ImGuiKey_LeftArrow, static_cast<int>(Key::left));
    map(ImGuiKey_RightArrow, static_cast<int>(Key::right));
    map(ImGuiKey_Home, static_cast<int>(Key::home));
    map(ImGuiKey_End, static_cast<int>(Key::end));
    map(ImGuiKey_Delete, static_cast<int>(Key::del));
    map(ImGuiKey_Backspace, static_cast<int>(Key::backspace));
    map(ImGuiKey_A, static_cast<int>(Key::a));
    map(ImGuiKey_C, static_cast<int>(Key::c));
    map(ImGuiKey_V, static_cast<int>(Key::v));
    map(ImGuiKey_X, static_cast<int>(Key::x));
    map(ImGuiKey_Y, static_cast<int>(Key::y));
    map(ImGuiKey_Z, static_cast<int>(Key::z));
    // Far beyond any press: repeats come as presses of their own.
    io.KeyRepeatDelay = 3600;
    io.KeyRepeatRate = 3600;
}

}  // namespace jedel::console
