#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <stb_image_write.h>

#include "console/shell/window.h"

namespace jedel::console {

namespace {

/// A picture of the room shows names and addresses: its owner alone may read it, from the first
/// byte on.
Result<void> write_private(const std::string& path, const std::string& bytes) {
    const std::string draft = path + ".part";
    const auto failed = [&] {
        Error error{.message = std::string{"cannot be written: "} + std::strerror(errno),
                    .where = path};
        ::unlink(draft.c_str());
        return error;
    };
    ::unlink(draft.c_str());
    const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return failed();
    const auto written = ::write(file, bytes.data(), bytes.size());
    const bool closed = ::close(file) == 0;
    if (written != static_cast<ssize_t>(bytes.size()) || !closed) return failed();
    if (std::rename(draft.c_str(), path.c_str()) != 0) return failed();
    return {};
}

}  // namespace

Result<void> write_png(const std::string& path, int width, int height,
                       const std::vector<unsigned char>& rgb) {
    const std::size_t row = static_cast<std::size_t>(width) * 3;
    std::vector<unsigned char> upright(rgb.size());
    for (int y = 0; y < height; ++y) {
        const auto from = static_cast<std::size_t>(height - 1 - y) * row;
        std::memcpy(upright.data() + static_cast<std::size_t>(y) * row, rgb.data() + from, row);
    }
    std::string bytes;
    const int done = stbi_write_png_to_func(
        [](void* context, void* data, int size) {
            static_cast<std::string*>(context)->append(static_cast<const char*>(data),
                                                       static_cast<std::size_t>(size));
        },
        &bytes, width, height, 3, upright.data(), static_cast<int>(row));
    if (done == 0) return Error{.message = "the picture could not be made", .where = path};
    return write_private(path, bytes);
}

}  // namespace jedel::console
