#pragma once
// What may be asked about calls.

#include "dispatch/core/calls/call.h"
#include "dispatch/core/people/personal.h"

namespace jedel {

/// A call comes in; opens an incident, or joins the one it names. `received_at` only for
/// back-entry (channel paper, replay).
struct ReceiveCall {
    static constexpr std::string_view kind = "receive_call";
    Channel channel = Channel::phone_103;
    std::optional<Instant> received_at;
    PersonalFields personal;
    std::optional<IncidentId> incident;  ///< one more call about that one
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("channel", s.channel);
        v("received_at", s.received_at);
        v("personal", s.personal);
        v("incident", s.incident);
    }
};

/// Takes away a call that was opened and left untouched: nothing said, nobody sent. Its number is
/// not given again. What somebody has said a word on is closed with an outcome instead.
struct DiscardCall {
    static constexpr std::string_view kind = "discard_call";
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

/// The caller hung up or the line broke: what was not said stays unknown, the call stays open and
/// is to be called back.
struct RecordCallerLost {
    static constexpr std::string_view kind = "caller_lost";
    IncidentId incident;
    std::optional<CallId> call;  ///< none: the incident's only one
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("call", s.call);
    }
};

/// Someone of the call is on the line again.
struct RecordCallerReached {
    static constexpr std::string_view kind = "caller_reached";
    IncidentId incident;
    std::optional<CallId> call;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("call", s.call);
    }
};

}  // namespace jedel
