#pragma once
// The room as the console sees it: commands go in from any thread, immutable snapshots come out.
// One thread of its own owns the engine and is the only writer of the journal.

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/desk/engine.h"

namespace jedel {

/// Tells the time; the live room's is the system's, a replay's is its own.
class ClockPort {
public:
    virtual ~ClockPort() = default;
    [[nodiscard]] virtual Instant now() const = 0;  ///< callable from any thread
};

/// What a command led to, as shown to the person who gave it.
struct Notice {
    std::uint64_t number = 0;  ///< grows by one with each command
    Instant at;
    std::string command_id;
    std::string command_kind;
    Outcome outcome;
};

/// Everything a panel reads. Immutable; shared between threads.
struct Snapshot {
    State state;
    PersonalTable personal;
    FixMap fixes;
    std::vector<Notice> notices;  ///< the newest last, at most 64
    bool read_only = false;
    std::string journal_warning;        ///< empty when sound
    std::vector<std::string> journal_report;  ///< damage beside the room; a person reads it
    /// Another program holds the journal for so long: nothing failed, commands wait their turn.
    std::chrono::milliseconds journal_held{0};
    std::uint64_t dropped_fixes = 0;  ///< places that were none
    std::uint64_t turned_away = 0;    ///< commands and messages past the bounds of the queues
    std::optional<Error> journal_error;  ///< fatal: the room must be restarted
};

/// What may wait at most. A command past its bound is refused at once (too_many), in the notices
/// and to whoever asked; work past its is not taken; a fix of one brigade more is dropped.
struct DeskBounds {
    std::size_t commands = 10'000;
    std::size_t messages = 1'000;  ///< posted work
    std::size_t notices = 64;
    std::size_t brigades = 1'000;  ///< with a fix that was not taken yet
};

/// Thread-safe.
class Desk {
public:
    /// `wake` is called from the desk's thread after each new snapshot (glfwPostEmptyEvent).
    static Result<std::unique_ptr<Desk>> open(std::unique_ptr<Journal> journal,
                                              DecideContext context, const ClockPort& clock,
                                              std::function<void()> wake = {},
                                              const DeskBounds& bounds = {});
    ~Desk();

    /// Queues a command and returns at once; the outcome appears in a later snapshot's notices.
    /// An empty id is replaced by a fresh one, which is returned.
    std::string submit(CommandEnvelope command);
    /// Queues a command and gives its outcome when it is durable.
    std::future<Outcome> ask(CommandEnvelope command);
    /// Queues work that uses the engine on the desk's thread (replay drives whole minutes so).
    /// False: too much waits already and it was not taken.
    bool post(std::function<void(Engine&)> work);
    void report_fix(BrigadeId brigade, const Fix& fix);

    /// Never blocks for I/O; never null.
    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;
    /// Waits until everything queued so far is done (tests, shutdown).
    void drain();

private:
    struct Impl;
    explicit Desk(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace jedel
