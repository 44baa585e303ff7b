#pragma once
// A store that passes everything on to another: what a test changes, it overrides.

#include <memory>

#include "dispatch/journal/rows.h"

namespace jedel::test {

class StoreInFront : public Store {
public:
    explicit StoreInFront(std::unique_ptr<Store> under) : under_(std::move(under)) {}
    [[nodiscard]] JournalMode mode() const override { return under_->mode(); }
    [[nodiscard]] const std::optional<Error>& broken() const override { return under_->broken(); }
    Appended append(const StoreAppend& a) override { return under_->append(a); }
    Result<void> begin_batch() override { return under_->begin_batch(); }
    Result<void> commit_batch() override { return under_->commit_batch(); }
    Result<void> read_rows(std::uint64_t after, std::uint64_t last,
                           const RowReader& each) override {
        return under_->read_rows(after, last, each);
    }
    Result<void> stand_still() override { return under_->stand_still(); }
    Result<std::uint64_t> last_seq() override { return under_->last_seq(); }
    Result<std::uint64_t> wait(std::uint64_t after, std::chrono::milliseconds at_most) override {
        return under_->wait(after, at_most);
    }
    Result<std::optional<CommandRow>> find_command(const std::string& id) override {
        return under_->find_command(id);
    }
    Result<CommandTotals> command_totals() override { return under_->command_totals(); }
    Result<std::vector<GuardRow>> guards() override { return under_->guards(); }
    Result<void> put_events(std::span<const ChainedEvent> events) override {
        return under_->put_events(events);
    }
    Result<void> replace_derived(std::span<const CommandRow> commands,
                                 std::span<const GuardRow> guards) override {
        return under_->replace_derived(commands, guards);
    }
    Result<std::optional<PersonalRow>> personal(std::uint64_t ref) override {
        return under_->personal(ref);
    }
    Result<void> read_personal(const std::function<void(const PersonalRow&)>& each) override {
        return under_->read_personal(each);
    }
    Result<void> put_personal(std::span<const PersonalRow> rows,
                              std::span<const ErasureRow> erasures) override {
        return under_->put_personal(rows, erasures);
    }
    Result<std::vector<ErasureRow>> erasures() override { return under_->erasures(); }
    Result<void> erase(std::span<const ErasureRow> rows,
                       std::span<const std::string> commands) override {
        return under_->erase(rows, commands);
    }
    Result<void> save_snapshot(const SnapshotRow& s) override { return under_->save_snapshot(s); }
    std::vector<SnapshotRow> snapshots(std::size_t at_most, int& unreadable) override {
        return under_->snapshots(at_most, unreadable);
    }
    Result<void> append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes, Instant now,
                              const FixRetention& keep) override {
        return under_->append_fixes(fixes, now, keep);
    }
    Result<BrigadeFixes> latest_fixes() override { return under_->latest_fixes(); }
    [[nodiscard]] Acknowledged acknowledged() const override { return under_->acknowledged(); }
    [[nodiscard]] const std::string& key() const override { return under_->key(); }
    [[nodiscard]] std::string key_problem() const override { return under_->key_problem(); }
    [[nodiscard]] bool was_lifted() const override { return under_->was_lifted(); }
    Result<void> set_key(const std::string& key) override { return under_->set_key(key); }
    SelfCheck check_self(bool pages) override { return under_->check_self(pages); }
    [[nodiscard]] std::vector<std::string> notes() const override { return under_->notes(); }
    void on_waiting(std::function<void(std::chrono::milliseconds)> says) override {
        under_->on_waiting(std::move(says));
    }
    void wait_at_most(std::chrono::milliseconds limit) override { under_->wait_at_most(limit); }
    [[nodiscard]] std::string path() const override { return under_->path(); }

protected:
    std::unique_ptr<Store> under_;
};

inline std::unique_ptr<Store> store_in_memory() {
    auto door = find_store("sqlite::memory:", JournalMode::read_write);
    return (*door)->enter().value();
}

}  // namespace jedel::test
