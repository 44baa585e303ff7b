// Programs that race for one brigade: one gets it, the others learn who did.

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "dispatch/desk/engine.h"
#include "tests/journal/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

constexpr int got_it = 0, busy = 1, other_refusal = 2, failed = 3;

/// Waits for the journal, then tries to send brigade 1 to its own incident.
int race(const std::string& url, int me) {
    std::unique_ptr<Journal> journal;
    for (int attempt = 0; attempt < 3000 && journal == nullptr; ++attempt) {
        auto opened = open_journal(url);
        if (opened) {
            journal = std::move(opened).value();
        } else if (opened.error().message.find("in use") == std::string::npos) {
            return failed;
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
        }
    }
    if (journal == nullptr) return failed;
    auto engine = Engine::open(std::move(journal), {});
    if (!engine) return failed;
    const auto outcome = (*engine)->perform(
        envelope("race-" + std::to_string(me), assignment_of(static_cast<std::uint64_t>(me), 1)),
        morning);
    if (std::holds_alternative<std::vector<JournalEvent>>(outcome)) return got_it;
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
        return refusal->code == RefusalCode::brigade_busy && refusal->first_actor == "tester"
                   ? busy
                   : other_refusal;
    }
    return failed;
}

}  // namespace

TEST_CASE("of several programs that race for one brigade exactly one gets it, every time") {
    constexpr int programs = 4;
    for (int round = 0; round < 5; ++round) {
        const TempFolder folder;
        {
            auto engine = Engine::open(open_journal(folder.url()).value(), {});
            REQUIRE(engine);
            int number = 0;
            const auto send = [&](const Command& c) {
                (*engine)->perform(envelope("f" + std::to_string(++number), c), morning);
            };
            for (const Command& c : free_brigades(1)) send(c);
            for (std::uint64_t i = 1; i <= programs; ++i) {
                send(ReceiveCall{});
                send(category_of(i, Category::u1));
            }
        }
        std::vector<pid_t> children;
        for (int me = 1; me <= programs; ++me) {
            const pid_t child = ::fork();
            REQUIRE(child >= 0);
            if (child == 0) ::_exit(race(folder.url(), me));
            children.push_back(child);
        }
        int winners = 0, losers = 0;
        for (const pid_t child : children) {
            int status = 0;
            REQUIRE(::waitpid(child, &status, 0) == child);
            REQUIRE(WIFEXITED(status));
            if (WEXITSTATUS(status) == got_it) ++winners;
            if (WEXITSTATUS(status) == busy) ++losers;
        }
        CHECK(winners == 1);
        CHECK(losers == programs - 1);
        CHECK(verify_journal(folder.url())->problems.empty());
    }
}
