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

struct MovedToPost {
    static constexpr std::string_view kind = "moved_to_post";
    static constexpr int version = 1;
    BrigadeId brigade;
    std::string post;
    LatLon place;
    std::string plan;
    double gain = 0;
    std::string policy;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("post", s.post);
        v("lat", s.place.lat);
        v("lon", s.place.lon);
        v("plan", s.plan);
        v("gain", s.gain);
        v("policy", s.policy);
    }
};

struct PostReported {
    static constexpr std::string_view kind = "post_reported";
    static constexpr int version = 1;
    BrigadeId brigade;
    PostStep step = PostStep::accepted;
    std::string reason;
    Source source = Source::dispatcher;
    Instant at;  ///< when it was true
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("step", s.step);
        v("reason", s.reason);
        v("source", s.source);
        v("at", s.at);
    }
};

}  // namespace jedel
