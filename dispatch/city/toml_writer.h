#pragma once
// Writing texts into TOML files.

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace jedel {

/// A basic string of TOML: in quotes, with escapes where it needs them.
inline std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace jedel
