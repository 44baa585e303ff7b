// How the program ends: asked to, without room on the disk, without memory, without an output.

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "base/install.h"
#include "dispatch/journal/journal.h"
#include "tests/journal/room.h"
#include "tests/program/program.h"

using namespace jedel;
using namespace jedel::test;

namespace {

constexpr const char* call =
    R"({"actor":"desk 1","seat":"dispatcher","kind":"receive_call","channel":"phone_103"})";

/// A journal with two calls in it.
void make_journal(const TempFolder& folder) {
    std::ofstream{folder.file("calls")} << call << '\n' << call << '\n';
    const Ran told = run_shell(program + " tell " + folder.url() + " " + folder.file("calls"));
    INFO(told.out);
    REQUIRE(told.status == 0);
}

}  // namespace

TEST_CASE("asked to end, `tell` stores what it took, saves, and leaves in order") {
    for (const char* signal : {"TERM", "HUP", "INT"}) {
        INFO(signal);
        const TempFolder folder;
        // A whole line, half a line, then silence until it is asked to end.
        const Ran ran = run_shell(
            "mkfifo " + folder.file("in") + "; " + program + " tell " + folder.url() + " - < " +
            folder.file("in") + " > " + folder.file("out") + " 2>&1 & told=$!; exec 3> " +
            folder.file("in") + "; printf '%s\\n%s' '" + call + "' '" + call +
            "' >&3; for i in $(seq 200); do [ -s " + folder.file("out") +
            " ] && break; sleep 0.05; done; kill -" + signal + " $told; wait $told; echo status "
            "$?; cat " + folder.file("out"));
        INFO(ran.out);
        CHECK(ran.out.find("status 1") != std::string::npos);
        CHECK(ran.out.find("asked to end") != std::string::npos);
        auto journal = open_journal(folder.url(), JournalMode::read_only);
        REQUIRE(journal);
        CHECK((*journal)->warning().empty());
        CHECK((*journal)->head().seq > 0);
        CHECK((*journal)->store().acknowledged().closed);
        CHECK((*journal)->load_snapshot().value().has_value());
    }
}

TEST_CASE("an output that cannot be written is a failure of every command that has one") {
    const TempFolder folder;
    make_journal(folder);
    const std::string url = folder.url();
    for (const std::string& command :
         {"journal verify " + url, "journal state " + url, "journal state --whole " + url,
          "journal export " + url, "journal export --personal " + url,
          "journal verify --json " + url, "tell " + url + " " + folder.file("calls"),
          std::string{"entitlement --diseases"}, std::string{"ask скорая"},
          std::string{"--help"}, std::string{"--version"}}) {
        const Ran ran = run_shell(program + " " + command + " > /dev/full");
        INFO(command << "\n" << ran.out);
        CHECK(ran.status == 1);
        CHECK_FALSE(ran.out.empty());
    }
}

TEST_CASE("a file that may grow no more is an error of that write, not the end of the program") {
    const TempFolder folder;
    make_journal(folder);
    const Ran out = run_shell("ulimit -f 0; " + program + " journal export " + folder.url() +
                              " -o " + folder.file("lines"));
    INFO(out.out);
    CHECK(out.status == 1);
    const Ran told = run_shell("ulimit -f 8; " + program + " tell " + folder.url() + " " +
                               folder.file("calls"));
    INFO(told.out);
    CHECK(told.status == 1);
    CHECK(run_shell(program + " journal verify " + folder.url()).status == 0);
}

TEST_CASE("what an export writes is for its owner's eyes only, also over a file of before") {
    const TempFolder folder;
    make_journal(folder);
    const std::string lines = folder.file("lines");
    std::ofstream{lines} << "before";
    REQUIRE(::chmod(lines.c_str(), 0666) == 0);
    REQUIRE(run_shell(program + " journal export --personal " + folder.url() + " -o " + lines)
                .status == 0);
    struct stat found {};
    REQUIRE(::stat(lines.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("an export that is asked to end leaves no half of it and harms no file of before") {
    const TempFolder folder;
    const std::string data = std::string{JEDEL_SOURCE_DIR} + "/data";
    REQUIRE(run_shell(program + " replay " + data + "/logs/training-day.csv --mapping " + data +
                      "/mappings/training-day.toml --headless --journal " + folder.url())
                .status == 0);
    const std::string lines = folder.file("lines");
    const std::string command = program + " journal export " + folder.url() + " -o ";
    REQUIRE(run_shell(command + folder.file("whole")).status == 0);
    const std::string whole = read_file(folder.file("whole")).value();
    for (int ms = 0; ms < 120; ms += 5) {
        std::ofstream{lines, std::ios::trunc} << "before";
        char wait[16];
        std::snprintf(wait, sizeof wait, "0.%03d", ms);
        const Ran ran = run_shell(command + lines + " & told=$!; sleep " + wait +
                                  "; kill -TERM $told; wait $told; echo status $?");
        INFO(ms << " ms: " << ran.out);
        const std::string text = read_file(lines).value();
        CHECK((text == "before" || text == whole));
        CHECK((text == whole || ran.out.find("status 0") == std::string::npos));
        int files = 0;
        for (const auto& entry : std::filesystem::directory_iterator{folder.file("")}) {
            files += entry.path().string().find("lines") != std::string::npos;
        }
        CHECK(files == 1);
    }
}

TEST_CASE("a replay that is asked to end keeps whole minutes and leaves in order") {
    const std::string data = std::string{JEDEL_SOURCE_DIR} + "/data";
    for (const char* signal : {"TERM", "INT"}) {
        const TempFolder folder;
        const Ran ran = run_shell(
            program + " replay " + data + "/logs/training-day.csv --mapping " + data +
            "/mappings/training-day.toml --headless --speed 600 --journal " + folder.url() +
            " --acknowledge > " + folder.file("out") + " 2>&1 & told=$!; for i in $(seq 400); do "
            "grep -q committed " + folder.file("out") + " && break; sleep 0.05; done; kill -" +
            signal + " $told; wait $told; echo status $?; tail -3 " + folder.file("out"));
        INFO(ran.out);
        CHECK(ran.out.find("status 1") != std::string::npos);
        CHECK(ran.out.find("asked to end") != std::string::npos);
        auto journal = open_journal(folder.url(), JournalMode::read_only);
        REQUIRE(journal);
        CHECK((*journal)->warning().empty());
        CHECK((*journal)->head().seq > 0);
        CHECK((*journal)->store().acknowledged().closed);
        CHECK((*journal)->load_snapshot().value().has_value());
    }
}

TEST_CASE("a program leaves no core, and without memory it says so and ends") {
    const Ran limits = run_shell("ulimit -c unlimited; " + program +
                                 " triage - < /dev/null; cat /proc/self/limits | grep -c core");
    CHECK(limits.status == 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const TempFolder folder;
    make_journal(folder);
    for (int kib = 12'000; kib <= 60'000; kib += 4'000) {
        const Ran ran = run_shell("ulimit -v " + std::to_string(kib) + "; " + program +
                                  " triage - < /dev/null");
        INFO(kib << " KiB: " << ran.status << " " << ran.out);
        CHECK(ran.status != 134);  // never by std::terminate
        CHECK(ran.status != 139);
    }
#endif
}

TEST_CASE("only a seat of the table of rights may erase a person") {
    const TempFolder folder;
    make_journal(folder);
    const std::string erase = program + " journal erase " + folder.url() +
                              " --incident 1 --actor tester --reason test --seat ";
    for (const char* seat : {"dispatcher", "call_taker", "auditor", "nobody"}) {
        const Ran refused = run_shell(erase + seat);
        INFO(refused.out);
        CHECK(refused.status == 1);
        CHECK(refused.out.find("senior_doctor") != std::string::npos);
    }
    // It may; but there is nobody.
    CHECK(run_shell(erase + "senior_doctor").out.find("no such person") != std::string::npos);
}

TEST_CASE("superseded personal rows go, the chain stays sound, and no byte of them is left") {
    const TempFolder folder;
    std::ofstream{folder.file("calls")}
        << R"({"actor":"d","seat":"dispatcher","kind":"receive_call","channel":"phone_103",)"
        << R"("personal":{"phone":"0000001"}})" << '\n'
        << R"({"actor":"d","seat":"dispatcher","kind":"record_intake","incident":1,)"
        << R"("personal":{"phone":"0000002"}})" << '\n';
    const Ran told = run_shell(program + " tell " + folder.url() + " " + folder.file("calls"));
    INFO(told.out);
    REQUIRE(told.status == 0);
    const std::string everywhere = "cat " + folder.file("room.jedel") + "* | grep -ac ";
    REQUIRE(run_shell(everywhere + "0000001").out != "0\n");
    const Ran purged = run_shell(program + " journal purge " + folder.url() +
                                 " --actor tester --seat senior_doctor --reason superseded");
    INFO(purged.out);
    CHECK(purged.status == 0);
    CHECK(run_shell(everywhere + "0000001").out == "0\n");
    CHECK(run_shell(everywhere + "0000002").out != "0\n");
    const Ran verified = run_shell(program + " journal verify " + folder.url());
    INFO(verified.out);
    CHECK(verified.status == 0);
    CHECK(run_shell(program + " journal purge " + folder.url() +
                    " --actor tester --seat senior_doctor --reason again").status == 1);
}
