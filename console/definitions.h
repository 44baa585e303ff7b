#pragma once
// Texts that the senior doctor signs: how near rows of the order are told apart, and help cards.

#include <string>
#include <vector>

#include "console/ui.h"

namespace jedel::console {

/// One text with its state.
struct SignedText {
    std::string subject;  ///< "rule:U1.10", "card:choking"
    std::string version;
    const triage::Rule* rule = nullptr;  ///< one of the two
    const triage::Card* card = nullptr;
    const Signature* signature = nullptr;  ///< null: not approved as it stands
};

/// Every rule that has a definition and every card, in the order of the tables.
std::vector<SignedText> texts_to_sign(const View& view);
/// True when the senior doctor has signed this rule's definition as it stands.
bool is_approved(const View& view, const triage::Rule& rule);
/// Signs the very text that is on the screen.
void sign_definition(UiState& ui, Commands& commands);

}  // namespace jedel::console
