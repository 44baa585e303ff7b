#pragma once
// What may be asked about the roster.

#include "dispatch/core/brigades/brigade.h"

namespace jedel {

/// A brigade of the roster starts or changes its shift. Without it a brigade is not known.
struct RegisterBrigade {
    static constexpr std::string_view kind = "register_brigade";
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

/// Asks a free brigade to wait at a post. It stays free; a second order takes the first one's
/// place. Moves accepted together name one plan.
struct MoveToPost {
    static constexpr std::string_view kind = "move_to_post";
    BrigadeId brigade;
    std::uint64_t seen_version = 0;
    std::string post;
    LatLon place;
    std::string plan;
    double gain = 0;
    std::string policy;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("brigade", s.brigade);
        v("seen_version", s.seen_version);
        v("post", s.post);
        v("lat", s.place.lat);
        v("lon", s.place.lon);
        v("plan", s.plan);
        v("gain", s.gain);
        v("policy", s.policy);
    }
};

/// A step on the way to the post; `ended` needs a reason: a code.
struct ReportPost {
    static constexpr std::string_view kind = "report_post";
    BrigadeId brigade;
    PostStep step = PostStep::accepted;
    std::string reason;
    Source source = Source::dispatcher;
    std::optional<Instant> at;
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
