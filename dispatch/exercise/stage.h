#pragma once
// What World and Dispatcher share: the moment, what is due, the calls and brigades as they are,
// and the hand that gives commands to the room.

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <vector>

#include "dispatch/exercise/replay.h"

namespace jedel::exercise {

/// What can be due.
enum class Due : std::uint8_t {
    shift, intake, sorted, accepted, departed, fix, arrived, left, at_hospital, handed_over, free,
    at_base, polyclinic_accepts, polyclinic_silent, give_up, serve_again,
};

/// True of what is about a call; the rest is about a brigade.
constexpr bool about_call(Due due) {
    switch (due) {
        case Due::intake:
        case Due::sorted:
        case Due::polyclinic_accepts:
        case Due::polyclinic_silent:
        case Due::give_up:
        case Due::serve_again: return true;
        case Due::shift:
        case Due::accepted:
        case Due::departed:
        case Due::fix:
        case Due::arrived:
        case Due::left:
        case Due::at_hospital:
        case Due::handed_over:
        case Due::free:
        case Due::at_base: return false;
    }
    return false;
}

/// One due thing, about a call or a brigade. It holds only while the ticket is the present one.
struct DueItem {
    Instant at;
    std::uint64_t order = 0;  ///< ties go in the order they were planned
    Due due = Due::shift;
    std::uint32_t slot = 0;
    std::uint32_t ticket = 0;
    friend bool operator<(const DueItem& a, const DueItem& b) {
        return std::tie(b.at, b.order) < std::tie(a.at, a.order);  // the earliest on top
    }
};

/// A way being driven.
struct Leg {
    LatLon from, to;
    Instant starts;
    std::int64_t duration_ms = 0;
    Category urgency = Category::none;
    std::vector<LatLon> points;        ///< empty until somebody asks where the brigade is
    std::vector<double> along_m;       ///< distance from the start at each point
};

struct Member {
    RosterBrigade roster;
    LatLon base;
    LatLon place;  ///< where it stands, or where the leg began
    std::optional<Leg> leg;
    std::optional<LatLon> post;         ///< where it was asked to wait instead of at its base
    std::optional<std::uint32_t> call;  ///< slot of the call it works on
    std::optional<TaskId> task;         ///< the task the crew acts on
    std::int64_t travel_ms = -1;        ///< to the scene; -1: found when it departs
    bool leads = true;                  ///< the first at the scene takes the patient along
    Instant sent_at;
    bool on_shift = false;
    bool registered = false;
    std::uint32_t ticket = 0;
};

struct ActiveCall {
    CallPlan plan;
    IncidentId incident;
    std::optional<std::size_t> result;  ///< none: not of the log, so not in its report
    Category category = Category::none;
    Instant received;
    std::optional<TaskId> polyclinic_task;  ///< the hand-over that the polyclinic knows of
    std::optional<OrganisationId> hospital;
    Disposition disposition = Disposition::none;
    bool waiting = false;
    bool awaited = false;  ///< the replay goes on until it has ended or nobody came
    bool watched = false;  ///< a moment is planned at which nobody will come any more
    std::uint32_t ticket = 0;
    bool used = false;
};

inline constexpr std::int64_t give_up_after_ms = 4 * 3'600'000;
inline constexpr std::string_view replay_actor = "replay";

/// The incident is a person's: one sorted it, sent somebody, handed it over or ended it. What the
/// room raised by itself when two calls were found to be one is not a person's sorting.
bool in_persons_hands(const Incident& incident);

struct Stage {
    Stage(std::shared_ptr<const ReplayInput> in, ReplayOptions opt);

    void plan(Due due, std::uint32_t slot, std::uint32_t ticket, Instant at);
    /// A slot for a call that begins; its ticket is new, all else is empty.
    std::uint32_t new_call();
    /// The replay has no more to do with a call.
    void drop(std::uint32_t slot);
    void stop_waiting(std::uint32_t slot);
    void set_awaited(ActiveCall& call, bool awaited);
    /// A call in a person's hands, or in nobody's: planned is when nobody will come any more.
    void watch(std::uint32_t slot);
    [[nodiscard]] bool at_work(std::uint32_t slot) const;
    CallResult& result_of(const ActiveCall& call) {
        return call.result ? tally.calls[*call.result] : beside_log;
    }
    [[nodiscard]] std::optional<std::uint32_t> slot_of(IncidentId incident) const;
    /// Records how a call ended and closes it, as far as no person has and nobody is at work.
    void close(CommandPort& port, std::uint32_t slot, Disposition disposition);
    /// Performs a command; nullptr when refused or failed. The events are valid until the next.
    template <class C>
    const std::vector<JournalEvent>* ask(CommandPort& port, C command, long line);

    std::shared_ptr<const ReplayInput> input;
    ReplayOptions options;
    Adviser adviser;
    Tally tally;
    std::vector<Member> members;
    std::vector<ActiveCall> calls;
    std::vector<std::uint32_t> unused;
    std::vector<DueItem> heap;
    std::set<std::tuple<Category, Instant, std::uint32_t>> waiting;
    FixMap fixes;
    std::uint64_t order = 0;
    std::size_t active = 0;
    CallResult beside_log;  ///< of calls that are not of the log; read by nobody
    Instant clock;
    CommandEnvelope envelope;
    Outcome outcome;
    std::optional<Error> failure;
    std::string id_prefix;
    std::uint64_t command_number = 0;
};

template <class C>
const std::vector<JournalEvent>* Stage::ask(CommandPort& port, C command, long line) {
    if (failure) return nullptr;
    envelope.id = id_prefix;
    envelope.id += std::to_string(++command_number);
    envelope.command = std::move(command);
    ++tally.commands;
    outcome = port.perform(envelope, clock);
    if (const auto* events = std::get_if<std::vector<JournalEvent>>(&outcome)) {
        tally.events += static_cast<long>(events->size());
        return events;
    }
    if (const auto* error = std::get_if<Error>(&outcome)) {
        failure = *error;
        return nullptr;
    }
    const Refusal& refusal = std::get<Refusal>(outcome);
    RefusalCount& count =
        tally.refusals[{std::string{C::kind}, std::string{name_of(refusal.code)}}];
    if (++count.count == 1) {
        count.example = refusal.detail;
        count.example_line = line;
    }
    return nullptr;
}

}  // namespace jedel::exercise
