#pragma once
// Reads how long the places of brigades are kept.

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "dispatch/journal/store.h"

namespace jedel {

/// The row of a text like data/law/retention.toml that is in force on the day of `now`. Errors
/// name file, line and key: not TOML, a key that is missing or out of range, no row in force.
Result<FixRetention> parse_retention(std::string_view text, const std::string& file, Instant now);

/// The one of the installed tables.
Result<FixRetention> load_retention(const std::string& install_folder, Instant now);

}  // namespace jedel
