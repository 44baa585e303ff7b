#pragma once
// What lies over the screen for a moment, one struct each.

#include <optional>
#include <string>
#include <string_view>

#include "console/keys.h"
#include "dispatch/core/types.h"

namespace jedel::console {

struct PaletteState {
    std::string query;
    std::optional<Action> action;  ///< chosen; done at the start of the next frame
    int choice = 0;
};

/// Another category than the rules propose.
struct CategoryState {
    IncidentId incident;  ///< whose; the overlay goes when another call is shown
    Category category = Category::none;
    int reason = 0;            ///< OverrideReason; none until one is chosen
    std::string_view missing;  ///< key of what it still takes; empty: nothing
    std::string words;
    int step = 0;
};

/// A call taken on paper.
struct PaperState {
    std::string time;  ///< "HH:MM"
    bool bad = false;
};

/// Which of two clocks is right.
struct ClockState {
    int choice = 0;
    std::string words;   ///< why
    bool missing = false;  ///< the words
};

/// Texts that the senior doctor signs.
struct DefinitionsState {
    int choice = 0;
    std::string subject, version;  ///< of the text that was drawn as chosen
};

}  // namespace jedel::console
