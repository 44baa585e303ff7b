#pragma once
// What has happened to calls.

#include "dispatch/core/calls/call.h"

namespace jedel {

struct CallReceived {
    static constexpr std::string_view kind = "call_received";
    static constexpr int version = 2;  // 2: the call is told from the incident
    CallId call;
    IncidentId incident;           ///< opened by it, unless it is known already
    std::uint32_t day_number = 0;  ///< number of the call in its civil day, from 1
    int day = 0;                   ///< that civil day, days since 1970-01-01
    Channel channel = Channel::phone_103;
    Instant received_at;
    std::optional<PersonRef> person;  ///< of the caller
    std::optional<PatientId> patient;  ///< the first of an incident that it opens
    std::optional<PersonRef> place_person, patient_person;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("call", s.call);
        v("incident", s.incident);
        v("day_number", s.day_number);
        v("day", s.day);
        v("channel", s.channel);
        v("received_at", s.received_at);
        v("person", s.person);
        v("patient", s.patient);
        v("place_person", s.place_person);
        v("patient_person", s.patient_person);
    }
};

/// A call that was opened and left untouched was taken away; the journal alone remembers it.
struct CallDiscarded {
    static constexpr std::string_view kind = "call_discarded";
    static constexpr int version = 1;
    IncidentId incident;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
    }
};

struct CallerLost {
    static constexpr std::string_view kind = "caller_lost";
    static constexpr int version = 2;  // 2: names the call
    IncidentId incident;
    CallId call;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("call", s.call);
    }
};

struct CallerReached {
    static constexpr std::string_view kind = "caller_reached";
    static constexpr int version = 2;  // 2: names the call
    IncidentId incident;
    CallId call;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("incident", s.incident);
        v("call", s.call);
    }
};

}  // namespace jedel
