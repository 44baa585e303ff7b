#pragma once
// Every key of the console in one table: the palette, the help overlay and the README are made
// from it. Keys are physical (GLFW codes), so they work on any layout.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jedel::console {

/// Physical keys by their GLFW codes (GLFW/glfw3.h, "Keyboard keys").
enum class Key : int {
    none = -1, space = 32, comma = 44, minus = 45, period = 46, digit_0 = 48, digit_1 = 49,
    digit_9 = 57, equal = 61, a = 65, b = 66, c = 67, d = 68, e = 69, f = 70, g = 71, h = 72,
    i = 73, j = 74, k = 75, l = 76, m = 77, n = 78, o = 79, p = 80, q = 81, r = 82, s = 83,
    t = 84, u = 85, v = 86, w = 87, x = 88, y = 89, z = 90,
    escape = 256, enter = 257, tab = 258, backspace = 259, insert = 260, del = 261, right = 262,
    left = 263, down = 264, up = 265, page_up = 266, page_down = 267, home = 268, end = 269,
    f1 = 290, f2 = 291, f3 = 292, f4 = 293, f5 = 294, f6 = 295, f7 = 296, f8 = 297, f9 = 298,
    f10 = 299, f11 = 300, f12 = 301, pad_0 = 320, pad_9 = 329, pad_subtract = 333,
    pad_add = 334, pad_enter = 335
};

/// The digit of the main block.
constexpr Key digit_key(int digit) {
    return static_cast<Key>(static_cast<int>(Key::digit_0) + digit);
}

/// Bits as GLFW has them.
enum Mods : int { no_mods = 0, shift = 1, ctrl = 2, alt = 4 };

/// One press, in the order it came.
struct KeyPress {
    Key key = Key::none;
    int mods = no_mods;
    friend bool operator==(const KeyPress&, const KeyPress&) = default;
};

/// A key that is held down may go on moving; it never does a thing a second time.
bool repeats(const KeyPress& press);

/// The presses of one frame; a panel takes those that are its own.
class KeyPresses {
public:
    void add(KeyPress press) { presses_.push_back(press); }
    void clear() { presses_.clear(); }
    /// True, once, when this very chord was pressed.
    bool take(Key key, int mods = no_mods);
    /// A digit 0–9 of either block without modifiers, or -1.
    int take_digit();
    /// Enter of either block.
    bool take_enter(int mods = no_mods);
    [[nodiscard]] bool empty() const { return presses_.empty(); }
    [[nodiscard]] std::span<const KeyPress> all() const { return presses_; }

private:
    std::vector<KeyPress> presses_;
};

enum class Action : std::uint8_t {
    help, new_call, page_send, hand_over, page_course, page_outcome, page_after, focus_map,
    next_language, next_theme, focus_fleet, focus_queue, palette, page_intake, confirm,
    override_category, answer_yes, answer_no, answer_unknown, previous_call, next_call,
    sort_order, notices, merge, next_similar, unmerge, help_card, help_link, metronome, mute,
    sign_card, paper_call, caller_lost, who_calls, who_speaks, definitions, reload_rules, draw_road,
    road_list, relook, coverage, isochrone, replay_pause, replay_slower, replay_faster, replay_step,
    back, quit, page_elsewhere, watch, correct_clock, cover_plan, staffing,
    // Keys inside a list or a page; the palette does not offer them.
    in_next_field, in_choose, in_against, in_list, in_strike, in_question, in_brigade, in_status,
    in_release, in_accept, in_return, in_zone, in_correct, in_map_move, in_map_zoom, in_map_areas,
    in_map_follow,
    in_map_large, in_draw_place, in_draw_effect, in_draw_reason, in_draw_end, in_draw_longer,
    in_draw_undo, in_section, in_instead, in_speech, in_lift, in_service, in_beds, in_prealert,
    in_settle, in_polyclinic, in_plan_leave_out
};

/// One row: what it does, its chord, its words, whether the palette offers it.
struct ActionKey {
    Action action;
    KeyPress press;
    std::string_view shown;     ///< how people write it: "Ctrl+Enter"
    std::string_view text_key;  ///< key of its words, "action.new_call"
    bool everywhere;            ///< works in every place and stands in the palette
};

std::span<const ActionKey> action_keys();
const ActionKey& key_of(Action action);
/// Takes the action of the first press that stands in the table and works everywhere.
bool take_action(KeyPresses& presses, Action& action);

}  // namespace jedel::console
