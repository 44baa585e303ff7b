#include "base/install.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

namespace jedel {

namespace fs = std::filesystem;

namespace {

bool is_install(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_directory(folder / "data" / "protocol", ignored) &&
           fs::is_directory(folder / "assets", ignored);
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string{} : std::string{value};
}

}  // namespace

Result<std::string> install_folder() {
    if (const std::string home = environment("JEDEL_HOME"); !home.empty()) {
        if (is_install(home)) return home;
        return Error{.message = "$JEDEL_HOME holds no data/protocol and assets folders",
                     .where = home};
    }
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (fs::path folder = program.parent_path(); !error && !folder.empty();
         folder = folder.parent_path()) {
        if (is_install(folder)) return folder.string();
        if (is_install(folder / "share" / "jedel")) return (folder / "share" / "jedel").string();
        if (folder == folder.root_path()) break;
    }
    return Error{.message = "no folder above the program holds data/protocol and assets; "
                            "set JEDEL_HOME to the one that does",
                 .where = program.string()};
}

Result<std::string> user_data_folder() {
    std::string base = environment("XDG_DATA_HOME");
    if (base.empty()) {
        const std::string home = environment("HOME");
        if (home.empty()) return Error{.message = "neither $XDG_DATA_HOME nor $HOME is set"};
        base = home + "/.local/share";
    }
    const fs::path folder = fs::path{base} / "jedel";
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return Error{.message = "cannot create the folder: " + error.message(),
                     .where = folder.string()};
    }
    return folder.string();
}

Result<std::string> read_file(const std::string& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return Error{.message = "expected a file, found a folder", .where = path};
    }
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::fopen(path.c_str(), "rb"),
                                                               &std::fclose};
    if (!file) {
        return Error{.message = std::string{"cannot be read: "} + std::strerror(errno),
                     .where = path};
    }
    std::string bytes;
    char buffer[1 << 16];
    std::size_t got = 0;
    while ((got = std::fread(buffer, 1, sizeof buffer, file.get())) > 0) bytes.append(buffer, got);
    if (std::ferror(file.get()) != 0) {
        return Error{.message = "reading failed part way", .where = path};
    }
    return bytes;
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
    const std::string temporary = path + ".part";
    std::FILE* file = std::fopen(temporary.c_str(), "wb");
    if (file == nullptr) {
        return Error{.message = std::string{"cannot be written: "} + std::strerror(errno),
                     .where = path};
    }
    const bool wrote = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
    const bool closed = std::fclose(file) == 0;
    std::error_code error;
    if (wrote && closed) fs::rename(temporary, path, error);
    if (!wrote || !closed || error) {
        const std::string why = error ? error.message() : std::strerror(errno);
        fs::remove(temporary, error);
        return Error{.message = "cannot be written: " + why, .where = path};
    }
    return {};
}

}  // namespace jedel
