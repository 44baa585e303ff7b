#pragma once
// What cannot be and is kept for a person: statuses that do not fit, and who was told of what.

#include <optional>
#include <string>

#include "dispatch/core/brigades/brigade.h"
#include "dispatch/core/people/seat.h"
#include "dispatch/core/types.h"

namespace jedel {

using TroubleId = Id<struct TroubleTag>;

/// Statuses of one brigade that could not be taken, for the same reason: one row, counted.
struct Trouble {
    TroubleId id;
    BrigadeId brigade;
    std::optional<IncidentId> incident;  ///< the brigade was on
    BrigadeStatus status = BrigadeStatus::unknown;      ///< as it was said
    BrigadeStatus now_status = BrigadeStatus::unknown;  ///< what the room had
    std::string why;                     ///< name of the refusal: "status_order" …
    Source source = Source::brigade;
    Instant claimed_at;  ///< when it was said to be true, the latest
    Instant first_at, last_at;
    std::uint32_t count = 1;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("id", s.id);
        v("brigade", s.brigade);
        v("incident", s.incident);
        v("status", s.status);
        v("now_status", s.now_status);
        v("why", s.why);
        v("source", s.source);
        v("claimed_at", s.claimed_at);
        v("first_at", s.first_at);
        v("last_at", s.last_at);
        v("count", s.count);
    }
};

/// Somebody above was told that a thing is late; once for each row of the table.
struct Escalation {
    std::string row;             ///< of data/law/watch.toml
    std::optional<TaskId> task;  ///< it is about
    Seat to = Seat::senior_dispatcher;
    Instant at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("row", s.row);
        v("task", s.task);
        v("to", s.to);
        v("at", s.at);
    }
};

}  // namespace jedel
