#pragma once
// The journal: the one place where what happened is kept. It encodes, chains, checks and decodes;
// where the rows lie is the store's business (store.h), so nothing here names a database.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "dispatch/core/decide.h"
#include "dispatch/journal/store.h"

namespace jedel {

/// Format of the stored state; a snapshot of another one is folded anew. A state whose shape or
/// meaning changes gets the next number.
inline constexpr int snapshot_format = 2;

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
    std::string command_digest{};  ///< of the command behind the events (Journal::digest_of)
};

struct StoredSnapshot {
    std::uint64_t seq = 0;
    std::string state;  ///< encode_state
};

/// What a command id was answered with before.
struct KnownCommand {
    std::vector<JournalEvent> events;
    std::string digest;  ///< empty: not known
};

/// What verification found; empty `problems` means sound.
struct VerifyReport {
    std::uint64_t events = 0;
    std::uint64_t sound_until = 0;  ///< last seq up to which everything holds
    std::vector<std::string> problems;
    std::string state_hash;  ///< hex, of the fold of the sound events
    std::uint64_t personal_rows = 0, erased_rows = 0;
};

/// How much of a journal is sound, found before anything is written to it.
struct Examination {
    Head head;                               ///< the last event that may be shown
    std::optional<StoredSnapshot> snapshot;  ///< where the fold starts, when not at the beginning
    /// Events of this range cannot be trusted; what is shown stands on a snapshot after them.
    std::uint64_t gap_first = 0, gap_last = 0;
    std::string loss;  ///< why going on needs a person; empty when it does not
    bool damaged = false;  ///< what stands after `head` cannot be gone on from in place
    std::vector<std::string> report;  ///< damage and oddities beside the room, a line each
};

/// Not thread-safe: one thread owns it; other threads open readers of their own.
class Journal {
public:
    Journal(std::unique_ptr<Store> store, Examination found);

    /// Stores the append durably, or nothing. Events are put in a form that reads back to
    /// itself; one that does not (a number that is none) is an error that harms nothing.
    Appended append(const Append& append);
    /// After an append that came behind: takes in what others stored, its chain checked, and
    /// calls `each` for every event of it.
    Result<void> catch_up(const std::function<void(const JournalEvent&)>& each);
    /// Between begin and commit, appends are stored together by the commit (replay).
    Result<void> begin_batch();
    Result<void> commit_batch();

    /// Calls `each` for every event with seq > after, in order, lifted to the newest version.
    Result<void> read(std::uint64_t after, const std::function<void(const JournalEvent&)>& each);
    /// The rows as they are stored, with their hashes, until `each` returns false.
    Result<void> read_rows(std::uint64_t after, const RowReader& each);
    /// Waits for an event after `after`, of this program or another; gives the newest number.
    Result<std::uint64_t> wait(std::uint64_t after, std::chrono::milliseconds at_most);
    /// The events a command id was answered with; empty when it is not known.
    Result<std::vector<JournalEvent>> of_command(const std::string& command_id);
    Result<std::optional<KnownCommand>> find_command(const std::string& command_id);
    /// Keyed digest of what a command asks, whoever asks it again by the same id.
    [[nodiscard]] std::string digest_of(const CommandEnvelope& command) const;

    /// nullopt when there is none or it was erased; an error names a row that was changed.
    Result<std::optional<PersonalRecord>> personal(PersonRef ref);
    /// Takes personal rows away for good: from the tables, free pages and logs of the journal.
    Result<void> erase(std::span<const PersonRef> refs, const std::string& actor, Seat seat,
                       const std::string& reason, Instant at);
    /// References of every personal row whose record fits.
    Result<std::vector<PersonRef>> find_persons(
        const std::function<bool(const PersonalRecord&)>& fits);

    Result<void> save_snapshot(const StoredSnapshot& snapshot);
    /// The snapshot that the examination found sound, or one saved since.
    Result<std::optional<StoredSnapshot>> load_snapshot();
    /// `now`: the room's time, by which old fixes are thinned and go.
    Result<void> append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes, Instant now);
    /// The latest fix of each brigade.
    Result<std::vector<std::pair<BrigadeId, Fix>>> latest_fixes();
    void keep_fixes(const FixRetention& keep) { retention_ = keep; }

    [[nodiscard]] Head head() const { return head_; }
    [[nodiscard]] JournalMode mode() const;
    /// Why it opened read-only (damage, loss), if so; one line for the screen.
    [[nodiscard]] std::string warning() const { return found_.loss; }
    /// Damage beside the room that a person should read; empty when all is sound.
    [[nodiscard]] const std::vector<std::string>& report() const { return found_.report; }
    /// The error after which nothing is taken any more.
    [[nodiscard]] const std::optional<Error>& broken() const { return store_->broken(); }
    [[nodiscard]] Store& store() { return *store_; }

private:
    Appended store_append(const Append& append);
    Result<JournalEvent> decoded(const StoredEvent& row) const;
    Result<void> read_range(std::uint64_t after, std::uint64_t last,
                            const std::function<void(const JournalEvent&)>& each);

    std::unique_ptr<Store> store_;
    Examination found_;
    Head head_;
    Head durable_;  ///< head_, without what an open batch holds
    FixRetention retention_;
    bool saved_snapshot_ = false;
    bool in_batch_ = false;
};

struct OpenOptions {
    JournalMode mode = JournalMode::read_write;
    /// A person has read what was lost and goes on with what is there; the old files are kept.
    bool accept_loss = false;
};

/// Opens or creates the journal at "sqlite:PATH" ("sqlite::memory:" for tests). Errors: newer
/// format, in use by another writer, not a journal, cannot be read or written. One that lost
/// acknowledged events opens read-only, with a warning, until a person accepts the loss.
Result<std::unique_ptr<Journal>> open_journal(const std::string& url, const OpenOptions& options);
Result<std::unique_ptr<Journal>> open_journal(const std::string& url,
                                              JournalMode mode = JournalMode::read_write);

/// Checks sequence, hash chain, decodability, fold, snapshots, personal rows and what was
/// acknowledged.
Result<VerifyReport> verify_journal(const std::string& url);
struct ExportCount {
    std::uint64_t events = 0, personal = 0;
    std::vector<std::string> problems;  ///< what could not be written, a line each
};
/// JSON lines: the sound events, and with `with_personal` every intact personal row after them,
/// also of a damaged journal.
Result<ExportCount> export_lines(const std::string& url, std::ostream& out, bool with_personal);
/// The same; damage is an error after all that is sound was written.
Result<std::uint64_t> export_journal(const std::string& url, std::ostream& out, bool with_personal);
/// Into a new, empty journal only; refuses lines that break the chain, naming the line.
Result<std::uint64_t> import_journal(const std::string& url, std::istream& in);
/// A sound copy of a living journal at another place, which must be free.
Result<Head> backup_journal(const std::string& url, const std::string& to);

/// Hex of BLAKE2b-256 over encode_state.
std::string state_hash(const State& state);

}  // namespace jedel
