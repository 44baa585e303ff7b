// What streams past the chain: snapshots and the places of brigades.

#include <algorithm>

#include "base/number.h"
#include "dispatch/journal/sqlite/store.h"

namespace jedel::sql {

Result<void> SqliteStore::save_snapshot(const SnapshotRow& snapshot) {
    if (in_batch_) {
        return Error{.message = "a snapshot cannot be saved inside a batch",
                     .where = in_.database.where()};
    }
    return in_transaction([&]() -> Result<void> {
        insert_snapshot_.bind(1, snapshot.seq);
        insert_snapshot_.bind(2, static_cast<std::int64_t>(snapshot.format));
        insert_snapshot_.bind_blob(3, std::string_view{snapshot.event_hash});
        insert_snapshot_.bind_blob(4, std::string_view{snapshot.state_hash});
        insert_snapshot_.bind(5, std::string_view{snapshot.state});
        insert_snapshot_.bind(6, std::string_view{snapshot.seal});
        if (auto stored = insert_snapshot_.run(); !stored) return stored;
        delete_snapshots_.bind(1, snapshot.seq);
        return delete_snapshots_.run();
    });
}

std::vector<SnapshotRow> SqliteStore::snapshots(std::size_t at_most, int& unreadable) {
    std::vector<SnapshotRow> out;
    unreadable = 0;
    auto query = in_.database.prepare(
        std::string{"SELECT seq, format, event_hash, state_hash, state, "} +
        (in_.format < 2 ? "''" : "seal") +
        " FROM snapshot WHERE seq < ? ORDER BY seq DESC LIMIT 1");
    if (!query) {
        unreadable = 1;
        return out;
    }
    // One at a time: one that cannot be read does not hide the one before it.
    auto numbers = in_.database.prepare("SELECT seq FROM snapshot ORDER BY seq DESC");
    std::vector<std::int64_t> seqs;
    while (numbers) {
        const auto stepped = numbers->step();
        if (!stepped) ++unreadable;
        if (!stepped || *stepped == Step::done) break;
        seqs.push_back(numbers->integer(0));
    }
    for (const std::int64_t seq : seqs) {
        if (out.size() == at_most) break;
        query->bind(1, seq + 1);
        const auto stepped = query->step();
        if (!stepped) ++unreadable;
        if (!stepped || *stepped == Step::done) continue;
        out.push_back({.seq = query->number(0),
                       .format = static_cast<int>(query->integer(1)),
                       .event_hash = query->bytes(2),
                       .state_hash = query->bytes(3),
                       .state = std::string{query->text(4)},
                       .seal = std::string{query->text(5)}});
        query->reset();
    }
    return out;
}

Result<void> SqliteStore::append_fixes(std::span<const std::pair<BrigadeId, Fix>> fixes,
                                       Instant now, const FixRetention& keep) {
    return in_transaction([&]() -> Result<void> {
        for (const auto& [brigade, fix] : fixes) {
            for (Statement* statement : {&insert_fix_, &put_latest_fix_}) {
                statement->bind(1, brigade.value);
                statement->bind(2, fix.at.ms);
                statement->bind(3, fix.place.lat);
                statement->bind(4, fix.place.lon);
                statement->bind(5, name_of(fix.source));
                statement->bind(6, fix.speed_kmh);
                statement->bind(7, fix.heading_deg);
                if (auto stored = statement->run(); !stored) return stored;
            }
        }
        return thin_fixes(now, keep);
    });
}

/// A bounded piece of work with each writing: more rows leave than come.
Result<void> SqliteStore::thin_fixes(Instant now, const FixRetention& keep) {
    drop_fixes_.bind(1, (now - keep.thinned).ms);
    if (auto dropped = drop_fixes_.run(); !dropped) return dropped;
    const auto last = in_.database.integer("SELECT ifnull(max(rowid), 0) FROM fix");
    if (!last) return last.error();
    std::int64_t done =
        read_number<std::int64_t>(meta_value(in_.database, "fix_thinned")).value_or(0);
    if (done > *last) done = 0;  // numbers began anew in an empty table
    const std::int64_t before = done;
    std::vector<std::int64_t> surplus;
    next_fixes_.bind(1, done);
    while (true) {
        const auto stepped = next_fixes_.step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) break;
        const std::int64_t at = next_fixes_.integer(2);
        if (at >= (now - keep.full).ms) {
            next_fixes_.reset();
            break;
        }
        const std::int64_t moment = at / keep.every.count();
        const auto [it, first] = thinned_.try_emplace(next_fixes_.integer(1), moment);
        if (!first && it->second == moment) surplus.push_back(next_fixes_.integer(0));
        it->second = moment;
        done = next_fixes_.integer(0);
    }
    for (const std::int64_t row : surplus) {
        drop_fix_.bind(1, row);
        if (auto dropped = drop_fix_.run(); !dropped) return dropped;
    }
    if (done == before) return {};
    return put_meta(in_.database, "fix_thinned", std::to_string(done));
}

Result<BrigadeFixes> SqliteStore::latest_fixes() {
    BrigadeFixes out;
    auto query = in_.database.prepare(
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
        out.emplace_back(BrigadeId{query->number(0)}, fix);
    }
}

}  // namespace jedel::sql
