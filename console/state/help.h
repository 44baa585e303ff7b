#pragma once
// Help until the brigade comes: which card is shown, the metronome.

#include <cstddef>
#include <string>

#include "console/audio/sound.h"

namespace jedel::console {

/// Beats for chest compressions.
struct Metronome {
    int per_min = 0;  ///< 0: silent
    double from_s = 0;
    [[nodiscard]] bool running() const { return per_min > 0; }
    [[nodiscard]] double period_s() const { return 60.0 / per_min; }
    /// Beats so far, the present one among them.
    [[nodiscard]] int count(double now_s) const;
    /// The mark is bright at the start of each beat.
    [[nodiscard]] bool lit(double now_s) const;
    /// Seconds until the mark changes next.
    [[nodiscard]] double next_change_s(double now_s) const;
};

struct HelpState {
    std::size_t choice = 0;  ///< the card that is shown; beyond the last: put away
    std::string linked;      ///< id of the card that the chosen one led to; empty: none
    Heard heard = Heard::not_tried;
    Metronome metronome;
};

}  // namespace jedel::console
