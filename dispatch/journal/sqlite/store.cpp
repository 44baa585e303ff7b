#include "dispatch/journal/sqlite/store.h"

#include <algorithm>

namespace jedel::sql {

namespace {

struct Text {
    Statement* statement;
    std::string_view sql;
};

Result<void> prepare_all(const Database& database, std::initializer_list<Text> texts) {
    for (const Text& text : texts) {
        auto statement = database.prepare(text.sql);
        if (!statement) return statement.error();
        *text.statement = std::move(statement).value();
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Store>> SqliteStore::make(Opened opened, JournalMode mode) {
    std::unique_ptr<SqliteStore> store{new SqliteStore(std::move(opened), mode)};
    if (auto prepared = store->prepare(); !prepared) return prepared.error();
    if (mode == JournalMode::read_write) {
        if (auto prepared = store->prepare_writing(); !prepared) return prepared.error();
        store->committed_ = store->in_.head;
        if (auto changed = store->changed_by_others(); !changed) return changed.error();
    }
    return std::unique_ptr<Store>{std::move(store)};
}

SqliteStore::~SqliteStore() {
    if (mode_ != JournalMode::read_write || broken_ || in_.path.empty()) return;
    if (in_.database.in_transaction()) static_cast<void>(rollback_.run());
    if (!in_.lock.is_in_place(in_.path)) return;
    // Failing here only leaves the mark of a program that was killed.
    wait_at_most(std::chrono::milliseconds{200});
    static_cast<void>(put_meta(in_.database, "state",
                               "closed " + std::to_string(committed_.seq) + " " +
                                   std::to_string(in_.at.ms) + " " + to_hex(committed_.hash)));
}

Result<void> SqliteStore::prepare() {
    const bool old = in_.format < 2;
    const std::string events =
        std::string{"SELECT seq, at, actor, seat, command_id, kind, version, payload, hash, "} +
        (old ? "''" : "attached") + " FROM event WHERE seq > ? AND seq <= ? ORDER BY seq";
    const std::string command = std::string{"SELECT first_seq, last_seq, "} +
                                (old ? "''" : "digest") + " FROM command WHERE id = ?";
    const std::string personal = std::string{"SELECT ref, incident, body, "} +
                                 (old ? "x'', ''" : "salt, digest") +
                                 " FROM personal WHERE ref = ?";
    return prepare_all(in_.database, {{&select_events_, events},
                                      {&select_command_, command},
                                      {&select_personal_, personal},
                                      {&select_last_, "SELECT ifnull(max(seq), 0) FROM event"},
                                      {&data_version_, "PRAGMA data_version"}});
}

Result<void> SqliteStore::prepare_writing() {
    return prepare_all(
        in_.database,
        {{&begin_, "BEGIN IMMEDIATE"},
         {&commit_, "COMMIT"},
         {&rollback_, "ROLLBACK"},
         {&insert_event_, "INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?)"},
         {&insert_command_, "INSERT INTO command VALUES(?,?,?,?)"},
         {&insert_guard_, "INSERT INTO active_assignment VALUES(?,?,?)"},
         {&delete_guard_, "DELETE FROM active_assignment WHERE brigade = ? AND assignment = ?"},
         {&insert_personal_, "INSERT INTO personal VALUES(?,?,?,?,?)"},
         {&put_personal_, "INSERT OR REPLACE INTO personal VALUES(?,?,?,?,?)"},
         {&put_erasure_, "INSERT OR REPLACE INTO erasure VALUES(?,?,?,?,?,?)"},
         {&insert_snapshot_, "INSERT OR REPLACE INTO snapshot VALUES(?,?,?,?,?,?)"},
         {&delete_snapshots_,
          "DELETE FROM snapshot WHERE seq NOT IN "
          "(SELECT seq FROM snapshot WHERE seq <= ? ORDER BY seq DESC LIMIT 2)"},
         {&insert_fix_, "INSERT INTO fix VALUES(?,?,?,?,?,?,?)"},
         {&drop_fixes_,
          "DELETE FROM fix WHERE rowid IN (SELECT rowid FROM fix ORDER BY rowid LIMIT 1024) "
          "AND at < ?"},
         {&next_fixes_,
          "SELECT rowid, brigade, at FROM fix WHERE rowid > ? ORDER BY rowid LIMIT 1024"},
         {&drop_fix_, "DELETE FROM fix WHERE rowid = ?"},
         {&put_latest_fix_,
          "INSERT INTO latest_fix VALUES(?,?,?,?,?,?,?) ON CONFLICT(brigade) DO UPDATE SET "
          "at=excluded.at, lat=excluded.lat, lon=excluded.lon, source=excluded.source, "
          "speed_kmh=excluded.speed_kmh, heading_deg=excluded.heading_deg "
          "WHERE excluded.at >= at"}});
}

Error SqliteStore::fail(Error error) {
    const bool held = in_.database.is_held();
    // Some errors have ended the transaction already; ROLLBACK then has nothing to do.
    if (in_.database.in_transaction()) static_cast<void>(rollback_.run());
    in_batch_ = false;
    in_.head = committed_;
    if (!held) broken_ = error;
    return error;
}

Result<void> SqliteStore::begin() {
    if (broken_) return *broken_;
    if (mode_ != JournalMode::read_write) {
        return Error{.message = "opened for reading only", .where = in_.database.where()};
    }
    if (auto begun = begin_.run(); !begun) return fail(begun.error());
    return {};
}

Result<void> SqliteStore::commit() {
    if (auto done = commit_.run(); !done) return fail(done.error());
    const bool grown = committed_ != in_.head;
    committed_ = in_.head;
    if (in_.path.empty() || !grown) return {};
    // What is stored in a file without a name is gone with this program.
    if (!in_.lock.is_in_place(in_.path)) {
        return fail({.message = "the journal's file was taken away or replaced while it was open; "
                                "what is stored now would be lost",
                     .where = in_.database.where()});
    }
    if (auto said = in_.head_file.write(committed_, in_.at); !said) return fail(said.error());
    return {};
}

Result<void> SqliteStore::in_transaction(const std::function<Result<void>()>& body) {
    if (!in_batch_) {
        if (auto begun = begin(); !begun) return begun;
    } else if (broken_) {
        return *broken_;
    }
    if (auto done = body(); !done) return fail(done.error());
    return in_batch_ ? Result<void>{} : commit();
}

Result<void> SqliteStore::begin_batch() {
    if (in_batch_) return Error{.message = "a batch is open already",
                                .where = in_.database.where()};
    if (auto begun = begin(); !begun) return begun;
    in_batch_ = true;
    return {};
}

Result<void> SqliteStore::commit_batch() {
    if (broken_) return *broken_;
    if (!in_batch_) return Error{.message = "no batch is open", .where = in_.database.where()};
    in_batch_ = false;
    return commit();
}

Result<bool> SqliteStore::changed_by_others() {
    const auto stepped = data_version_.step();
    if (!stepped) return stepped.error();
    const std::int64_t version = data_version_.integer(0);
    data_version_.reset();
    return std::exchange(seen_version_, version) != version;
}

Appended SqliteStore::append(const StoreAppend& append) {
    if (!in_batch_) {
        if (auto begun = begin(); !begun) return begun.error();
        auto changed = changed_by_others();
        if (!changed) return fail(changed.error());
        if (*changed) {
            if (auto found = find_head(in_); !found) return fail(found.error());
            committed_ = in_.head;
        }
    } else if (broken_) {
        return *broken_;
    }
    if (append.expected != in_.head) {
        if (!in_batch_) static_cast<void>(rollback_.run());
        return Appended::behind(in_.head);
    }
    auto stored = store(append);
    if (stored) stored = read_back(append);
    if (!stored) return fail(stored.error());
    if (!in_batch_) {
        if (auto done = commit(); !done) return done.error();
    }
    return in_.head;
}

Result<void> SqliteStore::store(const StoreAppend& append) {
    for (const ChainedEvent& event : append.events) {
        if (auto stored = store_event(event); !stored) return stored;
    }
    for (const CommandRow& row : append.commands) {
        if (auto stored = store_command(row); !stored) return stored;
    }
    for (const GuardRow& guard : append.guards) {
        if (auto kept = keep_guard(guard); !kept) return kept;
    }
    for (const PersonalRow& row : append.personal) {
        if (auto stored = store_personal(row, insert_personal_); !stored) return stored;
    }
    return {};
}

Result<void> SqliteStore::store_event(const ChainedEvent& event) {
    const StoredEvent& row = event.row;
    insert_event_.bind(1, row.seq);
    insert_event_.bind(2, row.at_ms);
    insert_event_.bind(3, row.actor);
    insert_event_.bind(4, row.seat);
    insert_event_.bind(5, row.command_id);
    insert_event_.bind(6, row.kind);
    insert_event_.bind(7, static_cast<std::int64_t>(row.version));
    insert_event_.bind(8, row.payload);
    insert_event_.bind_blob(9, event.hash);
    insert_event_.bind(10, row.attached);
    if (auto stored = insert_event_.run(); !stored) return stored;
    in_.head = Head{row.seq, event.hash};
    in_.at = Instant{row.at_ms};
    return {};
}

Result<void> SqliteStore::put_events(std::span<const ChainedEvent> events) {
    return in_transaction([&]() -> Result<void> {
        for (const ChainedEvent& event : events) {
            if (auto stored = store_event(event); !stored) return stored;
        }
        return {};
    });
}

Result<void> SqliteStore::store_command(const CommandRow& row) {
    insert_command_.bind(1, std::string_view{row.id});
    insert_command_.bind(2, row.first);
    insert_command_.bind(3, row.last);
    insert_command_.bind(4, std::string_view{row.digest});
    if (auto stored = insert_command_.run(); !stored) {
        return Error{.message = "command '" + row.id + "' could not be stored: " +
                                stored.error().message,
                     .where = in_.database.where()};
    }
    return {};
}

Result<void> SqliteStore::store_personal(const PersonalRow& row, Statement& insert) {
    insert.bind(1, row.ref);
    insert.bind(2, row.incident);
    insert.bind(3, std::string_view{row.body});
    insert.bind_blob(4, std::string_view{row.salt});
    insert.bind(5, std::string_view{row.digest});
    return insert.run();
}

Result<void> SqliteStore::keep_guard(const GuardRow& guard) {
    Statement& statement = guard.taken ? insert_guard_ : delete_guard_;
    statement.bind(1, guard.brigade);
    statement.bind(2, guard.assignment);
    if (!guard.taken) return statement.run();
    statement.bind(3, guard.incident);
    if (auto kept = statement.run(); !kept) {
        return Error{.message = "brigade " + std::to_string(guard.brigade) +
                                " would get a second active assignment: " + kept.error().message,
                     .where = in_.database.where()};
    }
    return {};
}

Result<void> SqliteStore::read_back(const StoreAppend& append) {
    if (append.events.empty()) return {};
    std::size_t next = 0;
    std::string buffer;
    Hash before = append.expected.hash;
    auto read = read_rows(append.expected.seq, append.expected.seq + append.events.size(),
                          [&](const StoredEvent& row, const std::optional<Hash>& hash) {
                              const ChainedEvent& given = append.events[next];
                              before = chain_hash(before, row, buffer);
                              if (hash != given.hash || before != given.hash) return false;
                              ++next;
                              return true;
                          });
    if (!read) return read;
    bool all = next == append.events.size();
    for (const PersonalRow& row : append.personal) {
        const auto stored = personal(row.ref);
        all = all && stored && *stored && (**stored).body == row.body;
    }
    for (const CommandRow& row : append.commands) {
        const auto stored = find_command(row.id);
        all = all && stored && *stored && (**stored).last == row.last;
    }
    if (all) return {};
    return Error{.message = "what was stored does not read back (something in the file keeps it "
                            "from being stored); nothing was stored",
                 .where = in_.database.where()};
}

}  // namespace jedel::sql
