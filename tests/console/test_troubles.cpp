// What stays wrong until somebody mends it stands below everything, and is not typed over.

#include <catch2/catch.hpp>

#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;

namespace {

void tell(Room& room, Command command, Seat seat) {
    room.desk->ask({.id = {}, .actor = "desk 1", .seat = seat, .command = std::move(command)})
        .get();
    room.settle();
}

void take_call_with_place(Room& room) {
    room.press(Key::f2);
    REQUIRE(room.only_call() != nullptr);
    const auto city = jedel::console::test::small_city();
    RecordIntake where{.incident = room.only_call()->id};
    where.lat = (city->low.lat + city->high.lat) / 2;
    where.lon = (city->low.lon + city->high.lon) / 2;
    tell(room, where, Seat::dispatcher);
    room.settle();
}

}  // namespace

TEST_CASE("a wrong row of a table is said, with its file, while a default stands for it") {
    Room room{RoomOptions{.recommendation_toml = "[[row]]\nfrom = \"2026-13-01\"\n"}};
    take_call_with_place(room);
    CHECK(room.recorder.shows("В таблице ошибочная строка"));
    CHECK(room.recorder.shows("recommendation.toml"));
}

TEST_CASE("a sound table says nothing") {
    Room room;
    take_call_with_place(room);
    CHECK_FALSE(room.recorder.shows("В таблице ошибочная строка"));
}

TEST_CASE("a clock that disagrees stands until it is set right") {
    Room room;
    tell(room, NoteClock{room.clock.now() - std::chrono::hours{3}, "behind"}, Seat::system);
    CHECK(room.recorder.shows("Часы отстают от журнала"));
    room.press(Key::f2);
    CHECK(room.recorder.shows("Часы отстают от журнала"));
    tell(room, CorrectClock{room.clock.now(), "as the wall clock"}, Seat::senior_dispatcher);
    CHECK_FALSE(room.recorder.shows("Часы отстают от журнала"));
}
