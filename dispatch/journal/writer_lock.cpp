#include "dispatch/journal/writer_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace jedel {

Result<WriterLock> WriterLock::take(const std::string& journal_path, const std::string& where) {
    const std::string path = journal_path + "-lock";
    WriterLock lock;
    lock.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock.file_ < 0) {
        return Error{.message = "cannot be opened for writing: its lock file '" + path + "': " +
                                std::strerror(errno),
                     .where = where};
    }
    if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return Error{.message = "its lock file '" + path + "' cannot be held: " +
                                    std::strerror(errno),
                         .where = where};
        }
        char holder[24] = {};
        const auto read = ::pread(lock.file_, holder, sizeof holder - 1, 0);
        std::string by = read > 0 ? std::string{" (process "} + holder + ")" : std::string{};
        return Error{.message = "in use by another program" + by +
                                "; expected to be its only writer",
                     .where = where};
    }
    // Only a help for the person who meets the refusal: the hold itself is the flock.
    const std::string me = std::to_string(::getpid());
    if (::ftruncate(lock.file_, 0) == 0) {
        [[maybe_unused]] const auto written = ::pwrite(lock.file_, me.data(), me.size(), 0);
    }
    return lock;
}

WriterLock::WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

WriterLock::~WriterLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace jedel
