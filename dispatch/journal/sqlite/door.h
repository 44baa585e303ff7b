#pragma once
// Finding and opening a SQLite journal. The one header of this folder that others include.

#include "dispatch/journal/rows.h"

namespace jedel::sql {

inline constexpr std::string_view scheme = "sqlite:";

/// "sqlite:PATH" or "sqlite::memory:".
Result<std::unique_ptr<StoreDoor>> find_door(const std::string& url, JournalMode mode);

}  // namespace jedel::sql
