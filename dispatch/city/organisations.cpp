#include "dispatch/city/organisations.h"

#include <algorithm>

namespace jedel {
namespace {

bool on_day(const Hours& hours, int weekday) {
    return hours.first_weekday <= hours.last_weekday
               ? weekday >= hours.first_weekday && weekday <= hours.last_weekday
               : weekday >= hours.first_weekday || weekday <= hours.last_weekday;
}

bool open_by(const Hours& hours, int weekday, int minute) {
    if (hours.from_min < hours.to_min) {
        return on_day(hours, weekday) && minute >= hours.from_min && minute < hours.to_min;
    }
    const int yesterday = (weekday + 6) % 7;
    return (on_day(hours, weekday) && minute >= hours.from_min) ||
           (on_day(hours, yesterday) && minute < hours.to_min);
}

}  // namespace

const Organisation* Organisations::find(OrganisationId id) const {
    const auto found = std::lower_bound(all.begin(), all.end(), id,
                                        [](const Organisation& o, OrganisationId i) {
                                            return o.id < i;
                                        });
    return found != all.end() && found->id == id ? &*found : nullptr;
}

const Organisation* Organisations::polyclinic_for(LatLon place) const {
    for (const Organisation& o : all) {
        if (o.kind == OrganisationKind::polyclinic && contains(o.service_area, place)) return &o;
    }
    return nullptr;
}

bool contains(const std::vector<LatLon>& polygon, LatLon p) {
    // Crossings of the ray to the east. Half-open in latitude, so that a point on an edge shared
    // by two areas lies in exactly one of them.
    bool inside = false;
    for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
        LatLon a = polygon[i];
        LatLon b = polygon[j];
        if ((a.lat > p.lat) == (b.lat > p.lat)) continue;
        // The same arithmetic whichever way round the edge is given.
        if (a.lat > b.lat) std::swap(a, b);
        const double lon = a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon);
        if (p.lon < lon) inside = !inside;
    }
    return inside;
}

bool is_licensed(const Organisation& organisation, int local_day) {
    if (organisation.kind == OrganisationKind::station ||
        organisation.kind == OrganisationKind::substation) {
        return true;
    }
    return !organisation.licence.empty() &&
           (!organisation.licence_until_day || local_day <= *organisation.licence_until_day);
}

bool is_open(const Organisation& organisation, const CivilTime& local) {
    if (organisation.hours.empty()) return true;
    const int minute = local.hour * 60 + local.minute;
    return std::any_of(organisation.hours.begin(), organisation.hours.end(),
                       [&](const Hours& h) { return open_by(h, local.weekday, minute); });
}

}  // namespace jedel
