// Export, import, and the golden journal.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/install.h"
#include "dispatch/core/codec.h"
#include "dispatch/core/json_writer.h"
#include "dispatch/journal/chain.h"
#include "tests/journal/samples.h"
#include "tests/journal/state_v1.h"

using namespace jedel;
using namespace jedel::test;

namespace {

std::string exported(const std::string& url, bool personal = true) {
    std::ostringstream out;
    const auto count = export_journal(url, out, personal);
    REQUIRE(count);
    return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

Result<std::uint64_t> import_lines(const std::string& url, const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    std::istringstream in{text};
    return import_journal(url, in);
}

std::string write_sample(const TempFolder& folder) {
    auto journal = open_journal(folder.url("sample"));
    REQUIRE(journal);
    const auto head = write_every_kind(**journal);
    REQUIRE(head);
    journal->reset();
    return exported(folder.url("sample"));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the sample events cover every kind there is") {
    std::set<std::string_view> kinds;
    for (const NewEvent& event : every_kind()) kinds.insert(kind_of(event.event));
    CHECK(kinds.size() == std::variant_size_v<Event>);
}

TEST_CASE("an exported journal imports into one that exports the same bytes and verifies") {
    const TempFolder folder;
    const std::string text = write_sample(folder);
    std::istringstream in{text};
    const auto count = import_journal(folder.url("copy"), in);
    REQUIRE(count);
    CHECK(*count == every_kind().size());
    CHECK(exported(folder.url("copy")) == text);
    const auto original = verify_journal(folder.url("sample"));
    const auto copy = verify_journal(folder.url("copy"));
    REQUIRE(copy);
    CHECK(copy->problems.empty());
    CHECK(copy->state_hash == original->state_hash);
    auto journal = open_journal(folder.url("copy"));
    REQUIRE(journal);
    CHECK((*journal)->of_command("golden-3")->size() == 1);
    CHECK((*journal)->personal({2})->value() == every_person()[1]);
}

TEST_CASE("without the personal rows an export holds no personal data") {
    const TempFolder folder;
    write_sample(folder);
    const std::string text = exported(folder.url("sample"), false);
    CHECK(text.find("991231600012") == std::string::npos);
    CHECK(text.find("personal\"") == std::string::npos);
}

TEST_CASE("an import refuses a line that breaks the chain, names it, and leaves nothing behind") {
    const TempFolder folder;
    const auto lines = lines_of(write_sample(folder));
    struct Case {
        const char* what;
        std::vector<std::string> lines;
        long line;
    };
    std::vector<Case> cases;
    auto changed = lines;
    changed[2] = replaced(changed[2], "54.5", "45.5");
    cases.push_back({"a changed payload", changed, 3});
    changed = lines;
    changed[4] = replaced(changed[4], "\"actor\":\"", "\"actor\":\"x");
    cases.push_back({"another actor", changed, 5});
    changed = lines;
    changed.erase(changed.begin() + 6);
    cases.push_back({"a missing line", changed, 7});
    changed = lines;
    std::swap(changed[7], changed[8]);
    cases.push_back({"two lines swapped", changed, 8});
    changed = lines;
    changed[9] = changed[9].substr(0, changed[9].size() / 2);
    cases.push_back({"half a line", changed, 10});
    changed = lines;
    changed[3] = replaced(changed[3], "\"hash\":\"", "\"hash\":\"zz");
    cases.push_back({"a hash that is none", changed, 4});
    changed = lines;
    changed[0] = "[]";
    cases.push_back({"no object", changed, 1});
    int number = 0;
    for (const Case& c : cases) {
        INFO(c.what);
        const std::string url = folder.url("case" + std::to_string(++number));
        const auto refused = import_lines(url, c.lines);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().line == c.line);
        auto journal = open_journal(url);
        REQUIRE(journal);
        CHECK((*journal)->head().seq == 0);
    }
}

TEST_CASE("an import goes into an empty journal only") {
    const TempFolder folder;
    const auto lines = lines_of(write_sample(folder));
    const auto refused = import_lines(folder.url("sample"), lines);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("not empty") != std::string::npos);
    CHECK(verify_journal(folder.url("sample"))->events == every_kind().size());
}

TEST_CASE("every golden journal imports, verifies and folds to the state recorded with it") {
    const std::filesystem::path folder_name = std::string{JEDEL_SOURCE_DIR} + "/data/journals";
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder_name}) {
        if (entry.path().extension() == ".jsonl") names.insert(entry.path().stem().string());
    }
    CHECK(names.contains("v1"));
    CHECK(names.contains("v1-roads"));
    CHECK(names.contains("v1-caller"));
    for (const std::string& name : names) {
        INFO(name);
        const TempFolder folder;
        std::ifstream in{folder_name / (name + ".jsonl")};
        REQUIRE(in);
        const auto count = import_journal(folder.url(), in);
        INFO((count ? std::string{} : count.error().text()));
        REQUIRE(count);
        const auto report = verify_journal(folder.url());
        REQUIRE(report);
        CHECK(report->problems.empty());
        CHECK(report->sound_until == *count);
        const auto recorded = read_file((folder_name / (name + ".state")).string());
        REQUIRE(recorded);
        if (!name.starts_with("v1")) {
            CHECK(report->state_hash + "\n" == *recorded);
            continue;
        }
        // What the first program recorded is a hash of its own shape of the state.
        const auto journal = open_journal(folder.url(), JournalMode::read_only);
        REQUIRE(journal);
        State state;
        REQUIRE((*journal)->read(0, [&](const JournalEvent& e) { apply(state, e); }));
        std::string text;
        json::write(text, v1::state_of(state));
        CHECK(to_hex(hash_of(text)) + "\n" == *recorded);
    }
}

// Hidden: writes the golden journal of the newest versions into the folder that JEDEL_GOLDEN
// names; for whoever gives a payload its next version.
TEST_CASE("write a golden journal of every kind", "[.golden]") {
    const char* where = std::getenv("JEDEL_GOLDEN");
    REQUIRE(where != nullptr);
    const TempFolder folder;
    std::ofstream{std::string{where} + "/new.jsonl"} << write_sample(folder);
    const auto report = verify_journal(folder.url("sample"));
    REQUIRE(report);
    std::ofstream{std::string{where} + "/new.state"} << report->state_hash << "\n";
}
