#pragma once
// What a JSON text from outside may be, before anything is built of it.

#include <iosfwd>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jedel {

/// Looks over a JSON text within the limits of base/limits.h: size, depth, length of lists and
/// texts, no key twice in one object. Errors name the key; what is not JSON at all is left to the
/// parser that comes after.
Result<void> check_json(std::string_view text);

/// The next line without its end, never more of it in memory than a line may have. False at the
/// end; errors: too long (the rest of that line is passed over), could not be read.
Result<bool> next_line(std::istream& in, std::string& line);

}  // namespace jedel
