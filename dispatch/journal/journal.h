#pragma once
// The port to the journal: the one place where what happened is kept. Embedded it is SQLite; the
// same port serves a server later, so nothing here names a database.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "dispatch/core/decide.h"

namespace jedel {

/// BLAKE2b-256 over the previous hash and the event's canonical text.
using Hash = std::array<unsigned char, 32>;

/// An event on its way into the journal.
struct NewEvent {
    Instant at;
    std::string actor;
    Seat seat = Seat::system;
    std::string command_id;
    Event event;
};

/// One append: all of it or nothing.
struct Append {
    std::uint64_t expected_seq = 0;  ///< seq of the last event the decision knew
    std::vector<NewEvent> events;
    std::vector<PersonalRecord> personal;
};

/// Where the journal stands.
struct Head {
    std::uint64_t seq = 0;
    Hash hash{};
};

struct StoredSnapshot {
    std::uint64_t seq = 0;
    std::string state;  ///< encode_state
};

enum class JournalMode : std::uint8_t { read_write, read_only };

/// What verification found; empty `problems` means sound.
struct VerifyReport {
    std::uint64_t events = 0;
    std::uint64_t sound_until = 0;  ///< last seq up to which everything holds
    std::vector<std::string> problems;
    std::string state_hash;  ///< hex, of the fold of the sound events
};

/// Not thread-safe: one writer thread owns it; other threads open readers of their own.
class Journal {
public:
    virtual ~Journal() = default;

    /// Stores the append durably, or nothing. An error here is fatal for the writer: say so,
    /// stop, restart from the journal.
    virtual Result<Head> append(const Append& append) = 0;
    /// Between begin and commit, appends are stored together by the commit (replay).
    virtual Result<void> begin_batch() = 0;
    virtual Result<void> commit_batch() = 0;

    /// Calls `each` for every event with seq > after, in order, lifted to the newest version.
    virtual Result<void> read(std::uint64_t after,
                              const std::function<void(const JournalEvent&)>& each) = 0;
    /// The events a command id was answered with; empty when it is not known.
    virtual Result<std::vector<JournalEvent>> of_command(const std::string& command_id) = 0;
    virtual Result<std::optional<PersonalRecord>> personal(PersonRef ref) = 0;
    virtual Result<void> save_snapshot(const StoredSnapshot& snapshot) = 0;
    virtual Result<std::optional<StoredSnapshot>> load_snapshot() = 0;
    virtual Result<void> append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes) = 0;
    /// The latest fix of each brigade.
    virtual Result<std::vector<std::pair<BrigadeId, Fix>>> latest_fixes() = 0;
    [[nodiscard]] virtual Head head() const = 0;
    [[nodiscard]] virtual JournalMode mode() const = 0;
    /// Why it opened read-only (damage), if so; one line for the screen.
    [[nodiscard]] virtual std::string warning() const = 0;
};

/// Opens or creates the journal at "sqlite:PATH" ("sqlite::memory:" for tests). Errors: newer
/// format, in use by another writer, not a journal, cannot be read or written. A damaged one
/// opens read-only up to its last sound event, with a warning.
Result<std::unique_ptr<Journal>> open_journal(const std::string& url,
                                              JournalMode mode = JournalMode::read_write);

/// Checks sequence, hash chain, decodability, fold and snapshot.
Result<VerifyReport> verify_journal(const std::string& url);
/// JSON lines: the events, and with `with_personal` the personal rows after them.
Result<std::uint64_t> export_journal(const std::string& url, std::ostream& out, bool with_personal);
/// Into a new, empty journal only; refuses lines that break the chain, naming the line.
Result<std::uint64_t> import_journal(const std::string& url, std::istream& in);

/// Hex of BLAKE2b-256 over encode_state.
std::string state_hash(const State& state);

}  // namespace jedel
