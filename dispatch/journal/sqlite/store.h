#pragma once
// The journal's rows in SQLite. Private to this folder; programs see dispatch/journal/journal.h.

#include <unordered_map>

#include "dispatch/journal/sqlite/files.h"
#include "dispatch/journal/sqlite/schema.h"
#include "dispatch/journal/store.h"

namespace jedel::sql {

/// What a store is made of once its file was found and opened. The hold is let go after the
/// connection is closed.
struct Opened {
    WriterLock lock;
    Database database;
    HeadFile head_file;
    std::string path;  ///< empty for one in memory
    int format = format_version;
    bool lifted = false;
    Head head;
    Instant at;  ///< of the last event
    Acknowledged acknowledged;
    std::string key, key_problem;
    std::vector<std::string> notes;
};

/// Where the rows end now.
Result<void> find_head(Opened& opened);

class SqliteStore final : public Store {
public:
    /// Prepares every statement; one for reading never writes.
    static Result<std::unique_ptr<Store>> make(Opened opened, JournalMode mode);
    /// Leaves the mark that all is there, if it is.
    ~SqliteStore() override;
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    [[nodiscard]] JournalMode mode() const override { return mode_; }
    [[nodiscard]] const std::optional<Error>& broken() const override { return broken_; }
    Appended append(const StoreAppend& append) override;
    Result<void> begin_batch() override;
    Result<void> commit_batch() override;
    Result<void> read_rows(std::uint64_t after, std::uint64_t last, const RowReader& each) override;
    Result<void> stand_still() override { return in_.database.run("BEGIN"); }
    Result<std::uint64_t> last_seq() override;
    Result<std::uint64_t> wait(std::uint64_t after, std::chrono::milliseconds at_most) override;
    Result<std::optional<CommandRow>> find_command(const std::string& id) override;
    Result<CommandTotals> command_totals() override;
    Result<std::vector<GuardRow>> guards() override;
    Result<void> put_events(std::span<const ChainedEvent> events) override;
    Result<void> replace_derived(std::span<const CommandRow> commands,
                                 std::span<const GuardRow> guards) override;
    Result<std::optional<PersonalRow>> personal(std::uint64_t ref) override;
    Result<void> read_personal(const std::function<void(const PersonalRow&)>& each) override;
    Result<void> put_personal(std::span<const PersonalRow> rows,
                              std::span<const ErasureRow> erasures) override;
    Result<std::vector<ErasureRow>> erasures() override;
    Result<void> erase(std::span<const ErasureRow> rows,
                       std::span<const std::string> commands) override;
    Result<void> save_snapshot(const SnapshotRow& snapshot) override;
    std::vector<SnapshotRow> snapshots(std::size_t at_most, int& unreadable) override;
    Result<void> append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes, Instant now,
                              const FixRetention& keep) override;
    Result<BrigadeFixes> latest_fixes() override;
    [[nodiscard]] Acknowledged acknowledged() const override { return in_.acknowledged; }
    [[nodiscard]] const std::string& key() const override { return in_.key; }
    [[nodiscard]] std::string key_problem() const override { return in_.key_problem; }
    [[nodiscard]] bool was_lifted() const override { return in_.lifted; }
    Result<void> set_key(const std::string& key) override;
    SelfCheck check_self(bool pages) override;
    [[nodiscard]] std::vector<std::string> notes() const override { return in_.notes; }
    void on_waiting(std::function<void(std::chrono::milliseconds)> says) override;
    void wait_at_most(std::chrono::milliseconds limit) override;
    [[nodiscard]] std::string path() const override { return in_.path; }

private:
    SqliteStore(Opened opened, JournalMode mode) : in_(std::move(opened)), mode_(mode) {}
    Result<void> prepare();
    Result<void> prepare_writing();
    Result<void> begin();
    Result<void> commit();
    /// Runs a writing within a transaction of its own, or the open batch's.
    Result<void> in_transaction(const std::function<Result<void>()>& body);
    /// Undoes the transaction; unless another program only held the file, nothing is taken more.
    Error fail(Error error);
    Result<bool> changed_by_others();
    Result<void> store(const StoreAppend& append);
    Result<void> store_event(const ChainedEvent& event);
    Result<void> store_command(const CommandRow& row);
    Result<void> store_personal(const PersonalRow& row, Statement& insert);
    Result<void> keep_guard(const GuardRow& guard);
    /// What is about to be acknowledged must be there as it was given.
    Result<void> read_back(const StoreAppend& append);
    Result<void> thin_fixes(Instant now, const FixRetention& keep);

    Opened in_;
    JournalMode mode_;
    bool in_batch_ = false;
    Head committed_;
    std::optional<Error> broken_;
    std::int64_t seen_version_ = 0;  ///< SQLite's count of what other connections wrote
    std::unordered_map<std::int64_t, std::int64_t> thinned_;  ///< brigade → moment kept last

    Statement begin_, commit_, rollback_, data_version_;
    Statement insert_event_, insert_command_, insert_guard_, delete_guard_, insert_personal_;
    Statement put_personal_, put_erasure_, insert_snapshot_, delete_snapshots_;
    Statement insert_fix_, put_latest_fix_, drop_fixes_, next_fixes_, drop_fix_;
    Statement select_events_, select_command_, select_personal_, select_last_;
};

}  // namespace jedel::sql
