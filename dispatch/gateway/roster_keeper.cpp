#include "dispatch/gateway/roster_keeper.h"

#include <future>

#include "dispatch/city/roster.h"

namespace jedel {
namespace {

/// On the desk's thread: between its look at the state and its commands nobody else decides.
std::size_t perform_changes(Engine& engine, const City& city, Instant now) {
    if (engine.journal().mode() == JournalMode::read_only) return 0;
    const auto changes = roster_changes(engine.state(), city.organisations, now);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        // The id tells a second telling of the same moment: two programs cannot double it.
        const CommandEnvelope envelope{
            .id = "roster-" + std::to_string(now.ms) + "-" +
                  std::to_string(engine.state().seq) + "-" + std::to_string(i),
            .actor = "roster",
            .seat = Seat::system,
            .command = changes[i]};
        if (std::holds_alternative<Error>(engine.perform(envelope, now))) return i;
    }
    return changes.size();
}

}  // namespace

std::size_t tell_roster(Desk& desk, const City& city, const ClockPort& clock) {
    std::promise<std::size_t> told;
    const bool taken = desk.post(
        [&](Engine& engine) { told.set_value(perform_changes(engine, city, clock.now())); });
    if (!taken) return 0;  // too much waits already; the keeper's next tick tells it
    const std::size_t count = told.get_future().get();
    desk.drain();
    return count;
}

NetworkThread::Timer keep_roster(NetworkThread& network, Desk& desk, const City& city,
                                 const ClockPort& clock, std::chrono::milliseconds period) {
    return network.every(period, [&desk, &city, &clock] {
        const auto room = desk.snapshot();
        // Most ticks change nothing; the desk is bothered, and a snapshot made, only when one does.
        if (room->read_only || roster_changes(room->state, city.organisations, clock.now()).empty())
            return;
        desk.post([&city, &clock](Engine& engine) {
            static_cast<void>(perform_changes(engine, city, clock.now()));
        });
    });
}

}  // namespace jedel
