// One writer at a time, whoever the other one is; readers at any time.

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/journal/samples.h"

using namespace jedel;
using namespace jedel::test;

TEST_CASE("a second writer in the same program is refused until the first is gone") {
    const TempFolder folder;
    auto first = open_journal(folder.url());
    REQUIRE(first);
    const auto second = open_journal(folder.url());
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("in use") != std::string::npos);
    CHECK(second.error().message.find(std::to_string(::getpid())) != std::string::npos);
    first->reset();
    CHECK(open_journal(folder.url()));
}

TEST_CASE("a second writer in another program is refused, also when it imports") {
    const TempFolder folder;
    auto first = open_journal(folder.url());
    REQUIRE(first);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto second = open_journal(folder.url());
        const bool refused =
            !second && second.error().message.find("in use") != std::string::npos;
        ::_exit(refused ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK((*first)->append({.expected_seq = 0, .events = every_kind(), .personal = {}}));
}

TEST_CASE("a reader sees what a writer at work has committed, and what it commits later") {
    const TempFolder folder;
    auto writer = open_journal(folder.url());
    REQUIRE(writer);
    REQUIRE(write_every_kind(**writer));
    auto reader = open_journal(folder.url(), JournalMode::read_only);
    REQUIRE(reader);
    CHECK((*reader)->head() .seq == (*writer)->head().seq);
    CHECK((*reader)->warning().empty());
    auto more = every_kind();
    for (NewEvent& event : more) event.command_id += "again";
    const std::uint64_t before = (*writer)->head().seq;
    REQUIRE((*writer)->append({.expected_seq = before, .events = more, .personal = {}}));
    std::uint64_t seen = before;
    REQUIRE((*reader)->read(before, [&](const JournalEvent& e) { seen = e.seq; }));
    CHECK(seen == (*writer)->head().seq);
    CHECK_FALSE((*reader)->append({.expected_seq = seen, .events = more, .personal = {}}));
    CHECK_FALSE((*reader)->begin_batch());
}
