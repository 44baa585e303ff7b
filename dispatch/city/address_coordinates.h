#pragma once
// Coordinates as people paste them: numbers, degrees and minutes, geo:, links of maps.

#include <optional>
#include <string_view>

namespace jedel::address {

struct Pasted {
    double first = 0, second = 0;  ///< latitude and longitude, unless `either`
    bool either = true;            ///< nothing says which is which
};

/// A link, whether or not it holds coordinates: it is no address to be searched for.
bool is_link(std::string_view text);
/// Decimal comma, brackets, degree signs, minutes and seconds, N/S/E/W and words for them, a full
/// stop at the end; geo:, Google, Apple, OpenStreetMap, Yandex and 2GIS links. Nothing where the
/// text is something else, or two whole numbers.
std::optional<Pasted> coordinates_of(std::string_view text);

}  // namespace jedel::address
