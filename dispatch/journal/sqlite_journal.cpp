#include "dispatch/journal/sqlite_journal.h"

#include <algorithm>

#include "dispatch/core/codec.h"

namespace jedel::sql {

SqliteJournal::SqliteJournal(Opened opened, JournalMode mode)
    : database_(std::move(opened.database)),
      lock_(std::move(opened.lock)),
      head_(opened.head),
      committed_(opened.head),
      mode_(mode),
      warning_(std::move(opened.warning)) {}

Result<std::unique_ptr<Journal>> SqliteJournal::make(Opened opened, JournalMode mode) {
    std::unique_ptr<SqliteJournal> journal{new SqliteJournal(std::move(opened), mode)};
    if (auto prepared = journal->prepare(); !prepared) return prepared.error();
    if (mode == JournalMode::read_write) {
        if (auto prepared = journal->prepare_writing(); !prepared) return prepared.error();
    }
    return std::unique_ptr<Journal>{std::move(journal)};
}

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

Result<void> SqliteJournal::prepare() {
    const std::string events = "SELECT " + std::string{event_columns} +
                               " FROM event WHERE seq >= ? AND seq <= ? ORDER BY seq";
    return prepare_all(database_,
                       {{&select_events_, events},
                        {&select_command_, "SELECT first_seq, last_seq FROM command WHERE id = ?"},
                        {&select_personal_, "SELECT body FROM personal WHERE ref = ?"},
                        {&select_hash_, "SELECT hash FROM event WHERE seq = ?"}});
}

Result<void> SqliteJournal::prepare_writing() {
    return prepare_all(
        database_,
        {{&begin_, "BEGIN IMMEDIATE"},
         {&commit_, "COMMIT"},
         {&rollback_, "ROLLBACK"},
         {&insert_event_, "INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?)"},
         {&insert_command_, "INSERT INTO command VALUES(?,?,?)"},
         {&insert_guard_, "INSERT INTO active_assignment VALUES(?,?,?)"},
         {&delete_guard_, "DELETE FROM active_assignment WHERE brigade = ? AND assignment = ?"},
         {&insert_personal_, "INSERT INTO personal VALUES(?,?,?)"},
         {&insert_snapshot_, "INSERT OR REPLACE INTO snapshot VALUES(?,?,?,?,?)"},
         {&delete_snapshots_, "DELETE FROM snapshot WHERE seq < ?"},
         {&insert_fix_, "INSERT INTO fix VALUES(?,?,?,?,?,?,?)"},
         {&put_latest_fix_,
          "INSERT INTO latest_fix VALUES(?,?,?,?,?,?,?) ON CONFLICT(brigade) DO UPDATE SET "
          "at=excluded.at, lat=excluded.lat, lon=excluded.lon, source=excluded.source, "
          "speed_kmh=excluded.speed_kmh, heading_deg=excluded.heading_deg "
          "WHERE excluded.at >= at"}});
}

Result<void> SqliteJournal::writable() const {
    if (failed_) return *failed_;
    if (mode_ == JournalMode::read_write) return {};
    return Error{.message = warning_.empty() ? std::string{"opened for reading only"}
                                             : "opened for reading only: " + warning_,
                 .where = database_.where()};
}

Error SqliteJournal::fail(Error error) {
    // Some errors have ended the transaction already; ROLLBACK then has nothing to do.
    if (database_.in_transaction()) static_cast<void>(rollback_.run());
    in_batch_ = false;
    head_ = committed_;
    failed_ = error;
    return error;
}

Result<void> SqliteJournal::begin() {
    if (auto can = writable(); !can) return can;
    if (auto begun = begin_.run(); !begun) return fail(begun.error());
    return {};
}

Result<void> SqliteJournal::commit() {
    if (auto done = commit_.run(); !done) return fail(done.error());
    committed_ = head_;
    return {};
}

Result<void> SqliteJournal::begin_batch() {
    if (in_batch_) return Error{.message = "a batch is open already", .where = database_.where()};
    if (auto begun = begin(); !begun) return begun;
    in_batch_ = true;
    return {};
}

Result<void> SqliteJournal::commit_batch() {
    if (auto can = writable(); !can) return can;
    if (!in_batch_) return Error{.message = "no batch is open", .where = database_.where()};
    in_batch_ = false;
    return commit();
}

Result<Head> SqliteJournal::append(const Append& append) {
    if (auto can = writable(); !can) return can.error();
    if (append.expected_seq != head_.seq) {
        return Error{.message = "the journal stands at event " + std::to_string(head_.seq) +
                                "; expected " + std::to_string(append.expected_seq),
                     .where = database_.where()};
    }
    if (!in_batch_) {
        if (auto begun = begin(); !begun) return begun.error();
    }
    if (auto stored = store(append); !stored) return fail(stored.error());
    if (!in_batch_) {
        if (auto done = commit(); !done) return done.error();
    }
    return head_;
}

Result<void> SqliteJournal::store(const Append& append) {
    for (std::size_t i = 0; i < append.events.size();) {
        const std::string& command = append.events[i].command_id;
        const std::uint64_t first = head_.seq + 1;
        for (; i < append.events.size() && append.events[i].command_id == command; ++i) {
            if (auto stored = store_event(append.events[i]); !stored) return stored;
        }
        if (auto stored = store_command(command, first, head_.seq); !stored) return stored;
    }
    for (const PersonalRecord& record : append.personal) {
        const std::string body = encode_personal(record);
        insert_personal_.bind(1, static_cast<std::int64_t>(record.ref.value));
        insert_personal_.bind(2, static_cast<std::int64_t>(record.incident.value));
        insert_personal_.bind(3, body);
        if (auto stored = insert_personal_.run(); !stored) return stored;
    }
    return {};
}

Result<void> SqliteJournal::store_event(const NewEvent& event) {
    payload_.clear();
    encode_payload(event.event, payload_);
    const StoredEvent row{.seq = head_.seq + 1,
                          .at_ms = event.at.ms,
                          .actor = event.actor,
                          .seat = name_of(event.seat),
                          .command_id = event.command_id,
                          .kind = kind_of(event.event),
                          .version = version_of(event.event),
                          .payload = payload_};
    const Hash hash = chain_hash(head_.hash, row, hashed_);
    insert_event_.bind(1, static_cast<std::int64_t>(row.seq));
    insert_event_.bind(2, row.at_ms);
    insert_event_.bind(3, row.actor);
    insert_event_.bind(4, row.seat);
    insert_event_.bind(5, row.command_id);
    insert_event_.bind(6, row.kind);
    insert_event_.bind(7, static_cast<std::int64_t>(row.version));
    insert_event_.bind(8, row.payload);
    insert_event_.bind_blob(9, hash);
    if (auto stored = insert_event_.run(); !stored) return stored;
    head_ = Head{row.seq, hash};
    return keep_guard(event.event);
}

Result<void> SqliteJournal::store_command(const std::string& id, std::uint64_t first,
                                          std::uint64_t last) {
    insert_command_.bind(1, std::string_view{id});
    insert_command_.bind(2, static_cast<std::int64_t>(first));
    insert_command_.bind(3, static_cast<std::int64_t>(last));
    if (auto stored = insert_command_.run(); !stored) {
        return Error{.message = "command '" + id + "' could not be stored: " +
                                stored.error().message,
                     .where = database_.where()};
    }
    return {};
}

Result<void> SqliteJournal::keep_guard(const Event& event) {
    if (const auto* assigned = std::get_if<BrigadeAssigned>(&event)) {
        insert_guard_.bind(1, static_cast<std::int64_t>(assigned->brigade.value));
        insert_guard_.bind(2, static_cast<std::int64_t>(assigned->task.value));
        insert_guard_.bind(3, static_cast<std::int64_t>(assigned->incident.value));
        if (auto kept = insert_guard_.run(); !kept) {
            return Error{.message = "brigade " + std::to_string(assigned->brigade.value) +
                                    " would get a second active assignment: " +
                                    kept.error().message,
                         .where = database_.where()};
        }
    } else if (const auto* ended = std::get_if<AssignmentEnded>(&event)) {
        delete_guard_.bind(1, static_cast<std::int64_t>(ended->brigade.value));
        delete_guard_.bind(2, static_cast<std::int64_t>(ended->task.value));
        return delete_guard_.run();
    }
    return {};
}

}  // namespace jedel::sql
