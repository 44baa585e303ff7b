// Help until the brigade comes, reasons, the hospital's door, calls from paper.

#include <algorithm>

#include <catch2/catch.hpp>

#include "console/help_card.h"
#include "console/widgets/format.h"
#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;

namespace {

/// A call with its words; the keyboard goes on to the findings.
void take_call(Room& room, const char* words) {
    room.press(Key::f2);
    room.press(Key::enter), room.press(Key::enter);
    room.type("Абая 12");
    room.press(Key::enter);
    room.ui().intake.field = Field::age;
    room.ui().focus.moved = true;
    room.settle();
    room.type("54");
    room.ui().intake.field = Field::words;
    room.ui().focus.moved = true;
    room.settle();
    room.type(words);
    room.press(Key::tab);
}

/// Sends the first brigade of the list to a call that nobody breathes at.
void send_first(Room& room) {
    take_call(room, "не дышит");
    room.press(Key::enter, ctrl);
    room.press(Key::f3);
    room.press(Key::enter);
    REQUIRE(room.only_call()->first_brigade_at_work() != nullptr);
}

}  // namespace

TEST_CASE("a finding brings its card up, and it is not approved until it is signed") {
    Room room{RoomOptions{.seat = Seat::senior_doctor}};
    take_call(room, "не дышит");
    const triage::Card* card = card_shown(room.ui());
    REQUIRE(card != nullptr);
    CHECK(card->id == "cardiac_arrest");
    CHECK(room.recorder.shows("Остановка сердца"));
    CHECK(room.recorder.shows("Не утверждено старшим врачом"));
    room.press(Key::p, ctrl);
    const auto room_now = room.now();
    REQUIRE(room_now->state.signature("card:" + card->id, card->version) != nullptr);
    CHECK(room_now->state.signature("card:" + card->id, "another text") == nullptr);
    CHECK(!room.recorder.shows("Не утверждено старшим врачом"));
    CHECK(room.recorder.shows("✓ Утверждено"));
}

TEST_CASE("only the senior doctor's seat signs a card") {
    Room room;
    take_call(room, "не дышит");
    REQUIRE(card_shown(room.ui()) != nullptr);
    room.press(Key::p, ctrl);
    CHECK(room.now()->state.signatures.empty());
    REQUIRE(room.ui().messages.size() == 1);
    CHECK(room.ui().messages.front().text_key == "refusal.right_required");
}

TEST_CASE("a card is put away and called back, and gives way to the brigades") {
    Room room;
    take_call(room, "не дышит");
    const std::size_t fitting = room.ui().intake.triage.cards.size();
    REQUIRE(fitting > 0);
    CHECK(room.recorder.find("brigade:101") == nullptr);
    for (std::size_t i = 0; i < fitting; ++i) room.press(Key::h, ctrl);
    CHECK(!help_shown(room.ui()));
    CHECK(room.recorder.find("brigade:101") != nullptr);
    room.press(Key::h, ctrl);
    CHECK(help_shown(room.ui()));
    room.press(Key::f11);
    CHECK(!help_shown(room.ui()));
    room.press(Key::f3);
    CHECK(room.recorder.find("brigade:101") != nullptr);
}

TEST_CASE("the metronome counts beats, asks for frames while it runs and stops by its key") {
    Room room;
    take_call(room, "не дышит");
    const Metronome beats{.per_min = 120, .from_s = 10};
    CHECK(beats.count(10.0) == 1);
    CHECK(beats.count(10.4) == 1);
    CHECK(beats.count(10.6) == 2);
    CHECK(beats.count(40.1) == 61);
    CHECK(beats.lit(10.05));
    CHECK(!beats.lit(10.3));
    CHECK(beats.next_change_s(10.05) == Approx(0.10));
    CHECK(beats.next_change_s(10.3) == Approx(0.20));
    room.press(Key::b, ctrl);
    REQUIRE(room.ui().help.metronome.running());
    CHECK(room.ui().help.metronome.per_min == 110);
    CHECK(room.console->idle_ms() <= 400);
    const int before = room.ui().help.metronome.count(ImGui::GetTime());
    for (int i = 0; i < 60; ++i) room.frame();
    CHECK(room.ui().help.metronome.count(ImGui::GetTime()) >= before + 1);
    room.press(Key::f3);  // goes on while a brigade is sent, shown in the top bar
    CHECK(room.recorder.shows("110 в минуту"));
    room.press(Key::b, ctrl);
    CHECK(!room.ui().help.metronome.running());
    take_call(room, "болит живот");
    room.press(Key::b, ctrl);
    CHECK(!room.ui().help.metronome.running());
    CHECK(room.ui().messages.back().text_key == "message.no_metronome");
}

TEST_CASE("sorting at the hospital's door is recorded by one key and late after a minute") {
    Room room;
    send_first(room);
    for (const int digit : {1, 2, 3, 4}) room.press(static_cast<Key>(48 + digit));
    CHECK(room.recorder.find("zone:red") == nullptr);
    room.press(Key::enter);
    room.press(static_cast<Key>(48 + 5));
    REQUIRE(room.recorder.find("zone:red") != nullptr);
    room.clock.pass(70);
    room.settle();
    CHECK(room.recorder.shows("1:10"));
    room.press(Key::x);
    const Task* assignment = room.only_call()->first_brigade_at_work();
    REQUIRE(assignment != nullptr);
    CHECK(assignment->zone == TriageZone::yellow);
    room.clock.pass(300);
    room.settle();
    CHECK(room.recorder.shows("1:10"));  // stands still once it is recorded
}

TEST_CASE("taking a brigade off asks why, and Escape takes nobody off") {
    Room room;
    send_first(room);
    room.press(Key::r);
    CHECK(room.ui().course.question.what == CourseAsk::release);
    room.press(Key::escape);
    CHECK(room.ui().course.question.what == CourseAsk::nothing);
    REQUIRE(room.only_call()->first_brigade_at_work() != nullptr);
    room.press(Key::r);
    room.press(Key::down);
    room.press(Key::enter);
    const Incident* call = room.only_call();
    REQUIRE(call->first_brigade_at_work() == nullptr);
    CHECK(call->tasks.back().released == ReleaseReason::nearer_brigade);
}

TEST_CASE("a return from the polyclinic carries its reason") {
    Room room;
    take_call(room, "");
    room.press(Key::o, ctrl);
    room.press(static_cast<Key>(48 + 4));
    room.press(Key::down);
    room.press(Key::tab);
    room.type("по словам");
    room.press(Key::enter);
    room.press(Key::f4);
    room.type("Науқас");
    room.press(Key::f4);
    REQUIRE(room.only_call()->last_polyclinic() != nullptr);
    room.press(Key::v);
    CHECK(room.ui().course.question.what == CourseAsk::polyclinic_return);
    room.press(static_cast<Key>(48 + 2));
    REQUIRE(room.only_call()->last_polyclinic()->returned_at().has_value());
    CHECK(room.only_call()->last_polyclinic()->return_reason == "closed");
}

TEST_CASE("a call from paper keeps its own time, and the caller's name is recorded") {
    Room room;  // 10:00 local
    room.press(Key::f2, shift);
    room.type("9:75");
    room.press(Key::enter);
    CHECK(room.ui().paper.bad);
    CHECK(room.now()->state.open.empty());
    for (int i = 0; i < 4; ++i) room.press(Key::backspace);
    room.type("09:15");
    room.press(Key::enter);
    const Incident* call = room.only_call();
    REQUIRE(call != nullptr);
    CHECK(call->first_call().channel == Channel::paper);
    CHECK(call->received_at.ms == room.clock.now().ms - 45 * 60'000);
    room.ui().intake.field = Field::caller_name;
    room.ui().focus.moved = true;
    room.settle();
    room.type("сосед");
    room.press(Key::tab);
    const auto held = room.now();
    CHECK(persons_of(PersonalView{&held->personal}, *room.only_call()).caller_name() == "сосед");
}

TEST_CASE("a time later than now was yesterday's") {
    const Instant now = *from_iso("2026-03-04T05:00:30Z");  // 10:00:30 local
    CHECK(past_time("10:00", now, 300) == from_iso("2026-03-04T05:00:00Z"));
    CHECK(past_time("23:50", now, 300) == from_iso("2026-03-03T18:50:00Z"));
    CHECK(!past_time("24:00", now, 300));
    CHECK(past_time("1200", now, 300) == from_iso("2026-03-03T07:00:00Z"));
    CHECK(past_time("920", now, 300) == from_iso("2026-03-04T04:20:00Z"));
    CHECK(!past_time("1260", now, 300));
    CHECK(!past_time("12", now, 300));
    CHECK(!past_time("12:5", now, 300));
    CHECK(!past_time("-1:05", now, 300));
}

TEST_CASE("going to another call writes nothing of the first one into it") {
    Room room;
    take_call(room, "болит живот");
    const IncidentId first = room.ui().selected;
    take_call(room, "не дышит");
    const auto before = room.now()->state.incident(first)->first_patient().findings;
    room.ui().selected = first;
    room.press(Key::f5);  // in the frame that loads the form
    CHECK(room.now()->state.incident(first)->first_patient().findings == before);
}

TEST_CASE("the map's keys show service areas and follow a brigade until told to let go") {
    Room room;
    room.press(Key::f8);
    room.press(Key::a);
    CHECK(room.ui().map.areas);
    room.press(Key::f);
    CHECK(!room.ui().map.follows);
    REQUIRE(room.ui().messages.size() == 1);
    CHECK(room.ui().messages.front().text_key == "message.no_brigade");
    room.ui().selected_brigade = {2};
    room.press(Key::f);
    CHECK(room.ui().map.follows == BrigadeId{2});
    room.press(Key::f);
    CHECK(!room.ui().map.follows);
    room.press(Key::a);
    CHECK(!room.ui().map.areas);
}

TEST_CASE("in a quiet room the clocks tick without new advice being worked out") {
    Room room;
    take_call(room, "болит живот");
    const auto advice = room.console->advice().advice();
    REQUIRE(advice != nullptr);
    room.clock.pass(30);
    room.settle();
    CHECK(room.console->advice().advice() == advice);
    room.clock.pass(60);  // the hour of the day goes on, though
    room.settle();
    CHECK(room.console->advice().advice() != advice);
}

TEST_CASE("an idle console asks for its next frame at the turn of the second, not before") {
    Room room;
    room.clock.ms = room.clock.ms - room.clock.ms % 1000 + 400;
    CHECK(room.console->idle_ms() >= 600);
    CHECK(room.console->idle_ms() <= 620);
    CHECK(!room.console->busy());
}
