#include "dispatch/desk/edition.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>

#include "base/install.h"

namespace jedel {

namespace fs = std::filesystem;

namespace {

/// Name within the folder → bytes; nullopt when something cannot be read.
std::optional<std::map<std::string, std::string>> bytes_of(const fs::path& folder) {
    std::map<std::string, std::string> out;
    std::error_code error;
    for (fs::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
        if (!it->is_regular_file(error)) continue;
        auto text = read_file(it->path().string());
        if (!text) return std::nullopt;
        out.emplace(it->path().filename().string(), std::move(*text));
    }
    if (error) return std::nullopt;
    return out;
}

/// Writes a folder beside the old one and lets them change places: a reader sees one or the other.
void replace_folder(const fs::path& to, const std::map<std::string, std::string>& files) {
    std::error_code error;
    const std::string own = "." + std::to_string(::getpid());
    const fs::path fresh = to.string() + own, old = to.string() + own + ".old";
    fs::create_directories(fresh, error);
    bool whole = !error;
    for (const auto& [name, text] : files) {
        whole = whole && write_file((fresh / name).string(), text).ok();
    }
    if (whole) {
        fs::rename(to, old, error);
        fs::rename(fresh, to, error);
    }
    fs::remove_all(fresh, error);
    fs::remove_all(old, error);
}

void keep_file(const fs::path& from, const fs::path& to) {
    const auto text = read_file(from.string());
    const auto before = read_file(to.string());
    if (!text || (before && *before == *text)) return;
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    if (!error) static_cast<void>(write_file(to.string(), *text));
}

}  // namespace

Edition Edition::of_user(const std::string& installed) {
    const auto folder = user_data_folder();
    return {installed, folder ? *folder + "/last-good" : std::string{}};
}

void Edition::keep(const edition::Parts& parts) const {
    if (kept_.empty()) return;
    for (const char* part : parts.paths) {
        const fs::path from = fs::path{installed_} / part, to = fs::path{kept_} / parts.name / part;
        std::error_code error;
        if (fs::is_regular_file(from, error)) {
            keep_file(from, to);
            continue;
        }
        const auto files = bytes_of(from);
        // A disk that is full costs the spare edition, not the start.
        if (files && bytes_of(to) != files) replace_folder(to, *files);
    }
}

void Edition::say_faults(const char* program) const {
    for (const Error& fault : faults_) {
        std::fprintf(stderr, "%s: %s; the last edition that could be read is used\n", program,
                     fault.text().c_str());
    }
}

}  // namespace jedel
