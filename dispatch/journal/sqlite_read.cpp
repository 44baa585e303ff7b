// The reading half of the SQLite journal, and what streams past the chain: snapshots and fixes.

#include <algorithm>
#include <limits>

#include "dispatch/core/codec.h"
#include "dispatch/journal/sqlite_journal.h"
#include "dispatch/journal/upcast.h"

namespace jedel::sql {

StoredEvent stored_event(const Statement& row) {
    return {.seq = static_cast<std::uint64_t>(row.integer(0)),
            .at_ms = row.integer(1),
            .actor = row.text(2),
            .seat = row.text(3),
            .command_id = row.text(4),
            .kind = row.text(5),
            .version = static_cast<int>(row.integer(6)),
            .payload = row.text(7)};
}

std::optional<Hash> stored_hash(const Statement& row) {
    const auto bytes = row.blob(8);
    Hash hash{};
    if (bytes.size() != hash.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

Result<JournalEvent> decode_event(const StoredEvent& stored, const std::string& where) {
    const auto wrong = [&](const std::string& message, const std::string& field) {
        return Error{.message = "event " + std::to_string(stored.seq) + ": " + message,
                     .where = where,
                     .field = field};
    };
    const auto seat = from_name<Seat>(stored.seat);
    if (!seat) return wrong("unknown seat '" + std::string{stored.seat} + "'", "seat");
    const int newest = newest_version(stored.kind);
    if (newest == 0) return wrong("unknown kind '" + std::string{stored.kind} + "'", "kind");
    std::string lifted;
    std::string_view payload = stored.payload;
    if (stored.version != newest) {
        auto done = lift_payload(upcasters(), stored.kind, stored.version, newest, payload);
        if (!done) return wrong(done.error().message, done.error().field);
        lifted = std::move(done).value();
        payload = lifted;
    }
    auto event = decode_payload(stored.kind, payload);
    if (!event) return wrong(event.error().message, event.error().field);
    return JournalEvent{.seq = stored.seq,
                        .at = Instant{stored.at_ms},
                        .actor = std::string{stored.actor},
                        .seat = *seat,
                        .command_id = std::string{stored.command_id},
                        .event = std::move(event).value()};
}

Result<void> SqliteJournal::read_range(std::uint64_t first, std::uint64_t last,
                                       const std::function<void(const JournalEvent&)>& each) {
    select_events_.bind(1, static_cast<std::int64_t>(first));
    select_events_.bind(2, static_cast<std::int64_t>(last));
    while (true) {
        const auto stepped = select_events_.step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) return {};
        const auto event = decode_event(stored_event(select_events_), database_.where());
        if (!event) {
            select_events_.reset();
            return event.error();
        }
        each(*event);
        // Not one row further: in a damaged file it may be the one that cannot be read.
        if (event->seq >= last) {
            select_events_.reset();
            return {};
        }
    }
}

Result<void> SqliteJournal::read(std::uint64_t after,
                                 const std::function<void(const JournalEvent&)>& each) {
    // A sound journal opened for reading may grow under a writer elsewhere; a damaged one ends
    // at its last sound event.
    const bool bounded = mode_ == JournalMode::read_write || !warning_.empty();
    const std::uint64_t last =
        bounded ? head_.seq
                : static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (after >= last) return {};
    return read_range(after + 1, last, each);
}

Result<std::vector<JournalEvent>> SqliteJournal::of_command(const std::string& command_id) {
    std::vector<JournalEvent> out;
    select_command_.bind(1, std::string_view{command_id});
    const auto stepped = select_command_.step();
    if (!stepped) return stepped.error();
    if (*stepped == Step::done) return out;
    const auto first = static_cast<std::uint64_t>(select_command_.integer(0));
    const auto last = static_cast<std::uint64_t>(select_command_.integer(1));
    select_command_.reset();
    const auto keep = [&](const JournalEvent& event) { out.push_back(event); };
    if (auto done = read_range(first, last, keep); !done) return done.error();
    return out;
}

Result<std::optional<PersonalRecord>> SqliteJournal::personal(PersonRef ref) {
    select_personal_.bind(1, static_cast<std::int64_t>(ref.value));
    const auto stepped = select_personal_.step();
    if (!stepped) return stepped.error();
    if (*stepped == Step::done) return std::optional<PersonalRecord>{};
    auto record = decode_personal(select_personal_.text(0));
    select_personal_.reset();
    if (!record) return record.error();
    return std::optional{std::move(record).value()};
}

Result<void> SqliteJournal::save_snapshot(const StoredSnapshot& snapshot) {
    if (in_batch_) {
        return Error{.message = "a snapshot cannot be saved inside a batch",
                     .where = database_.where()};
    }
    select_hash_.bind(1, static_cast<std::int64_t>(snapshot.seq));
    Hash event_hash{};
    if (snapshot.seq > 0) {
        const auto stepped = select_hash_.step();
        if (!stepped) return stepped.error();
        const auto bytes = *stepped == Step::row ? select_hash_.blob(0)
                                                 : std::span<const unsigned char>{};
        if (bytes.size() != event_hash.size()) {
            return Error{.message = "a snapshot of event " + std::to_string(snapshot.seq) +
                                    ", which is not in the journal",
                         .where = database_.where()};
        }
        std::copy(bytes.begin(), bytes.end(), event_hash.begin());
        select_hash_.reset();
    }
    const Hash state = hash_of(snapshot.state);
    if (auto begun = begin(); !begun) return begun;
    insert_snapshot_.bind(1, static_cast<std::int64_t>(snapshot.seq));
    insert_snapshot_.bind(2, static_cast<std::int64_t>(snapshot_format));
    insert_snapshot_.bind_blob(3, event_hash);
    insert_snapshot_.bind_blob(4, state);
    insert_snapshot_.bind(5, std::string_view{snapshot.state});
    if (auto stored = insert_snapshot_.run(); !stored) return fail(stored.error());
    delete_snapshots_.bind(1, static_cast<std::int64_t>(snapshot.seq));
    if (auto stored = delete_snapshots_.run(); !stored) return fail(stored.error());
    return commit();
}

Result<std::optional<StoredSnapshot>> SqliteJournal::load_snapshot() {
    auto query = database_.prepare(
        "SELECT s.seq, s.state_hash, s.state FROM snapshot s JOIN event e ON e.seq = s.seq "
        "WHERE s.format = ? AND s.seq <= ? AND e.hash = s.event_hash ORDER BY s.seq DESC LIMIT 1");
    if (!query) return query.error();
    query->bind(1, static_cast<std::int64_t>(snapshot_format));
    query->bind(2, static_cast<std::int64_t>(head_.seq));
    const auto stepped = query->step();
    // A snapshot only saves time: one that cannot be read or does not fit is folded anew.
    if (!stepped || *stepped == Step::done) return std::optional<StoredSnapshot>{};
    const std::string_view state = query->text(2);
    const Hash hash = hash_of(state);
    const auto expected = query->blob(1);
    if (!std::equal(hash.begin(), hash.end(), expected.begin(), expected.end())) {
        return std::optional<StoredSnapshot>{};
    }
    return std::optional{StoredSnapshot{static_cast<std::uint64_t>(query->integer(0)),
                                        std::string{state}}};
}

Result<void> SqliteJournal::append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes) {
    if (fixes.empty()) return {};
    const bool own = !in_batch_;
    if (own) {
        if (auto begun = begin(); !begun) return begun;
    } else if (auto can = writable(); !can) {
        return can;
    }
    for (const auto& [brigade, fix] : fixes) {
        for (Statement* statement : {&insert_fix_, &put_latest_fix_}) {
            statement->bind(1, static_cast<std::int64_t>(brigade.value));
            statement->bind(2, fix.at.ms);
            statement->bind(3, fix.place.lat);
            statement->bind(4, fix.place.lon);
            statement->bind(5, name_of(fix.source));
            statement->bind(6, fix.speed_kmh);
            statement->bind(7, fix.heading_deg);
            if (auto stored = statement->run(); !stored) return fail(stored.error());
        }
    }
    if (own) return commit();
    return {};
}

Result<std::vector<std::pair<BrigadeId, Fix>>> SqliteJournal::latest_fixes() {
    std::vector<std::pair<BrigadeId, Fix>> out;
    auto query = database_.prepare(
        "SELECT brigade, at, lat, lon, source, speed_kmh, heading_deg FROM latest_fix "
        "ORDER BY brigade");
    if (!query) return query.error();
    while (true) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) return out;
        Fix fix{.place = {query->real(2), query->real(3)}, .at = Instant{query->integer(1)}};
        const auto source = from_name<Source>(query->text(4));
        if (!source) continue;  // written by a newer program: its place would be a guess
        fix.source = *source;
        fix.speed_kmh = query->real(5);
        fix.heading_deg = query->real(6);
        out.emplace_back(BrigadeId{static_cast<std::uint64_t>(query->integer(0))}, fix);
    }
}

}  // namespace jedel::sql
