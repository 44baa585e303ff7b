#pragma once
// Follow-ups of a room as CSV (RFC 4180, UTF-8), for polyclinics' own tables. Pure.

#include <optional>
#include <string>

#include "dispatch/city/organisations.h"
#include "dispatch/core/people/personal.h"
#include "dispatch/core/state.h"

namespace jedel {

/// A row for each follow-up of each patient of the incidents received in [from, until) that the
/// room has at hand, in order of receipt; `organisation`: those that go there alone. The first line
/// names the columns. Codes are those of the journal; times are UTC (ISO 8601); an empty cell is
/// not known. A cell that a spreadsheet would take for a formula begins with a blank.
std::string follow_up_csv(const State& state, const PersonalTable& personal,
                          const Organisations& organisations, Instant from, Instant until,
                          std::optional<OrganisationId> organisation = std::nullopt);

}  // namespace jedel
