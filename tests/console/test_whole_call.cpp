// The headless console takes calls from the first key to the closed call.

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;

namespace {

/// Phone, address, age and sex by keyboard; leaves the keyboard in the words.
void take_call(Room& room, const char* age) {
    room.press(Key::f2);
    room.type("0000000");
    room.press(Key::enter);
    room.press(Key::enter);  // the words, nothing yet
    room.type("Абая 12");
    room.press(Key::enter);  // takes the highlighted address
    room.type(age);
    room.press(Key::tab);
    room.press(Key::right);  // sex: male
    room.ui().intake.field = Field::words;
    room.ui().focus.moved = true;
    room.settle();
}

/// Answers questions with yes until the rules propose a category.
void ask_until_category(Room& room) {
    for (int i = 0; i < 12 && room.ui().intake.triage.evaluation.proposed == Category::none; ++i) {
        REQUIRE(room.ui().intake.triage.question.has_value());
        room.press(Key::digit_1, ctrl);
    }
    REQUIRE(room.ui().intake.triage.evaluation.proposed != Category::none);
}

long count(const std::vector<std::string>& kinds, const char* kind) {
    return std::count(kinds.begin(), kinds.end(), kind);
}

}  // namespace

TEST_CASE("a call goes from the first key to closed without a mouse") {
    Room room;
    take_call(room, "54");
    const Incident* call = room.only_call();
    REQUIRE(call != nullptr);
    CHECK(call->day_number == 1);
    CHECK(call->first_patient().age_years == 54);
    CHECK(call->first_patient().sex == Sex::male);
    REQUIRE(call->place().has_value());

    ask_until_category(room);
    room.press(Key::enter, ctrl);
    REQUIRE(room.only_call()->category == room.ui().intake.triage.evaluation.proposed);

    room.press(Key::f3);
    REQUIRE(room.ui().page == Page::send);
    room.press(Key::enter);
    const Task* assignment = room.only_call()->first_brigade_at_work();
    REQUIRE(assignment != nullptr);
    CHECK(!assignment->shown.empty());
    CHECK(assignment->shown.front().brigade == assignment->brigade);
    CHECK(room.ui().page == Page::course);

    room.clock.pass(20);
    for (const int digit : {1, 2, 3}) {
        room.clock.pass(60);
        room.press(static_cast<Key>(48 + digit));
    }
    CHECK(room.only_call()->first_brigade_at_work()->on_scene_at().has_value());
    room.clock.pass(600);
    room.press(static_cast<Key>(48 + 7));
    REQUIRE(room.only_call()->first_brigade_at_work() == nullptr);

    room.press(Key::f6);
    room.press(static_cast<Key>(48 + 4));  // served
    REQUIRE(room.only_call()->ending.disposition == Disposition::served);
    room.press(Key::enter, ctrl);
    CHECK(room.now()->state.open.empty());
    CHECK(room.now()->state.closed_total == 1);
    CHECK(room.ui().messages.empty());

    const auto kinds = room.event_kinds();
    CHECK(count(kinds, "call_received") == 1);
    CHECK(count(kinds, "brigade_assigned") == 1);
    CHECK(count(kinds, "category_set") == 1);
    CHECK(count(kinds, "incident_closed") == 1);
}

TEST_CASE("what the brigade reports is kept as its own, and the category it raises as its report") {
    Room room;
    take_call(room, "54");
    room.ui().intake.field = Field::words;
    room.ui().focus.moved = true;
    room.settle();
    room.type("болит живот");
    room.press(Key::tab);
    room.press(Key::enter, ctrl);
    REQUIRE(room.only_call()->category == Category::u3);
    room.press(Key::f, ctrl);
    CHECK(room.ui().intake.draft.speaks == Source::caller);
    REQUIRE(room.ui().messages.size() == 1);
    CHECK(room.ui().messages[0].text_key == "message.no_brigade_sent");

    room.press(Key::f3);
    room.press(Key::enter);
    REQUIRE(room.only_call()->first_brigade_at_work() != nullptr);
    room.press(Key::i, ctrl);
    room.press(Key::f, ctrl);
    CHECK(room.ui().intake.draft.speaks == Source::brigade);
    CHECK(room.recorder.shows("Отвечает бригада"));
    const Category before = room.only_call()->category;
    for (int i = 0; i < 20 && room.ui().intake.triage.evaluation.proposed == before; ++i) {
        REQUIRE(room.ui().intake.triage.question.has_value());
        room.press(Key::digit_1, ctrl);
    }
    REQUIRE(more_urgent(room.ui().intake.triage.evaluation.proposed, before));
    const auto& findings = room.only_call()->first_patient().findings;
    CHECK(std::any_of(findings.begin(), findings.end(), [](const FindingValue& v) {
        return v.source == Source::brigade && v.value == "yes";
    }));
    CHECK(room.recorder.shows("от бригады"));
    room.press(Key::enter, ctrl);
    REQUIRE(room.only_call()->category_changes.size() == 2);
    CHECK(room.only_call()->category_changes.back().reason == OverrideReason::brigade_report);
    room.press(Key::f5);
    CHECK(room.recorder.shows("Сообщила бригада"));
    room.press(Key::i, ctrl);
    room.press(Key::f, ctrl);
    CHECK(room.ui().intake.draft.speaks == Source::caller);
}

TEST_CASE("transporting asks for the hospital, nearest first, and the outcome knows it") {
    Room room;
    take_call(room, "54");
    ask_until_category(room);
    room.press(Key::f3);
    room.press(Key::enter);
    for (const int digit : {1, 2, 3}) room.press(static_cast<Key>(48 + digit));
    room.press(static_cast<Key>(48 + 4));
    REQUIRE(room.ui().course.question.what == CourseAsk::hospital);
    room.press(Key::enter);
    const Task* assignment = room.only_call()->first_brigade_at_work();
    REQUIRE(assignment != nullptr);
    CHECK(assignment->hospital == OrganisationId{3});
    for (const int digit : {5, 6, 7}) room.press(static_cast<Key>(48 + digit));
    room.press(Key::f6);
    room.press(Key::digit_1);
    CHECK(room.only_call()->ending.disposition == Disposition::transported);
    CHECK(room.only_call()->ending.hospital == OrganisationId{3});
}

TEST_CASE("category 4 goes to the polyclinic by one key, with its row of the table") {
    Room room;
    take_call(room, "34");
    room.press(Key::o, ctrl);
    REQUIRE(room.ui().overlay == Overlay::category);
    room.press(static_cast<Key>(48 + 4));
    room.press(Key::down);
    room.press(Key::tab);
    room.type("по словам");
    room.press(Key::enter);
    REQUIRE(room.only_call()->category == Category::u4);
    // Without a name or a number nobody goes to a polyclinic: the form asks for one.
    room.press(Key::f4);
    REQUIRE(room.only_call()->last_polyclinic() == nullptr);
    CHECK(room.ui().intake.field == Field::patient_name);
    CHECK(room.ui().messages.back().text_key == "message.not_identified");
    room.type("Науқас");
    room.press(Key::f4);
    const Incident* call = room.only_call();
    REQUIRE(call->last_polyclinic() != nullptr);
    CHECK(call->last_polyclinic()->organisation == OrganisationId{2});
    CHECK(!call->last_polyclinic()->row.empty());
    room.press(Key::a);
    CHECK(room.only_call()->last_polyclinic()->accepted_at().has_value());
}

TEST_CASE("the patient's number is recorded with what the register says, unknown included") {
    Room room;
    take_call(room, "54");
    ask_until_category(room);
    room.press(Key::f7);
    room.type("991231500016");
    room.press(Key::enter);
    room.press(Key::enter, shift);
    const Incident* call = room.only_call();
    REQUIRE(call->first_patient().insurance.has_value());
    CHECK(call->first_patient().insurance->status == InsuranceStatus::unknown);
}

TEST_CASE("a refusal is put into words and stays on the list") {
    Room room;
    take_call(room, "54");
    room.press(Key::f6);
    room.press(Key::enter, ctrl);  // closing without an outcome
    REQUIRE(room.ui().messages.size() == 1);
    CHECK(room.ui().messages.front().text_key == "refusal.disposition_missing");
    room.press(Key::n, ctrl);
    CHECK(room.recorder.shows("Сначала укажите исход"));
}

TEST_CASE("keys typed in one burst lose nothing and land in their fields") {
    Room room;
    room.press(Key::f2);
    InputQueue& input = room.console->input();
    const auto typed = [&](std::string_view text) {
        for (const char c : text) {
            input.key_down(static_cast<Key>(c), no_mods);
            input.character(static_cast<unsigned char>(c));
            input.key_up(static_cast<Key>(c), no_mods);
        }
    };
    const auto tab = [&] {
        input.key_down(Key::tab, no_mods);
        input.key_up(Key::tab, no_mods);
    };
    typed("7001");
    for (int i = 0; i < 7; ++i) tab();
    typed("2nd");
    input.key_down(Key::backspace, no_mods), input.key_up(Key::backspace, no_mods);
    input.key_down(Key::backspace, no_mods), input.key_up(Key::backspace, no_mods);
    room.settle();
    CHECK(room.ui().intake.draft.phone == "7001");
    CHECK(room.ui().intake.draft.directions == "2");
}

TEST_CASE("a thing is found and clicked by its name") {
    Room room;
    take_call(room, "54");
    REQUIRE(room.click("brigade:102"));
    CHECK(room.ui().selected_brigade == BrigadeId{2});
    REQUIRE(room.click("tab:page.course"));
    CHECK(room.ui().page == Page::course);
    REQUIRE(room.click("call:1"));
    CHECK(room.ui().area == Area::queue);
}

TEST_CASE("the palette finds an action by its words and does it") {
    Room room;
    room.press(Key::k, ctrl);
    REQUIRE(room.ui().overlay == Overlay::palette);
    room.type("новый");
    room.press(Key::enter);
    CHECK(room.ui().overlay == Overlay::none);
    CHECK(room.only_call() != nullptr);
}

TEST_CASE("language and theme change while running") {
    Room room;
    CHECK(room.recorder.shows("Вызовы"));
    room.press(Key::f9);
    CHECK(room.recorder.shows("Calls"));
    room.press(Key::f9);
    CHECK(room.recorder.shows("Шақыртулар"));
    room.press(Key::f10);
    CHECK(room.ui().theme == ThemeKind::dark);
}
