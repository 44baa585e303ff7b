#pragma once
// What has happened to the roster.

#include "dispatch/core/brigades/brigade.h"

namespace jedel {

struct BrigadeRegistered {
    static constexpr std::string_view kind = "brigade_registered";
    static constexpr int version = 1;
    BrigadeId brigade;
    std::string name;
    BrigadeKind brigade_kind = BrigadeKind::feldsher;
    OrganisationId base;
    LatLon base_place;
    std::optional<Instant> shift_end;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("name", s.name);
        v("brigade_kind", s.brigade_kind);
        v("base", s.base);
        v("lat", s.base_place.lat);
        v("lon", s.base_place.lon);
        v("shift_end", s.shift_end);
    }
};

}  // namespace jedel
