#include "dispatch/gateway/watch_keeper.h"

namespace jedel {
namespace {

/// The id tells the state it was decided on: two programs on one journal cannot double it.
CommandEnvelope envelope(const Engine& engine, std::string what, Command command) {
    return {.id = "watch-" + std::to_string(engine.state().seq) + "-" + std::move(what),
            .actor = "watch",
            .seat = Seat::system,
            .command = std::move(command)};
}

}  // namespace

std::size_t tell_watch(Engine& engine, const WatchTable& table, Instant now) {
    if (engine.journal().mode() == JournalMode::read_only) return 0;
    const WatchActs acts = acts_due(engine.state(), table, now);
    std::size_t taken = 0;
    const auto give = [&](std::string what, Command command) {
        const Outcome outcome =
            engine.perform(envelope(engine, std::move(what), std::move(command)), now);
        if (std::holds_alternative<std::vector<JournalEvent>>(outcome)) ++taken;
    };
    for (const IncidentId id : acts.returns) {
        give("return-" + std::to_string(id.value), ReturnFromPolyclinic{id, "not_accepted", {}});
    }
    for (const WatchActs::Told& told : acts.told) {
        const std::string task = told.task ? std::to_string(told.task->value) : "0";
        give("tell-" + task, Escalate{told.incident, told.task, told.row, told.to});
    }
    return taken;
}

NetworkThread::Timer keep_watch(NetworkThread& network, Desk& desk, const WatchTable& table,
                                const ClockPort& clock, std::chrono::milliseconds period) {
    return network.every(period, [&desk, &table, &clock] {
        const auto room = desk.snapshot();
        // Most ticks change nothing; the desk is bothered only when one does.
        if (room->read_only || acts_due(room->state, table, clock.now()).empty()) return;
        desk.post([&table, &clock](Engine& engine) { tell_watch(engine, table, clock.now()); });
    });
}

}  // namespace jedel
