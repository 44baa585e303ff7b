// Verification of a whole journal: sequence, chain, decoding, fold, snapshots, derived tables,
// personal rows, what was acknowledged, file.

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "dispatch/core/codec.h"
#include "dispatch/journal/rows.h"

namespace jedel {

namespace {

constexpr std::uint64_t to_the_end = std::numeric_limits<std::int64_t>::max();
/// Of a long list of rows that are wrong in the same way, so many are named.
constexpr std::size_t named_max = 10;

std::string bytes_of(const Hash& hash) { return {hash.begin(), hash.end()}; }

/// The fold, compared on its way with the snapshots and with the hash of the event they name.
struct Fold {
    Store& store;
    State state{};
    std::map<std::uint64_t, std::uint64_t> active{};  ///< brigade → assignment
    std::vector<SnapshotRow> snapshots{};
    std::unordered_map<std::uint64_t, std::string> attached{};  ///< personal row → digest
    VerifyReport report{};

    void problem(std::string text) { report.problems.push_back(std::move(text)); }

    void take(const JournalEvent& event, const StoredEvent& row, const Hash& hash) {
        apply(state, event);
        for (AttachedDigest& digest : attached_digests(row.attached)) {
            attached[digest.ref] = std::move(digest.digest);
        }
        if (const auto guard = guard_of(event.event); guard && guard->taken) {
            if (!active.emplace(guard->brigade, guard->assignment).second) {
                problem("event " + std::to_string(event.seq) + ": brigade " +
                        std::to_string(guard->brigade) + " has two active assignments");
            }
        } else if (guard) {
            const auto found = active.find(guard->brigade);
            if (found != active.end() && found->second == guard->assignment) active.erase(found);
        }
        for (const SnapshotRow& snapshot : snapshots) {
            if (snapshot.seq == event.seq) compare(snapshot, hash);
        }
    }
    void compare(const SnapshotRow& row, const Hash& hash) {
        const std::string name = "the snapshot of event " + std::to_string(row.seq);
        if (row.format != snapshot_format) return;  // of another program: never used
        if (row.event_hash != bytes_of(hash)) problem(name + " is of another chain");
        if (row.state_hash != bytes_of(hash_of(row.state))) {
            problem(name + " was changed: its hash does not fit");
        } else if (row.state != encode_state(state)) {
            problem(name + " is not the fold of the events");
        } else if (!row.seal.empty() && is_of_key(store.key(), row.seal) &&
                   row.seal != snapshot_seal(store.key(), row)) {
            problem(name + " is not this room's own: its seal does not fit");
        }
    }
};

/// Folds sound rows one by one; stops at the first that breaks the chain or cannot be decoded.
void fold_chain(Fold& fold) {
    VerifyReport& report = fold.report;
    Hash previous{};
    std::string buffer;
    const auto read = fold.store.read_rows(
        0, to_the_end, [&](const StoredEvent& row, const std::optional<Hash>& stored) {
            const std::string next = std::to_string(report.sound_until + 1);
            ++report.events;
            if (row.seq != report.sound_until + 1) {
                fold.problem("event " + next + " is missing; found " + std::to_string(row.seq));
                return false;
            }
            previous = chain_hash(previous, row, buffer);
            if (stored != previous) {
                fold.problem("event " + next + " was changed: its hash does not fit");
                return false;
            }
            const auto event = decode_event(row);
            if (!event) {
                fold.problem(event.error().text());
                return false;
            }
            report.sound_until = row.seq;
            fold.take(*event, row, previous);
            return true;
        });
    if (!read) {
        fold.problem("event " + std::to_string(report.sound_until + 1) + " cannot be read: " +
                     read.error().message);
    }
}

/// Tables that are made from the events must say the same as they do.
void check_tables(Fold& fold) {
    const std::uint64_t last = fold.report.sound_until;
    const auto totals = fold.store.command_totals();
    if (!totals) {
        fold.problem("the table of commands cannot be read: " + totals.error().message);
    } else if (totals->last > last) {
        fold.problem("commands were answered up to event " + std::to_string(totals->last) +
                     ", but the events end at " + std::to_string(last));
    } else if (fold.report.problems.empty() && (totals->events != last || totals->last != last)) {
        fold.problem("the table of commands differs from the events: it leads to " +
                     std::to_string(totals->events) + " of " + std::to_string(last));
    }
    for (const SnapshotRow& row : fold.snapshots) {
        if (row.seq > last) {
            fold.problem("a snapshot stands at event " + std::to_string(row.seq) +
                         ", after the last one");
        }
    }
    const auto guards = fold.store.guards();
    if (!guards) return fold.problem(guards.error().message);
    std::map<std::uint64_t, std::uint64_t> stored;
    for (const GuardRow& row : *guards) stored.emplace(row.brigade, row.assignment);
    if (stored != fold.active) {
        fold.problem("the guard of active assignments differs from the events");
    }
}

/// Each command must lead to its own events, and each event back to its command.
void check_commands(Fold& fold) {
    std::string id;
    std::uint64_t first = 0;
    std::vector<std::string> wrong;
    std::vector<std::pair<std::string, std::uint64_t>> firsts;
    const auto read = fold.store.read_rows(
        0, fold.report.sound_until, [&](const StoredEvent& row, const auto&) {
            if (row.command_id != id) {
                id = row.command_id;
                first = row.seq;
                firsts.emplace_back(id, first);
            }
            return true;
        });
    if (!read) return;
    for (const auto& [name, seq] : firsts) {
        const auto found = fold.store.find_command(name);
        if (!found || !*found || (**found).first != seq) wrong.push_back(name);
    }
    for (std::size_t i = 0; i < std::min(wrong.size(), named_max); ++i) {
        fold.problem("the command '" + wrong[i] + "' does not lead to its events");
    }
    if (wrong.size() > named_max) {
        fold.problem("and " + std::to_string(wrong.size() - named_max) + " commands more");
    }
}

/// What is wrong with one personal row; empty: nothing.
std::string wrong_with(const Fold& fold, const PersonalRow& row) {
    const std::string name = "personal row " + std::to_string(row.ref);
    const auto chained = fold.attached.find(row.ref);
    if (chained != fold.attached.end() && chained->second != row.digest) {
        return name + " is not the one that was stored with its event";
    }
    switch (check_row(fold.store.key(), row)) {
        case RowState::changed: return name + " was changed: its digest does not fit";
        case RowState::other_key: return name + " is under another key: it cannot be checked";
        case RowState::sound:
        case RowState::not_covered: break;
    }
    const auto record = decode_personal(row.body);
    if (!record) return name + " cannot be read: " + record.error().message;
    if (record->ref.value != row.ref) return name + " holds another row";
    return {};
}

void check_personal(Fold& fold) {
    std::set<std::uint64_t> there;
    std::vector<std::string> wrong;
    const auto read = fold.store.read_personal([&](const PersonalRow& row) {
        there.insert(row.ref);
        if (std::string what = wrong_with(fold, row); !what.empty()) wrong.push_back(what);
    });
    if (!read) wrong.push_back("the personal rows cannot all be read: " + read.error().message);
    std::set<std::uint64_t> erased;
    const auto erasures = fold.store.erasures();
    if (erasures) {
        for (const ErasureRow& row : *erasures) {
            const bool own = is_of_key(fold.store.key(), row.seal)
                                 ? row.seal == erasure_seal(fold.store.key(), row)
                                 : fold.store.key().empty();
            if (own) erased.insert(row.ref);
        }
    }
    for (const auto& [ref, digest] : fold.attached) {
        if (there.contains(ref) || erased.contains(ref)) continue;
        wrong.push_back("personal row " + std::to_string(ref) +
                        " is missing, and no erasure says so");
    }
    fold.report.personal_rows = there.size();
    fold.report.erased_rows = erased.size();
    for (std::size_t i = 0; i < std::min(wrong.size(), named_max); ++i) fold.problem(wrong[i]);
    if (wrong.size() > named_max) {
        fold.problem("and " + std::to_string(wrong.size() - named_max) + " personal rows more");
    }
}

}  // namespace

Result<VerifyReport> verify_journal(const std::string& url) {
    auto door = find_store(url, JournalMode::read_only);
    if (!door) return door.error();
    auto store = (*door)->inspect();
    if (!store) return store.error();
    // A writer at work meanwhile is not seen halfway.
    if (auto still = (*store)->stand_still(); !still) return still.error();
    Fold fold{.store = **store};
    int unreadable = 0;
    fold.snapshots = (*store)->snapshots(8, unreadable);
    if (unreadable > 0) fold.problem("a snapshot cannot be read");
    fold_chain(fold);
    check_tables(fold);
    if (fold.report.problems.empty()) check_commands(fold);
    // Among the first, since it says how much is gone.
    const auto found = examine(**store);
    if (found && !found->loss.empty()) {
        const auto at = fold.report.problems.begin() +
                        (fold.report.problems.empty() ? 0 : 1);
        fold.report.problems.insert(at, found->loss);
    }
    check_personal(fold);
    const SelfCheck self = (*store)->check_self(true);
    for (const std::string& odd : self.odd) fold.problem(odd);
    if (!(*store)->key_problem().empty()) fold.problem((*store)->key_problem());
    fold.report.state_hash = state_hash(fold.state);
    return std::move(fold.report);
}

}  // namespace jedel
