// The running console as scripts and the machine meet it: a door for commands, a request to end, a
// journal that another program holds, tables with a slip.

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "base/install.h"
#include "dispatch/desk/engine.h"
#include "dispatch/journal/journal.h"
#include "tests/program/program.h"

using namespace jedel;
using namespace jedel::test;

namespace {

constexpr const char* call =
    R"({"actor":"desk 1","seat":"dispatcher","kind":"receive_call","channel":"phone_103"})";
constexpr const char* by_nobody =
    R"({"actor":"desk 1","seat":"polyclinic_desk","kind":"receive_call","channel":"phone_103"})";

/// A script in which `during` runs while the console does; it is asked to end by `signal` then.
Ran with_console(const Home& home, const std::string& during, const std::string& signal) {
    const std::string pid = home.own("pid"), out = home.own("out");
    return run_shell(
        "export " + home.environment() + "; xvfb-run -a -s '-screen 0 1600x1000x24 -noreset' "
        "sh -c 'echo $$ > " + pid + "; exec " + console + " --journal " + home.journal() +
        "' > " + out + " 2>&1 & shell=$!; for i in $(seq 400); do [ -S " +
        home.own("room.jedel-socket") + " ] && break; sleep 0.05; done; " + during +
        "; kill -" + signal + " $(cat " + pid + "); wait $shell; echo console $?; cat " + out);
}

void write(const std::string& path, const std::string& text) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << text;
    REQUIRE(file);
}

}  // namespace

TEST_CASE("a script tells the running console; its journal has one writer") {
    const Home home;
    write(home.own("calls"), std::string{call} + "\n" + by_nobody + "\n" + call + "\n");
    const Ran ran = with_console(
        home,
        "stat -c 'mode %a' " + home.own("room.jedel-socket") + "; " + program + " tell " +
            home.journal() + " " + home.own("calls") + "; echo told $?",
        "TERM");
    INFO(ran.out);
    CHECK(ran.out.find("mode 600") != std::string::npos);
    // The second is refused and said so, the others are in the journal.
    CHECK(ran.out.find("told 1") != std::string::npos);
    CHECK(ran.out.find("console 0") != std::string::npos);
    auto engine = Engine::open(open_journal(home.journal(), JournalMode::read_only).value(), {});
    REQUIRE(engine);
    CHECK((*engine)->state().open.size() == 2);
    CHECK_FALSE(std::filesystem::exists(home.own("room.jedel-socket")));
}

TEST_CASE("asked to end, the console leaves in order") {
    for (const char* signal : {"TERM", "HUP", "INT"}) {
        INFO(signal);
        const Home home;
        write(home.own("calls"), std::string{call} + "\n");
        const Ran ran = with_console(
            home, program + " tell " + home.journal() + " " + home.own("calls"), signal);
        INFO(ran.out);
        CHECK(ran.out.find("console 0") != std::string::npos);
        auto journal = open_journal(home.journal(), JournalMode::read_only);
        REQUIRE(journal);
        CHECK((*journal)->warning().empty());
        CHECK((*journal)->head().seq > 0);
        CHECK((*journal)->store().acknowledged().closed);
        CHECK((*journal)->load_snapshot().value().has_value());
    }
}

TEST_CASE("with a slip in a table of its own the console opens by the last good edition") {
    const Home home;
    const auto picture = [&] {
        return run_shell("export " + home.environment() + "; xvfb-run -a -s '-screen 0 1600x1000x24"
                         " -noreset' " + console + " --journal " + home.journal() +
                         " --screenshot " + home.own("picture.png"));
    };
    const Ran sound = picture();
    INFO(sound.out);
    REQUIRE(sound.status == 0);
    struct stat found {};
    REQUIRE(::stat(home.own("picture.png").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    for (const char* name :
         {"assets/strings/screen.toml", "data/cards/cards.toml", "data/lexicon/tables.toml",
          "data/law/cover.toml", "data/law/retention.toml", "data/law/rights.toml",
          "data/law/recommendation.toml", "data/law/speeds.toml", "data/law/dispatch.toml",
          "data/law/category4.toml", "data/law/hospital_profiles.toml", "data/law/watch.toml",
          "data/law/advice.toml", "data/law/aviation.toml", "data/law/ways.toml"}) {
        INFO(name);
        const std::string whole = read_file(home.file(name)).value();
        write(home.file(name), whole + "[[ no\tname = ] and no sense\n");
        const Ran broken = picture();
        INFO(broken.out);
        CHECK(broken.status == 0);
        CHECK(broken.out.find(home.file(name) + ":") != std::string::npos);
        CHECK(broken.out.find("could be read is used") != std::string::npos);
        write(home.file(name), whole);
    }
    CHECK(picture().out.find("could be read is used") == std::string::npos);
}
