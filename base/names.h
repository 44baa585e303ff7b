#pragma once
// Stable names of enumerators: what stands in journals, commands and tables.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace jedel {

/// Specialise with `static constexpr std::array<std::string_view, N> names` in enumerator order;
/// the enumerators count from 0 without gaps. A name, once written to a journal, never changes.
template <class E>
struct EnumNames;

template <class E>
concept NamedEnum = requires { EnumNames<E>::names.size(); };

template <NamedEnum E>
constexpr std::string_view name_of(E e) {
    const auto i = static_cast<std::size_t>(e);
    return i < EnumNames<E>::names.size() ? EnumNames<E>::names[i] : std::string_view{"?"};
}

template <NamedEnum E>
constexpr std::optional<E> from_name(std::string_view name) {
    for (std::size_t i = 0; i < EnumNames<E>::names.size(); ++i) {
        if (EnumNames<E>::names[i] == name) return static_cast<E>(i);
    }
    return std::nullopt;
}

}  // namespace jedel
