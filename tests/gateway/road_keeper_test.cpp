#include "dispatch/gateway/road_keeper.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using namespace jedel;
using namespace std::chrono_literals;

namespace {

struct SetClock final : ClockPort {
    std::atomic<std::int64_t> ms = from_iso("2026-03-02T04:00:00Z").value().ms;
    [[nodiscard]] Instant now() const override { return {ms}; }
};

void draw(Desk& desk, double lat, std::optional<Instant> until) {
    ChangeRoad c;
    c.road = {{.way = {}, .street = "Абая", .line = {{lat, 76.9}, {lat, 76.91}}}};
    c.closed = true;
    c.reason = RoadReason::works;
    c.until = until;
    const auto outcome =
        desk.ask({.actor = "test", .seat = Seat::dispatcher, .command = std::move(c)}).get();
    REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
}

std::size_t in_force(const Desk& desk) { return desk.snapshot()->state.road_changes.size(); }

}  // namespace

TEST_CASE("only changes whose time has run out are ended, each once") {
    SetClock clock;
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    draw(*desk, 43.1, clock.now() + 10min);
    draw(*desk, 43.2, clock.now() + 20min);
    draw(*desk, 43.3, std::nullopt);
    CHECK(end_road_changes(*desk, clock) == 0);
    clock.ms += std::chrono::milliseconds{10min}.count();
    CHECK(end_road_changes(*desk, clock) == 1);
    CHECK(end_road_changes(*desk, clock) == 0);
    CHECK(in_force(*desk) == 2);
    clock.ms += std::chrono::milliseconds{24h}.count();
    CHECK(end_road_changes(*desk, clock) == 1);
    REQUIRE(in_force(*desk) == 1);
    CHECK_FALSE(desk->snapshot()->state.road_changes.rows().front()->until);
}

TEST_CASE("the network thread ends them while the program runs") {
    SetClock clock;
    auto desk = Desk::open(open_journal("sqlite::memory:").value(), {}, clock).value();
    draw(*desk, 43.1, clock.now() + 10min);
    NetworkThread network;
    const auto timer = keep_roads(network, *desk, clock, 1ms);
    clock.ms += std::chrono::milliseconds{11min}.count();
    for (int i = 0; i < 5000 && in_force(*desk) > 0; ++i) std::this_thread::sleep_for(1ms);
    CHECK(in_force(*desk) == 0);
}
