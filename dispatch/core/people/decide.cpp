#include <array>

#include "dispatch/core/people/handlers.h"

namespace jedel {

Decided decide_one(Deciding& d, const SignText& c) {
    if (c.subject.empty()) return refuse(RefusalCode::bad_value, "expected a text", "subject");
    if (c.version.empty()) return refuse(RefusalCode::bad_value, "expected its digest", "version");
    if (d.state.signature(c.subject, c.version) != nullptr) {
        return refuse(RefusalCode::nothing_changed, "signed already", "subject");
    }
    Decision decision;
    decision.events.emplace_back(TextSigned{c.subject, c.version});
    return decision;
}

Decided decide_one(Deciding&, const NoteClock& c) {
    constexpr std::array<std::string_view, 3> kinds{"behind", "ahead", "jumped"};
    if (std::find(kinds.begin(), kinds.end(), c.deviation) == kinds.end()) {
        return refuse(RefusalCode::bad_value, "expected behind, ahead or jumped", "deviation");
    }
    Decision decision;
    decision.events.emplace_back(ClockNoted{c.reading, c.deviation});
    return decision;
}

Decided decide_one(Deciding& d, const CorrectClock& c) {
    if (c.words.empty()) {
        return refuse(RefusalCode::reason_required, "the reason needs words", "words");
    }
    // Saying that the clock is right is an answer too, while it is asked about.
    if (c.to == d.state.at && !d.state.clock_trouble) {
        return refuse(RefusalCode::nothing_changed, "the time is that already", "to");
    }
    Decision decision;
    decision.events.emplace_back(ClockCorrected{c.to, c.words});
    return decision;
}

}  // namespace jedel
