#pragma once
// After the ambulance: the patient's number and what is proposed.

#include <string>
#include <vector>

#include "dispatch/core/types.h"

namespace jedel::console {

struct AfterState {
    std::string iin;
    IncidentId incident;  ///< whose number is in `iin`
    int choice = 0;
    std::vector<std::string> struck;  ///< proposals that are not wanted, by rule and kind
};

}  // namespace jedel::console
