#pragma once
// The port: what a database must do to keep a journal. It moves rows and knows neither events nor
// rules; encoding, chain, verification, export and import stand above it (journal.h). A second
// store is one folder and one line in stores.cpp.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "dispatch/core/types.h"
#include "dispatch/journal/chain.h"

namespace jedel {

enum class JournalMode : std::uint8_t { read_write, read_only };

/// What an append led to.
class [[nodiscard]] Appended {
public:
    /// Stored: the new head. In a batch it is durable with the batch.
    Appended(Head stored) : outcome_(stored) {}
    /// Failed: nothing was stored.
    Appended(Error failed) : outcome_(std::move(failed)) {}
    /// Behind: others were first and the journal stands at `head`; read, fold, decide again.
    static Appended behind(Head head) {
        Appended out{head};
        out.behind_ = true;
        return out;
    }
    [[nodiscard]] bool stored() const { return outcome_.index() == 0 && !behind_; }
    [[nodiscard]] bool is_behind() const { return behind_; }
    explicit operator bool() const { return stored(); }
    [[nodiscard]] bool ok() const { return stored(); }
    [[nodiscard]] const Head& head() const { return std::get<Head>(outcome_); }
    const Head* operator->() const { return &head(); }
    const Head& operator*() const { return head(); }
    [[nodiscard]] const Error& error() const { return std::get<Error>(outcome_); }

private:
    std::variant<Head, Error> outcome_;
    bool behind_ = false;
};

/// An event row with its hash, and a row as it was found: a hash that is none is nullopt.
struct ChainedEvent {
    StoredEvent row;
    Hash hash{};
};
using RowReader = std::function<bool(const StoredEvent&, const std::optional<Hash>&)>;

/// A personal row. `digest` is keyed (room_key.h); empty in rows of format 1 not yet covered.
struct PersonalRow {
    std::uint64_t ref = 0, incident = 0;
    std::string body, salt, digest;
};

/// Why a personal row is gone: told from damage by its seal, a keyed digest of the rest.
struct ErasureRow {
    std::uint64_t ref = 0;
    std::int64_t at_ms = 0;
    std::string actor, seat, reason, seal;
};

/// Which events a command led to, and a keyed digest of the command itself.
struct CommandRow {
    std::string id;
    std::uint64_t first = 0, last = 0;
    std::string digest;  ///< empty: not known (format 1, or its person was erased)
};
/// All command rows together: each event belongs to exactly one.
struct CommandTotals {
    std::uint64_t commands = 0, events = 0, last = 0;
};

/// One brigade's hold: the last guard against a second active assignment.
struct GuardRow {
    std::uint64_t brigade = 0, assignment = 0, incident = 0;
    bool taken = true;  ///< false: the hold ends
};

struct SnapshotRow {
    std::uint64_t seq = 0;
    int format = 0;
    std::string event_hash, state_hash, state;
    std::string seal;  ///< keyed digest of the rest
};

using BrigadeFixes = std::vector<std::pair<BrigadeId, Fix>>;

/// How long a brigade's places are kept: each one, then one a while, then none. A row of
/// data/law/retention.toml.
struct FixRetention {
    std::chrono::milliseconds full = std::chrono::hours{24};
    std::chrono::milliseconds thinned = std::chrono::hours{24 * 31};
    std::chrono::milliseconds every = std::chrono::minutes{1};
};

/// What a store was told to have acknowledged, and whether it was left in order.
struct Acknowledged {
    Head head;
    Instant at;          ///< time of its last event
    bool known = false;  ///< some record of it was found
    bool closed = true;  ///< the last writer left in order: what is there is all there was
    std::string problem;  ///< the record is there and cannot be read
};

/// What a store found out about itself.
struct SelfCheck {
    std::vector<std::string> odd;  ///< put right by the next writer; one line each
    std::string changed;  ///< tables that are not this program's own; going on needs a person
};

/// One append: all of it or nothing.
struct StoreAppend {
    Head expected;
    std::span<const ChainedEvent> events;
    std::span<const PersonalRow> personal;
    std::span<const CommandRow> commands;
    std::span<const GuardRow> guards;
};

/// Not thread-safe, but for stop_waiting.
class Store {
public:
    virtual ~Store() = default;
    [[nodiscard]] virtual JournalMode mode() const = 0;
    /// The error after which nothing is stored any more. An error of a store that is not broken
    /// (it was held by another program for too long) may be tried again.
    [[nodiscard]] virtual const std::optional<Error>& broken() const = 0;

    virtual Appended append(const StoreAppend& append) = 0;
    virtual Result<void> begin_batch() = 0;
    virtual Result<void> commit_batch() = 0;
    /// Calls `each` for rows with after < seq <= last, in order, until it returns false.
    virtual Result<void> read_rows(std::uint64_t after, std::uint64_t last,
                                   const RowReader& each) = 0;
    /// From now on everything is read as it stands at this moment (verification).
    virtual Result<void> stand_still() = 0;
    /// The newest event's number, 0 for none.
    virtual Result<std::uint64_t> last_seq() = 0;
    /// Waits until there is an event after `after`, at most so long; gives the newest number.
    virtual Result<std::uint64_t> wait(std::uint64_t after, std::chrono::milliseconds at_most) = 0;

    virtual Result<std::optional<CommandRow>> find_command(const std::string& id) = 0;
    virtual Result<CommandTotals> command_totals() = 0;
    virtual Result<std::vector<GuardRow>> guards() = 0;
    /// Puts rows as they are, whatever their hashes: those of a damaged journal.
    virtual Result<void> put_events(std::span<const ChainedEvent> events) = 0;
    /// Makes the tables of commands and guards say what the events say.
    virtual Result<void> replace_derived(std::span<const CommandRow> commands,
                                         std::span<const GuardRow> guards) = 0;

    virtual Result<std::optional<PersonalRow>> personal(std::uint64_t ref) = 0;
    /// Every row that can be read; the error comes after as many as could.
    virtual Result<void> read_personal(const std::function<void(const PersonalRow&)>& each) = 0;
    /// Puts rows as they are (those of format 1 with their digests, those of another journal).
    virtual Result<void> put_personal(std::span<const PersonalRow> rows,
                                      std::span<const ErasureRow> erasures) = 0;
    virtual Result<std::vector<ErasureRow>> erasures() = 0;
    /// Takes the rows away for good, with all that other tables knew of them, leaving no bytes.
    virtual Result<void> erase(std::span<const ErasureRow> rows,
                               std::span<const std::string> commands) = 0;

    virtual Result<void> save_snapshot(const SnapshotRow& snapshot) = 0;
    /// Newest first; those that cannot be read are left out and counted in `unreadable`.
    virtual std::vector<SnapshotRow> snapshots(std::size_t at_most, int& unreadable) = 0;

    /// `now` is the room's time, by which old ones are thinned and go.
    virtual Result<void> append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes, Instant now,
                                      const FixRetention& keep) = 0;
    virtual Result<BrigadeFixes> latest_fixes() = 0;

    /// What earlier writers acknowledged, as kept beside the events.
    [[nodiscard]] virtual Acknowledged acknowledged() const = 0;
    /// The room's key, 32 bytes; empty where it is lost. `key_problem` says so.
    [[nodiscard]] virtual const std::string& key() const = 0;
    [[nodiscard]] virtual std::string key_problem() const = 0;
    /// Whether it was of an older format until it was opened.
    [[nodiscard]] virtual bool was_lifted() const = 0;
    /// Another key from now on (an import brings its own).
    virtual Result<void> set_key(const std::string& key) = 0;

    /// Whether the tables are this program's own and nothing else is there; with `pages` also the
    /// file's pages. Each finding one line.
    virtual SelfCheck check_self(bool pages) = 0;
    /// What was put right or found odd when it was opened; one line each.
    [[nodiscard]] virtual std::vector<std::string> notes() const = 0;

    /// Called while another program holds the store, with how long it has been waiting.
    virtual void on_waiting(std::function<void(std::chrono::milliseconds)> says) = 0;
    /// How long to wait at most; from any thread, zero ends a wait.
    virtual void wait_at_most(std::chrono::milliseconds limit) = 0;
    /// Where it is, for files beside it; empty for none.
    [[nodiscard]] virtual std::string path() const = 0;
};

}  // namespace jedel
