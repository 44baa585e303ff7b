#include "console/definitions.h"

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

void sign_definition(UiState& ui, Commands& commands) {
    const DefinitionsState& drawn = ui.definitions;
    if (drawn.subject.empty()) return;
    commands.give(SignText{drawn.subject, drawn.version}, ui.seat);
}

}  // namespace jedel::console
