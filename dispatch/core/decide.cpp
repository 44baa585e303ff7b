#include "dispatch/core/decide.h"

#include "dispatch/core/subjects.h"

namespace jedel {
namespace {

/// The call that a polyclinic's desk may work on: handed to it, and not given back.
bool is_own_call(const Deciding& d, IncidentId id, OrganisationId desk) {
    const Incident* incident = d.state.open.find(id);
    const Task* task = incident != nullptr ? incident->last_polyclinic() : nullptr;
    return task != nullptr && task->organisation == desk && (task->active() || task->served());
}

bool is_own_brigade(const Deciding& d, BrigadeId id, OrganisationId desk) {
    const Brigade* brigade = d.state.brigades.find(id);
    return brigade != nullptr && brigade->kind == BrigadeKind::polyclinic && brigade->base == desk;
}

/// What a desk of a polyclinic that says whose it is may touch: its own calls and brigades.
template <class C>
bool is_own(const Deciding& d, const C& c, OrganisationId desk) {
    if constexpr (requires(BrigadeId id) { id = c.brigade; }) {
        if (!is_own_brigade(d, c.brigade, desk)) return false;
    }
    if constexpr (requires(IncidentId id) { id = c.incident; }) {
        return is_own_call(d, c.incident, desk);
    }
    return true;
}

/// The seat may do this kind of thing at all, and where the desk is a polyclinic's, to this call.
template <class C>
std::optional<Refusal> check_may(const Deciding& d, const C& c) {
    auto refusal = check_right(d, C::kind);
    const auto& desk = d.envelope.seat_of;
    if (!desk || d.seat != Seat::polyclinic_desk) return refusal;
    constexpr bool owners = requires { C::of_own_calls; };
    if (refusal && !(owners && !check_right(d, right::own_calls))) return refusal;
    if (is_own(d, c, *desk)) return std::nullopt;
    return refuse(RefusalCode::right_required,
                  "a polyclinic's desk works on the calls handed to it, with its own brigades",
                  "seat_of");
}

}  // namespace

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
            if (auto refusal = check_may(d, c)) return *refusal;
            Decided decided = decide_one(d, c);
            if (const auto* refusal = std::get_if<Refusal>(&decided)) {
                if (auto kept = keep_unfit(d, c, *refusal)) decided = *std::move(kept);
            }
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
