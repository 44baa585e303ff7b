#pragma once
// What may be asked about the exception list.

#include "dispatch/core/watch/trouble.h"

namespace jedel {

/// Tells a senior that a thing is late. The same row is told once of one task.
struct Escalate {
    static constexpr std::string_view kind = "escalate";
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

/// A person has looked at a status that could not be taken. `how` is a code: "reported" (the right
/// status was entered), "asked" (the crew was asked), "ignored".
struct SettleTrouble {
    static constexpr std::string_view kind = "settle_trouble";
    TroubleId trouble;
    std::string how;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("trouble", s.trouble);
        v("how", s.how);
    }
};

}  // namespace jedel
