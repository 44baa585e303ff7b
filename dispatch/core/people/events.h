#pragma once
// What people of the room did that is about no call.

#include <optional>
#include <string>

#include "base/time.h"

namespace jedel {

struct TextSigned {
    static constexpr std::string_view kind = "text_signed";
    static constexpr int version = 1;
    std::string subject;
    std::string text_version;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("subject", s.subject);
        v("text_version", s.text_version);
    }
};

/// A clock that did not agree, kept as it read.
struct ClockNoted {
    static constexpr std::string_view kind = "clock_noted";
    static constexpr int version = 1;
    Instant reading;
    std::string deviation;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("reading", s.reading);
        v("deviation", s.deviation);
    }
};

/// From this event on the time runs from `to`, whatever the events before it say.
struct ClockCorrected {
    static constexpr std::string_view kind = "clock_corrected";
    static constexpr int version = 1;
    Instant to;
    std::string words;
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("to", s.to);
        v("words", s.words);
    }
};

}  // namespace jedel
