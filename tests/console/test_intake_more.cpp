// What the intake does beside the form: places, similar calls, calls from paper.

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;

namespace {

PersonalRecord person_of_only_call(const Room& room) {
    const Incident* call = room.only_call();
    REQUIRE(call != nullptr);
    REQUIRE(call->person.has_value());
    const auto snapshot = room.now();
    return *snapshot->personal.find(*call->person)->second;
}

}  // namespace

TEST_CASE("taking a hit sets the place and leaves the address as it was typed") {
    Room room;
    room.press(Key::f2);
    room.press(Key::enter);
    room.type("абай 12");
    room.press(Key::enter);
    REQUIRE(room.only_call()->place().has_value());
    CHECK(room.ui().draft.address == "абай 12");
    CHECK(person_of_only_call(room).address == "абай 12");
    CHECK(room.ui().draft.place_name.find("12") != std::string::npos);
    CHECK(room.recorder.shows("✓ " + room.ui().draft.place_name));
}
