#pragma once
// Help cards as `jedel triage` writes them.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "triage/cards.h"

namespace jedel::cli {

/// The cards for these facts, to be read first first, in kk, ru or en: the question that decides,
/// the lines with their sources, what changes and the card it leads to, until when.
nlohmann::ordered_json cards_json(const triage::Protocol& protocol,
                                  const std::vector<triage::Card>& cards,
                                  const triage::Facts& facts, const std::string& language);

/// The same for people, indented below the answer.
std::string cards_text(const nlohmann::ordered_json& cards);

}  // namespace jedel::cli
