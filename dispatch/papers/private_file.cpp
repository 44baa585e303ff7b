#include "dispatch/papers/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace jedel::papers {

namespace {

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace

Result<void> write_private(const std::string& path, std::string_view bytes) {
    // Beside it, so that the rename stays on one disk; a name of its own for each program.
    std::string temporary = path + ".XXXXXX";
    const int file = ::mkostemp(temporary.data(), O_CLOEXEC);  // made with 0600
    const auto failed = [&](int why) {
        return Error{.message = std::string{"cannot be written: "} + std::strerror(why),
                     .where = path};
    };
    if (file < 0) return failed(errno);
    const bool wrote = ::fchmod(file, 0600) == 0 && write_all(file, bytes) && ::fsync(file) == 0;
    int why = errno;
    const bool closed = ::close(file) == 0;
    if (wrote && !closed) why = errno;
    if (wrote && closed && std::rename(temporary.c_str(), path.c_str()) == 0) {
        const std::size_t slash = path.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
        const int held = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (held >= 0) {
            ::fsync(held);  // the name too; where a disk cannot, the file is there all the same
            ::close(held);
        }
        return {};
    }
    if (wrote && closed) why = errno;
    ::unlink(temporary.c_str());
    return failed(why);
}

}  // namespace jedel::papers
