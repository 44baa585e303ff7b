#pragma once
// The journal on SQLite. Private to this folder; programs see journal.h.

#include "dispatch/journal/chain.h"
#include "dispatch/journal/journal.h"
#include "dispatch/journal/schema.h"
#include "dispatch/journal/writer_lock.h"

namespace jedel::sql {

/// Opening checks the hash chain of the newest events: from the snapshot on, and never fewer than
/// this many. A start stays quick on a journal of years; verify_journal checks all of it.
inline constexpr std::uint64_t checked_on_open = 100'000;

/// How far a chain holds, and what is wrong with the event after it (empty: nothing is).
struct ChainCheck {
    Head sound;
    std::string problem;
};

/// Checks every event after `from`. Never fails: what cannot be read is a problem.
ChainCheck check_chain(const Database& database, const Head& from);

/// Where an opened journal stands.
struct Opened {
    Database database;
    WriterLock lock;
    Head head;
    std::string warning;
};

class SqliteJournal final : public Journal {
public:
    /// Prepares every statement. `mode` read_only never writes.
    static Result<std::unique_ptr<Journal>> make(Opened opened, JournalMode mode);

    Result<Head> append(const Append& append) override;
    Result<void> begin_batch() override;
    Result<void> commit_batch() override;
    Result<void> read(std::uint64_t after,
                      const std::function<void(const JournalEvent&)>& each) override;
    Result<std::vector<JournalEvent>> of_command(const std::string& command_id) override;
    Result<std::optional<PersonalRecord>> personal(PersonRef ref) override;
    Result<void> save_snapshot(const StoredSnapshot& snapshot) override;
    Result<std::optional<StoredSnapshot>> load_snapshot() override;
    Result<void> append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes) override;
    Result<std::vector<std::pair<BrigadeId, Fix>>> latest_fixes() override;
    [[nodiscard]] Head head() const override { return head_; }
    [[nodiscard]] JournalMode mode() const override { return mode_; }
    [[nodiscard]] std::string warning() const override { return warning_; }

private:
    SqliteJournal(Opened opened, JournalMode mode);
    Result<void> prepare();
    Result<void> prepare_writing();
    Result<void> writable() const;
    Result<void> begin();
    Result<void> commit();
    /// Undoes the transaction and remembers why; the journal takes nothing more.
    Error fail(Error error);
    Result<void> store(const Append& append);
    Result<void> store_event(const NewEvent& event);
    Result<void> store_command(const std::string& id, std::uint64_t first, std::uint64_t last);
    Result<void> keep_guard(const Event& event);
    Result<void> read_range(std::uint64_t first, std::uint64_t last,
                            const std::function<void(const JournalEvent&)>& each);

    Database database_;
    WriterLock lock_;
    Head head_;       ///< with what the open transaction holds
    Head committed_;  ///< what is durable
    JournalMode mode_;
    std::string warning_;
    bool in_batch_ = false;
    std::optional<Error> failed_;
    std::string payload_, hashed_;  ///< reused, so that an append allocates nothing in the long run

    Statement begin_, commit_, rollback_;
    Statement insert_event_, insert_command_, insert_guard_, delete_guard_, insert_personal_;
    Statement insert_snapshot_, delete_snapshots_, insert_fix_, put_latest_fix_;
    Statement select_events_, select_command_, select_personal_, select_hash_;
};

/// Decodes a stored row, lifted to the newest version; the error names the event.
Result<JournalEvent> decode_event(const StoredEvent& stored, const std::string& where);
/// Columns of the event table in the order that `stored_event` reads.
inline constexpr std::string_view event_columns =
    "seq, at, actor, seat, command_id, kind, version, payload, hash";
/// The present row; its texts are valid until the next step.
StoredEvent stored_event(const Statement& row);
/// The hash column of the present row; nullopt when it is not 32 bytes.
std::optional<Hash> stored_hash(const Statement& row);

/// "sqlite:PATH" → PATH; errors name the URL and what was expected.
Result<std::string> path_of(const std::string& url);
/// Opens an existing journal for reading only, damaged or not; checks who it is but not its chain.
Result<Database> open_reader(const std::string& path, const std::string& url);

}  // namespace jedel::sql
