// Who is on the line, and whether anyone is.

#include "console/intake.h"

namespace jedel::console {

void note_line(const View& view, UiState& ui, Commands& commands) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr || !incident->open()) return;
    save_draft(ui, commands);
    if (incident->caller_lost()) {
        commands.give(RecordCallerReached{incident->id}, ui.seat);
    } else {
        commands.give(RecordCallerLost{incident->id}, ui.seat);
    }
}

void next_caller_relation(const View& view, UiState& ui, Commands& commands) {
    if (!ui.draft.active()) return;
    ui.draft.caller = static_cast<CallerRelation>((static_cast<int>(ui.draft.caller) + 1) %
                                                  EnumNames<CallerRelation>::names.size());
    refresh_triage(view, ui);
    save_draft(ui, commands);
}

}  // namespace jedel::console
