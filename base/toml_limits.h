#pragma once
// How deep and how long a TOML file from outside may be, asked before it is parsed: the parser
// goes down by recursion.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel {

/// An error with the line where brackets, braces or dotted keys go deeper than limits::depth_max,
/// a line is longer than limits::line_bytes_max, or a header names nothing.
std::optional<Error> check_toml_limits(std::string_view toml, const std::string& file);

}  // namespace jedel
