// Keeps the house: what may be included and linked where, and how sources look.

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path root = JEDEL_SOURCE_DIR;

struct Source {
    std::string path;  ///< relative to the root
    std::vector<std::string> lines;
};

std::vector<Source> sources(const std::vector<std::string>& folders) {
    std::vector<Source> all;
    for (const std::string& folder : folders) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const fs::path& p = entry.path();
            if (p.extension() != ".cpp" && p.extension() != ".h") continue;
            Source source{fs::relative(p, root).string(), {}};
            std::ifstream in{p};
            for (std::string line; std::getline(in, line);) source.lines.push_back(line);
            all.push_back(std::move(source));
        }
    }
    return all;
}

const std::vector<std::string> product{"base", "triage", "dispatch", "cli", "console"};

/// Lines that match, as "file:line: text".
std::string offenders(const std::vector<Source>& all, const std::regex& pattern,
                      const std::set<std::string>& allowed = {}) {
    std::string found;
    for (const Source& s : all) {
        if (allowed.contains(s.path)) continue;
        for (std::size_t i = 0; i < s.lines.size(); ++i) {
            const std::string code = s.lines[i].substr(0, s.lines[i].find("//"));
            if (std::regex_search(code, pattern)) {
                found += s.path + ":" + std::to_string(i + 1) + ": " + s.lines[i] + "\n";
            }
        }
    }
    return found;
}

bool starts_with_any(const std::string& text, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& p) { return text.starts_with(p); });
}

}  // namespace

TEST_CASE("only the console knows ImGui, GLFW and OpenGL") {
    const auto rest = sources({"base", "triage", "dispatch", "cli"});
    REQUIRE(offenders(rest, std::regex{R"(#include.*(imgui|GLFW|GL/|epoxy))"}).empty());
}

TEST_CASE("one coat of SQLite, worn by the journal, the register and the index of cards") {
    const auto all = sources(product);
    REQUIRE(offenders(all, std::regex{R"(#include.*sqlite3\.h)"}, {"dispatch/sqlite/sqlite.h"}) ==
            "");
    // Statements are made, stepped and closed there alone; the journal's own folder may ask SQLite
    // for what only a journal needs (backups, files).
    std::vector<Source> others;
    for (const Source& s : all) {
        if (!starts_with_any(s.path, {"dispatch/sqlite/", "dispatch/journal/sqlite/"})) {
            others.push_back(s);
        }
    }
    REQUIRE(offenders(others, std::regex{R"(\bsqlite3)"}) == "");
    REQUIRE(offenders(all, std::regex{R"(sqlite3_(prepare|step|finalize|close|bind))"},
                      {"dispatch/sqlite/sqlite.h", "dispatch/sqlite/sqlite.cpp"}) == "");
}

TEST_CASE("small things stand in one place each") {
    const auto all = sources(product);
    // What it is, where it is, where else it must not be.
    struct Twin {
        const char* what;
        const char* pattern;
        std::set<std::string> at;
    };
    const std::vector<Twin> twins{
        {"toml++ is one reader's", R"(#include.*toml\+\+|toml::parse\b)",
         {"base/toml_row.h", "base/toml_row.cpp"}},
        {"dates of tables have one parser", R"(toml::date\b)", {"base/toml_row.cpp"}},
        {"weekdays and hours of tables have one parser", R"re("mon", "tue"|%2d:%2d)re",
         {"dispatch/city/hours_text.h"}},
        {"one list of languages", R"(enum class Language\b)", {"base/language.h"}},
        {"one folding of case", R"(\b(u_foldCase|u_tolower|foldCase|towlower)\b)",
         {"base/letters.cpp"}},
        {"one struct of this name", R"(struct RoadChange \{)",
         {"dispatch/core/roads/road_change.h"}},
        {"one declaration of the window's options", R"re("--(theme|screenshot|show|size)",)re",
         {"dispatch/desk/desk_options.h"}},
        {"the sign of a zero is taken off once", R"(== 0\) value = 0|-0\.0\b)",
         {"dispatch/journal/normalise.cpp"}},
    };
    for (const Twin& twin : twins) {
        INFO(twin.what);
        CHECK(offenders(all, std::regex{twin.pattern}, twin.at) == "");
        std::vector<Source> home;
        for (const Source& s : all) {
            if (twin.at.contains(s.path)) home.push_back(s);
        }
        CHECK(offenders(home, std::regex{twin.pattern}) != "");  // the pattern still finds it
    }
}

TEST_CASE("every date of the tables is written the one way") {
    std::string found;
    const std::regex bare{R"(^\s*(from|to|until|day)\s*=\s*[0-9])"};
    for (const auto& entry : fs::recursive_directory_iterator(root / "data")) {
        if (entry.path().extension() != ".toml") continue;
        std::ifstream in{entry.path()};
        for (std::string line; std::getline(in, line);) {
            if (std::regex_search(line, bare)) {
                found += fs::relative(entry.path(), root).string() + ": " + line + "\n";
            }
        }
    }
    REQUIRE(found == "");
}

TEST_CASE("thresholds of the list of brigades stand in dated rows") {
    // What is left in code: units and shares; what is no distance and no departure at all; how the
    // assignment packs a cost; how much is kept in memory; of age by law.
    const std::set<std::string> kept{
        "ms_per_s",      "s_per_min",  "s_per_h",    "percent",           "seconds_max",
        "same_way_m",    "turnout_max_s", "busy_max_s", "unknown_s",      "class_bits",
        "unserved_s",    "networks_max",  "snapped_calls_max", "adult_years"};
    const std::regex number{
        R"(constexpr (?:double|int|float|std::size_t) (\w+) = [^;]*\b[0-9])"};
    std::string found;
    for (const Source& s : sources({"dispatch/fleet"})) {
        for (const std::string& line : s.lines) {
            std::smatch match;
            if (std::regex_search(line, match, number) && !kept.contains(match[1])) {
                found += s.path + ": " + line + "\n";
            }
        }
    }
    REQUIRE(found == "");
}

TEST_CASE("pure code has no clock, no randomness and no I/O") {
    std::vector<Source> pure = sources({"triage", "dispatch/core"});
    for (Source& s : sources({"dispatch/fleet"})) {
        // The adviser holds caches and reads tables at the start; the rest of fleet is pure.
        if (!s.path.starts_with("dispatch/fleet/advisor")) pure.push_back(std::move(s));
    }
    for (Source& s : sources({"dispatch/cover"})) pure.push_back(std::move(s));
    const std::regex impure{
        R"((system_clock|steady_clock|\btime\(|\brand\(|random_device|mt19937|fopen|ifstream|ofstream|std::filesystem|getenv|std::cout|std::cerr|printf\(|std::thread|std::mutex))"};
    const std::string found = offenders(pure, impure);
    // snprintf and sscanf only move bytes in memory.
    std::string real;
    std::istringstream lines{found};
    for (std::string line; std::getline(lines, line);) {
        if (line.find("snprintf(") == std::string::npos) real += line + "\n";
    }
    REQUIRE(real == "");
}

TEST_CASE("folders include only what the layers allow") {
    // What each folder may include from the project, itself aside.
    const std::map<std::string, std::vector<std::string>> law{
        {"base/", {"base/"}},
        {"triage/", {"base/", "triage/"}},
        {"dispatch/tables/", {"base/"}},
        {"dispatch/sqlite/", {"base/"}},
        {"dispatch/core/", {"base/", "triage/"}},
        {"dispatch/journal/", {"base/", "triage/", "dispatch/sqlite/", "dispatch/core/"}},
        {"dispatch/desk/", {"base/", "triage/", "dispatch/core/", "dispatch/journal/"}},
        {"dispatch/roads/", {"base/"}},
        {"dispatch/city/", {"base/", "triage/", "dispatch/core/", "dispatch/roads/"}},
        {"dispatch/cover/",
         {"base/", "triage/", "dispatch/core/", "dispatch/roads/", "dispatch/city/"}},
        {"dispatch/fleet/",
         {"base/", "triage/", "dispatch/core/", "dispatch/roads/", "dispatch/city/",
          "dispatch/cover/"}},
        {"dispatch/patients/",
         {"base/", "triage/", "dispatch/tables/", "dispatch/sqlite/", "dispatch/core/",
          "dispatch/city/"}},
        {"dispatch/gateway/",
         {"base/", "triage/", "dispatch/core/", "dispatch/journal/", "dispatch/desk/",
          "dispatch/roads/", "dispatch/city/", "dispatch/fleet/", "dispatch/papers/"}},
        {"dispatch/papers/", {"base/", "triage/", "dispatch/core/", "dispatch/city/"}},
        {"dispatch/exercise/", {"base/", "triage/", "dispatch/"}},
        {"dispatch/calibration/", {"base/", "triage/", "dispatch/"}},
        {"cli/", {"base/", "triage/", "dispatch/", "cli/"}},
        {"console/widgets/", {"base/", "console/theme/", "console/keys.h"}},
        {"console/", {"base/", "triage/", "dispatch/", "console/"}},
    };
    const std::regex include{R"re(^#include "([^"]+)")re"};
    std::string found;
    for (const Source& s : sources(product)) {
        // The longest prefix: a folder inside another may have a stricter law.
        auto rule = law.end();
        for (auto it = law.begin(); it != law.end(); ++it) {
            if (!s.path.starts_with(it->first)) continue;
            if (rule == law.end() || it->first.size() > rule->first.size()) rule = it;
        }
        CAPTURE(s.path);
        REQUIRE(rule != law.end());
        for (const std::string& line : s.lines) {
            std::smatch match;
            if (!std::regex_search(line, match, include)) continue;
            const std::string target = match[1];
            if (target.find('/') == std::string::npos) continue;  // beside the file
            if (target.starts_with(rule->first) || starts_with_any(target, rule->second)) continue;
            found += s.path + " includes " + target + "\n";
        }
    }
    REQUIRE(found == "");
}

TEST_CASE("no line is over 100 columns, no file has tabs or trailing space") {
    std::string found;
    std::vector<std::string> folders = product;
    folders.emplace_back("tests");
    for (const Source& s : sources(folders)) {
        for (std::size_t i = 0; i < s.lines.size(); ++i) {
            const std::string& line = s.lines[i];
            const auto columns = std::count_if(line.begin(), line.end(), [](char c) {
                return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
            });
            if (columns > 100 && line.find("R\"") == std::string::npos) {
                found += s.path + ":" + std::to_string(i + 1) + ": too long\n";
            }
            if (line.find('\t') != std::string::npos || line.ends_with(' ')) {
                found += s.path + ":" + std::to_string(i + 1) + ": tab or trailing space\n";
            }
        }
    }
    REQUIRE(found == "");
}

TEST_CASE("nothing owns by raw pointer, asserts are never switched off") {
    const auto all = sources(product);
    REQUIRE(offenders(all, std::regex{R"((=|return|\()\s*new [A-Za-z_:]+[\(\{])"}) == "");
    // The deleter of a unique_ptr is the one place where delete belongs.
    REQUIRE(offenders(all, std::regex{R"(^(?!.*Deleter).*\bdelete [a-z_]+;)"}) == "");
    REQUIRE(offenders(all, std::regex{R"(\bNDEBUG\b)"}) == "");
}

TEST_CASE("every header begins with pragma once and says what it is for") {
    std::string found;
    for (const Source& s : sources(product)) {
        if (!s.path.ends_with(".h")) continue;
        const bool said = s.lines.size() > 2 && s.lines[0] == "#pragma once" &&
                          s.lines[1].starts_with("//");
        if (!said) found += s.path + "\n";
    }
    REQUIRE(found == "");
}

TEST_CASE("no path of a developer's machine stands in the tree") {
    std::string found;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string path = fs::relative(entry.path(), root).string();
        const bool ours = !starts_with_any(path, {".git/", "build/", "out/"});
        if (!ours || !entry.is_regular_file()) continue;
        const auto extension = entry.path().extension();
        if (extension == ".bin" || extension == ".png") continue;
        std::ifstream in{entry.path()};
        const std::regex machine{std::string{"(/home/[a-z]+/|/wo"} + "rk/main|/wo" + "rk/shared)"};
        for (std::string line; std::getline(in, line);) {
            if (line.size() < 4000 && std::regex_search(line, machine)) {
                found += path + ": " + line + "\n";
            }
        }
    }
    REQUIRE(found == "");
}
