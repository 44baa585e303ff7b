// Who is on the line, and whether anyone is.

#include "console/intake.h"
#include "console/messages.h"
#include "console/reading.h"

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

void switch_speaker(const View& view, UiState& ui) {
    if (!ui.intake.draft.active()) return;
    if (ui.intake.draft.speaks == Source::brigade) {
        ui.intake.draft.speaks = Source::caller;
    } else {
        const Incident* incident = view.room.state.incident(ui.intake.draft.incident);
        if (incident == nullptr || last_service(*incident) == nullptr) {
            hint_of_call(view, ui, "message.no_brigade_sent");
            return;
        }
        ui.intake.draft.speaks = Source::brigade;
    }
    refresh_triage(view, ui);
}

void next_caller_relation(const View& view, UiState& ui, Commands& commands) {
    if (!ui.intake.draft.active()) return;
    CallerRelation& caller = ui.intake.draft.caller;
    caller = static_cast<CallerRelation>((static_cast<int>(caller) + 1) %
                                         EnumNames<CallerRelation>::names.size());
    refresh_triage(view, ui);
    save_draft(ui, commands);
}

}  // namespace jedel::console
