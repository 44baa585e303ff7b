#include <cstring>

#include <stb_image_write.h>

#include "base/install.h"
#include "console/shell/window.h"

namespace jedel::console {

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
    return write_file(path, bytes);
}

}  // namespace jedel::console
