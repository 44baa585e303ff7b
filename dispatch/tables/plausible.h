#pragma once
// Does a decoded text read as words? What tells windows-1251 from KOI8-R, and either from text
// that was decoded wrongly once ("Áîëèò", "Р‘РѕР»РёС‚").

#include <string_view>

namespace jedel::tables {

/// Pairs of neighbouring characters of which at least one is not ASCII. In Russian and Kazakh
/// some 90 % are good; text in a wrong encoding has under 35 %. Letters of scripts other than
/// Latin and Cyrillic are not judged.
struct Plausibility {
    long good = 0;
    long bad = 0;
    [[nodiscard]] long total() const { return good + bad; }
    [[nodiscard]] double share() const {
        return total() == 0 ? 1.0 : static_cast<double>(good) / static_cast<double>(total());
    }
};

Plausibility judge(std::string_view utf8);

/// Share of good pairs below which a text of `pairs_to_judge` or more is nonsense; and the share
/// that an encoding found by its words must have.
inline constexpr double nonsense_share = 0.45, sure_share = 0.6;
inline constexpr long pairs_to_judge = 20;

}  // namespace jedel::tables
