// A slip in any table: the program goes on with the last edition that could be read, and says which
// line is wrong, until it is mended.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/install.h"
#include "tests/program/program.h"

using namespace jedel;
using namespace jedel::test;
namespace fs = std::filesystem;

namespace {

/// A command that reads the table.
std::string reader_of(const Home& home, const std::string& name) {
    if (name == "data/law/rights.toml") return "tell " + home.journal() + " - < /dev/null";
    if (name == "data/law/questions.toml") return "ask скорая";
    if (name == "data/protocol/findings.toml") return "tell " + home.journal() + " - < /dev/null";
    if (name.starts_with("data/law/")) return "entitlement --diseases";
    return "triage - < /dev/null";
}

std::vector<std::string> tables() {
    std::vector<std::string> out{"data/law/rights.toml"};
    for (const char* law : {"amounts", "insurance", "packages", "diseases", "follow_up", "ways",
                            "plan", "calendar", "questions"}) {
        out.push_back(std::string{"data/law/"} + law + ".toml");
    }
    for (const char* folder : {"data/protocol", "data/lexicon", "data/complaints", "data/cards"}) {
        for (const auto& entry : fs::directory_iterator{fs::path{JEDEL_SOURCE_DIR} / folder}) {
            const std::string kind = entry.path().extension().string();
            if (kind != ".toml" && kind != ".tsv") continue;
            out.push_back(std::string{folder} + "/" + entry.path().filename().string());
        }
    }
    return out;
}

void write(const std::string& path, const std::string& text) {
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out << text;
    REQUIRE(out);
}

}  // namespace

TEST_CASE("with a slip in any one table the program starts by the last good one and says where") {
    const Home home;
    for (const std::string& name : tables()) {
        INFO(name);
        const std::string command = reader_of(home, name);
        const Ran sound = home.run(command);
        INFO(sound.out);
        REQUIRE(sound.status == 0);
        REQUIRE(sound.out.find("could be read is used") == std::string::npos);
        const std::string whole = read_file(home.file(name)).value();
        const auto lines = std::count(whole.begin(), whole.end(), '\n');
        write(home.file(name), whole + "[[ no\tname = ] and no sense\n");
        for (int again = 0; again < 2; ++again) {  // it is not kept as the good one
            const Ran broken = home.run(command);
            INFO(broken.out);
            CHECK(broken.status == 0);
            CHECK(broken.out.find(home.file(name) + ":" + std::to_string(lines + 1)) !=
                  std::string::npos);
            CHECK(broken.out.find("could be read is used") != std::string::npos);
        }
        write(home.file(name), whole);
        CHECK(home.run(command).out == sound.out);
    }
}

TEST_CASE("a table that is gone is a slip too; with no edition kept the program refuses") {
    const Home home;
    const std::string name = "data/protocol/u1.toml";
    fs::remove(home.file(name));
    const Ran refused = home.run("triage - < /dev/null");
    CHECK(refused.status == 1);
    CHECK(refused.out.find("u1.toml") != std::string::npos);
    fs::copy(fs::path{JEDEL_SOURCE_DIR} / name, home.file(name));
    REQUIRE(home.run("triage - < /dev/null").status == 0);
    fs::remove(home.file(name));
    const Ran kept = home.run("triage - < /dev/null");
    CHECK(kept.status == 0);
    CHECK(kept.out.find("u1.toml") != std::string::npos);
}

TEST_CASE("a check of the law is of what is installed, never of what was kept") {
    const Home home;
    REQUIRE(home.run("entitlement --diseases").status == 0);
    write(home.file("data/law/plan.toml"), "[[ no\n");
    const Ran checked = home.run("entitlement --check-law");
    CHECK(checked.status == 1);
    CHECK(checked.out.find("plan.toml:1") != std::string::npos);
}
