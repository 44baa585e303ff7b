#pragma once
// What of a city can carry a name, most important first.

#include <limits>
#include <string>
#include <vector>

#include "console/map/chains.h"
#include "console/map/labels.h"

namespace jedel::console {

inline constexpr std::uint32_t no_icon = 0xffffffff;

struct NamedPoint {
    LabelKind kind = LabelKind::landmark;
    MapPoint at;
    std::string text;
    double farthest_m_per_px = 0;  ///< shown from here …
    double nearest_m_per_px = 0;   ///< … to here
    std::uint32_t icon = no_icon;  ///< of LabelSources::icons, whose name this is
};

struct NamedStreet {
    std::string text;
    Line line;
    MapBox box;
    float length_m = 0;
    bool small = false;
    double farthest_m_per_px = 0;
};

/// An icon that names must not cover.
struct IconPlace {
    MapPoint at;
    double farthest_m_per_px = 0;
};

struct LabelSources {
    std::vector<IconPlace> icons;
    std::vector<NamedPoint> districts, organisations, landmarks, houses;
    std::vector<NamedStreet> streets;
};

LabelSources label_sources(const City& city, const Projection& projection, Language language);

/// From which zoom an organisation's icon is shown: hospitals and stations far, police near.
double icon_farthest_m_per_px(OrganisationKind kind);

}  // namespace jedel::console
