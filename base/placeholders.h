#pragma once
// Texts with places for arguments, as assets/strings has them.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace jedel {

/// Replaces {0}, {1}, … by the arguments, and {0|год|года|лет} by the form that argument 0 takes as
/// a number: of two forms one and other (English), of three one, few and many (Russian). A fraction
/// takes the second form, what is no number the last. Other braces stay; an argument that was not
/// given leaves nothing.
std::string fill_placeholders(std::string_view text, std::span<const std::string_view> arguments);

/// Which of `forms` (2 or 3) the number takes, from 0.
std::size_t plural_form(std::string_view number, std::size_t forms);

}  // namespace jedel
