#include "console/messages.h"

namespace jedel::console {

void say(UiState& ui, Message message) {
    if (!ui.messages.empty() && ui.messages_seen < ui.messages.size()) {
        Message& last = ui.messages.back();
        if (last.text_key == message.text_key && last.incident == message.incident &&
            last.arguments == message.arguments) {
            last.at = message.at;
            return;
        }
    }
    ui.messages.push_back(std::move(message));
}

void hint(const View& view, UiState& ui, std::string key, std::vector<std::string> arguments) {
    say(ui, {view.now, std::move(key), std::move(arguments), {}, false});
}

void hint_of_call(const View& view, UiState& ui, std::string key,
                  std::vector<std::string> arguments) {
    const auto incident = ui.selected ? std::optional{ui.selected} : std::nullopt;
    say(ui, about({view.now, std::move(key), std::move(arguments), {}, false}, view.room.state,
                  incident));
}

std::string message_text(const View& view, const Message& m) {
    const std::vector<std::string_view> arguments{m.arguments.begin(), m.arguments.end()};
    std::string words = fill(view.tr(m.text_key), arguments);
    if (!m.incident) return words;
    return view.tr("message.of_call", {std::to_string(m.number), words});
}

Message about(Message message, const State& state, std::optional<IncidentId> incident) {
    const Incident* found = incident ? state.incident(*incident) : nullptr;
    if (found != nullptr) {
        message.incident = found->id;
        message.number = found->day_number;
    }
    return message;
}

std::optional<IncidentId> incident_of(const Command& command) {
    return std::visit(
        [](const auto& c) -> std::optional<IncidentId> {
            if constexpr (requires { IncidentId{c.incident}; }) {
                return c.incident;
            } else {
                return std::nullopt;
            }
        },
        command);
}

void drop_old_messages(const View& view, UiState& ui) {
    const auto gone = [&](const Message& m) {
        return m.incident && view.room.state.open.find(*m.incident) == nullptr;
    };
    for (std::size_t i = ui.messages.size(); i-- > 0;) {
        if (!gone(ui.messages[i])) continue;
        ui.messages.erase(ui.messages.begin() + static_cast<std::ptrdiff_t>(i));
        if (i < ui.messages_seen) --ui.messages_seen;
    }
}

}  // namespace jedel::console
