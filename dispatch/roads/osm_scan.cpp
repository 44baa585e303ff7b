#include "dispatch/roads/osm_scan.h"

#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/file.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <stdexcept>
#include <string_view>

namespace jedel::roads {

namespace {

/// Throws if the piece of the file holds what makes it unfinished.
void look(std::string_view text) {
    for (const std::string_view mark : {"action=\"delete\"", "action='delete'"}) {
        if (text.find(mark) != std::string_view::npos) {
            throw std::runtime_error{
                "holds objects that an editor marked for deletion (action=delete): save the file "
                "without them"};
        }
    }
    constexpr std::string_view open = "<remark>";
    for (std::size_t at = text.find(open); at != std::string_view::npos;
         at = text.find(open, at + 1)) {
        std::string_view said = text.substr(at + open.size());
        said = said.substr(0, std::min<std::size_t>(said.find('<'), 300));
        for (const std::string_view bad : {"error", "imeout", "imed out", "out of memory"}) {
            if (said.find(bad) == std::string_view::npos) continue;
            throw std::runtime_error{"the server that wrote it did not finish:" +
                                     std::string{said}};
        }
    }
}

}  // namespace

void refuse_unfinished(const std::string& path) {
    const osmium::io::File file{path};
    if (file.format() != osmium::io::file_format::xml) return;
    const int fd = osmium::io::detail::open_for_reading(path);
    const auto in =
        osmium::io::CompressionFactory::instance().create_decompressor(file.compression(), fd);
    constexpr std::size_t overlap = 512;  // longer than any mark with what it says
    std::string window;
    while (true) {
        const std::string more = in->read();
        if (more.empty()) break;
        window += more;
        look(window);
        if (window.size() > overlap) window.erase(0, window.size() - overlap);
    }
    in->close();
}

}  // namespace jedel::roads
