#pragma once
// The three clocks of a call, never mixed (practice: Clocks).

#include <optional>

#include "dispatch/core/state.h"

namespace jedel {

/// One clock: when it started, when it is due, when it stopped. Not started: everything empty.
struct Clock {
    std::optional<Instant> started, due, stopped;
    /// Milliseconds run until it stopped, or until `now`.
    [[nodiscard]] std::optional<std::int64_t> elapsed_ms(Instant now) const;
    /// True when it ran, or has been running, past its due time.
    [[nodiscard]] bool late(Instant now) const;
};

struct CallClocks {
    Clock hand_over;    ///< receipt → handed to brigade or polyclinic; due after 5 minutes
    Clock arrival;      ///< brigade received the call → on scene; due after 10/15/30/60 minutes
    Clock caller_wait;  ///< receipt → on scene; has no due time
};

/// The dispatcher's limit from receipt to hand-over, sorting included: 5 minutes.
inline constexpr std::int64_t hand_over_limit_ms = 5 * 60'000;

/// The clocks of an incident. The arrival clock starts when the first brigade that was not
/// released was sent (or the polyclinic got the call) and is due by the category in force.
CallClocks clocks_of(const Incident& incident);

}  // namespace jedel
