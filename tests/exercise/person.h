#pragma once
// A replay and a person at a desk of the same room.

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <utility>

#include "tests/exercise/town.h"

namespace jedel::test {

using namespace jedel::exercise;

/// A replay and a person, in one room.
struct Room {
    std::shared_ptr<const ReplayInput> input;
    std::unique_ptr<Engine> engine;
    Replay replay;
    int commands = 0;

    Room(const std::string& log, Policy policy)
        : input(replay_input(log)),
          engine(engine_on("sqlite::memory:", input->protocol)),
          replay(input, {.policy = policy, .draws = {}}) {}

    const State& state() const { return engine->state(); }
    template <class C>
    Outcome person(C command, Seat seat = Seat::dispatcher) {
        CommandEnvelope envelope;
        envelope.id = "desk-1-" + std::to_string(++commands);
        envelope.actor = "desk 1";
        envelope.seat = seat;
        envelope.command = std::move(command);
        return engine->perform(envelope, std::max(replay.now(), state().at));
    }
    template <class C>
    void must(C command, Seat seat = Seat::dispatcher) {
        const Outcome outcome = person(std::move(command), seat);
        if (const auto* refusal = std::get_if<Refusal>(&outcome)) FAIL(refusal->detail);
        REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
    }
    /// Steps until `met`; fails after a day of the log.
    void until(const std::function<bool()>& met) {
        const Instant last = replay.now() + std::chrono::hours{24};
        while (!met()) {
            REQUIRE(replay.next_time());
            REQUIRE(replay.now() < last);
            REQUIRE(replay.step(*engine).ok());
        }
    }
    void finish() {
        while (!replay.finished()) REQUIRE(replay.step(*engine).ok());
    }
    /// The first open incident that has a place and findings.
    const Incident* told() const {
        for (const auto& row : state().open.rows()) {
            const Incident& i = *row;
            if (!i.place() || !i.tasks.empty()) continue;
            if (i.triage.proposed != Category::none) return row.get();
        }
        return nullptr;
    }
    BrigadeId free_brigade() const {
        for (const auto& row : state().brigades.rows()) {
            const Brigade& b = *row;
            if (is_free(b)) return b.id;
        }
        return {};
    }
    bool send(IncidentId incident, BrigadeId brigade) {
        return std::holds_alternative<std::vector<JournalEvent>>(
            person(AssignBrigade{.incident = incident, .brigade = brigade}));
    }
    BrigadeStatus status(BrigadeId brigade) const {
        return state().brigades.find(brigade)->status;
    }
    /// Refusals but those of a shift that ends before the room knows the brigade.
    long refusals() const {
        long count = 0;
        for (const auto& [key, refusal] : replay.tally().refusals) {
            UNSCOPED_INFO(key.first << " " << key.second << ": " << refusal.example);
            count += refusal.count;
        }
        return count;
    }
    /// Sends a brigade to the first call that has been told, and gives both.
    std::pair<IncidentId, BrigadeId> send_first() {
        until([&] { return told() != nullptr && free_brigade(); });
        const IncidentId incident = told()->id;
        const BrigadeId brigade = free_brigade();
        REQUIRE(send(incident, brigade));
        return {incident, brigade};
    }
    CallResult result(IncidentId incident) const {
        for (const CallResult& r : replay.tally().calls) {
            if (r.incident == incident) return r;
        }
        return {};
    }
};

}  // namespace jedel::test
