#pragma once
// The inside of Replay, shared by its source files.

#include <limits>
#include <set>
#include <tuple>
#include <vector>

#include "dispatch/exercise/replay.h"

namespace jedel::exercise {

/// What can be due.
enum class Due : std::uint8_t {
    shift, intake, sorted, accepted, departed, fix, arrived, left, at_hospital, handed_over, free,
    at_base, polyclinic_accepts, polyclinic_silent, give_up,
};

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
    std::optional<std::uint32_t> call;  ///< slot of the call it works on
    Instant sent_at;
    bool on_shift = false;
    bool registered = false;
    std::uint32_t ticket = 0;
};

struct ActiveCall {
    CallPlan plan;
    IncidentId incident;
    std::size_t result = 0;
    Category category = Category::none;
    Instant received;
    std::optional<std::uint32_t> member;
    std::optional<OrganisationId> hospital;
    Disposition disposition = Disposition::none;
    bool waiting = false;
    std::uint32_t ticket = 0;
    bool used = false;
};

inline constexpr std::int64_t give_up_after_ms = 4 * 3'600'000;

struct Replay::Impl {
    Impl(std::shared_ptr<const ReplayInput> in, ReplayOptions opt);

    // replay.cpp
    Result<void> step(CommandPort& port);
    [[nodiscard]] std::optional<Instant> next_time() const;
    void open_room();
    void plan(Due due, std::uint32_t slot, std::uint32_t ticket, Instant at);
    void perform(CommandPort& port, const DueItem& item);
    /// Performs a command; nullptr when refused or failed. The events are valid until the next.
    template <class C>
    const std::vector<JournalEvent>* ask(CommandPort& port, C command, long line);

    // replay_calls.cpp
    void receive(CommandPort& port);
    void intake(CommandPort& port, std::uint32_t slot);
    void findings(CommandPort& port, ActiveCall& call);
    void sorted(CommandPort& port, std::uint32_t slot);
    bool hand_to_polyclinic(CommandPort& port, std::uint32_t slot, const Incident& incident);
    void polyclinic_accepts(CommandPort& port, std::uint32_t slot);
    void polyclinic_silent(CommandPort& port, std::uint32_t slot);
    void wait_for_brigade(std::uint32_t slot);
    void give_up(CommandPort& port, std::uint32_t slot);
    void close(CommandPort& port, std::uint32_t slot, Disposition disposition);
    void drop(std::uint32_t slot);
    [[nodiscard]] Disposition ending(ActiveCall& call);
    CallResult& result_of(const ActiveCall& call) { return tally.calls[call.result]; }

    // replay_fleet.cpp
    void shift(CommandPort& port, std::uint32_t member);
    bool send(CommandPort& port, std::uint32_t slot);
    void serve_waiting(CommandPort& port);
    void status(CommandPort& port, Member& member, BrigadeStatus status,
                std::optional<OrganisationId> hospital = std::nullopt);
    void departed(CommandPort& port, std::uint32_t member);
    void arrived(CommandPort& port, std::uint32_t member);
    void left(CommandPort& port, std::uint32_t member);
    void at_hospital(CommandPort& port, std::uint32_t member);
    void free(CommandPort& port, std::uint32_t member);
    void at_base(CommandPort& port, std::uint32_t member);
    void fix_along(CommandPort& port, std::uint32_t member);
    void set_out(CommandPort& port, std::uint32_t member, LatLon to, std::int64_t duration_ms,
                 Category urgency);
    void stop_at(CommandPort& port, Member& member, LatLon place);
    LatLon where(Member& member);
    void report_place(CommandPort& port, Member& member, LatLon place);
    void report_moving(CommandPort& port);
    std::int64_t road_ms(LatLon from, LatLon to, Category urgency);
    [[nodiscard]] bool any_free() const;

    std::shared_ptr<const ReplayInput> input;
    ReplayOptions options;
    PlaceDrawer places;
    Adviser adviser;
    Tally tally;
    std::vector<Member> members;
    std::vector<ActiveCall> calls;
    std::vector<std::uint32_t> unused;
    std::vector<DueItem> heap;
    std::set<std::tuple<Category, Instant, std::uint32_t>> waiting;
    FixMap fixes;
    std::uint64_t order = 0;
    std::size_t next_call = 0;
    std::size_t active = 0;
    /// The next call, completed ahead of its time because its time may be drawn.
    std::optional<CallPlan> upcoming;
    Instant clock;
    bool opened = false;
    CommandEnvelope envelope;
    Outcome outcome;
    std::optional<Error> failure;
    std::string id_prefix;
    std::uint64_t command_number = 0;
};

template <class C>
const std::vector<JournalEvent>* Replay::Impl::ask(CommandPort& port, C command, long line) {
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
