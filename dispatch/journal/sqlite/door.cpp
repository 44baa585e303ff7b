#include "dispatch/journal/sqlite/door.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/number.h"
#include "dispatch/journal/sqlite/store.h"

namespace jedel::sql {

namespace fs = std::filesystem;

namespace {

bool is_there(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

/// "closed SEQ MS HASH", left by a writer that ended in order; "in_use" otherwise. Format 1 had
/// no mark.
void read_mark(const Database& database, Acknowledged& known) {
    const std::string mark = meta_value(database, "state");
    known.closed = mark != "in_use";
    constexpr std::string_view closed = "closed ";
    if (!mark.starts_with(closed)) return;
    std::string_view rest = std::string_view{mark}.substr(closed.size());
    const auto word = [&] {
        const auto end = std::min(rest.find(' '), rest.size());
        const auto out = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return out;
    };
    const auto seq = read_number<std::uint64_t>(word());
    const auto ms = read_number<std::int64_t>(word());
    const auto hash = hash_from_hex(word());
    if (!seq || !ms || !hash || (known.known && known.head.seq >= *seq)) return;
    known.known = true;
    known.head = {*seq, *hash};
    known.at = Instant{*ms};
}

/// The key beside the file, if it is the one the journal was written with.
void find_key(Opened& opened) {
    opened.key = read_key(opened.path);
    const std::string mark = meta_value(opened.database, "key");
    if (mark.empty() || (!opened.key.empty() && key_mark(opened.key) == mark)) return;
    opened.key_problem = opened.key.empty()
                             ? "the room's key '" + opened.path + "-key' is gone: whether personal "
                               "rows were changed cannot be known"
                             : "the room's key '" + opened.path + "-key' is another one: whether "
                               "personal rows were changed cannot be known";
    opened.key.clear();
}

Result<Database> open_reading(const std::string& path, const std::string& where) {
    auto database = Database::open(path, SQLITE_OPEN_READONLY, where);
    if (!database) return database.error();
    // Without it SQLite refuses to read anything of a file that has lost its end. On a connection
    // that cannot write it changes nothing else.
    auto set = database->run("PRAGMA writable_schema=ON; PRAGMA cell_size_check=ON;"
                             "PRAGMA trusted_schema=OFF");
    if (set && check_identity(*database)) return database;
    const bool logged = is_there(path + "-wal");
    if (!logged) {
        // In a folder that cannot be written SQLite cannot share the file with a writer; with no
        // log beside it, it is whole by itself.
        auto alone = Database::open("file:" + path + "?immutable=1",
                                    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, where);
        if (alone && alone->run("PRAGMA writable_schema=ON") && check_identity(*alone)) {
            return alone;
        }
    }
    fs::path folder = fs::path{path}.parent_path();
    if (folder.empty()) folder = ".";
    if (logged && !is_there(path + "-shm") && ::access(folder.c_str(), W_OK) != 0) {
        return Error{.message = "a part of it is in '" + path + "-wal', which can be read only by "
                                "one who may write in its folder; copy both files to one of yours",
                     .where = where};
    }
    if (!set) return set.error();
    return check_identity(*database).error();
}

class SqliteDoor final : public StoreDoor {
public:
    SqliteDoor(std::string url, Place place, WriterLock lock)
        : url_(std::move(url)), place_(std::move(place)), lock_(std::move(lock)) {}

    [[nodiscard]] bool is_new() const override { return !place_.there; }

    Result<std::unique_ptr<Store>> inspect() override {
        Opened opened;
        opened.path = place_.path;
        // Before the events: a writer at work meanwhile stores first and says so then.
        opened.acknowledged = HeadFile::read(place_.path);
        auto database = open_reading(place_.path, url_);
        if (!database) return database.error();
        opened.database = std::move(database).value();
        auto format = check_identity(opened.database);
        if (!format) return format.error();
        opened.format = *format;
        // A view in the place of a table need never end.
        const SelfCheck self = check_schema(opened.database, *format);
        if (self.changed.starts_with("the view ")) {
            return Error{.message = "tampered with: " + self.changed, .where = url_};
        }
        read_mark(opened.database, opened.acknowledged);
        find_key(opened);
        return SqliteStore::make(std::move(opened), JournalMode::read_only);
    }

    Result<std::unique_ptr<Store>> enter() override {
        if (!place_.there) {
            if (auto made = create(); !made) return made.error();
        }
        Opened opened;
        opened.path = place_.path;
        opened.lock = std::move(lock_);
        if (auto ready = open_writing(opened); !ready) return ready.error();
        return SqliteStore::make(std::move(opened), JournalMode::read_write);
    }

    Result<std::string> keep_aside() override {
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now().time_since_epoch());
        std::string folder = place_.path + "-kept-" + to_iso(Instant{now.count()});
        std::replace(folder.begin() + static_cast<std::ptrdiff_t>(place_.path.size()),
                     folder.end(), ':', '.');
        if (::mkdir(folder.c_str(), 0700) != 0) {
            return Error{.message = "cannot be created; nothing was changed", .where = folder};
        }
        const std::string name = fs::path{place_.path}.filename().string();
        // Through the descriptor that is held: another one's closing would let go of SQLite's.
        if (auto done = copy_file(lock_.file(), folder + "/" + name); !done) return done.error();
        for (const char* suffix : {"-wal", "-head", "-key"}) {
            if (!is_there(place_.path + suffix)) continue;
            if (auto done = copy_file(place_.path + suffix, folder + "/" + name + suffix); !done) {
                return done.error();
            }
        }
        return folder;
    }

    Result<std::unique_ptr<Store>> enter_draft() override {
        Opened opened;
        opened.path = draft();
        for (const char* suffix : {"", "-wal", "-shm", "-head", "-key"}) {
            ::unlink((opened.path + suffix).c_str());
        }
        if (auto made = create_file(opened.path, url_); !made) return made.error();
        if (auto held = opened.lock.hold_file(opened.path, url_); !held) return held.error();
        opened.key = read_key(place_.path);
        if (auto ready = open_writing(opened); !ready) return ready.error();
        return SqliteStore::make(std::move(opened), JournalMode::read_write);
    }

    Result<void> put_in_place() override {
        // Closing the draft brought its log in; if it could not, the draft is not whole.
        std::error_code none;
        if (fs::file_size(draft() + "-wal", none) > 0 && !none) {
            return Error{.message = "could not be written whole; nothing was changed",
                         .where = draft()};
        }
        for (const char* suffix : {"-wal", "-shm"}) ::unlink((place_.path + suffix).c_str());
        for (const char* suffix : {"-key", "-head", ""}) {
            if (!is_there(draft() + suffix)) continue;
            if (std::rename((draft() + suffix).c_str(), (place_.path + suffix).c_str()) != 0) {
                return Error{.message = "cannot be put in its place", .where = draft()};
            }
        }
        if (auto synced = sync_folder(place_.path); !synced) return synced;
        lock_.release_file();
        return lock_.hold_file(place_.path, url_);
    }

    Result<void> copy_to(const std::string& to) override {
        if (is_there(to)) return Error{.message = "is there already", .where = to};
        auto from = open_reading(place_.path, url_);
        if (!from) return from.error();
        const int made = ::open(to.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (made < 0) return Error{.message = "cannot be created", .where = to};
        ::close(made);
        auto copy = Database::open(to, SQLITE_OPEN_READWRITE, to);
        if (!copy) return copy.error();
        sqlite3_backup* backup =
            sqlite3_backup_init(copy->handle(), "main", from->handle(), "main");
        if (backup == nullptr) return last_error(copy->handle(), SQLITE_ERROR, to);
        sqlite3_backup_step(backup, -1);
        const int code = sqlite3_backup_finish(backup);
        if (code != SQLITE_OK) return last_error(copy->handle(), code, to);
        return seal_copy(std::move(copy).value(), to);
    }

    Result<void> hold() {
        return place_.there ? lock_.hold_file(place_.path, url_) : Result<void>{};
    }

private:
    [[nodiscard]] std::string draft() const { return place_.path + "-draft"; }

    Result<void> create() {
        // With a log or an acknowledged head beside it, a missing file is a loss and no beginning.
        const Acknowledged known = HeadFile::read(place_.path);
        if (known.known && known.head.seq > 0) {
            return Error{.message = "the file is gone but '" + place_.path + "-head' says that " +
                                    std::to_string(known.head.seq) +
                                    " events were acknowledged in it; put it back, or move the "
                                    "files beside it away to begin anew",
                         .where = url_};
        }
        if (is_there(place_.path + "-wal")) {
            return Error{.message = "the file is gone but '" + place_.path +
                                    "-wal' holds a part of it; expected both",
                         .where = url_};
        }
        if (auto made = create_file(place_.path, url_); !made) return made;
        return lock_.hold_file(place_.path, url_);
    }

    Result<void> open_writing(Opened& opened) {
        auto database = Database::open(opened.path, SQLITE_OPEN_READWRITE, url_);
        if (!database) return database.error();
        opened.database = std::move(database).value();
        const auto format = check_identity(opened.database);
        if (!format) return format.error();
        if (auto set = set_up_writer(opened.database); !set) return set;
        if (*format < format_version) {
            if (auto lifted = lift_format(opened.database, *format); !lifted) return lifted;
            opened.lifted = true;
            opened.notes.push_back("the journal was of format " + std::to_string(*format) +
                                   " and is now of format " + std::to_string(format_version));
        }
        if (auto mended = mend_schema(opened.database); !mended) return mended;
        if (auto found = find_head(opened); !found) return found;
        if (auto key = ready_key(opened); !key) return key;
        auto head = HeadFile::open(opened.path, url_);
        if (!head) return head.error();
        opened.head_file = std::move(head).value();
        if (auto said = opened.head_file.write(opened.head, opened.at); !said) return said;
        if (auto synced = sync_folder(opened.path); !synced) return synced;
        // In the file itself, so that a copy without its log says that it was in use.
        if (meta_value(opened.database, "state") == "in_use") return {};
        if (auto marked = put_meta(opened.database, "state", "in_use"); !marked) return marked;
        return opened.database.run("PRAGMA wal_checkpoint(PASSIVE)");
    }

    Result<void> ready_key(Opened& opened) {
        if (opened.key.empty()) find_key(opened);
        if (opened.key.empty()) {
            opened.key = fresh_key();
            if (!opened.key_problem.empty()) {
                opened.notes.push_back(opened.key_problem + "; a new key was made");
            }
        }
        if (read_key(opened.path) != opened.key) {
            if (auto written = write_key(opened.path, opened.key, url_); !written) return written;
        }
        opened.key_problem.clear();
        if (meta_value(opened.database, "key") == key_mark(opened.key)) return {};
        return put_meta(opened.database, "key", key_mark(opened.key));
    }

    /// A copy is a journal that was left in order, with its key beside it.
    Result<void> seal_copy(Database copy, const std::string& to) {
        Opened opened;
        opened.path = to;
        opened.database = std::move(copy);
        if (auto found = find_head(opened); !found) return found;
        auto marked = put_meta(opened.database, "state",
                               "closed " + std::to_string(opened.head.seq) + " " +
                                   std::to_string(opened.at.ms) + " " + to_hex(opened.head.hash));
        if (!marked) return marked;
        const std::string key = read_key(place_.path);
        return key.empty() ? Result<void>{} : write_key(to, key, url_);
    }

    std::string url_;
    Place place_;
    WriterLock lock_;
};

/// A journal in memory: new each time, with the key of zeros.
class MemoryDoor final : public StoreDoor {
public:
    explicit MemoryDoor(std::string url) : url_(std::move(url)) {}
    [[nodiscard]] bool is_new() const override { return true; }
    Result<std::unique_ptr<Store>> inspect() override { return enter(); }
    Result<std::unique_ptr<Store>> enter() override {
        Opened opened;
        auto database =
            Database::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, url_);
        if (!database) return database.error();
        opened.database = std::move(database).value();
        if (auto made = create_tables(opened.database); !made) return made.error();
        opened.key = std::string(32, '\0');
        return SqliteStore::make(std::move(opened), JournalMode::read_write);
    }
    Result<std::string> keep_aside() override { return cannot(); }
    Result<std::unique_ptr<Store>> enter_draft() override { return cannot(); }
    Result<void> put_in_place() override { return cannot(); }
    Result<void> copy_to(const std::string&) override { return cannot(); }

private:
    Error cannot() const { return Error{.message = "lies in memory only", .where = url_}; }
    std::string url_;
};

}  // namespace

Result<std::unique_ptr<StoreDoor>> find_door(const std::string& url, JournalMode mode) {
    const std::string path = url.substr(scheme.size());
    if (path.empty()) return Error{.message = "names no file; expected sqlite:PATH", .where = url};
    if (path == ":memory:") {
        return std::unique_ptr<StoreDoor>{std::make_unique<MemoryDoor>(url)};
    }
    const bool writing = mode == JournalMode::read_write;
    const fs::path folder = fs::path{path}.parent_path();
    std::error_code ignored;
    if (writing && !folder.empty() && !fs::is_directory(folder, ignored)) {
        return Error{.message = "its folder '" + folder.string() + "' does not exist",
                     .where = url};
    }
    auto place = find_place(path, writing, url);
    if (!place) return place.error();
    if (!writing) {
        if (!place->there) {
            return Error{.message = "cannot be opened: No such file or directory", .where = url};
        }
        return std::unique_ptr<StoreDoor>{
            std::make_unique<SqliteDoor>(url, std::move(place).value(), WriterLock{})};
    }
    auto lock = WriterLock::take(place->path, url);
    if (!lock) return lock.error();
    // Another may have made it before the hold was ours.
    place = find_place(path, writing, url);
    if (!place) return place.error();
    auto door =
        std::make_unique<SqliteDoor>(url, std::move(place).value(), std::move(lock).value());
    if (auto held = door->hold(); !held) return held.error();
    return std::unique_ptr<StoreDoor>{std::move(door)};
}

}  // namespace jedel::sql
