#pragma once
// Lines for the person. A message about a call says its number and goes when that is closed.

#include <optional>

#include "console/ui.h"

namespace jedel::console {

/// Puts a line on the list; the same line again, while it is the newest, only takes the new time.
void say(UiState& ui, Message message);
/// A hint that is about no call, and one about the call on the screen.
void hint(const View& view, UiState& ui, std::string key, std::vector<std::string> arguments = {});
void hint_of_call(const View& view, UiState& ui, std::string key,
                  std::vector<std::string> arguments = {});
/// The line as it is read: "No. 12: …" where it is about a call.
std::string message_text(const View& view, const Message& message);
/// The same message, about that call.
Message about(Message message, const State& state, std::optional<IncidentId> incident);
/// The call that a command is about; none: about none.
std::optional<IncidentId> incident_of(const Command& command);
/// Takes away what is no longer true: hints and refusals of calls that are closed by now.
void drop_old_messages(const View& view, UiState& ui);

}  // namespace jedel::console
