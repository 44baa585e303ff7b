#include "dispatch/journal/sqlite/schema.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>

#include "dispatch/journal/sqlite/files.h"

namespace jedel::sql {

namespace fs = std::filesystem;

namespace {

/// Format 1; the later ones are made of it by the same steps that lift an old journal, so that
/// each format has one text.
constexpr const char* tables = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE event(
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  seat TEXT NOT NULL,
  command_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT NOT NULL,
  hash BLOB NOT NULL);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- What each command led to, so that a retry is answered and not done again.
CREATE TABLE command(id TEXT PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL)
  WITHOUT ROWID;

-- The last guard: a brigade that has a row cannot get a second one.
CREATE TABLE active_assignment(
  brigade INTEGER PRIMARY KEY,
  assignment INTEGER NOT NULL,
  incident INTEGER NOT NULL);

-- Erasable: events only point here.
CREATE TABLE personal(ref INTEGER PRIMARY KEY, incident INTEGER NOT NULL, body TEXT NOT NULL);

CREATE TABLE snapshot(
  seq INTEGER PRIMARY KEY,
  format INTEGER NOT NULL,
  event_hash BLOB NOT NULL,
  state_hash BLOB NOT NULL,
  state TEXT NOT NULL);

CREATE TABLE fix(
  brigade INTEGER NOT NULL, at INTEGER NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  source TEXT NOT NULL, speed_kmh REAL NOT NULL, heading_deg REAL NOT NULL);
CREATE TABLE latest_fix(
  brigade INTEGER PRIMARY KEY, at INTEGER NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  source TEXT NOT NULL, speed_kmh REAL NOT NULL, heading_deg REAL NOT NULL);
)sql";

/// Digests of personal rows and commands, the record of erasures, the seal of a snapshot.
constexpr const char* to_format_2 = R"sql(
ALTER TABLE event ADD COLUMN attached TEXT NOT NULL DEFAULT '';
ALTER TABLE command ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE personal ADD COLUMN salt BLOB NOT NULL DEFAULT x'';
ALTER TABLE personal ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE snapshot ADD COLUMN seal TEXT NOT NULL DEFAULT '';
CREATE TABLE erasure(
  ref INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, seat TEXT NOT NULL,
  reason TEXT NOT NULL, seal TEXT NOT NULL);
)sql";

/// A table, trigger, index or view of the file.
struct Thing {
    std::string type, sql;
    friend bool operator==(const Thing&, const Thing&) = default;
};
using Things = std::map<std::string, Thing>;

Result<Things> things_of(const Database& database) {
    auto query = database.prepare("SELECT name, type, ifnull(sql, '') FROM sqlite_schema");
    if (!query) return query.error();
    Things out;
    while (true) {
        const auto stepped = query->step();
        if (!stepped) return stepped.error();
        if (*stepped == Step::done) return out;
        out[std::string{query->text(0)}] = {std::string{query->text(1)},
                                            std::string{query->text(2)}};
    }
}

/// What a journal of the format holds when this program makes it.
const Things& own_things(int format) {
    static const auto make = [](int wanted) {
        Things out;
        auto database = Database::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "");
        if (!database || !database->run(tables)) return out;
        if (wanted >= 2 && !database->run(to_format_2)) return out;
        auto things = things_of(*database);
        return things ? std::move(things).value() : out;
    };
    static const Things first = make(1), second = make(2);
    return format >= 2 ? second : first;
}

std::string quoted(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) out += c == '"' ? std::string{"\"\""} : std::string{c};
    return out + '"';
}

Result<void> write_new(const std::string& path, const std::string& where) {
    // For its owner's eyes only: it holds personal data. SQLite gives its side files the same.
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return Error{.message = std::string{"cannot be created: "} + std::strerror(errno),
                     .where = where};
    }
    ::close(file);
    auto database =
        Database::open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, where);
    if (!database) return database.error();
    if (auto set = database->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN"); !set) {
        return set;
    }
    if (auto made = create_tables(*database); !made) return made;
    if (auto committed = database->run("COMMIT"); !committed) return committed;
    // Brings everything into the one file that is renamed.
    const auto busy = database->integer("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!busy) return busy.error();
    if (*busy != 0) return Error{.message = "could not be completed", .where = where};
    return {};
}

}  // namespace

Result<void> create_tables(const Database& database) {
    if (auto made = database.run(tables); !made) return made;
    if (auto lifted = database.run(to_format_2); !lifted) return lifted;
    const std::string stamp = "PRAGMA application_id=" + std::to_string(application_id) +
                              "; PRAGMA user_version=" + std::to_string(format_version) +
                              "; INSERT INTO meta VALUES('format','" +
                              std::to_string(format_version) + "')";
    return database.run(stamp.c_str());
}

Result<void> lift_format(const Database& database, int from) {
    if (from >= format_version) return {};
    const std::string number = std::to_string(format_version);
    const std::string text = std::string{"BEGIN IMMEDIATE;"} + to_format_2 +
                             "UPDATE meta SET value = '" + number +
                             "' WHERE key = 'format'; PRAGMA user_version=" + number + "; COMMIT";
    auto lifted = database.run(text.c_str());
    if (!lifted && database.in_transaction()) static_cast<void>(database.run("ROLLBACK"));
    return lifted;
}

SelfCheck check_schema(const Database& database, int format) {
    SelfCheck out;
    const auto found = things_of(database);
    if (!found) {
        out.changed = "the list of tables cannot be read: " + found.error().message;
        return out;
    }
    const Things& own = own_things(format);
    for (const auto& [name, thing] : own) {
        const auto it = found->find(name);
        if (it == found->end() && thing.type == "trigger") {
            out.odd.push_back("the trigger '" + name + "' was taken away");
        } else if (it == found->end()) {
            out.changed = "the table '" + name + "' is missing";
        } else if (it->second != thing) {
            out.changed = "the " + it->second.type + " '" + name + "' was changed";
        }
    }
    for (const auto& [name, thing] : *found) {
        if (!own.contains(name)) out.odd.push_back("a foreign " + thing.type + " '" + name + "'");
    }
    return out;
}

Result<void> mend_schema(const Database& database) {
    const auto found = things_of(database);
    if (!found) return found.error();
    const Things& own = own_things(format_version);
    for (const auto& [name, thing] : *found) {
        if (own.contains(name) || thing.type == "table" || thing.sql.empty()) continue;
        const std::string drop = "DROP " + thing.type + " " + quoted(name);
        if (auto done = database.run(drop.c_str()); !done) return done;
    }
    for (const auto& [name, thing] : own) {
        if (thing.type != "trigger" || found->contains(name)) continue;
        if (auto made = database.run(thing.sql.c_str()); !made) return made;
    }
    return {};
}

std::string meta_value(const Database& database, std::string_view key) {
    auto query = database.prepare("SELECT value FROM meta WHERE key = ?");
    if (!query) return {};
    query->bind(1, key);
    const auto stepped = query->step();
    return stepped && *stepped == Step::row ? std::string{query->text(0)} : std::string{};
}

Result<void> put_meta(const Database& database, std::string_view key, std::string_view value) {
    auto put = database.prepare("INSERT OR REPLACE INTO meta VALUES(?,?)");
    if (!put) return put.error();
    put->bind(1, key);
    put->bind(2, value);
    return put->run();
}

Result<void> create_file(const std::string& path, const std::string& where) {
    const std::string draft = path + "-new";
    std::error_code ignored;
    const auto clear = [&] {
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(draft + suffix, ignored);
    };
    clear();
    if (auto written = write_new(draft, where); !written) {
        clear();
        return written;
    }
    // A link and not a renaming: what another made there meanwhile is never written over.
    if (::link(draft.c_str(), path.c_str()) != 0) {
        const int why = errno;
        clear();
        return Error{.message = std::string{"cannot be created: "} + std::strerror(why),
                     .where = where};
    }
    clear();
    return sync_folder(path);
}

Result<int> check_identity(const Database& database) {
    const auto id = database.integer("PRAGMA application_id");
    if (!id) return id.error();
    if (*id != application_id) {
        return Error{.message = "not a journal: a SQLite file of another kind",
                     .where = database.where()};
    }
    const auto version = database.integer("PRAGMA user_version");
    if (!version) return version.error();
    if (*version < 1) {
        return Error{.message = "not a journal: its format is " + std::to_string(*version) +
                                ", expected 1 or higher",
                     .where = database.where()};
    }
    if (*version > format_version) {
        return Error{.message = "a journal of format " + std::to_string(*version) +
                                ", newer than this program's " +
                                std::to_string(format_version) + "; use the newer program",
                     .where = database.where()};
    }
    return static_cast<int>(*version);
}

Result<void> set_up_writer(const Database& database) {
    return database.run(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
        "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON");
}

}  // namespace jedel::sql
