#pragma once
// A file for its owner's eyes only.

#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel::papers {

/// Writes a file that only its owner may read (0600). A reader finds the old one or the new one,
/// whole, also after the machine lost its power.
Result<void> write_private(const std::string& path, std::string_view bytes);

}  // namespace jedel::papers
