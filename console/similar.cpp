#include "console/similar.h"

#include <algorithm>

#include "console/intake.h"
#include "console/reading.h"
#include "console/reading.h"

namespace jedel::console {

void refresh_similar(const View& view, UiState& ui) {
    SimilarCalls& similar = ui.intake.similar;
    const std::uint64_t seq = view.room.state.seq;
    const Draft& d = ui.intake.draft;
    if (similar.seq == seq && similar.form == ui.intake.form_changes &&
        similar.self == d.incident) {
        return;
    }
    const auto chosen = similar.choice < similar.hints.size()
                            ? std::optional{similar.hints[similar.choice].incident}
                            : std::nullopt;
    similar.hints.clear();
    similar.seq = seq;
    similar.form = ui.intake.form_changes;
    similar.self = d.incident;
    similar.choice = 0;
    const Incident* incident = d.incident ? view.room.state.open.find(d.incident) : nullptr;
    // Someone at work on the call has looked at it already; it can no longer be merged away.
    if (incident == nullptr || at_work(*incident)) return;
    DuplicateQuery query;
    query.self = d.incident;
    query.place = d.place;
    query.phone = d.phone;
    query.words = d.words;
    query.address = d.address;
    query.now = view.now;
    similar.hints = possible_duplicates(view.room.state, PersonalView{&view.room.personal},
                                        query, 8);
    // A call that is closed can no longer take another one in.
    std::erase_if(similar.hints, [&](const DuplicateHint& hint) {
        return view.room.state.open.find(hint.incident) == nullptr;
    });
    constexpr std::size_t shown = 3;
    if (similar.hints.size() > shown) similar.hints.resize(shown);
    for (std::size_t i = 0; i < similar.hints.size(); ++i) {
        if (similar.hints[i].incident == chosen) similar.choice = i;
    }
}

void merge_similar(const View& view, UiState& ui, Commands& commands) {
    const SimilarCalls& similar = ui.intake.similar;
    const bool here = ui.intake.draft.incident && ui.intake.draft.incident == ui.selected &&
                      similar.self == ui.intake.draft.incident;
    if (!here || similar.choice >= similar.hints.size()) {
        ui.messages.push_back({view.now, "message.nothing_similar", {}, {}, false});
        return;
    }
    const IncidentId into = similar.hints[similar.choice].incident;
    save_draft(ui, commands);
    commands.give(MergeIncident{ui.intake.draft.incident, into}, ui.seat);
    ui.selected = into;
    ui.queue.scroll = true;
    ui.focus.moved = true;
}

void choose_next_similar(UiState& ui) {
    SimilarCalls& similar = ui.intake.similar;
    if (!similar.hints.empty()) similar.choice = (similar.choice + 1) % similar.hints.size();
}

std::optional<IncidentId> merged_here(const View& view, const UiState& ui) {
    const Incident* incident = selected_incident(view, ui);
    if (incident == nullptr) return std::nullopt;
    if (incident->merged_into) return incident->id;
    if (!incident->merged.empty()) return incident->merged.back();
    return std::nullopt;
}

void take_merge_back(const View& view, UiState& ui, Commands& commands) {
    const auto merged = merged_here(view, ui);
    if (!merged) {
        ui.messages.push_back({view.now, "message.nothing_merged", {}, {}, false});
        return;
    }
    save_draft(ui, commands);
    commands.give(UnmergeIncident{*merged}, ui.seat);
    ui.selected = *merged;
    ui.queue.scroll = true;
}

}  // namespace jedel::console
