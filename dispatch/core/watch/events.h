#pragma once
// What has happened to the exception list.

#include "dispatch/core/watch/trouble.h"

namespace jedel {

/// A crew or a tracker reported what cannot be; nothing but the list has changed.
struct StatusUnfit {
    static constexpr std::string_view kind = "status_unfit";
    static constexpr int version = 1;
    TroubleId trouble;  ///< of the row it makes, or of the one it is counted in
    BrigadeId brigade;
    std::optional<IncidentId> incident;
    BrigadeStatus status = BrigadeStatus::unknown;
    BrigadeStatus now_status = BrigadeStatus::unknown;
    std::string why;
    Source source = Source::brigade;
    Instant at;  ///< when it was said to be true
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("trouble", s.trouble);
        v("brigade", s.brigade);
        v("incident", s.incident);
        v("status", s.status);
        v("now_status", s.now_status);
        v("why", s.why);
        v("source", s.source);
        v("at", s.at);
    }
};

struct TroubleSettled {
    static constexpr std::string_view kind = "trouble_settled";
    static constexpr int version = 1;
    TroubleId trouble;
    std::string how;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("trouble", s.trouble);
        v("how", s.how);
    }
};

struct Escalated {
    static constexpr std::string_view kind = "escalated";
    static constexpr int version = 1;
    IncidentId incident;
    std::optional<TaskId> task;
    std::string row;
    Seat to = Seat::senior_dispatcher;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("task", s.task);
        v("row", s.row);
        v("to", s.to);
    }
};

}  // namespace jedel
