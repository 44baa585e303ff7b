#include "dispatch/gateway/watch_keeper.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include "base/install.h"

using namespace jedel;
using namespace std::chrono_literals;

namespace {

struct SetClock final : ClockPort {
    std::atomic<std::int64_t> ms = from_iso("2026-03-02T04:00:00Z").value().ms;
    [[nodiscard]] Instant now() const override { return {ms}; }
};

WatchTable table() {
    const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/watch.toml";
    return parse_watch(read_file(file).value(), file).value();
}

/// A U4 call that a polyclinic has and has not accepted.
void hand_over(Desk& desk) {
    const auto tell = [&](Command command) {
        const Outcome outcome = desk.ask({.id = {}, .actor = "desk", .seat = Seat::dispatcher,
                                          .command = std::move(command)}).get();
        REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
    };
    tell(ReceiveCall{});
    tell(RecordIntake{.incident = {1}, .lat = 50.0, .lon = 70.0, .age_years = 40});
    tell(SetCategory{{1}, Category::u4, OverrideReason::clinical_judgement, "test"});
    tell(HandToPolyclinic{.incident = {1}, .polyclinic = {301}, .row = "r"});
}

}  // namespace

TEST_CASE("a call that no polyclinic accepts is back in the station's queue by itself, once") {
    SetClock clock;
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    hand_over(*desk);
    const WatchTable watched = table();
    clock.ms += 299'000;
    std::size_t taken = 1;
    desk->post([&](Engine& engine) { taken = tell_watch(engine, watched, clock.now()); });
    desk->drain();
    CHECK(taken == 0);
    clock.ms += 1'000;
    NetworkThread network;
    {
        const auto timer = keep_watch(network, *desk, watched, clock, 5ms);
        for (int i = 0; i < 400; ++i) {
            if (desk->snapshot()->state.open.find({1})->polyclinic_at_work() == nullptr) break;
            std::this_thread::sleep_for(5ms);
        }
        std::this_thread::sleep_for(50ms);
    }
    desk->drain();
    const auto room = desk->snapshot();
    const Incident& back = *room->state.open.find({1});
    REQUIRE(back.polyclinic_at_work() == nullptr);
    CHECK(back.last_polyclinic()->return_reason == "not_accepted");
    CHECK(back.last_polyclinic()->end()->actor == "watch");
    CHECK(back.tasks.size() == 1);
    const auto rows = watch(room->state, watched, clock.now());
    REQUIRE_FALSE(rows.empty());
    CHECK(rows.front().what == "back_from_polyclinic");
}

TEST_CASE("the keeper tells seniors once, also when two of them keep one room") {
    SetClock clock;
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    desk->ask({.id = {}, .actor = "desk", .seat = Seat::dispatcher, .command = ReceiveCall{}})
        .get();
    clock.ms += 120'000;
    const WatchTable watched = table();
    NetworkThread network;
    {
        const auto one = keep_watch(network, *desk, watched, clock, 3ms);
        const auto two = keep_watch(network, *desk, watched, clock, 3ms);
        std::this_thread::sleep_for(200ms);
    }
    desk->drain();
    const auto room = desk->snapshot();
    CHECK(room->state.open.find({1})->escalations.size() == 1);
}
