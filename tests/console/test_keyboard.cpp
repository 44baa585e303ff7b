// One owner of the keyboard: no key acts on a thing that is not the one visibly chosen.

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "tests/console/keyboard.h"

using namespace jedel;
using namespace jedel::console;
using namespace jedel::console::test;

TEST_CASE("a question open behind the palette or beside the fleet takes no Enter of theirs") {
    Room room;
    two_brigades(room);
    room.press(digit_key(4));
    REQUIRE(room.ui().course.question.what == CourseAsk::hospital);
    room.given.clear();
    SECTION("palette") {
        room.press(Key::k, ctrl);
        room.type("тем");
        room.press(Key::enter);
        CHECK(room.ui().theme == ThemeKind::dark);
    }
    SECTION("fleet") {
        room.press(Key::f11);
        room.press(Key::enter);
        room.press(Key::down);
        room.press(Key::enter);
    }
    SECTION("queue") {
        room.press(Key::f12);
        room.press(Key::down);
        room.press(Key::enter);
    }
    CHECK_FALSE(gave(room, "report_status"));
    CHECK(!service(room, 0).hospital);
    CHECK(!service(room, 1).hospital);
}

TEST_CASE("going to the next call ends the question; it is never asked of that one") {
    Room room;
    two_brigades(room);
    take_call(room, "авария");
    send(room);  // the third brigade serves the third call
    room.ui().selected = call_no(room, 1);
    room.press(Key::f5);
    room.press(digit_key(4));
    REQUIRE(room.ui().course.question.open());
    room.given.clear();
    for (int i = 0; i < 2; ++i) {
        room.press(Key::down, ctrl);
        CHECK_FALSE(room.ui().course.question.open());
        room.press(Key::enter);
    }
    CHECK(room.given.empty());
}

TEST_CASE("a question about a brigade ends when that brigade is taken off elsewhere") {
    Room room;
    two_brigades(room);
    room.press(Key::r);
    REQUIRE(room.ui().course.question.what == CourseAsk::release);
    const BrigadeId second = room.ui().course.question.brigade;
    CHECK(second == *service(room, 1).brigade);
    const Command off = ReleaseBrigade{call_no(room, 1), second, ReleaseReason::nearer_brigade};
    (void)room.desk->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher, .command = off}).get();
    room.given.clear();
    room.settle();
    CHECK_FALSE(room.ui().course.question.open());
    room.press(Key::enter);
    CHECK(room.given.empty());
}

TEST_CASE("each brigade of a call has its own line of times; a status goes to the chosen one") {
    Room room;
    two_brigades(room);
    room.press(digit_key(4));
    room.press(Key::enter);
    CHECK(service(room, 1).left_scene_at().has_value());
    CHECK(!service(room, 0).left_scene_at());
    room.press(Key::up);
    room.press(digit_key(7));
    CHECK(service(room, 0).ended_at().has_value());
    CHECK(!service(room, 1).ended_at());
}

TEST_CASE("the brigade is chosen by Tab, by arrows, by the mouse and from the board") {
    Room room;
    two_brigades(room);
    const BrigadeId first = *service(room, 0).brigade;
    const BrigadeId second = *service(room, 1).brigade;
    const auto name = [&](BrigadeId id) {
        return room.now()->state.brigades.find(id)->name;
    };
    for (const Key key : {Key::tab, Key::down, Key::up, Key::right, Key::left}) {
        const BrigadeId before = room.ui().course.brigade;
        room.press(key);
        CHECK(room.ui().course.brigade == (before == first ? second : first));
    }
    REQUIRE(room.click("serving:" + name(second)));
    CHECK(room.ui().course.brigade == second);
    REQUIRE(room.click("serving:" + name(first)));
    CHECK(room.ui().course.brigade == first);
    room.ui().selected_brigade = second;
    room.press(Key::f11);
    room.press(Key::enter);
    CHECK(room.ui().page == Page::course);
    CHECK(room.ui().course.brigade == second);
    room.press(digit_key(4));
    CHECK(room.ui().course.question.brigade == second);
}

TEST_CASE("what is typed into the question box answers nothing and lands in the words") {
    Room room;
    take_call(room, "плохо");
    room.press(Key::i, ctrl);
    room.ui().intake.field = Field::question;
    room.ui().focus.moved = true;
    room.settle();
    REQUIRE(room.ui().intake.triage.question);
    room.given.clear();
    InputQueue& input = room.console->input();
    for (const char c : std::string_view{"ydn yn dd"}) {
        input.key_down(static_cast<Key>(c - 32), no_mods);
        input.character(static_cast<unsigned char>(c));
        input.key_up(static_cast<Key>(c - 32), no_mods);
    }
    room.settle();
    CHECK_FALSE(gave(room, "record_unanswered"));
    CHECK_FALSE(gave(room, "record_findings"));
    CHECK(room.ui().intake.draft.words == "плохоydn yn dd");
}

TEST_CASE("the question is answered by arrows and Enter, and only the one it was chosen for") {
    Room room;
    take_call(room, "плохо");
    room.press(Key::i, ctrl);
    room.ui().intake.field = Field::question;
    room.ui().focus.moved = true;
    room.settle();
    const auto asked = room.ui().intake.triage.question->finding;
    room.given.clear();
    room.press(Key::enter);  // nothing chosen: goes on to the next field
    CHECK(room.given.empty());
    room.ui().intake.field = Field::question;
    room.ui().focus.moved = true;
    room.settle();
    room.press(Key::right);
    room.press(Key::right);
    room.press(Key::enter);  // no
    REQUIRE(room.ui().intake.triage.question);
    CHECK(room.ui().intake.triage.question->finding != asked);
    const auto answered = room.given.size();
    room.press(Key::enter);  // the next question has no answer chosen
    CHECK(room.given.size() == answered);
}

TEST_CASE("the brigade on the screen is sent, not the one that has moved into its place") {
    Room room;
    take_call(room, "болит живот");
    room.press(Key::f3);
    const auto chosen = room.ui().send.chosen;
    REQUIRE(chosen.has_value());
    // Another desk takes it; the list is made anew before the key comes.
    take_call(room, "авария");
    const auto other = call_no(room, 2);
    room.ui().selected = call_no(room, 1);
    room.press(Key::f3);
    const auto drawn = room.ui().send.chosen;
    const Command taken = AssignBrigade{.incident = other,
                                        .brigade = *drawn,
                                        .seen_version =
                                            room.now()->state.brigades.find(*drawn)->version};
    (void)room.desk->ask({.id = {}, .actor = "t", .seat = Seat::dispatcher, .command = taken})
        .get();
    room.given.clear();
    room.press(Key::enter);
    for (const CommandEnvelope& c : room.given) {
        const auto* assign = std::get_if<AssignBrigade>(&c.command);
        if (assign != nullptr) CHECK(assign->brigade == *drawn);  // refused: who was first
    }
    CHECK(room.now()->state.incident(call_no(room, 1))->tasks.empty());
}

TEST_CASE("the choice of another category goes with the call it was opened for") {
    Room room;
    take_call(room, "болит живот");
    take_call(room, "кашель");
    room.press(Key::o, ctrl);
    REQUIRE(room.ui().overlay == Overlay::category);
    room.press(digit_key(1));
    room.given.clear();
    room.press(Key::down, ctrl);  // not while something lies over the queue
    room.ui().selected = call_no(room, 1);  // as a click on the map would
    room.press(Key::enter);
    CHECK(room.ui().overlay == Overlay::none);
    CHECK_FALSE(gave(room, "set_category"));
}

TEST_CASE("a key that is held down does its thing once") {
    Room room;
    InputQueue& input = room.console->input();
    input.key_down(Key::f2, no_mods);
    for (int i = 0; i < 23; ++i) input.key_repeat(Key::f2, no_mods);
    input.key_up(Key::f2, no_mods);
    room.settle();
    CHECK(room.now()->state.open.size() == 1);
    input.key_down(Key::x, no_mods);
    input.character('x');
    for (int i = 0; i < 4; ++i) {
        input.key_repeat(Key::backspace, no_mods);
    }
    input.key_up(Key::backspace, no_mods);
    room.settle();
    CHECK(room.ui().intake.draft.phone.empty());  // editing goes on repeating
}
