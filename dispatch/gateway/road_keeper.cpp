#include "dispatch/gateway/road_keeper.h"

#include <future>

namespace jedel {
namespace {

std::vector<RoadChangeId> due(const State& state, Instant now) {
    std::vector<RoadChangeId> out;
    for (const auto& change : state.road_changes.rows()) {
        if (change->until && *change->until <= now) out.push_back(change->id);
    }
    return out;
}

/// On the desk's thread. The id is the change's own: two programs on one journal end it once.
std::size_t end_due(Engine& engine, Instant now) {
    if (engine.journal().mode() == JournalMode::read_only) return 0;
    std::size_t ended = 0;
    for (const RoadChangeId change : due(engine.state(), now)) {
        const CommandEnvelope envelope{.id = "road-expired-" + std::to_string(change.value),
                                       .actor = "clock",
                                       .seat = Seat::system,
                                       .command = RestoreRoad{change, RoadEnd::expired}};
        const Outcome outcome = engine.perform(envelope, now);
        if (std::holds_alternative<Error>(outcome)) break;
        if (std::holds_alternative<std::vector<JournalEvent>>(outcome)) ++ended;
    }
    return ended;
}

}  // namespace

std::size_t end_road_changes(Desk& desk, const ClockPort& clock) {
    std::promise<std::size_t> told;
    const bool taken =
        desk.post([&](Engine& engine) { told.set_value(end_due(engine, clock.now())); });
    if (!taken) return 0;  // too much waits already; the keeper's next tick tells it
    const std::size_t count = told.get_future().get();
    desk.drain();
    return count;
}

NetworkThread::Timer keep_roads(NetworkThread& network, Desk& desk, const ClockPort& clock,
                                std::chrono::milliseconds period) {
    return network.every(period, [&desk, &clock] {
        const auto room = desk.snapshot();
        if (room->read_only || due(room->state, clock.now()).empty()) return;
        desk.post(
            [&clock](Engine& engine) { static_cast<void>(end_due(engine, clock.now())); });
    });
}

}  // namespace jedel
