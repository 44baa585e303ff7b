#pragma once
// The languages of every visible text.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/names.h"

namespace jedel {

enum class Language : std::uint8_t { kk, ru, en };
inline constexpr std::array<Language, 3> all_languages{Language::kk, Language::ru, Language::en};

/// The one behind it, and after the last the first.
constexpr Language next_language(Language language) {
    return all_languages[(static_cast<std::size_t>(language) + 1) % all_languages.size()];
}

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Language> {
    static constexpr std::array<std::string_view, 3> names{"kk", "ru", "en"};
};
