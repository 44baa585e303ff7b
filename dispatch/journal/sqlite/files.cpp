#include "dispatch/journal/sqlite/files.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/number.h"

namespace jedel::sql {

namespace fs = std::filesystem;

namespace {

Error failed(const std::string& what, const std::string& where) {
    return Error{.message = what + ": " + std::strerror(errno), .where = where};
}

/// A descriptor that closes itself.
struct File {
    int fd = -1;
    File(const std::string& path, int flags) : fd(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~File() {
        if (fd >= 0) ::close(fd);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
};

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// What a program writes into must be a file with one name.
Result<void> one_plain_file(int file, const std::string& path, const std::string& where) {
    struct stat found {};
    if (::fstat(file, &found) != 0) return failed("'" + path + "' cannot be looked at", where);
    if (!S_ISREG(found.st_mode)) {
        return Error{.message = "'" + path + "' is not a plain file", .where = where};
    }
    if (found.st_nlink > 1) {
        return Error{.message = "'" + path + "' has " + std::to_string(found.st_nlink) +
                                " names (hard links); expected one",
                     .where = where};
    }
    return {};
}

}  // namespace

Result<void> sync_folder(const std::string& path) {
    fs::path folder = fs::path{path}.parent_path();
    if (folder.empty()) folder = ".";
    const File handle{folder.string(), O_RDONLY | O_DIRECTORY};
    if (handle.fd < 0 || ::fsync(handle.fd) != 0) {
        return failed("cannot be made durable", folder.string());
    }
    return {};
}

Result<Place> find_place(const std::string& path, bool for_writing, const std::string& where) {
    Place out{.path = path, .there = false};
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        if (errno != ENOENT) return failed("cannot be opened", where);
        return out;
    }
    if (S_ISLNK(found.st_mode)) {
        char real[PATH_MAX];
        if (::realpath(path.c_str(), real) == nullptr) {
            return failed("a link that leads to no file", where);
        }
        out.path = real;
        if (::lstat(real, &found) != 0) return failed("cannot be opened", where);
    }
    if (!S_ISREG(found.st_mode)) {
        return Error{.message = "not a journal: not a plain file", .where = where};
    }
    if (::access(out.path.c_str(), R_OK) != 0) return failed("cannot be read", where);
    if (for_writing && ::access(out.path.c_str(), W_OK) != 0) {
        return failed("cannot be written", where);
    }
    if (for_writing && found.st_nlink > 1) {
        return Error{.message = "the file has " + std::to_string(found.st_nlink) +
                                " names (hard links), each of which could be opened as a journal "
                                "of its own; expected one",
                     .where = where};
    }
    if (found.st_size == 0) {
        return Error{.message = "not a journal: the file is empty", .where = where};
    }
    out.there = true;
    return out;
}

Acknowledged HeadFile::read(const std::string& path) {
    Acknowledged out;
    const std::string name = path + "-head";
    const File file{name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK};
    if (file.fd < 0) {
        if (errno != ENOENT) out.problem = "'" + name + "' cannot be read";
        return out;
    }
    char bytes[256] = {};
    const auto size = ::pread(file.fd, bytes, sizeof bytes - 1, 0);
    std::string_view text{bytes, static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
    // "head SEQ MS HASH CHECK\n"
    std::vector<std::string_view> parts;
    const auto end = std::min(text.find('\n'), text.size());
    for (std::string_view rest = text.substr(0, end); !rest.empty();) {
        const auto space = std::min(rest.find(' '), rest.size());
        if (space > 0) parts.push_back(rest.substr(0, space));
        rest.remove_prefix(std::min(space + 1, rest.size()));
    }
    const auto wrong = [&] {
        out.problem = "'" + name + "' is damaged";
        return out;
    };
    if (parts.size() != 5 || parts[0] != "head") return wrong();
    const auto seq = read_number<std::uint64_t>(parts[1]);
    const auto ms = read_number<std::int64_t>(parts[2]);
    const auto hash = hash_from_hex(parts[3]);
    const auto before_check = static_cast<std::size_t>(parts[4].data() - text.data());
    const Hash check = hash_of(text.substr(0, before_check));
    if (!seq || !ms || !hash || to_hex(std::span{check}.first(8)) != parts[4]) return wrong();
    out.known = true;
    out.head = {*seq, *hash};
    out.at = Instant{*ms};
    return out;
}

Result<HeadFile> HeadFile::open(const std::string& path, const std::string& where) {
    HeadFile out;
    out.path_ = path + "-head";
    out.where_ = where;
    out.file_ = ::open(out.path_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (out.file_ < 0) return failed("'" + out.path_ + "' cannot be opened for writing", where);
    if (auto plain = one_plain_file(out.file_, out.path_, where); !plain) return plain.error();
    return out;
}

Result<void> HeadFile::write(const Head& head, Instant at) {
    struct stat found {};
    if (file_ < 0 || ::fstat(file_, &found) != 0 || found.st_nlink == 0) {
        auto again = open(path_.substr(0, path_.size() - 5), where_);
        if (!again) return again.error();
        *this = std::move(again).value();
    }
    std::string seq = std::to_string(head.seq), ms = std::to_string(at.ms);
    seq.insert(0, 20 - std::min<std::size_t>(20, seq.size()), ' ');
    ms.insert(0, 20 - std::min<std::size_t>(20, ms.size()), ' ');
    // One length always: a shorter line over a longer one would leave its end.
    std::string line = "head " + seq + " " + ms + " " + to_hex(head.hash) + " ";
    const Hash check = hash_of(line);
    line += to_hex(std::span{check}.first(8)) + "\n";
    const auto written = ::pwrite(file_, line.data(), line.size(), 0);
    if (written != static_cast<ssize_t>(line.size())) {
        return failed("'" + path_ + "' could not be written", where_);
    }
    return {};
}

HeadFile::HeadFile(HeadFile&& other) noexcept
    : path_(std::move(other.path_)),
      where_(std::move(other.where_)),
      file_(std::exchange(other.file_, -1)) {}
HeadFile& HeadFile::operator=(HeadFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(where_, other.where_);
    std::swap(file_, other.file_);
    return *this;
}
HeadFile::~HeadFile() {
    if (file_ >= 0) ::close(file_);
}

std::string read_key(const std::string& path) {
    const File file{path + "-key", O_RDONLY | O_NOFOLLOW | O_NONBLOCK};
    char bytes[128] = {};
    const auto size = file.fd < 0 ? -1 : ::pread(file.fd, bytes, sizeof bytes, 0);
    if (size < 64) return {};
    return bytes_from_hex(std::string_view{bytes, 64}).value_or(std::string{});
}

std::string fresh_key() {
    static const bool ready = sodium_init() >= 0;
    std::string key(32, '\0');
    if (ready) randombytes_buf(key.data(), key.size());
    return key;
}

std::string key_mark(const std::string& key) {
    const Hash hash = hash_of("mark of the room key " + key);
    return to_hex(std::span{hash}.first(8));
}

Result<void> write_key(const std::string& path, const std::string& key, const std::string& where) {
    const std::string name = path + "-key", draft = name + "-new";
    ::unlink(draft.c_str());
    {
        const File file{draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW};
        if (file.fd < 0) return failed("'" + name + "' cannot be written", where);
        const std::string line =
            to_hex({reinterpret_cast<const unsigned char*>(key.data()), key.size()}) + "\n";
        if (!write_all(file.fd, line) || ::fsync(file.fd) != 0) {
            return failed("'" + name + "' cannot be written", where);
        }
    }
    if (std::rename(draft.c_str(), name.c_str()) != 0) {
        return failed("'" + name + "' cannot be written", where);
    }
    return sync_folder(path);
}

Result<void> copy_file(int from, const std::string& to) {
    const File out{to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW};
    if (out.fd < 0) return failed("cannot be created", to);
    std::string block(1 << 20, '\0');
    for (off_t at = 0;;) {
        const auto read = ::pread(from, block.data(), block.size(), at);
        if (read < 0) return failed("cannot be copied", to);
        if (read == 0) break;
        if (!write_all(out.fd, std::string_view{block}.substr(0, static_cast<std::size_t>(read)))) {
            return failed("cannot be written", to);
        }
        at += read;
    }
    if (::fsync(out.fd) != 0) return failed("cannot be made durable", to);
    return {};
}

Result<void> copy_file(const std::string& from, const std::string& to) {
    const File in{from, O_RDONLY | O_NOFOLLOW};
    if (in.fd < 0) return failed("cannot be read", from);
    return copy_file(in.fd, to);
}

}  // namespace jedel::sql
