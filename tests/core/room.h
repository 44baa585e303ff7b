#pragma once
// A room without a journal: commands are decided and folded in memory.

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "dispatch/core/decide.h"
#include "dispatch/journal/normalise.h"

namespace jedel::test {

struct Room {
    State state;
    DecideContext context;
    PersonalTable people;
    std::vector<JournalEvent> log;
    Instant now = from_iso("2026-03-02T04:00:00Z").value();  // Monday 09:00 at +05:00
    std::uint64_t commands = 0;

    std::variant<Decision, Refusal> ask(const Command& command, Seat seat = Seat::dispatcher) {
        CommandEnvelope envelope{.id = "c" + std::to_string(++commands),
                                 .actor = "desk-1",
                                 .seat = seat,
                                 .command = command};
        normalise(envelope);  // as the engine does before it decides
        return decide(state, context, PersonalView{&people}, envelope, now);
    }
    /// Decides and folds; true when done, false when refused (`refusal` says why).
    bool tell(const Command& command, Seat seat = Seat::dispatcher) {
        auto answer = ask(command, seat);
        if (auto* refused = std::get_if<Refusal>(&answer)) {
            refusal = *refused;
            return false;
        }
        Decision& decision = std::get<Decision>(answer);
        for (PersonalRecord& row : decision.personal) people.put(row);
        for (Event& event : decision.events) {
            log.push_back({.seq = state.seq + 1,
                           .at = decision.at,
                           .actor = "desk-1",
                           .seat = seat,
                           .command_id = "c" + std::to_string(commands),
                           .event = std::move(event)});
            apply(state, log.back());
        }
        return true;
    }
    void wait(int seconds) { now = now + std::chrono::seconds{seconds}; }
    Refusal refusal;

    /// A brigade free at its base.
    void brigade(std::uint64_t id, BrigadeKind kind = BrigadeKind::feldsher) {
        tell(RegisterBrigade{.brigade = {id},
                             .name = std::to_string(100 + id),
                             .brigade_kind = kind,
                             .base = {102},
                             .base_place = {50, 70},
                             .shift_end = {}},
             Seat::system);
        tell(ReportStatus{.brigade = {id}, .status = BrigadeStatus::free_at_base});
    }
    /// A call with a place, an age and a category.
    IncidentId call(Category category, double age_years = 40) {
        tell(ReceiveCall{});
        const IncidentId id{state.newest_incident().value};
        tell(RecordIntake{.incident = id, .lat = 50.01, .lon = 70.01, .age_years = age_years});
        tell(SetCategory{.incident = id,
                         .category = category,
                         .reason = OverrideReason::clinical_judgement,
                         .words = "test"});
        return id;
    }
    bool assign(IncidentId incident, std::uint64_t brigade) {
        return tell(AssignBrigade{.incident = incident, .brigade = {brigade}});
    }
    bool status(std::uint64_t brigade, BrigadeStatus s) {
        return tell(ReportStatus{.brigade = {brigade}, .status = s});
    }
};

}  // namespace jedel::test
