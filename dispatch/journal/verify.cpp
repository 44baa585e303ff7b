// Verification of a whole journal: sequence, chain, decoding, fold, snapshot, guard, file.

#include <map>

#include "dispatch/core/codec.h"
#include "dispatch/journal/sqlite_journal.h"

namespace jedel {

using namespace sql;

namespace {

struct SnapshotRow {
    std::uint64_t seq = 0;
    std::string event_hash, state_hash, state;
    int format = 0;
};

std::string bytes_of(std::span<const unsigned char> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<std::vector<SnapshotRow>> snapshots(const Database& database) {
    auto query =
        database.prepare("SELECT seq, format, event_hash, state_hash, state FROM snapshot");
    if (!query) return query.error();
    std::vector<SnapshotRow> out;
    while (true) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) return out;
        out.push_back({.seq = static_cast<std::uint64_t>(query->integer(0)),
                       .event_hash = bytes_of(query->blob(2)),
                       .state_hash = bytes_of(query->blob(3)),
                       .state = std::string{query->text(4)},
                       .format = static_cast<int>(query->integer(1))});
    }
}

/// The fold, compared on its way with the snapshots and with the hash of the event they name.
struct Fold {
    State state;
    std::map<std::uint64_t, std::uint64_t> active;  ///< brigade → assignment
    std::vector<SnapshotRow> snapshots;
    VerifyReport report;

    void take(const JournalEvent& event, const Hash& hash) {
        apply(state, event);
        if (const auto* assigned = std::get_if<BrigadeAssigned>(&event.event)) {
            if (!active.emplace(assigned->brigade.value, assigned->task.value).second) {
                report.problems.push_back("event " + std::to_string(event.seq) + ": brigade " +
                                          std::to_string(assigned->brigade.value) +
                                          " has two active assignments");
            }
        } else if (const auto* ended = std::get_if<AssignmentEnded>(&event.event)) {
            const auto found = active.find(ended->brigade.value);
            if (found != active.end() && found->second == ended->task.value) {
                active.erase(found);
            }
        }
        for (const SnapshotRow& row : snapshots) {
            if (row.seq == event.seq) compare(row, hash);
        }
    }
    void compare(const SnapshotRow& row, const Hash& hash) {
        const std::string name = "the snapshot of event " + std::to_string(row.seq);
        if (row.format != snapshot_format) return;  // of another program: never used
        if (row.event_hash != bytes_of(hash)) {
            report.problems.push_back(name + " is of another chain");
        }
        if (row.state_hash != bytes_of(hash_of(row.state))) {
            report.problems.push_back(name + " was changed: its hash does not fit");
        } else if (row.state != encode_state(state)) {
            report.problems.push_back(name + " is not the fold of the events");
        }
    }
};

/// Folds sound rows one by one; stops at the first that breaks the chain or cannot be decoded.
void fold_chain(const Database& database, Fold& fold) {
    auto query = database.prepare("SELECT " + std::string{event_columns} +
                                  " FROM event ORDER BY seq");
    VerifyReport& report = fold.report;
    if (!query) {
        report.problems.push_back(query.error().message);
        return;
    }
    Hash previous{};
    std::string buffer;
    while (true) {
        const auto stepped = query->step();
        const std::string next = std::to_string(report.sound_until + 1);
        if (!stepped) {
            report.problems.push_back("event " + next + " cannot be read: " +
                                      stepped.error().message);
            return;
        }
        if (*stepped == Step::done) return;
        const StoredEvent row = stored_event(*query);
        ++report.events;
        if (row.seq != report.sound_until + 1) {
            report.problems.push_back("event " + next + " is missing; found " +
                                      std::to_string(row.seq));
            return;
        }
        previous = chain_hash(previous, row, buffer);
        if (stored_hash(*query) != previous) {
            report.problems.push_back("event " + next + " was changed: its hash does not fit");
            return;
        }
        const auto event = decode_event(row, {});
        if (!event) {
            report.problems.push_back(event.error().text());
            return;
        }
        report.sound_until = row.seq;
        fold.take(*event, previous);
    }
}

/// Tables that are made from the events must say the same as they do.
void check_tables(const Database& database, Fold& fold) {
    auto& problems = fold.report.problems;
    const auto last = database.integer("SELECT ifnull(max(last_seq), 0) FROM command");
    if (!last) {
        problems.push_back("the table of commands cannot be read: " + last.error().message);
    } else if (static_cast<std::uint64_t>(*last) > fold.report.sound_until) {
        problems.push_back("commands were answered up to event " + std::to_string(*last) +
                           ", but the events end at " + std::to_string(fold.report.sound_until));
    }
    for (const SnapshotRow& row : fold.snapshots) {
        if (row.seq > fold.report.sound_until) {
            problems.push_back("a snapshot stands at event " + std::to_string(row.seq) +
                               ", after the last one");
        }
    }
    auto guard = database.prepare("SELECT brigade, assignment FROM active_assignment");
    if (!guard) {
        problems.push_back(guard.error().message);
        return;
    }
    std::map<std::uint64_t, std::uint64_t> stored;
    while (true) {
        const auto stepped = guard->step();
        if (!stepped) {
            problems.push_back(stepped.error().message);
            return;
        }
        if (*stepped == Step::done) break;
        stored.emplace(static_cast<std::uint64_t>(guard->integer(0)),
                       static_cast<std::uint64_t>(guard->integer(1)));
    }
    if (stored != fold.active) {
        problems.push_back("the guard of active assignments differs from the events");
    }
}

void check_pages(const Database& database, std::vector<std::string>& problems) {
    auto query = database.prepare("PRAGMA quick_check(20)");
    if (!query) {
        problems.push_back(query.error().message);
        return;
    }
    while (true) {
        const auto stepped = query->step();
        if (!stepped) {
            problems.push_back("the file: " + stepped.error().message);
            return;
        }
        if (*stepped == Step::done) return;
        if (query->text(0) != "ok") problems.push_back("the file: " + std::string{query->text(0)});
    }
}

}  // namespace

Result<VerifyReport> verify_journal(const std::string& url) {
    const auto path = path_of(url);
    if (!path) return path.error();
    auto database = open_reader(*path, url);
    if (!database) return database.error();
    // One transaction: a writer at work meanwhile is not seen halfway.
    if (auto begun = database->run("BEGIN"); !begun) return begun.error();
    Fold fold;
    auto rows = snapshots(*database);
    if (rows) {
        fold.snapshots = std::move(rows).value();
    } else {
        fold.report.problems.push_back("the snapshot cannot be read: " + rows.error().message);
    }
    fold_chain(*database, fold);
    check_tables(*database, fold);
    check_pages(*database, fold.report.problems);
    fold.report.state_hash = state_hash(fold.state);
    return std::move(fold.report);
}

}  // namespace jedel
