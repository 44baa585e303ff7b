// What each key that works everywhere does.

#include <algorithm>

#include "console/console.h"
#include "console/messages.h"
#include "console/definitions.h"
#include "console/help_card.h"
#include "console/intake.h"
#include "console/panels/acts.h"
#include "console/panels/map_parts.h"
#include "console/panels/pages.h"
#include "console/similar.h"

namespace jedel::console {

namespace {

void show_page(UiState& ui, Commands& commands, Page page) {
    save_draft(ui, commands);
    ui.page = page;
    ui.area = Area::card;
    ui.overlay = Overlay::none;
    ui.focus.moved = true;
    ui.course.question = {};
    ui.send = {};
    ui.outcome = {};
    ui.after.choice = 0;
}

void move_selection(UiState& ui, int by) {
    const auto& rows = ui.queue.order.rows;
    if (rows.empty()) return;
    const auto it = std::find_if(rows.begin(), rows.end(),
                                 [&](const auto& row) { return row->id == ui.selected; });
    const auto last = static_cast<std::ptrdiff_t>(rows.size()) - 1;
    std::ptrdiff_t index = it == rows.end() ? (by > 0 ? -1 : last + 1) : it - rows.begin();
    index = std::clamp<std::ptrdiff_t>(index + by, 0, last);
    ui.selected = rows[static_cast<std::size_t>(index)]->id;
    ui.queue.scroll = true;
}

/// One step towards the calm state: closes what lies on top, then gives the queue the keyboard.
void go_back(UiState& ui, Commands& commands) {
    if (ui.overlay != Overlay::none) {
        ui.overlay = Overlay::none;
    } else if (ui.intake.address_open) {
        ui.intake.address_open = false;
    } else if (ui.course.question.open()) {
        ui.course.question = {};
    } else if (ui.page == Page::outcome && ui.outcome.instead != Disposition::none) {
        ui.outcome.instead = Disposition::none;
    } else if (ui.area == Area::card && ui.page == Page::intake &&
               discard_untouched(ui, commands)) {
        ui.area = Area::queue;
    } else if (ui.area == Area::map && (ui.map.tools.drawing || ui.map.tools.large)) {
        if (ui.map.tools.drawing) end_drawing(ui);
        else ui.map.tools.large = false;
    } else {
        save_draft(ui, commands);
        ui.area = Area::queue;
    }
    ui.focus.moved = true;
}

void toggle(UiState& ui, Overlay overlay) {
    ui.overlay = ui.overlay == overlay ? Overlay::none : overlay;
    ui.palette.query.clear();
    ui.palette.choice = 0;
    ui.focus.moved = true;
    if (overlay == Overlay::notices) ui.messages_seen = ui.messages.size();
}

void open_override(const View& view, UiState& ui) {
    if (selected_incident(view, ui) == nullptr) return;
    ui.category.incident = ui.selected;
    ui.category.category = ui.intake.triage.evaluation.proposed;
    ui.category.reason = 0;
    ui.category.missing = {};
    ui.category.words.clear();
    ui.category.step = 0;
    ui.overlay = Overlay::category;
    ui.focus.moved = true;
}

}  // namespace

void Console::perform(const View& view, Action action) {
    using enum Action;
    if (!reaches(view, ui_, action)) {
        hint(view, ui_, "message.not_here");
        return;
    }
    const auto area = [&](Area to) {
        save_draft(ui_, commands_);
        ui_.area = to;
        ui_.overlay = Overlay::none;
        ui_.focus.moved = true;
    };
    switch (action) {
        case help: toggle(ui_, Overlay::help); break;
        case palette: toggle(ui_, Overlay::palette); break;
        case notices: toggle(ui_, Overlay::notices); break;
        case new_call: begin_call(ui_, commands_); ui_.overlay = Overlay::none; break;
        case page_intake:
        case page_send:
        case page_course:
        case page_outcome:
        case page_after:
        case page_elsewhere: show_page(ui_, commands_, *page_of(action)); break;
        case hand_over: hand_to_polyclinic(view, ui_, commands_); break;
        case focus_map: area(Area::map); break;
        case focus_fleet: area(Area::fleet); break;
        case focus_queue: area(Area::queue); break;
        case next_language:
            ui_.language = jedel::next_language(ui_.language);
            break;
        case next_theme:
            ui_.theme = ui_.theme == ThemeKind::light ? ThemeKind::dark : ThemeKind::light;
            break;
        case confirm:
            if (ui_.overlay == Overlay::category) {
                ui_.category.step = 3;
            } else if (ui_.page == Page::outcome) {
                close_incident(view, ui_, commands_);
            } else {
                confirm_draft(view, ui_, commands_);
            }
            break;
        case override_category: open_override(view, ui_); break;
        case answer_yes: answer_question(view, ui_, commands_, triage::Tri::yes); break;
        case answer_no: answer_question(view, ui_, commands_, triage::Tri::no); break;
        case answer_unknown: answer_question(view, ui_, commands_, triage::Tri::unknown); break;
        case previous_call: move_selection(ui_, -1); break;
        case next_call: move_selection(ui_, 1); break;
        case sort_order: ui_.queue.by_time = !ui_.queue.by_time; ui_.queue.scroll = true; break;
        case merge: merge_similar(view, ui_, commands_); break;
        case next_similar: choose_next_similar(ui_); break;
        case unmerge: take_merge_back(view, ui_, commands_); break;
        case help_card: show_next_help(view, ui_); break;
        case help_link: follow_link(view, ui_); break;
        case mute: toggle_mute(ui_, parts_.sound.get()); break;
        case metronome: toggle_metronome(view, ui_); break;
        case sign_card:
            if (ui_.overlay == Overlay::definitions) sign_definition(ui_, commands_);
            else sign_help(view, ui_, commands_);
            break;
        case paper_call:
            toggle(ui_, Overlay::paper);
            ui_.paper.time.clear();
            ui_.paper.bad = false;
            break;
        case caller_lost: note_line(view, ui_, commands_); break;
        case who_calls: next_caller_relation(view, ui_, commands_); break;
        case who_speaks: switch_speaker(view, ui_); break;
        case definitions: toggle(ui_, Overlay::definitions); break;
        case correct_clock:
            toggle(ui_, Overlay::clock);
            ui_.clock = {};
            break;
        case reload_rules: reload(view); break;
        case draw_road:
            if (begin_drawing(view, ui_)) area(Area::map);
            break;
        case watch: toggle(ui_, Overlay::watch); break;
        case road_list: toggle(ui_, Overlay::roads); break;
        case relook: toggle(ui_, Overlay::relook); break;
        case cover_plan: toggle(ui_, Overlay::cover); break;
        case staffing: toggle(ui_, Overlay::staffing); break;
        case coverage: show_reach(view, ui_, ReachKind::coverage); break;
        case isochrone: show_reach(view, ui_, ReachKind::brigade); break;
        case replay_pause: commands_.ask_replay(Commands::Replay::pause); break;
        case replay_slower: commands_.ask_replay(Commands::Replay::slower); break;
        case replay_faster: commands_.ask_replay(Commands::Replay::faster); break;
        case replay_step: commands_.ask_replay(Commands::Replay::step); break;
        case back: go_back(ui_, commands_); break;
        case quit: save_draft(ui_, commands_); ui_.quit = true; break;
        case in_next_field:
        case in_choose:
        case in_against:
        case in_list:
        case in_strike:
        case in_question:
        case in_brigade:
        case in_status:
        case in_release:
        case in_accept:
        case in_return:
        case in_zone:
        case in_correct:
        case in_map_move:
        case in_map_zoom:
        case in_map_areas:
        case in_map_follow:
        case in_map_large:
        case in_draw_place:
        case in_draw_effect:
        case in_draw_reason:
        case in_draw_end:
        case in_draw_longer:
        case in_draw_undo:
        case in_plan_leave_out:
        case in_section:
        case in_instead:
        case in_speech:
        case in_lift:
        case in_service:
        case in_beds:
        case in_prealert:
        case in_settle:
        case in_polyclinic: break;  // keys of one place, which takes them itself
    }
}

}  // namespace jedel::console
