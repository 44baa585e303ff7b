// kill -9 at random moments: what a writer acknowledged before it died is in the journal, whole.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <thread>

#include "dispatch/desk/engine.h"
#include "tests/journal/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

void tell(int pipe, std::uint64_t seq) {
    if (::write(pipe, &seq, sizeof seq) != sizeof seq) ::_exit(3);
}

/// The child: calls without end, each acknowledged on the pipe when it is durable. Every third
/// call is a batch, acknowledged by its commit, as a replay does it.
[[noreturn]] void work(const std::string& url, int pipe) {
    auto journal = open_journal(url);
    if (!journal) ::_exit(1);
    auto engine = Engine::open(std::move(journal).value(), {});
    if (!engine) ::_exit(1);
    Engine& room = **engine;
    const auto send = [&](const Command& command) {
        const std::string id = "k" + std::to_string(room.state().seq) + "-" +
                               std::to_string(::getpid());
        if (std::holds_alternative<Error>(room.perform(envelope(id, command), morning))) {
            ::_exit(2);
        }
    };
    for (const Command& command : free_brigades(1)) send(command);
    tell(pipe, room.state().seq);
    for (int round = 0;; ++round) {
        const bool batch = round % 3 == 2;
        if (batch && !room.begin_batch()) ::_exit(2);
        // The one before may have died with the brigade on a call.
        const Brigade* brigade = room.state().brigades.find({1});
        if (brigade->incident) {
            ReleaseBrigade release;
            release.incident = *brigade->incident;
            release.brigade = {1};
            release.reason = ReleaseReason::other;
            send(release);
        }
        for (const Command& c : whole_call(room.state().newest_incident().value + 1, 1)) {
            send(c);
            if (!batch) tell(pipe, room.state().seq);
        }
        if (batch) {
            if (!room.commit_batch()) ::_exit(2);
            tell(pipe, room.state().seq);
        }
        if (round % 5 == 4 && !room.save_snapshot()) ::_exit(2);
    }
}

/// Lets a child work for a while, kills it, and gives the last seq it acknowledged.
std::uint64_t work_and_kill(const std::string& url, std::chrono::microseconds life) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::close(ends[0]);
        work(url, ends[1]);
    }
    ::close(ends[1]);
    std::uint64_t acknowledged = 0, seq = 0;
    // The life is counted from the first acknowledgement: a loaded machine starts slowly.
    bool read = ::read(ends[0], &seq, sizeof seq) == sizeof seq;
    if (read) acknowledged = seq;
    std::this_thread::sleep_for(life);
    ::kill(child, SIGKILL);
    while (::read(ends[0], &seq, sizeof seq) == sizeof seq) acknowledged = seq;
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(read);
    return acknowledged;
}

}  // namespace

TEST_CASE("kill -9 at random moments loses nothing acknowledged, in any of its rounds") {
    const char* wanted = std::getenv("JEDEL_KILL_ROUNDS");
    const int rounds = wanted != nullptr ? std::atoi(wanted) : 60;
    const TempFolder folder;
    std::mt19937 random{20260105};
    std::uniform_int_distribution<int> life_us{0, 30'000};
    std::uint64_t before = 0;
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        const std::uint64_t acknowledged =
            work_and_kill(folder.url(), std::chrono::microseconds{life_us(random)});
        CHECK(acknowledged >= before);
        auto journal = open_journal(folder.url(), JournalMode::read_only);
        REQUIRE(journal);
        CHECK((*journal)->warning().empty());
        REQUIRE((*journal)->head().seq >= acknowledged);
        before = (*journal)->head().seq;
    }
    CHECK(before > static_cast<std::uint64_t>(rounds));  // they did get to work
    const auto report = verify_journal(folder.url());
    REQUIRE(report);
    INFO((report->problems.empty() ? std::string{} : report->problems[0]));
    CHECK(report->problems.empty());
    CHECK(report->sound_until == before);
    auto engine = Engine::open(open_journal(folder.url()).value(), {});
    REQUIRE(engine);
    CHECK(state_hash((*engine)->state()) == report->state_hash);
}
