#include "dispatch/core/decide.h"

#include "dispatch/core/subjects.h"

namespace jedel {

std::optional<Refusal> check_right(const Deciding& d, std::string_view what) {
    const Rights& rights = d.context.rights ? *d.context.rights : Rights::standard();
    const int day = day_of(d.now, kazakhstan_offset_minutes(d.now));
    if (rights.may(d.seat, what, day)) return std::nullopt;
    const std::string who = rights.who_may(what, day);
    return refuse(RefusalCode::right_required,
                  "the seat " + std::string{name_of(d.seat)} + " may not " + std::string{what} +
                      "; these may: " + (who.empty() ? "none" : who),
                  "seat");
}

std::variant<Decision, Refusal> decide(const State& state, const DecideContext& context,
                                       const PersonalView& personal,
                                       const CommandEnvelope& command, Instant now) {
    constexpr std::size_t command_id_max = 64;
    if (command.id.empty() || command.id.size() > command_id_max) {
        return refuse(RefusalCode::bad_command_id, "expected an id of 1 to 64 characters", "id");
    }
    if (command.actor.empty()) {
        return refuse(RefusalCode::actor_required, "expected who asks", "actor");
    }
    if (!command.seat) {
        return refuse(RefusalCode::actor_required, "expected the seat that asks", "seat");
    }
    Deciding d{state,  context,        personal, command, *command.seat, event_time(state, now),
               state.ids_of(context.desk)};
    return std::visit(
        [&](const auto& c) -> Decided {
            if (auto refusal = check_right(d, c.kind)) return *refusal;
            Decided decided = decide_one(d, c);
            if (auto* decision = std::get_if<Decision>(&decided)) decision->at = d.now;
            return decided;
        },
        command.command);
}

void apply(State& state, const JournalEvent& event) {
    state.seq = event.seq;
    state.at = event.at;
    Folding folding{state, event};
    std::visit([&](const auto& e) { fold(folding, e); }, event.event);
}

}  // namespace jedel
