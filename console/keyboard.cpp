#include "console/keyboard.h"

#include <algorithm>

#include "console/panels/map_parts.h"
#include "console/panels/pages.h"
#include "console/panels/panels.h"
#include "console/reading.h"
#include "console/ui.h"

namespace jedel::console {

namespace {

/// The card with the selected call, or the one being opened, is on the screen.
bool call_drawn(const View& view, const UiState& ui) {
    const bool call = selected_incident(view, ui) != nullptr || ui.intake.draft.active();
    return call && !map_is_large(ui);
}

/// The form on the screen is that of the selected call.
bool form_shown(const View& view, const UiState& ui) {
    const Draft& draft = ui.intake.draft;
    return ui.page == Page::intake && call_drawn(view, ui) && draft.active() &&
           (draft.incident == ui.selected || !draft.pending_command.empty());
}

bool question_holds(const View& view, const UiState& ui) {
    const CourseQuestion& q = ui.course.question;
    if (ui.page != Page::course || q.incident != ui.selected) return false;
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return false;
    if (q.what == CourseAsk::correct) return true;  // also of a closed call: it is opened again
    if (!incident->open()) return false;
    if (q.what == CourseAsk::polyclinic_return) return at_polyclinic(*incident);
    return serves(*incident, q.brigade);
}

}  // namespace

KeyOwner owner_of(const View& view, const UiState& ui) {
    if (const PanelRow* over = panel_over(view, ui)) return over->keys;
    if (ui.area != Area::card) return panel_of(ui.area).keys;
    if (!call_drawn(view, ui)) return KeyOwner::nobody;
    if (ui.course.question.open()) return KeyOwner::question;
    return row_of(ui.page).keys;
}

bool reaches(const View& view, const UiState& ui, Action action) {
    using enum Action;
    if (view.room.journal_error || damage_unread(view, ui)) return action == quit;
    const bool bare = ui.overlay == Overlay::none;
    switch (action) {
        case answer_yes:
        case answer_no:
        case answer_unknown:
        case who_speaks:
        case who_calls:
        case merge:
        case next_similar:
            return bare && form_shown(view, ui);
        case unmerge:
            return bare && ui.page == Page::intake && call_drawn(view, ui);
        case hand_over:
        case caller_lost:
        case override_category:
            return bare && call_drawn(view, ui);
        case confirm:
            if (!bare) return ui.overlay == Overlay::category;
            return form_shown(view, ui) || (ui.page == Page::outcome && ui.area == Area::card &&
                                            call_drawn(view, ui));
        case help_link:
            return bare && help_shown(ui);
        case sign_card:
            return ui.overlay == Overlay::definitions || (bare && help_shown(ui));
        case help_card:
        case metronome:
        case draw_road:
        case coverage:
        case isochrone:
        case previous_call:
        case next_call:
        case sort_order:
            return bare;
        default:
            return true;  // shows another place, or changes how things look
    }
}

void drop_stale(const View& view, UiState& ui) {
    if (ui.course.question.open() && !question_holds(view, ui)) ui.course.question = {};
    if (ui.overlay == Overlay::category && ui.category.incident != ui.selected) {
        ui.overlay = Overlay::none;
        ui.focus.moved = true;
    }
}

}  // namespace jedel::console
