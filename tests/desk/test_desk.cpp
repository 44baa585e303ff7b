// The desk's thread: commands from any thread, snapshots out, nothing lost.

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "dispatch/desk/desk.h"
#include "tests/journal/room.h"
#include "tests/journal/store_in_front.h"

using namespace jedel;
using namespace jedel::test;

namespace {

class StillClock final : public ClockPort {
public:
    [[nodiscard]] Instant now() const override { return morning; }
};

const StillClock still;

std::unique_ptr<Desk> open_desk(const std::string& url, std::function<void()> wake = {}) {
    auto journal = open_journal(url);
    REQUIRE(journal);
    auto desk = Desk::open(std::move(journal).value(), {}, still, std::move(wake));
    REQUIRE(desk);
    return std::move(desk).value();
}

/// A store whose disk is full after a number of appends.
class FullStore final : public StoreInFront {
public:
    FullStore(std::unique_ptr<Store> under, int appends)
        : StoreInFront(std::move(under)), left_(appends) {}
    Appended append(const StoreAppend& append) override {
        if (left_-- > 0) return StoreInFront::append(append);
        full_ = Error{.message = "the disk is full"};
        return *full_;
    }
    [[nodiscard]] const std::optional<Error>& broken() const override { return full_; }

private:
    int left_;
    std::optional<Error> full_;
};

}  // namespace

TEST_CASE("an answer comes when it is durable, and the snapshot shows it by then") {
    const TempFolder folder;
    auto desk = open_desk(folder.url());
    CHECK(desk->snapshot()->state.open.empty());
    const Outcome outcome = desk->ask(envelope("", ReceiveCall{})).get();
    CHECK(std::holds_alternative<std::vector<JournalEvent>>(outcome));
    const auto snapshot = desk->snapshot();
    CHECK(snapshot->state.open.size() == 1);
    REQUIRE(snapshot->notices.size() == 1);
    CHECK(snapshot->notices[0].command_kind == "receive_call");
    CHECK_FALSE(snapshot->notices[0].command_id.empty());
    auto reader = open_journal(folder.url(), JournalMode::read_only);
    REQUIRE(reader);
    CHECK((*reader)->head().seq == 1);
}

TEST_CASE("commands of many threads are all done, each once, each with a notice of its own") {
    const TempFolder folder;
    std::atomic<int> woken{0};
    auto desk = open_desk(folder.url(), [&] { ++woken; });
    constexpr int threads = 4, each = 50;
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t) {
        callers.emplace_back([&desk, t] {
            for (int i = 0; i < each; ++i) {
                const std::string id = std::to_string(t) + "-" + std::to_string(i);
                desk->submit(envelope(id, ReceiveCall{}));
                desk->submit(envelope(id, ReceiveCall{}));  // a retry
            }
        });
    }
    for (std::thread& caller : callers) caller.join();
    desk->drain();
    const auto snapshot = desk->snapshot();
    CHECK(snapshot->state.open.size() == threads * each);
    REQUIRE_FALSE(snapshot->notices.empty());
    CHECK(snapshot->notices.back().number == 2 * threads * each);
    for (std::size_t i = 1; i < snapshot->notices.size(); ++i) {
        CHECK(snapshot->notices[i].number == snapshot->notices[i - 1].number + 1);
    }
    CHECK(woken > 1);
}

TEST_CASE("every notice stands in some snapshot, however fast the commands come") {
    const TempFolder folder;
    std::atomic<std::uint64_t> seen{0};
    std::atomic<bool> gap{false};
    std::atomic<const Desk*> shown{nullptr};
    auto desk = open_desk(folder.url(), [&] {
        const Desk* now = shown.load();
        if (now == nullptr) return;
        for (const Notice& notice : now->snapshot()->notices) {
            if (notice.number > seen + 1) gap = true;
            if (notice.number > seen) seen = notice.number;
        }
    });
    shown = desk.get();
    for (int i = 0; i < 1000; ++i) {
        // Refused at once: nothing is stored, so they come faster than a disk could.
        desk->submit(envelope("", closing_of(99)));
    }
    desk->drain();
    CHECK(seen == 1000);
    CHECK_FALSE(gap);
    shown = nullptr;
}

TEST_CASE("a snapshot stays as it was while the room goes on") {
    auto desk = open_desk("sqlite::memory:");
    desk->ask(envelope("a", ReceiveCall{})).wait();
    const auto before = desk->snapshot();
    desk->ask(envelope("b", category_of(1, Category::u1))).wait();
    CHECK(before->state.open.find({1})->category == Category::none);
    CHECK(desk->snapshot()->state.open.find({1})->category == Category::u1);
}

TEST_CASE("an error of the journal is fatal and shown, and commands are answered with it") {
    auto journal = std::make_unique<Journal>(
        std::make_unique<FullStore>(store_in_memory(), 1), Examination{});
    auto desk = Desk::open(std::move(journal), {}, still);
    REQUIRE(desk);
    CHECK((*desk)->ask(envelope("1", ReceiveCall{})).get().index() == 0);
    CHECK_FALSE((*desk)->snapshot()->journal_error);
    for (const char* id : {"2", "3"}) {
        const Outcome outcome = (*desk)->ask(envelope(id, ReceiveCall{})).get();
        REQUIRE(std::holds_alternative<Error>(outcome));
        CHECK(std::get<Error>(outcome).message == "the disk is full");
    }
    const auto snapshot = (*desk)->snapshot();
    REQUIRE(snapshot->journal_error);
    CHECK(snapshot->journal_error->message == "the disk is full");
    CHECK(snapshot->state.open.size() == 1);
}

TEST_CASE("posted work runs on the engine in turn with the commands") {
    const TempFolder folder;
    auto desk = open_desk(folder.url());
    desk->submit(envelope("a", ReceiveCall{}));
    std::uint64_t seq_seen = 0;
    desk->post([&](Engine& engine) {
        seq_seen = engine.state().seq;
        static_cast<void>(engine.begin_batch());
        engine.perform(envelope("b", ReceiveCall{}), morning);
        engine.perform(envelope("c", ReceiveCall{}), morning);
        static_cast<void>(engine.commit_batch());
    });
    desk->drain();
    CHECK(seq_seen == 1);
    CHECK(desk->snapshot()->state.open.size() == 3);
}

TEST_CASE("a clean end leaves a snapshot and the fixes, and what was queued is done first") {
    const TempFolder folder;
    const Fix fix{.place = {43.2, 76.9}, .at = morning};
    {
        auto desk = open_desk(folder.url());
        for (int i = 0; i < 20; ++i) desk->submit(envelope("", ReceiveCall{}));
        desk->report_fix({7}, fix);
    }
    auto journal = open_journal(folder.url());
    REQUIRE(journal);
    CHECK((*journal)->head().seq == 20);
    const auto snapshot = (*journal)->load_snapshot();
    REQUIRE(snapshot);
    REQUIRE(snapshot->has_value());
    CHECK((*snapshot)->seq == 20);
    journal->reset();
    auto desk = open_desk(folder.url());
    CHECK(desk->snapshot()->fixes.at({7}) == fix);
    CHECK(desk->snapshot()->state.open.size() == 20);
}
