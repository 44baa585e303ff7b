// What the intake does beside the form: places, similar calls, calls from paper.

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/console/keyboard.h"

using namespace jedel;
using namespace jedel::console;
using namespace jedel::console::test;

namespace {

std::string address_of_only_call(const Room& room) {
    const Incident* call = room.only_call();
    REQUIRE(call != nullptr);
    const auto snapshot = room.now();
    return std::string{persons_of(PersonalView{&snapshot->personal}, *call).address()};
}

}  // namespace

TEST_CASE("taking a hit sets the place and leaves the address as it was typed") {
    Room room;
    room.press(Key::f2);
    room.press(Key::enter), room.press(Key::enter);
    room.type("абай 12");
    room.press(Key::enter);
    REQUIRE(room.only_call()->place().has_value());
    CHECK(room.ui().intake.draft.address == "абай 12");
    CHECK(address_of_only_call(room) == "абай 12");
    CHECK(room.ui().intake.draft.place_name.find("12") != std::string::npos);
    CHECK(room.recorder.shows("✓ " + room.ui().intake.draft.place_name));
}

TEST_CASE("a second call about one event is offered, merged by one key and taken back by one") {
    Room room;
    const IncidentId first = type_call(room, "авария, двое раненых", "0000001");
    room.clock.pass(180);
    const IncidentId second = type_call(room, "авария, есть раненые", "0000002");
    REQUIRE(room.ui().intake.similar.hints.size() == 1);
    CHECK(room.ui().intake.similar.hints.front().incident == first);
    CHECK(room.recorder.shows("№ 1 · 3 мин назад · 0 м"));

    room.press(Key::m, ctrl);
    CHECK(room.ui().selected == first);
    REQUIRE(room.now()->state.open.size() == 1);
    CHECK(room.now()->state.incident(first)->merged == std::vector{second});
    CHECK(room.recorder.shows("звонков: 2"));
    CHECK(room.recorder.shows("Сюда объединён № 2. Ctrl+U — отменить"));

    room.press(Key::u, ctrl);
    CHECK(room.ui().selected == second);
    CHECK(room.now()->state.open.size() == 2);
    CHECK(room.now()->state.incident(first)->merged.empty());
    CHECK(room.ui().messages.empty());
}

TEST_CASE("calls far apart in time are not offered, and merging nothing says so") {
    Room room;
    type_call(room, "авария", "0000001");
    room.clock.pass(3 * 3600);
    type_call(room, "авария", "0000002");
    CHECK(room.ui().intake.similar.hints.empty());
    room.press(Key::m, ctrl);
    REQUIRE(room.ui().messages.size() == 1);
    CHECK(room.ui().messages.front().text_key == "message.nothing_similar");
    CHECK(room.now()->state.open.size() == 2);
}

TEST_CASE("similar calls are looked for once per snapshot and change of the form") {
    Room room;
    type_call(room, "авария", "0000001");
    room.clock.pass(60);
    type_call(room, "авария", "0000002");
    REQUIRE(room.ui().intake.similar.hints.size() == 1);
    room.ui().intake.similar.hints.clear();  // a fresh search would find it again
    for (int i = 0; i < 5; ++i) room.frame();
    CHECK(room.ui().intake.similar.hints.empty());
}
