#include "dispatch/gateway/roster_keeper.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include "dispatch/city/roster.h"

using namespace jedel;
using namespace std::chrono_literals;

namespace {

struct SetClock final : ClockPort {
    std::atomic<std::int64_t> ms = from_iso("2026-03-02T04:00:00Z").value().ms;  // Monday 09:00
    [[nodiscard]] Instant now() const override { return {ms}; }
};

City city() {
    City c;
    Organisation base{.id = {102}, .kind = OrganisationKind::substation};
    base.place = {50, 70};
    c.organisations.all = {base};
    c.organisations.roster = {
        {.id = {1}, .name = "101", .base = {102}, .shift_start_min = 480, .shift_hours = 24},
        {.id = {2}, .name = "102", .base = {102}, .shift_start_min = 480, .shift_hours = 12},
        {.id = {3}, .name = "103", .base = {102}, .shift_start_min = 1200, .shift_hours = 12}};
    return c;
}

BrigadeStatus status_of(const Desk& desk, std::uint64_t id) {
    return desk.snapshot()->state.brigades.find({id})->status;
}

}  // namespace

TEST_CASE("shifts of a day and of half a day") {
    const auto roster = city().organisations.roster;
    const Instant morning = from_iso("2026-03-02T04:00:00Z").value();
    REQUIRE(shift_at(roster[0], morning).on);
    REQUIRE(shift_at(roster[0], morning).ends == from_iso("2026-03-03T03:00:00Z"));
    REQUIRE(shift_at(roster[1], morning).ends == from_iso("2026-03-02T15:00:00Z"));
    REQUIRE_FALSE(shift_at(roster[2], morning).on);
    const Instant night = from_iso("2026-03-02T20:00:00Z").value();  // 01:00 local
    REQUIRE(shift_at(roster[2], night).on);
    REQUIRE_FALSE(shift_at(roster[1], night).on);
    REQUIRE(shift_at(roster[1], night).next_start == from_iso("2026-03-03T03:00:00Z"));
}

TEST_CASE("the roster begins and ends shifts, and leaves brigades on a call alone") {
    SetClock clock;
    const City town = city();
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    REQUIRE(tell_roster(*desk, town, clock) == 6);
    REQUIRE(tell_roster(*desk, town, clock) == 0);
    REQUIRE(status_of(*desk, 1) == BrigadeStatus::free_at_base);
    REQUIRE(status_of(*desk, 3) == BrigadeStatus::off_shift);

    // Brigade 2 is sent before its shift ends.
    const auto ask = [&](Command command) {
        const auto outcome =
            desk->ask({.actor = "test", .seat = Seat::dispatcher, .command = std::move(command)})
                .get();
        REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
    };
    ask(ReceiveCall{});
    ask(SetCategory{.incident = {1}, .category = Category::u1});
    ask(AssignBrigade{.incident = {1}, .brigade = {2}});
    clock.ms = from_iso("2026-03-02T16:00:00Z").value().ms;  // 21:00 local
    tell_roster(*desk, town, clock);
    REQUIRE(status_of(*desk, 2) == BrigadeStatus::sent);
    REQUIRE(status_of(*desk, 3) == BrigadeStatus::free_at_base);
    ask(ReleaseBrigade{{1}, {2}, ReleaseReason::caller_cancelled});
    tell_roster(*desk, town, clock);
    REQUIRE(status_of(*desk, 2) == BrigadeStatus::off_shift);

    // The crew of a whole day hands over to the next one where it stands.
    clock.ms = from_iso("2026-03-03T03:00:00Z").value().ms;
    tell_roster(*desk, town, clock);
    REQUIRE(status_of(*desk, 1) == BrigadeStatus::free_at_base);
    REQUIRE(desk->snapshot()->state.brigades.find({1})->shift_end ==
            from_iso("2026-03-04T03:00:00Z"));
}

TEST_CASE("out of service stays out of service") {
    SetClock clock;
    const City town = city();
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    tell_roster(*desk, town, clock);
    desk->ask({.actor = "test",
               .seat = Seat::dispatcher,
               .command = ReportStatus{.brigade = {1}, .status = BrigadeStatus::out_of_service}})
        .get();
    clock.ms += 48 * 3'600'000LL;
    tell_roster(*desk, town, clock);
    REQUIRE(status_of(*desk, 1) == BrigadeStatus::out_of_service);
}

TEST_CASE("the keeper tells by itself when a shift begins") {
    SetClock clock;
    const City town = city();
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    tell_roster(*desk, town, clock);
    NetworkThread network;
    const auto timer = keep_roster(network, *desk, town, clock, 1ms);
    clock.ms = from_iso("2026-03-02T16:00:00Z").value().ms;
    while (status_of(*desk, 3) != BrigadeStatus::free_at_base) std::this_thread::sleep_for(1ms);
    SUCCEED();
}

TEST_CASE("a brigade taken out of the roster ends its shift or its call, then is off shift") {
    SetClock clock;
    City town = city();
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    tell_roster(*desk, town, clock);
    const auto ask = [&](Command command) {
        const auto outcome =
            desk->ask({.actor = "test", .seat = Seat::dispatcher, .command = std::move(command)})
                .get();
        REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
    };
    ask(ReceiveCall{});
    ask(SetCategory{.incident = {1}, .category = Category::u1});
    ask(AssignBrigade{.incident = {1}, .brigade = {1}});
    // Registered by hand, without an end of its shift: nobody's roster says when it goes home.
    ask(RegisterBrigade{.brigade = {9}, .name = "9"});
    ask(ReportStatus{.brigade = {9}, .status = BrigadeStatus::free_at_base});
    town.organisations.roster.clear();
    CHECK(tell_roster(*desk, town, clock) == 0);
    CHECK(status_of(*desk, 2) == BrigadeStatus::free_at_base);

    clock.ms = from_iso("2026-03-04T04:00:00Z").value().ms;  // both shifts are over
    tell_roster(*desk, town, clock);
    CHECK(status_of(*desk, 1) == BrigadeStatus::sent);
    CHECK(status_of(*desk, 2) == BrigadeStatus::off_shift);
    CHECK(status_of(*desk, 9) == BrigadeStatus::free_at_base);
    ask(ReleaseBrigade{{1}, {1}, ReleaseReason::caller_cancelled});
    tell_roster(*desk, town, clock);
    CHECK(status_of(*desk, 1) == BrigadeStatus::off_shift);
    CHECK(tell_roster(*desk, town, clock) == 0);
}
