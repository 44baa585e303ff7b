#pragma once
// What goes beside the room's own brigades: advice, danger and police, aviation, hospitals, who
// rides along, refusals; and the exception list.

#include <optional>
#include <string>
#include <vector>

#include "console/text/text.h"
#include "dispatch/fleet/watch.h"

namespace jedel::console {

enum class Section : std::uint8_t { advice, danger, aviation, hospitals, companion, refusal };

struct ElsewhereState {
    IncidentId incident;  ///< whose; what was chosen for another call is dropped
    Section section = Section::advice;
    int choice = 0;
    std::optional<OrganisationId> hospital;  ///< the highlighted one: that list reorders
    bool instead = false;  ///< a reason is being chosen why no brigade goes
    Language language = Language::ru;  ///< of the caller; advice is read out in it
    bool language_chosen = false;      ///< else the console's own
    std::vector<std::string> dangers;  ///< chosen, not recorded yet
    int step = 0;                      ///< of a refusal: what, mark, capacity
    Refused refused = Refused::examination;
    SignatureMark mark = SignatureMark::unknown;
    bool to_outcome = false;  ///< it was the outcome page that asked
};

/// The list as it was made last; made anew once a second and when the room has changed.
struct WatchState {
    std::vector<Watched> rows;
    std::uint64_t seq = ~std::uint64_t{0};
    Instant at;
    int choice = 0;
};

}  // namespace jedel::console
