#pragma once
// A text the senior doctor has signed.

#include <string>

#include "base/time.h"

namespace jedel {

/// By the digest of what was read: a changed text is unsigned again.
struct Signature {
    std::string subject;
    std::string version;
    std::string actor;
    Instant at;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("subject", s.subject);
        v("version", s.version);
        v("actor", s.actor);
        v("at", s.at);
    }
};

/// A clock that did not agree with the journal or with itself; the latest word on it.
struct ClockTrouble {
    Instant noted_at;
    Instant reading;
    std::string deviation;  ///< "behind", "ahead", "jumped"
    std::string actor;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("noted_at", s.noted_at);
        v("reading", s.reading);
        v("deviation", s.deviation);
        v("actor", s.actor);
    }
};

}  // namespace jedel
