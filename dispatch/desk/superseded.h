#pragma once
// Personal rows that nobody needs any more: a newer row of the same call, place or patient holds
// all they held.

#include <vector>

#include "dispatch/journal/journal.h"

namespace jedel {

/// Their references, those that are still stored, found by folding every event. Rows of incidents
/// that were put together stay: taking them apart again would need them.
Result<std::vector<PersonRef>> superseded_persons(Journal& journal);

}  // namespace jedel
