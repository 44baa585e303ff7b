#pragma once
// The one form of a value that reads back to itself.

#include <optional>
#include <string>

#include "dispatch/core/commands.h"
#include "dispatch/core/events.h"

namespace jedel {

/// Puts an event or command in a form that reads back to itself: no -0.0, no bytes that are not
/// UTF-8. Gives the field of a number that is none.
std::optional<std::string> normalise(Event& event);
std::optional<std::string> normalise(CommandEnvelope& command);
std::optional<std::string> normalise(PersonalRecord& record);

}  // namespace jedel
