#pragma once
// How the panels of cover and of staffing write their figures.

#include <cmath>
#include <string>

#include "console/ui.h"
#include "console/widgets/format.h"

namespace jedel::console {

inline constexpr double per_cent = 100;
inline constexpr double s_per_min = 60;

/// "84", "0,4": one digit behind the mark where the number is small.
inline std::string figure(const View& view, double value) {
    const double scale = std::abs(value) < 10 ? 10 : 1;
    return view.tr.number(number_text(std::round(value * scale) / scale));
}

}  // namespace jedel::console
