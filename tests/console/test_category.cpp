// The category by hand: up at once, down only by the senior doctor with reason and words; and a
// call that is sent before all is asked.

#include <catch2/catch.hpp>

#include "tests/console/keyboard.h"

using namespace jedel;
using namespace jedel::console;
using namespace jedel::console::test;

namespace {

void choose(Room& room, int category) {
    room.press(Key::o, ctrl);
    REQUIRE(room.ui().overlay == Overlay::category);
    room.press(static_cast<Key>(48 + category));
}

}  // namespace

TEST_CASE("up goes at once, without a reason that nobody gave") {
    Room room;
    type_call(room, "болит живот, терпимо");
    room.press(Key::enter, ctrl);
    REQUIRE(room.only_call()->category != Category::u1);
    choose(room, 1);
    room.press(Key::enter);
    REQUIRE(room.only_call()->category == Category::u1);
    const CategoryChange& change = room.only_call()->category_changes.back();
    CHECK(change.by_person);
    CHECK(change.reason == OverrideReason::none);
    CHECK(change.actor == "desk");
}

TEST_CASE("down is the senior doctor's: another seat is told so and loses nothing it typed") {
    Room room;
    type_call(room, "боль в груди");
    room.press(Key::enter, ctrl);
    choose(room, 3);
    room.press(Key::down);
    room.press(Key::tab);
    room.type("уже прошло");
    room.press(Key::enter);
    CHECK(room.ui().overlay == Overlay::category);
    CHECK(room.recorder.shows("Менее срочную категорию ставит только старший врач"));
    CHECK(room.ui().category.words == "уже прошло");
    CHECK(room.only_call()->category == Category::u1);
}

TEST_CASE("the senior doctor goes down with a reason from the list and words, both on record") {
    Room room{RoomOptions{.seat = Seat::senior_doctor}};
    type_call(room, "боль в груди");
    room.press(Key::enter, ctrl);
    choose(room, 3);
    room.press(Key::enter);
    CHECK(room.recorder.shows("Выберите причину"));
    room.press(Key::down), room.press(Key::down);
    room.press(Key::enter);
    CHECK(room.recorder.shows("Напишите словами"));
    CHECK(room.only_call()->category == Category::u1);
    room.press(Key::tab);
    room.type("бригада осмотрела");
    room.press(Key::enter);
    REQUIRE(room.only_call()->category == Category::u3);
    const CategoryChange& change = room.only_call()->category_changes.back();
    CHECK(change.reason == OverrideReason::brigade_report);
    CHECK(change.words == "бригада осмотрела");
    CHECK(room.only_call()->category_changes.size() == 2);
    room.press(Key::f5);
    CHECK(room.recorder.shows("Категория 3, 30 мин · desk"));
    CHECK(room.recorder.shows("бригада осмотрела"));
}

TEST_CASE("a hint of U1 is sent at once and the questions go on") {
    Room room;
    type_call(room, "плохо");
    room.press(Key::digit_1, ctrl);  // trouble of consciousness: unconscious until known
    REQUIRE(room.ui().intake.triage.evaluation.proposed == Category::u1);
    REQUIRE_FALSE(room.ui().intake.triage.evaluation.settled());
    REQUIRE(room.ui().intake.triage.question);
    room.press(Key::f3);
    room.press(Key::enter);
    REQUIRE(room.only_call()->first_brigade_at_work() != nullptr);
    CHECK(room.only_call()->category == Category::u1);
    room.press(Key::i, ctrl);
    REQUIRE(room.ui().intake.triage.question);
    const std::size_t before = room.only_call()->first_patient().findings.size();
    room.press(Key::digit_1, ctrl);
    CHECK(room.only_call()->first_patient().findings.size() > before);
    CHECK(room.only_call()->first_brigade_at_work() != nullptr);
    CHECK(room.ui().messages.empty());
}

TEST_CASE("an answer is taken back, and the call keeps the category that was in force") {
    Room room;
    type_call(room, "боль в груди");
    room.press(Key::enter, ctrl);
    REQUIRE(room.only_call()->category == Category::u1);
    std::size_t left = room.ui().intake.triage.findings.size();
    while (left-- > 0) {
        room.ui().intake.field = Field::findings;
        room.ui().focus.moved = true;
        room.settle();
        room.ui().intake.finding_choice = 0;
        room.press(Key::del);
    }
    CHECK(room.ui().intake.triage.findings.empty());
    CHECK(room.only_call()->triage.proposed == Category::none);
    CHECK(room.only_call()->category == Category::u1);
}

TEST_CASE("the screen says which answer would make it more urgent") {
    Room room;
    type_call(room, "38,5, горло болит");
    REQUIRE(room.ui().intake.triage.evaluation.proposed != Category::u1);
    bool more = false;
    for (const triage::WhatIf& what : room.ui().intake.triage.what_if) {
        more = more || what.category == Category::u1;
    }
    CHECK(more);
    CHECK(room.recorder.shows("Категория 1, если: "));
}
