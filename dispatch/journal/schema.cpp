#include "dispatch/journal/schema.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace jedel::sql {

namespace fs = std::filesystem;

namespace {

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

Result<void> sync_folder(const std::string& path) {
    fs::path folder = fs::path{path}.parent_path();
    if (folder.empty()) folder = ".";
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0 || ::fsync(handle) != 0) {
        const int why = errno;
        if (handle >= 0) ::close(handle);
        return Error{.message = std::string{"cannot be made durable: "} + std::strerror(why),
                     .where = folder.string()};
    }
    ::close(handle);
    return {};
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
    const std::string stamp = "PRAGMA application_id=" + std::to_string(application_id) +
                              "; PRAGMA user_version=" + std::to_string(format_version) +
                              "; INSERT INTO meta VALUES('format','" +
                              std::to_string(format_version) + "')";
    return database.run(stamp.c_str());
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
    if (std::rename(draft.c_str(), path.c_str()) != 0) {
        const int why = errno;
        clear();
        return Error{.message = std::string{"cannot be created: "} + std::strerror(why),
                     .where = where};
    }
    clear();
    return sync_folder(path);
}

Result<void> check_identity(const Database& database) {
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
    return {};
}

Result<void> set_up_writer(const Database& database) {
    return database.run(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
        "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON");
}

}  // namespace jedel::sql
