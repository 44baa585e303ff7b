#include "dispatch/core/people/handlers.h"

namespace jedel {

void fold(Folding& f, const TextSigned& e) {
    std::erase_if(f.state.signatures,
                  [&](const Signature& s) { return s.subject == e.subject; });
    f.state.signatures.push_back({e.subject, e.text_version, f.event.actor, f.event.at});
}

void fold(Folding& f, const ClockNoted& e) {
    f.state.clock_trouble = ClockTrouble{f.event.at, e.reading, e.deviation, f.event.actor};
}

void fold(Folding& f, const ClockCorrected& e) {
    // Times of what stands are kept as they were entered; only what comes next runs from `to`.
    f.state.at = e.to;
    f.state.clock_trouble.reset();
    // A brigade whose status a wrong year dated must not refuse every later one.
    std::vector<BrigadeId> ahead;
    for (const auto& b : f.state.brigades.rows()) {
        const bool ended = b->last_task_ended_at && *b->last_task_ended_at > e.to;
        if (b->status_at > e.to || ended) ahead.push_back(b->id);
    }
    for (const BrigadeId id : ahead) {
        f.brigade(id, [&](Brigade& b) {
            b.status_at = std::min(b.status_at, e.to);
            if (b.last_task_ended_at) b.last_task_ended_at = std::min(*b.last_task_ended_at, e.to);
        });
    }
}

}  // namespace jedel
