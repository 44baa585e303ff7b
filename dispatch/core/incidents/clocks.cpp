#include "dispatch/core/incidents/clocks.h"

namespace jedel {

std::optional<std::int64_t> Clock::elapsed_ms(Instant now) const {
    if (!started) return std::nullopt;
    return (stopped.value_or(now) - *started).count();
}

bool Clock::late(Instant now) const { return due && stopped.value_or(now) > *due; }

CallClocks clocks_of(const Incident& incident) {
    CallClocks clocks;
    const Instant received = incident.received_at;
    clocks.hand_over.started = received;
    clocks.hand_over.due = received + std::chrono::milliseconds{hand_over_limit_ms};
    clocks.caller_wait.started = received;

    // The first hand-over that still counts: a released brigade or a returned call did not serve.
    std::optional<Instant> handed, arrived;
    const auto earlier = [](std::optional<Instant>& held, Instant at) {
        if (!held || at < *held) held = at;
    };
    for (const Task& t : incident.tasks) {
        const bool serves = t.of_brigade() || t.resource == Resource::polyclinic;
        if (!serves || t.returned_at()) continue;
        earlier(handed, t.sent_at());
        if (const auto arrived_at = t.on_scene_at()) earlier(arrived, *arrived_at);
    }
    clocks.hand_over.stopped = handed;
    if (handed) {
        clocks.arrival.started = handed;
        const int target = triage::target_minutes(incident.working_category());
        if (target > 0) clocks.arrival.due = *handed + std::chrono::minutes{target};
        clocks.arrival.stopped = arrived;
    }
    clocks.caller_wait.stopped = arrived;

    // A call that ended without anyone sent or arriving stops waiting when that was recorded. While
    // a brigade is on it, somebody waits for it, whatever was recorded.
    if (incident.first_brigade_at_work() != nullptr) return clocks;
    if (const auto ended = incident.ending.at ? incident.ending.at : incident.closed_at) {
        for (Clock* clock : {&clocks.hand_over, &clocks.arrival, &clocks.caller_wait}) {
            if (clock->started && !clock->stopped) clock->stopped = ended;
        }
    }
    return clocks;
}

}  // namespace jedel
