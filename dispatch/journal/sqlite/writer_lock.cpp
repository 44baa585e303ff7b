// One writer: SQLite in WAL lets several programs write in turn, so the journal keeps its own hold.

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <set>
#include <utility>

#include "dispatch/journal/sqlite/files.h"

namespace jedel::sql {

namespace {

/// The journals that this process writes. A second opening must be refused before it opens the
/// file: closing that descriptor would let go of SQLite's locks on it.
class HeldHere {
public:
    bool add(dev_t device, ino_t inode) {
        const std::lock_guard hold{mutex_};
        return files_.insert({device, inode}).second;
    }
    void remove(dev_t device, ino_t inode) {
        const std::lock_guard hold{mutex_};
        files_.erase({device, inode});
    }

private:
    std::mutex mutex_;
    std::set<std::pair<dev_t, ino_t>> files_;
};

HeldHere& held_here() {
    static HeldHere held;
    return held;
}

Error in_use(const std::string& by, const std::string& where) {
    return Error{.message = "in use by another program" + by + "; expected to be its only writer",
                 .where = where};
}

}  // namespace

Result<WriterLock> WriterLock::take(const std::string& journal_path, const std::string& where) {
    const std::string path = journal_path + "-lock";
    const auto wrong = [&](const std::string& what) {
        return Error{.message = what + ": its lock file '" + path + "': " + std::strerror(errno),
                     .where = where};
    };
    WriterLock lock;
    lock.lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
    if (lock.lock_ < 0) return wrong("cannot be opened for writing");
    struct stat found {};
    if (::fstat(lock.lock_, &found) != 0) return wrong("cannot be opened for writing");
    if (!S_ISREG(found.st_mode) || found.st_nlink > 1) {
        return Error{.message = "its lock file '" + path +
                                "' is not a plain file with one name; it was left as it is",
                     .where = where};
    }
    if (::flock(lock.lock_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return wrong("cannot be held");
        char holder[24] = {};
        const auto read = ::pread(lock.lock_, holder, sizeof holder - 1, 0);
        return in_use(read > 0 ? std::string{" (process "} + holder + ")" : std::string{}, where);
    }
    // Only a help for the person who meets the refusal: the hold itself is the flock.
    const std::string me = std::to_string(::getpid());
    if (::ftruncate(lock.lock_, 0) == 0) {
        [[maybe_unused]] const auto written = ::pwrite(lock.lock_, me.data(), me.size(), 0);
    }
    return lock;
}

Result<void> WriterLock::hold_file(const std::string& path, const std::string& where) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        return Error{.message = std::string{"cannot be opened: "} + std::strerror(errno),
                     .where = where};
    }
    const std::string here = " (process " + std::to_string(::getpid()) + ")";
    if (!held_here().add(found.st_dev, found.st_ino)) return in_use(here, where);
    device_ = found.st_dev;
    inode_ = found.st_ino;
    file_ = ::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    struct stat opened {};
    const bool same = file_ >= 0 && ::fstat(file_, &opened) == 0 &&
                      opened.st_dev == device_ && opened.st_ino == inode_;
    if (!same) {
        const Error error{.message = std::string{"cannot be opened: "} + std::strerror(errno),
                          .where = where};
        release_file();
        return error;
    }
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const bool held = errno == EWOULDBLOCK;
        const Error error{.message = std::string{"cannot be held: "} + std::strerror(errno),
                          .where = where};
        release_file();
        return held ? in_use(" under another of its names", where) : error;
    }
    return {};
}

void WriterLock::release_file() {
    if (file_ >= 0) ::close(std::exchange(file_, -1));
    if (inode_ != 0) held_here().remove(device_, inode_);
    inode_ = 0;
}

bool WriterLock::is_in_place(const std::string& path) const {
    struct stat found {};
    return ::lstat(path.c_str(), &found) == 0 && found.st_dev == device_ && found.st_ino == inode_;
}

WriterLock::WriterLock(WriterLock&& other) noexcept { *this = std::move(other); }

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
    std::swap(lock_, other.lock_);
    std::swap(file_, other.file_);
    std::swap(device_, other.device_);
    std::swap(inode_, other.inode_);
    return *this;
}

WriterLock::~WriterLock() {
    release_file();
    if (lock_ >= 0) ::close(lock_);
}

}  // namespace jedel::sql
