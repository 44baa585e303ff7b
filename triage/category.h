#pragma once
// Urgency categories of the order ҚР ДСМ-225/2020 (S1) and what is known of the patient.

#include <array>
#include <cstdint>
#include <optional>

#include "base/names.h"

namespace jedel::triage {

/// Urgency category; a smaller number is more urgent. `none` = not known yet.
enum class Category : std::uint8_t { none, u1, u2, u3, u4 };

/// Target time to the brigade's arrival in minutes (S1): 10, 15, 30, 60; 0 for none.
constexpr int target_minutes(Category c) {
    constexpr std::array<int, 5> minutes{0, 10, 15, 30, 60};
    return minutes[static_cast<std::size_t>(c)];
}

/// True when a is strictly more urgent than b; `none` is less urgent than all.
constexpr bool more_urgent(Category a, Category b) {
    constexpr auto rank = [](Category c) { return c == Category::none ? 9 : static_cast<int>(c); };
    return rank(a) < rank(b);
}

/// True, false or not known; unknown is a value.
enum class Tri : std::uint8_t { unknown, no, yes };

enum class Sex : std::uint8_t { unknown, male, female };

/// What a caller said of the patient's person; each may be unknown.
struct Patient {
    std::optional<double> age_years;
    Sex sex = Sex::unknown;
    std::optional<int> pregnancy_weeks;  ///< given = pregnant
    friend bool operator==(const Patient&, const Patient&) = default;
};

}  // namespace jedel::triage

template <>
struct jedel::EnumNames<jedel::triage::Category> {
    static constexpr std::array<std::string_view, 5> names{"none", "u1", "u2", "u3", "u4"};
};
template <>
struct jedel::EnumNames<jedel::triage::Tri> {
    static constexpr std::array<std::string_view, 3> names{"unknown", "no", "yes"};
};
template <>
struct jedel::EnumNames<jedel::triage::Sex> {
    static constexpr std::array<std::string_view, 3> names{"unknown", "male", "female"};
};
