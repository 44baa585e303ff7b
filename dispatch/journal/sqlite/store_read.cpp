// The reading half of the store, and the tables that stand beside the chain.

#include <algorithm>
#include <limits>
#include <thread>

#include "dispatch/journal/sqlite/store.h"

namespace jedel::sql {

namespace {

StoredEvent stored_event(const Statement& row) {
    return {.seq = row.number(0),
            .at_ms = row.integer(1),
            .actor = row.text(2),
            .seat = row.text(3),
            .command_id = row.text(4),
            .kind = row.text(5),
            .version = static_cast<int>(row.integer(6)),
            .payload = row.text(7),
            .attached = row.text(9)};
}

std::optional<Hash> stored_hash(const Statement& row) {
    const auto bytes = row.blob(8);
    Hash hash{};
    if (bytes.size() != hash.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

PersonalRow stored_personal(const Statement& row) {
    return {.ref = row.number(0),
            .incident = row.number(1),
            .body = std::string{row.text(2)},
            .salt = row.bytes(3),
            .digest = std::string{row.text(4)}};
}

}  // namespace

Result<void> find_head(Opened& opened) {
    auto query = opened.database.prepare(
        "SELECT seq, at, hash FROM event ORDER BY seq DESC LIMIT 1");
    if (!query) return query.error();
    const auto stepped = query->step();
    if (!stepped) return stepped.error();
    if (*stepped == Step::done) return {};
    opened.head.seq = query->number(0);
    opened.at = Instant{query->integer(1)};
    const auto bytes = query->blob(2);
    if (bytes.size() == opened.head.hash.size()) {
        std::copy(bytes.begin(), bytes.end(), opened.head.hash.begin());
    }
    return {};
}

Result<void> SqliteStore::read_rows(std::uint64_t after, std::uint64_t last,
                                    const RowReader& each) {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    select_events_.bind(1, after);
    select_events_.bind(2, std::min(last, most));
    while (true) {
        const auto stepped = select_events_.step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) return {};
        const StoredEvent row = stored_event(select_events_);
        const std::uint64_t seq = row.seq;
        // Not one row further: in a damaged file it may be the one that cannot be read.
        if (!each(row, stored_hash(select_events_)) || seq >= last) {
            select_events_.reset();
            return {};
        }
    }
}

Result<std::uint64_t> SqliteStore::last_seq() {
    const auto stepped = select_last_.step();
    if (!stepped) return stepped.error();
    const std::uint64_t last = *stepped == Step::row ? select_last_.number(0) : 0;
    select_last_.reset();
    return last;
}

Result<std::uint64_t> SqliteStore::wait(std::uint64_t after, std::chrono::milliseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (true) {
        auto last = last_seq();
        if (!last || *last > after || std::chrono::steady_clock::now() >= until) return last;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
}

Result<std::optional<CommandRow>> SqliteStore::find_command(const std::string& id) {
    select_command_.bind(1, std::string_view{id});
    const auto stepped = select_command_.step();
    if (!stepped) return stepped.error();
    if (*stepped == Step::done) return std::optional<CommandRow>{};
    CommandRow out{.id = id,
                   .first = select_command_.number(0),
                   .last = select_command_.number(1),
                   .digest = std::string{select_command_.text(2)}};
    select_command_.reset();
    return std::optional{std::move(out)};
}

Result<CommandTotals> SqliteStore::command_totals() {
    auto query = in_.database.prepare(
        "SELECT count(*), ifnull(sum(last_seq - first_seq + 1), 0), ifnull(max(last_seq), 0) "
        "FROM command");
    if (!query) return query.error();
    const auto stepped = query->step();
    if (!stepped) return stepped.error();
    return CommandTotals{query->number(0), query->number(1), query->number(2)};
}

Result<std::vector<GuardRow>> SqliteStore::guards() {
    auto query =
        in_.database.prepare("SELECT brigade, assignment, incident FROM active_assignment");
    if (!query) return query.error();
    std::vector<GuardRow> out;
    while (true) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) return out;
        out.push_back({query->number(0), query->number(1), query->number(2), true});
    }
}

Result<void> SqliteStore::replace_derived(std::span<const CommandRow> commands,
                                          std::span<const GuardRow> guards) {
    return in_transaction([&]() -> Result<void> {
        // Digests that fit are kept.
        auto kept = in_.database.run(
            "CREATE TEMP TABLE old_command AS SELECT * FROM command; DELETE FROM command;"
            "DELETE FROM active_assignment");
        if (!kept) return kept;
        for (const CommandRow& row : commands) {
            if (auto stored = store_command(row); !stored) return stored;
        }
        for (const GuardRow& guard : guards) {
            if (auto done = keep_guard(guard); !done) return done;
        }
        return in_.database.run(
            "UPDATE command SET digest = ifnull((SELECT digest FROM old_command o WHERE "
            "o.id = command.id AND o.first_seq = command.first_seq), ''); DROP TABLE old_command");
    });
}

Result<std::optional<PersonalRow>> SqliteStore::personal(std::uint64_t ref) {
    select_personal_.bind(1, ref);
    const auto stepped = select_personal_.step();
    if (!stepped) return stepped.error();
    if (*stepped == Step::done) return std::optional<PersonalRow>{};
    PersonalRow out = stored_personal(select_personal_);
    select_personal_.reset();
    return std::optional{std::move(out)};
}

Result<void> SqliteStore::read_personal(const std::function<void(const PersonalRow&)>& each) {
    const std::string all = std::string{"SELECT ref, incident, body, "} +
                            (in_.format < 2 ? "x'', ''" : "salt, digest") +
                            " FROM personal WHERE ref > ? ORDER BY ref";
    auto query = in_.database.prepare(all);
    if (!query) return query.error();
    std::int64_t last = -1;
    query->bind(1, last);
    std::optional<Error> wrong;
    while (!wrong) {
        const auto stepped = query->step();
        if (!stepped) wrong = stepped.error();
        else if (*stepped == Step::done) return {};
        else {
            last = query->integer(0);
            each(stored_personal(*query));
        }
    }
    // The rows on the other side of a page that cannot be read.
    auto back = in_.database.prepare(all + " DESC");
    if (!back) return *wrong;
    back->bind(1, last);
    while (true) {
        const auto stepped = back->step();
        if (!stepped || *stepped == Step::done) return *wrong;
        each(stored_personal(*back));
    }
}

Result<void> SqliteStore::put_personal(std::span<const PersonalRow> rows,
                                       std::span<const ErasureRow> erasures) {
    return in_transaction([&]() -> Result<void> {
        for (const PersonalRow& row : rows) {
            if (auto stored = store_personal(row, put_personal_); !stored) return stored;
        }
        for (const ErasureRow& row : erasures) {
            put_erasure_.bind(1, row.ref);
            put_erasure_.bind(2, row.at_ms);
            put_erasure_.bind(3, std::string_view{row.actor});
            put_erasure_.bind(4, std::string_view{row.seat});
            put_erasure_.bind(5, std::string_view{row.reason});
            put_erasure_.bind(6, std::string_view{row.seal});
            if (auto stored = put_erasure_.run(); !stored) return stored;
        }
        return {};
    });
}

Result<std::vector<ErasureRow>> SqliteStore::erasures() {
    std::vector<ErasureRow> out;
    if (in_.format < 2) return out;
    auto query = in_.database.prepare("SELECT ref, at, actor, seat, reason, seal FROM erasure");
    if (!query) return query.error();
    while (true) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) return out;
        out.push_back({.ref = query->number(0),
                       .at_ms = query->integer(1),
                       .actor = std::string{query->text(2)},
                       .seat = std::string{query->text(3)},
                       .reason = std::string{query->text(4)},
                       .seal = std::string{query->text(5)}});
    }
}

Result<void> SqliteStore::erase(std::span<const ErasureRow> rows,
                                std::span<const std::string> commands) {
    if (in_batch_) return Error{.message = "nothing is erased inside a batch"};
    auto remove = in_.database.prepare("DELETE FROM personal WHERE ref = ?");
    if (!remove) return remove.error();
    auto forget = in_.database.prepare("UPDATE command SET digest = '' WHERE id = ?");
    if (!forget) return forget.error();
    auto erased = in_transaction([&]() -> Result<void> {
        for (const ErasureRow& row : rows) {
            remove->bind(1, row.ref);
            if (auto done = remove->run(); !done) return done;
        }
        for (const std::string& id : commands) {
            forget->bind(1, std::string_view{id});
            if (auto done = forget->run(); !done) return done;
        }
        return {};
    });
    if (!erased) return erased;
    if (auto said = put_personal({}, rows); !said) return said;
    if (in_.path.empty()) return {};
    // The whole file is written anew, so that no free page and no gap holds a byte of it, and the
    // log is cut to nothing.
    if (auto done = in_.database.run("VACUUM"); !done) return fail(done.error());
    if (auto done = put_meta(in_.database, "fix_thinned", "0"); !done) return fail(done.error());
    const auto busy = in_.database.integer("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!busy) return fail(busy.error());
    if (*busy != 0) {
        return Error{.message = "erased, but a reader elsewhere keeps the log from being cut; "
                                "close it and erase again",
                     .where = in_.database.where()};
    }
    return {};
}

Result<void> SqliteStore::set_key(const std::string& key) {
    if (!in_.path.empty()) {
        if (auto written = write_key(in_.path, key, in_.database.where()); !written) {
            return written;
        }
    }
    in_.key = key;
    return put_meta(in_.database, "key", key_mark(key));
}

SelfCheck SqliteStore::check_self(bool pages) {
    SelfCheck out = check_schema(in_.database, in_.format);
    if (!pages) return out;
    auto query = in_.database.prepare("PRAGMA quick_check(20)");
    if (!query) {
        out.odd.push_back("the file: " + query.error().message);
        return out;
    }
    while (true) {
        const auto stepped = query->step();
        if (!stepped) out.odd.push_back("the file: " + stepped.error().message);
        if (!stepped || *stepped == Step::done) return out;
        if (query->text(0) != "ok") out.odd.push_back("the file: " + std::string{query->text(0)});
    }
}

void SqliteStore::on_waiting(std::function<void(std::chrono::milliseconds)> says) {
    in_.database.patience().says = std::move(says);
}

void SqliteStore::wait_at_most(std::chrono::milliseconds limit) {
    in_.database.patience().limit_ms = limit.count();
}

}  // namespace jedel::sql
