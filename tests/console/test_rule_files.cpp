// The files of rules, words and cards: none may be missing, none may be one too many.

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "console/startup.h"

using namespace jedel;
using namespace jedel::console;
namespace fs = std::filesystem;

namespace {

/// A copy of the tables in a folder of its own.
class Home {
public:
    Home() : path_(fs::temp_directory_path() / ("jedel-rules-" + std::to_string(::getpid()))) {
        fs::remove_all(path_);
        for (const char* part : {"protocol", "lexicon", "complaints", "cards"}) {
            fs::create_directories(path_ / "data");
            fs::copy(fs::path{JEDEL_SOURCE_DIR} / "data" / part, path_ / "data" / part,
                     fs::copy_options::recursive);
        }
    }
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;
    ~Home() { fs::remove_all(path_); }

    [[nodiscard]] Result<RuleTables> read() const { return read_rule_tables(path_.string()); }
    [[nodiscard]] fs::path operator/(const char* name) const { return path_ / "data" / name; }

private:
    fs::path path_;
};

}  // namespace

TEST_CASE("a file of rules, words, complaints or cards that is missing is refused by its name") {
    const Home home;
    REQUIRE(home.read().ok());
    const char* name = GENERATE("protocol/u1.toml", "protocol/u4.toml", "protocol/findings.toml",
                                "lexicon/spoken.tsv", "lexicon/tables.toml",
                                "complaints/ru.complaints.tsv", "cards/cards.toml");
    fs::remove(home / name);
    const auto read = home.read();
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().where == (home / name).string());
}

TEST_CASE("a file that no list names is refused, not read along and not passed over") {
    const Home home;
    const auto [from, to] =
        GENERATE(std::pair{"protocol/u1.toml", "protocol/u5.toml"},
                 std::pair{"lexicon/spoken.tsv", "lexicon/more.tsv"});
    fs::copy(home / from, home / to);
    const auto read = home.read();
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().where == (home / to).string());
    CHECK(read.error().message.find("not listed") != std::string::npos);
}

TEST_CASE("tables that differ in one letter have the same version and another edition") {
    const Home home;
    const auto before = home.read();
    REQUIRE(before.ok());
    const std::string version = before->protocol->version();
    CHECK(before->protocol->edition().starts_with(version + "-"));
    std::ofstream(home / "protocol/u2.toml", std::ios::app) << "# note\n";
    const auto after = home.read();
    REQUIRE(after.ok());
    CHECK(after->protocol->version() == version);
    CHECK(after->protocol->edition() != before->protocol->edition());
}
