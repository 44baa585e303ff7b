#pragma once
// Is the call being taken about an event that is known already? A hint, and the person decides.

#include "console/ui.h"

namespace jedel::console {

/// What the worker needs to look for them.
struct SimilarQuestion {
    std::shared_ptr<const Snapshot> room;
    SimilarKey key;
    std::optional<LatLon> place;
    std::string phone, words, address;
    Instant now;
};
/// Open calls that may be about the same event; below a millisecond in a full room
/// (tests/bench/bench_room), after the first time; the worker's work all the same.
SimilarAnswer find_similar(const SimilarQuestion& question, DuplicateMemory& memory);

/// The question where the room or the form has changed since it was asked last; none: nothing to
/// ask, or not yet.
std::optional<SimilarQuestion> similar_question(const View& view, UiState& ui,
                                                const std::shared_ptr<const Snapshot>& room);
/// Shows what the worker has found; the chosen one stays chosen.
void take_similar(const View& view, UiState& ui);
/// Merges the call into the chosen similar one and goes there.
void merge_similar(const View& view, UiState& ui, Commands& commands);
void choose_next_similar(UiState& ui);
/// The call whose merge can be taken back from where the person is: the selected one, or the
/// last that was merged into it. None: nothing to take back.
std::optional<IncidentId> merged_here(const View& view, const UiState& ui);
void take_merge_back(const View& view, UiState& ui, Commands& commands);

}  // namespace jedel::console
