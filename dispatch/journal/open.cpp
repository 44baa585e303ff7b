// Opening a journal: who holds it, what it is, and how much of it is sound.

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>

#include "dispatch/journal/sqlite_journal.h"

namespace jedel {

namespace fs = std::filesystem;
using namespace sql;

namespace sql {

ChainCheck check_chain(const Database& database, const Head& from) {
    ChainCheck out{.sound = from, .problem = {}};
    auto query = database.prepare("SELECT " + std::string{event_columns} +
                                  " FROM event WHERE seq > ? ORDER BY seq");
    if (!query) {
        out.problem = query.error().message;
        return out;
    }
    query->bind(1, static_cast<std::int64_t>(from.seq));
    std::string buffer;
    while (true) {
        const auto stepped = query->step();
        const std::string next = std::to_string(out.sound.seq + 1);
        if (!stepped) {
            out.problem = "event " + next + " cannot be read: " + stepped.error().message;
            return out;
        }
        if (*stepped == Step::done) return out;
        const StoredEvent row = stored_event(*query);
        if (row.seq != out.sound.seq + 1) {
            out.problem = "event " + next + " is missing; found " + std::to_string(row.seq);
            return out;
        }
        const Hash expected = chain_hash(out.sound.hash, row, buffer);
        if (stored_hash(*query) != expected) {
            out.problem = "event " + next + " was changed: its hash does not fit";
            return out;
        }
        out.sound = Head{row.seq, expected};
    }
}

Result<std::string> path_of(const std::string& url) {
    constexpr std::string_view scheme = "sqlite:";
    if (!url.starts_with(scheme)) {
        return Error{.message = "cannot be opened as a journal; expected sqlite:PATH",
                     .where = url};
    }
    std::string path = url.substr(scheme.size());
    if (path.empty()) return Error{.message = "names no file; expected sqlite:PATH", .where = url};
    return path;
}

namespace {

/// Errors in a file's own terms, before SQLite speaks in its.
Result<void> check_file(const std::string& path, const std::string& url, bool for_writing) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) {
        return Error{.message = std::string{"cannot be opened: "} + std::strerror(errno),
                     .where = url};
    }
    if (!S_ISREG(found.st_mode)) {
        return Error{.message = "not a journal: not a plain file", .where = url};
    }
    if (::access(path.c_str(), R_OK) != 0) {
        return Error{.message = std::string{"cannot be read: "} + std::strerror(errno),
                     .where = url};
    }
    if (for_writing && ::access(path.c_str(), W_OK) != 0) {
        return Error{.message = std::string{"cannot be written: "} + std::strerror(errno),
                     .where = url};
    }
    if (found.st_size == 0) {
        return Error{.message = "not a journal: the file is empty", .where = url};
    }
    return {};
}

/// Last event and a place from which to check: not after the snapshot, nor too near the end.
Result<Head> check_from(const Database& database) {
    const auto last = database.integer("SELECT ifnull(max(seq), 0) FROM event");
    if (!last) return last.error();
    const auto snapshot = database.integer("SELECT ifnull(max(seq), 0) FROM snapshot");
    if (!snapshot) return snapshot.error();
    const auto window = static_cast<std::int64_t>(checked_on_open);
    const std::int64_t from = std::min(*snapshot, std::max<std::int64_t>(0, *last - window));
    if (from == 0) return Head{};
    auto query = database.prepare("SELECT " + std::string{event_columns} +
                                  " FROM event WHERE seq = ?");
    if (!query) return query.error();
    query->bind(1, from);
    const auto stepped = query->step();
    if (!stepped) return stepped.error();
    const auto hash = *stepped == Step::row ? stored_hash(*query) : std::nullopt;
    // Not there: the check from the beginning will say what is wrong.
    return hash ? Head{static_cast<std::uint64_t>(from), *hash} : Head{};
}

/// The sound part of a damaged journal, for reading only.
Result<std::unique_ptr<Journal>> salvage(const std::string& path, const std::string& url,
                                         const std::string& problem) {
    auto database = open_reader(path, url);
    if (!database) return database.error();
    const ChainCheck check = check_chain(*database, Head{});
    const std::string& why = check.problem.empty() ? problem : check.problem;
    Opened opened{.database = std::move(database).value(),
                  .lock = {},
                  .head = check.sound,
                  .warning = "the journal is damaged (" + why + "); shown up to event " +
                             std::to_string(check.sound.seq)};
    auto journal = SqliteJournal::make(std::move(opened), JournalMode::read_only);
    if (!journal) {
        return Error{.message = "damaged beyond reading: " + journal.error().message,
                     .where = url};
    }
    return journal;
}

Result<std::unique_ptr<Journal>> open_memory(const std::string& url) {
    auto database =
        Database::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, url);
    if (!database) return database.error();
    if (auto made = create_tables(*database); !made) return made.error();
    return SqliteJournal::make(Opened{.database = std::move(database).value(),
                                      .lock = {},
                                      .head = {},
                                      .warning = {}},
                               JournalMode::read_write);
}

/// Something is wrong that the file itself may show: damage is salvaged, the rest refused.
Result<std::unique_ptr<Journal>> salvage_or(const Error& error, const std::string& path,
                                            const std::string& url) {
    auto salvaged = salvage(path, url, error.message);
    return salvaged ? std::move(salvaged) : Result<std::unique_ptr<Journal>>{error};
}

Result<std::unique_ptr<Journal>> open_writer(const std::string& path, const std::string& url) {
    const fs::path folder = fs::path{path}.parent_path();
    std::error_code ignored;
    if (!folder.empty() && !fs::is_directory(folder, ignored)) {
        return Error{.message = "its folder '" + folder.string() + "' does not exist",
                     .where = url};
    }
    if (fs::exists(path, ignored)) {
        if (auto sound = check_file(path, url, true); !sound) return sound.error();
    }
    auto lock = WriterLock::take(path, url);
    if (!lock) return lock.error();
    if (!fs::exists(path, ignored)) {
        if (fs::exists(path + "-wal", ignored)) {
            return Error{.message = "the file is gone but '" + path +
                                    "-wal' holds a part of it; expected both",
                         .where = url};
        }
        if (auto made = create_file(path, url); !made) return made.error();
    }
    auto database = Database::open(path, SQLITE_OPEN_READWRITE, url);
    if (!database) return database.error();
    if (auto known = check_identity(*database); !known) return salvage_or(known.error(), path, url);
    if (auto set = set_up_writer(*database); !set) return salvage_or(set.error(), path, url);
    const auto from = check_from(*database);
    if (!from) return salvage_or(from.error(), path, url);
    ChainCheck check = check_chain(*database, *from);
    if (!check.problem.empty()) return salvage(path, url, check.problem);
    return SqliteJournal::make(Opened{.database = std::move(database).value(),
                                      .lock = std::move(lock).value(),
                                      .head = check.sound,
                                      .warning = {}},
                               JournalMode::read_write);
}

Result<std::unique_ptr<Journal>> open_for_reading(const std::string& path,
                                                  const std::string& url) {
    auto database = open_reader(path, url);
    if (!database) return database.error();
    const auto from = check_from(*database);
    if (!from) return salvage(path, url, from.error().message);
    ChainCheck check = check_chain(*database, *from);
    if (!check.problem.empty()) return salvage(path, url, check.problem);
    return SqliteJournal::make(Opened{.database = std::move(database).value(),
                                      .lock = {},
                                      .head = check.sound,
                                      .warning = {}},
                               JournalMode::read_only);
}

}  // namespace

Result<Database> open_reader(const std::string& path, const std::string& url) {
    if (auto sound = check_file(path, url, false); !sound) return sound.error();
    auto database = Database::open(path, SQLITE_OPEN_READONLY, url);
    if (!database) return database.error();
    // Without it SQLite refuses to read anything of a file that has lost its end. On a connection
    // that cannot write it changes nothing else.
    if (auto set = database->run("PRAGMA writable_schema=ON; PRAGMA cell_size_check=ON"); !set) {
        return set.error();
    }
    auto known = check_identity(*database);
    if (!known && ::access((path + "-wal").c_str(), F_OK) != 0) {
        // In a folder that cannot be written SQLite cannot share the file with a writer; with no
        // log beside it, it is whole by itself.
        auto alone = Database::open("file:" + path + "?immutable=1",
                                    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, url);
        if (alone && alone->run("PRAGMA writable_schema=ON") && check_identity(*alone)) {
            return alone;
        }
    }
    if (!known) return known.error();
    return database;
}

}  // namespace sql

Result<std::unique_ptr<Journal>> open_journal(const std::string& url, JournalMode mode) {
    const auto path = path_of(url);
    if (!path) return path.error();
    if (*path == ":memory:") return open_memory(url);
    return mode == JournalMode::read_write ? open_writer(*path, url)
                                           : open_for_reading(*path, url);
}

}  // namespace jedel
