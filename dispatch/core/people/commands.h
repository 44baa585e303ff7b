#pragma once
// What people of the room do that is about no call: signing texts, setting a wrong clock aside.

#include <optional>
#include <string>

#include "base/time.h"

namespace jedel {

/// The senior doctor signs a text as it stands: an instruction card or a working definition.
struct SignText {
    static constexpr std::string_view kind = "sign_text";
    std::string subject;  ///< "card:choking", "rule:U1.10"
    std::string version;  ///< digest of the text that was read; another text is not signed
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("subject", s.subject);
        v("version", s.version);
    }
};

/// The desk's clock does not agree with the journal or with itself. Kept as data; work goes on.
struct NoteClock {
    static constexpr std::string_view kind = "note_clock";
    Instant reading;        ///< what the clock said
    std::string deviation;  ///< a code: "behind", "ahead", "jumped"
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("reading", s.reading);
        v("deviation", s.deviation);
    }
};

/// The journal's head was written by a wrong clock: the time is `to` from now on.
struct CorrectClock {
    static constexpr std::string_view kind = "correct_clock";
    Instant to;
    std::string words;  ///< why, without personal data
    template <class S, class V>
    static void fields(S& s, V&& v) {
        v("to", s.to);
        v("words", s.words);
    }
};

}  // namespace jedel
