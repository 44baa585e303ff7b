#pragma once
// State and journal under one roof, synchronous and single-threaded: decide → store → apply.

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>
#include <variant>

#include "dispatch/core/decide.h"
#include "dispatch/journal/journal.h"

namespace jedel {

/// What a command led to: the events stored (also for a repeated id), a refusal, or a failure of
/// the journal, after which the engine takes no more commands.
using Outcome = std::variant<std::vector<JournalEvent>, Refusal, Error>;

/// Where commands go: the live room, a replay, a test. `now` is the caller's clock.
class CommandPort {
public:
    virtual ~CommandPort() = default;
    virtual Outcome perform(const CommandEnvelope& command, Instant now) = 0;
    /// The state after the last command performed through this port.
    [[nodiscard]] virtual const State& state() const = 0;
    /// A brigade's place was seen; streams past the journal's chain.
    virtual void report_fix(BrigadeId brigade, const Fix& fix) = 0;
};

using FixMap = std::unordered_map<BrigadeId, Fix>;

class Engine final : public CommandPort {
public:
    /// Evaluates by these rules from the next command on. What was decided stays as it is: its
    /// events say what the rules made of it, and by which version.
    void use_protocol(std::shared_ptr<const triage::Protocol> protocol);
    /// Folds the journal (from its snapshot where sound) and takes commands on it.
    static Result<std::unique_ptr<Engine>> open(std::unique_ptr<Journal> journal,
                                                DecideContext context);

    Outcome perform(const CommandEnvelope& command, Instant now) override;
    [[nodiscard]] const State& state() const override { return state_; }
    void report_fix(BrigadeId brigade, const Fix& fix) override;

    /// Batches commands into one durable transaction (replay); nothing is acknowledged before
    /// commit_batch returns.
    Result<void> begin_batch();
    Result<void> commit_batch();
    /// Writes a snapshot of the present state so that the next start is quick. Does nothing
    /// inside a batch, or when nothing has happened since the last one.
    Result<void> save_snapshot();
    /// Events since the last snapshot: how much the next start has to fold.
    [[nodiscard]] std::uint64_t events_since_snapshot() const {
        return state_.seq - snapshot_seq_;
    }
    /// Writes the fixes that have gathered (they also go with snapshots and batches).
    Result<void> save_fixes();
    [[nodiscard]] bool has_unsaved_fixes() const { return !unsaved_fixes_.empty(); }
    /// Places that were none (no number, no time, no place on earth) and were dropped.
    [[nodiscard]] std::uint64_t dropped_fixes() const { return dropped_fixes_; }
    /// Damage beside the room, a line each: of the journal, and personal rows that cannot be
    /// shown.
    [[nodiscard]] const std::vector<std::string>& report() const { return report_; }
    /// The room's time where no command says it (desk).
    void note_time(Instant now) { now_ = std::max(now_, now); }
    /// The journal's error after which nothing is taken any more.
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

    /// Newest personal rows of open and recently closed incidents; others are read from the
    /// journal. A few older rows may stand in it until they are swept out.
    [[nodiscard]] const PersonalTable& personal() const { return personal_; }
    [[nodiscard]] const FixMap& fixes() const { return fixes_; }
    [[nodiscard]] Journal& journal() { return *journal_; }

private:
    Engine(std::unique_ptr<Journal> journal, DecideContext context);
    void load_personal();
    /// The command's events from before, a refusal of another command under the same id, an
    /// error; nullopt when it is new.
    std::optional<Outcome> answered_before(const CommandEnvelope& command,
                                           const std::string& digest);
    /// nullopt: others were first.
    std::optional<Outcome> store(const CommandEnvelope& command, Decision decision,
                                 const std::string& digest);
    Result<void> catch_up();
    void fold(const JournalEvent& event);
    void sweep_personal();
    Error fail(const Error& error);

    std::unique_ptr<Journal> journal_;
    DecideContext context_;
    State state_;
    PersonalTable personal_;
    FixMap fixes_;
    std::vector<std::pair<BrigadeId, Fix>> unsaved_fixes_;
    std::uint64_t snapshot_seq_ = 0;  ///< of the newest snapshot in the journal
    std::uint64_t dropped_fixes_ = 0;
    Instant now_;                      ///< the latest time the room was told
    std::vector<std::string> report_;  ///< damage beside the room
    bool in_batch_ = false;
    Append append_;                   ///< reused
    std::optional<Error> failure_;
};

}  // namespace jedel
