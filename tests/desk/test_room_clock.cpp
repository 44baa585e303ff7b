#include <catch2/catch.hpp>

#include "dispatch/desk/room_clock.h"

using namespace jedel;
using std::chrono::milliseconds;

namespace {

std::int64_t wall_ms = 0;
std::int64_t steady_ms = 0;
Instant wall() { return {wall_ms}; }
milliseconds steady() { return milliseconds{steady_ms}; }

void pass(std::int64_t ms) {
    wall_ms += ms;
    steady_ms += ms;
}

}  // namespace

TEST_CASE("a clock that jumps is told of once, and not followed") {
    wall_ms = 1'700'000'000'000;
    steady_ms = 5'000;
    RoomClock clock{wall, steady};
    const Instant start = clock.now();
    pass(60'000);
    CHECK(clock.now() == start + milliseconds{60'000});
    CHECK_FALSE(clock.take_jump());
    for (const std::int64_t jump : {-3'600'000LL, 365LL * 86'400'000, -2'001LL, 2'001LL}) {
        CAPTURE(jump);
        const Instant before = clock.now();
        wall_ms += jump;
        pass(1'000);
        CHECK(clock.now() == before + milliseconds{1'000});
        CHECK(clock.take_jump() == Instant{wall_ms});
        CHECK_FALSE(clock.take_jump());
        pass(1'000);
        CHECK(clock.now() == before + milliseconds{2'000});
        CHECK_FALSE(clock.take_jump());
        wall_ms -= jump;  // set right again
        CHECK(clock.now() == before + milliseconds{2'000});
        CHECK_FALSE(clock.take_jump());
    }
}

TEST_CASE("small steps of a time server are followed, and never backward") {
    wall_ms = 1'700'000'000'000;
    steady_ms = 0;
    RoomClock clock{wall, steady};
    const Instant start = clock.now();
    wall_ms -= 500;
    CHECK(clock.now() == start);
    pass(1'000);
    CHECK(clock.now() >= start);
    Instant last = clock.now();
    for (int i = 0; i < 200; ++i) {
        pass(100);
        wall_ms += i % 2 == 0 ? 40 : -40;
        CHECK(clock.now() >= last);
        last = clock.now();
    }
    CHECK_FALSE(clock.take_jump());
}

TEST_CASE("at the start a clock behind the journal, or a day ahead, is put to a person") {
    State state;
    state.at = {1'000'000'000};
    CHECK_FALSE(clock_at_start(state, {5}));  // nothing has happened yet
    state.seq = 1;
    CHECK(clock_at_start(state, {999'999'999})->deviation == "behind");
    CHECK_FALSE(clock_at_start(state, {1'000'000'000}));
    CHECK_FALSE(clock_at_start(state, {1'000'000'000 + 86'399'999}));
    CHECK(clock_at_start(state, {1'000'000'000 + 86'400'000})->deviation == "ahead");
}
