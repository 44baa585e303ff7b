#include "console/keys.h"

#include <algorithm>
#include <array>

namespace jedel::console {

namespace {

constexpr std::array<ActionKey, 87> table{{
    {Action::help, {Key::f1}, "F1", "action.help", true},
    {Action::new_call, {Key::f2}, "F2", "action.new_call", true},
    {Action::page_send, {Key::f3}, "F3", "action.page_send", true},
    {Action::hand_over, {Key::f4}, "F4", "action.hand_over", true},
    {Action::page_course, {Key::f5}, "F5", "action.page_course", true},
    {Action::page_outcome, {Key::f6}, "F6", "action.page_outcome", true},
    {Action::page_after, {Key::f7}, "F7", "action.page_after", true},
    {Action::focus_map, {Key::f8}, "F8", "action.focus_map", true},
    {Action::next_language, {Key::f9}, "F9", "action.next_language", true},
    {Action::next_theme, {Key::f10}, "F10", "action.next_theme", true},
    {Action::focus_fleet, {Key::f11}, "F11", "action.focus_fleet", true},
    {Action::focus_queue, {Key::f12}, "F12", "action.focus_queue", true},
    {Action::palette, {Key::k, ctrl}, "Ctrl+K", "action.palette", true},
    {Action::page_intake, {Key::i, ctrl}, "Ctrl+I", "action.page_intake", true},
    {Action::confirm, {Key::enter, ctrl}, "Ctrl+Enter", "action.confirm", true},
    {Action::override_category, {Key::o, ctrl}, "Ctrl+O", "action.override_category", true},
    {Action::answer_yes, {Key::digit_1, ctrl}, "Ctrl+1", "action.answer_yes", true},
    {Action::answer_no, {static_cast<Key>(50), ctrl}, "Ctrl+2", "action.answer_no", true},
    {Action::answer_unknown, {static_cast<Key>(51), ctrl}, "Ctrl+3", "action.answer_unknown",
     true},
    {Action::previous_call, {Key::up, ctrl}, "Ctrl+↑", "action.previous_call", true},
    {Action::next_call, {Key::down, ctrl}, "Ctrl+↓", "action.next_call", true},
    {Action::sort_order, {Key::s, ctrl}, "Ctrl+S", "action.sort_order", true},
    {Action::notices, {Key::n, ctrl}, "Ctrl+N", "action.notices", true},
    {Action::merge, {Key::m, ctrl}, "Ctrl+M", "action.merge", true},
    {Action::next_similar, {Key::j, ctrl}, "Ctrl+J", "action.next_similar", true},
    {Action::unmerge, {Key::u, ctrl}, "Ctrl+U", "action.unmerge", true},
    {Action::help_card, {Key::h, ctrl}, "Ctrl+H", "action.help_card", true},
    {Action::help_link, {Key::h, ctrl | shift}, "Ctrl+Shift+H", "action.help_link", true},
    {Action::metronome, {Key::b, ctrl}, "Ctrl+B", "action.metronome", true},
    {Action::mute, {Key::b, ctrl | shift}, "Ctrl+Shift+B", "action.mute", true},
    {Action::sign_card, {Key::p, ctrl}, "Ctrl+P", "action.sign_card", true},
    {Action::paper_call, {Key::f2, shift}, "Shift+F2", "action.paper_call", true},
    {Action::caller_lost, {Key::e, ctrl}, "Ctrl+E", "action.caller_lost", true},
    {Action::who_calls, {Key::w, ctrl}, "Ctrl+W", "action.who_calls", true},
    {Action::who_speaks, {Key::f, ctrl}, "Ctrl+F", "action.who_speaks", true},
    {Action::definitions, {Key::r, ctrl}, "Ctrl+R", "action.definitions", true},
    {Action::reload_rules, {Key::f5, ctrl}, "Ctrl+F5", "action.reload_rules", true},
    {Action::draw_road, {Key::d, ctrl}, "Ctrl+D", "action.draw_road", true},
    {Action::road_list, {Key::l, ctrl}, "Ctrl+L", "action.road_list", true},
    {Action::relook, {Key::f3, shift}, "Shift+F3", "action.relook", true},
    {Action::coverage, {Key::g, ctrl}, "Ctrl+G", "action.coverage", true},
    {Action::isochrone, {Key::t, ctrl}, "Ctrl+T", "action.isochrone", true},
    {Action::replay_pause, {Key::space, ctrl}, "Ctrl+Space", "action.replay_pause", true},
    {Action::replay_slower, {Key::comma, ctrl}, "Ctrl+,", "action.replay_slower", true},
    {Action::replay_faster, {Key::period, ctrl}, "Ctrl+.", "action.replay_faster", true},
    {Action::replay_step, {Key::right, ctrl | shift}, "Ctrl+Shift+→", "action.replay_step", true},
    {Action::back, {Key::escape}, "Esc", "action.back", true},
    {Action::quit, {Key::q, ctrl}, "Ctrl+Q", "action.quit", true},
    {Action::page_elsewhere, {Key::f7, shift}, "Shift+F7", "action.page_elsewhere", true},
    {Action::watch, {Key::insert}, "Insert", "action.watch", true},
    {Action::correct_clock, {Key::f12, shift}, "Shift+F12", "action.correct_clock", true},
    {Action::cover_plan, {Key::f8, shift}, "Shift+F8", "action.cover_plan", true},
    {Action::staffing, {Key::f11, shift}, "Shift+F11", "action.staffing", true},
    {Action::in_next_field, {Key::tab}, "Tab", "action.in_next_field", false},
    {Action::in_choose, {Key::enter}, "Enter", "action.in_choose", false},
    {Action::in_against, {Key::digit_1}, "1 … 9", "action.in_against", false},
    {Action::in_list, {Key::down}, "↑ ↓", "action.in_list", false},
    {Action::in_strike, {Key::del}, "Delete", "action.in_strike", false},
    {Action::in_question, {Key::right}, "← →  Enter", "action.in_question", false},
    {Action::in_brigade, {Key::tab}, "Tab  ↑ ↓", "action.in_brigade", false},
    {Action::in_status, {Key::digit_1}, "1 … 8", "action.in_status", false},
    {Action::in_release, {Key::r}, "R", "action.in_release", false},
    {Action::in_accept, {Key::a}, "A", "action.in_accept", false},
    {Action::in_return, {Key::v}, "V", "action.in_return", false},
    {Action::in_zone, {Key::z}, "Z X C", "action.in_zone", false},
    {Action::in_correct, {Key::e}, "E", "action.in_correct", false},
    {Action::in_map_move, {Key::left}, "← ↑ ↓ →", "action.in_map_move", false},
    {Action::in_map_zoom, {Key::equal}, "+ –  Home", "action.in_map_zoom", false},
    {Action::in_map_areas, {Key::a}, "A", "action.in_map_areas", false},
    {Action::in_map_follow, {Key::f}, "F", "action.in_map_follow", false},
    {Action::in_map_large, {Key::m}, "M", "action.in_map_large", false},
    {Action::in_draw_place, {Key::space}, "Space", "action.in_draw_place", false},
    {Action::in_draw_effect, {Key::digit_1}, "1 2 3", "action.in_draw_effect", false},
    {Action::in_draw_reason, {Key::r}, "R  Shift+R", "action.in_draw_reason", false},
    {Action::in_draw_end, {Key::u}, "U  Shift+U", "action.in_draw_end", false},
    {Action::in_draw_longer, {Key::page_down}, "PgUp PgDn", "action.in_draw_longer", false},
    {Action::in_draw_undo, {Key::backspace}, "Backspace", "action.in_draw_undo", false},
    {Action::in_section, {Key::tab}, "Tab  ← →", "action.in_section", false},
    {Action::in_instead, {Key::b}, "B", "action.in_instead", false},
    {Action::in_speech, {Key::l}, "L", "action.in_speech", false},
    {Action::in_lift, {Key::o}, "O", "action.in_lift", false},
    {Action::in_service, {Key::p}, "P  Q", "action.in_service", false},
    {Action::in_beds, {Key::equal}, "+ −", "action.in_beds", false},
    {Action::in_prealert, {Key::h}, "H", "action.in_prealert", false},
    {Action::in_settle, {Key::digit_1}, "1 2 3", "action.in_settle", false},
    {Action::in_polyclinic, {Key::g}, "G  S  D", "action.in_polyclinic", false},
    {Action::in_plan_leave_out, {Key::space}, "Space", "action.in_plan_leave_out", false},
}};

}  // namespace

bool repeats(const KeyPress& press) {
    switch (press.key) {
        case Key::up:
        case Key::down:
        case Key::left:
        case Key::right:
        case Key::page_up:
        case Key::page_down:
        case Key::tab:
        case Key::minus:
        case Key::equal:
        case Key::pad_add:
        case Key::pad_subtract:
            return (press.mods & ~shift) == no_mods || press.mods == ctrl;
        default:
            return false;
    }
}

bool KeyPresses::take(Key key, int mods) {
    const auto it = std::find(presses_.begin(), presses_.end(), KeyPress{key, mods});
    if (it == presses_.end()) return false;
    presses_.erase(it);
    return true;
}

int KeyPresses::take_digit() {
    for (auto it = presses_.begin(); it != presses_.end(); ++it) {
        if (it->mods != no_mods) continue;
        const int code = static_cast<int>(it->key);
        int digit = -1;
        if (code >= 48 && code <= 57) digit = code - 48;
        if (code >= 320 && code <= 329) digit = code - 320;
        if (digit < 0) continue;
        presses_.erase(it);
        return digit;
    }
    return -1;
}

bool KeyPresses::take_enter(int mods) {
    return take(Key::enter, mods) || take(Key::pad_enter, mods);
}

std::span<const ActionKey> action_keys() { return table; }

const ActionKey& key_of(Action action) { return table[static_cast<std::size_t>(action)]; }

bool take_action(KeyPresses& presses, Action& action) {
    for (const KeyPress& press : presses.all()) {
        KeyPress plain = press;
        if (plain.key == Key::pad_enter) plain.key = Key::enter;
        for (const ActionKey& row : table) {
            if (!row.everywhere || !(row.press == plain)) continue;
            action = row.action;
            presses.take(press.key, press.mods);
            return true;
        }
    }
    return false;
}

}  // namespace jedel::console
