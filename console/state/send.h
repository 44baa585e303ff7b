#pragma once
// Whom to send.

#include <optional>
#include <string>

#include "dispatch/core/types.h"

namespace jedel::console {

struct SendState {
    IncidentId incident;               ///< whose list it is
    std::optional<BrigadeId> chosen;   ///< as it was drawn; kept by name while the list reorders
    std::string time;      ///< of a call from paper: when it was handed over
    bool bad_time = false;
    bool moved = false;                ///< by the person; else the first of the list is chosen
};

}  // namespace jedel::console
