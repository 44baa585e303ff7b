#pragma once
// Numbers in text.

#include <charconv>
#include <optional>
#include <string_view>

namespace jedel {

/// The number that the whole text is, as std::from_chars reads it in any locale; nullopt where
/// something else stands before, behind or in its place, or where it does not fit.
template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace jedel
