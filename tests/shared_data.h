#pragma once
// Files beside the checkout that tests and measurements use where they are present.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace jedel::test {

/// Path of a file in ../shared/data (or $JEDEL_SHARED_DATA); where it is absent says so on stdout
/// in words that ctest counts as skipped, and gives nullopt.
inline std::optional<std::string> shared_data(const std::string& name) {
    const char* given = std::getenv("JEDEL_SHARED_DATA");
    const std::filesystem::path folder =
        given != nullptr ? std::filesystem::path{given}
                         : std::filesystem::path{JEDEL_SOURCE_DIR} / ".." / "shared" / "data";
    const auto path = (folder / name).lexically_normal();
    if (std::filesystem::exists(path)) return path.string();
    std::printf("SKIPPED: %s is absent\n", name.c_str());
    return std::nullopt;
}

}  // namespace jedel::test
