#pragma once
// Which text it is that someone read, signed or evaluated by.

#include <string>
#include <string_view>

namespace jedel::triage {

/// Digest of a text: 16 hexadecimal digits (FNV-1a, 64 bits). Tells a changed text, not a forged
/// one; who signed stands in the journal's chain.
std::string text_version(std::string_view text);

}  // namespace jedel::triage
