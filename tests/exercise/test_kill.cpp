#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

#include "dispatch/core/codec.h"
#include "dispatch/exercise/draw.h"
#include "tests/exercise/town.h"

using namespace jedel;
using namespace jedel::exercise;
using namespace jedel::test;

namespace {

std::vector<std::string> lines_of(Journal& journal) {
    std::vector<std::string> lines;
    REQUIRE(journal.read(0, [&](const JournalEvent& event) {
        lines.push_back(encode_event_line(event));
    }).ok());
    return lines;
}

/// The child: replays into the journal and writes each acknowledged sequence number.
[[noreturn]] void replay_and_acknowledge(const std::shared_ptr<const ReplayInput>& input,
                                         const std::string& url, int pipe) {
    auto journal = open_journal(url);
    if (!journal) _exit(3);
    auto engine = Engine::open(std::move(*journal), DecideContext{.protocol = input->protocol});
    if (!engine) _exit(4);
    Replay replay{input, {}};
    HeadlessOptions options;
    options.committed = [&](std::uint64_t seq) {
        if (::write(pipe, &seq, sizeof seq) != sizeof seq) _exit(5);
    };
    _exit(run_headless(replay, **engine, options).ok() ? 0 : 6);
}

}  // namespace

TEST_CASE("kill -9 in the middle of a replay loses nothing that was acknowledged") {
    const auto input = replay_input(small_log(400, 6));
    std::vector<std::string> whole;
    {
        const auto engine = engine_on("sqlite::memory:", input->protocol);
        Replay replay{input, {}};
        REQUIRE(run_headless(replay, *engine, {}).ok());
        whole = lines_of(engine->journal());
    }
    const std::string folder = std::string{JEDEL_BINARY_DIR} + "/kill";
    Draw draw{103, 1};
    // More by hand: JEDEL_KILL_ROUNDS=1000.
    const char* asked = std::getenv("JEDEL_KILL_ROUNDS");
    const int rounds = asked != nullptr ? std::atoi(asked) : 50;
    for (int round = 0; round < rounds; ++round) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        const std::string url = "sqlite:" + folder + "/journal.db";
        int ends[2] = {-1, -1};
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(ends[0]);
            replay_and_acknowledge(input, url, ends[1]);
        }
        ::close(ends[1]);
        const std::uint64_t wanted = 1 + draw.below(200);
        std::uint64_t acknowledged = 0;
        std::uint64_t seq = 0;
        for (std::uint64_t i = 0; i < wanted && ::read(ends[0], &seq, sizeof seq) > 0; ++i) {
            acknowledged = seq;
        }
        REQUIRE(::kill(child, SIGKILL) == 0);
        // What it said before it died counts too.
        while (::read(ends[0], &seq, sizeof seq) == sizeof seq) acknowledged = seq;
        ::close(ends[0]);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));

        const auto verified = verify_journal(url);
        REQUIRE(verified.ok());
        CHECK(verified->problems.empty());
        auto journal = open_journal(url);
        REQUIRE(journal.ok());
        const std::vector<std::string> kept = lines_of(**journal);
        INFO("round " << round << ": acknowledged " << acknowledged << ", kept " << kept.size());
        REQUIRE(acknowledged > 0);
        REQUIRE(kept.size() >= acknowledged);
        REQUIRE(kept.size() < whole.size());
        CHECK(std::equal(kept.begin(), kept.end(), whole.begin()));
    }
}
