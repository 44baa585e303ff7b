#pragma once
// What several subjects of the room share. What belongs to one of them stands in its folder.
// Every enumerator's name is written to journals and never changes; new ones go to the end.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geo.h"
#include "base/id.h"
#include "base/names.h"
#include "base/time.h"
#include "triage/category.h"

namespace jedel {

using triage::Category;
using triage::Sex;

/// Who said a thing.
enum class Source : std::uint8_t { caller, dispatcher, brigade, tracker, register_, rule, drawn };

/// Where a brigade was last known to be.
struct Fix {
    LatLon place;
    Instant at;
    Source source = Source::tracker;
    double speed_kmh = 0;
    double heading_deg = 0;
    friend bool operator==(const Fix&, const Fix&) = default;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("lat", s.place.lat);
        v("lon", s.place.lon);
        v("at", s.at);
        v("source", s.source);
        v("speed_kmh", s.speed_kmh);
        v("heading_deg", s.heading_deg);
    }
};

/// One reason in a recommendation: a stable code and its number, put into words by the console.
struct Reason {
    std::string code;  ///< e.g. "travel_s", "fix_age_s", "shift_left_min"
    double value = 0;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("code", s.code);
        v("value", s.value);
    }
    friend bool operator==(const Reason&, const Reason&) = default;
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::Source> {
    static constexpr std::array<std::string_view, 7> names{
        "caller", "dispatcher", "brigade", "tracker", "register", "rule", "drawn"};
};
