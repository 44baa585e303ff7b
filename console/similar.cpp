#include "console/similar.h"
#include "console/messages.h"

#include <algorithm>

#include "console/intake.h"
#include "console/reading.h"

namespace jedel::console {

SimilarAnswer find_similar(const SimilarQuestion& q, DuplicateMemory& memory) {
    DuplicateQuery query;
    query.self = q.key.self;
    query.place = q.place;
    query.phone = q.phone;
    query.words = q.words;
    query.address = q.address;
    query.now = q.now;
    SimilarAnswer out{q.key, possible_duplicates(q.room->state, PersonalView{&q.room->personal},
                                                 query, 8, memory)};
    // A call that is closed can no longer take another one in.
    std::erase_if(out.hints, [&](const DuplicateHint& hint) {
        return q.room->state.open.find(hint.incident) == nullptr;
    });
    constexpr std::size_t shown = 3;
    if (out.hints.size() > shown) out.hints.resize(shown);
    return out;
}

std::optional<SimilarQuestion> similar_question(const View& view, UiState& ui,
                                                const std::shared_ptr<const Snapshot>& room) {
    SimilarCalls& similar = ui.intake.similar;
    const Draft& d = ui.intake.draft;
    const SimilarKey key{view.room.state.seq, ui.intake.form_changes, d.incident};
    if (similar.asked == key) return std::nullopt;
    const Incident* incident = d.incident ? view.room.state.open.find(d.incident) : nullptr;
    // Someone at work on the call has looked at it already; it can no longer be merged away.
    if (incident == nullptr || at_work(*incident)) return std::nullopt;
    // A busy room changes many times a second; the form is answered at once, the room soon.
    constexpr double patience_s = 0.5;
    const bool form_changed = similar.asked.form != key.form || similar.asked.self != key.self;
    if (!form_changed && view.steady_s - similar.asked_at_s < patience_s) return std::nullopt;
    similar.asked = key;
    similar.asked_at_s = view.steady_s;
    return SimilarQuestion{room, key, d.place, d.phone, d.words, d.address, view.now};
}

void take_similar(const View& view, UiState& ui) {
    SimilarCalls& similar = ui.intake.similar;
    const IncidentId self = ui.intake.draft.incident;
    const Incident* incident = self ? view.room.state.open.find(self) : nullptr;
    if (similar.self != self || incident == nullptr || at_work(*incident)) {
        similar.hints.clear();
        similar.choice = 0;
        similar.self = self;
    }
    if (incident == nullptr || at_work(*incident) || view.similar == nullptr) return;
    if (view.similar->key.self != self || view.similar->key == similar.key) return;
    const auto chosen = similar.choice < similar.hints.size()
                            ? std::optional{similar.hints[similar.choice].incident}
                            : std::nullopt;
    similar.key = view.similar->key;
    similar.hints = view.similar->hints;
    similar.choice = 0;
    for (std::size_t i = 0; i < similar.hints.size(); ++i) {
        if (similar.hints[i].incident == chosen) similar.choice = i;
    }
}

void merge_similar(const View& view, UiState& ui, Commands& commands) {
    const SimilarCalls& similar = ui.intake.similar;
    const bool here = ui.intake.draft.incident && ui.intake.draft.incident == ui.selected &&
                      similar.self == ui.intake.draft.incident;
    if (!here || similar.choice >= similar.hints.size()) {
        hint_of_call(view, ui, "message.nothing_similar");
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
        hint_of_call(view, ui, "message.nothing_merged");
        return;
    }
    save_draft(ui, commands);
    commands.give(UnmergeIncident{*merged}, ui.seat);
    ui.selected = *merged;
    ui.queue.scroll = true;
}

}  // namespace jedel::console
