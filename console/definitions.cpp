#include "console/definitions.h"

#include <algorithm>

namespace jedel::console {

std::vector<SignedText> texts_to_sign(const View& view) {
    std::vector<SignedText> out;
    const State& state = view.room.state;
    if (view.protocol != nullptr) {
        for (const triage::Rule& rule : view.protocol->rules()) {
            if (rule.definition.empty()) continue;
            SignedText t{"rule:" + rule.id, triage::definition_version(rule), &rule, {}, {}};
            t.signature = state.signature(t.subject, t.version);
            out.push_back(std::move(t));
        }
    }
    if (view.cards != nullptr) {
        for (const triage::Card& card : *view.cards) {
            SignedText t{"card:" + card.id, card.version, {}, &card, {}};
            t.signature = state.signature(t.subject, t.version);
            out.push_back(std::move(t));
        }
    }
    return out;
}

bool is_approved(const View& view, const triage::Rule& rule) {
    return view.room.state.signature("rule:" + rule.id, triage::definition_version(rule)) !=
           nullptr;
}

void sign_definition(const View& view, UiState& ui, Commands& commands) {
    const auto all = texts_to_sign(view);
    if (all.empty()) return;
    const auto last = static_cast<int>(all.size()) - 1;
    const auto index = static_cast<std::size_t>(std::clamp(ui.definition_choice, 0, last));
    commands.give(SignText{all[index].subject, all[index].version}, ui.seat);
}

}  // namespace jedel::console
