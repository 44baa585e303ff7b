// Nothing dangerous by accident: a place that is only near, the least urgent category by one key,
// fields that were not stored, messages of another call.

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "console/category_stop.h"
#include "console/draft_store.h"
#include "console/messages.h"
#include "console/place.h"
#include "dispatch/core/codec.h"
#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
namespace test = jedel::console::test;

namespace {

AddressHit house(const char* street, const char* number, double score = 1) {
    AddressHit hit;
    hit.kind = AddressKind::house;
    hit.label_ru = hit.label_kk = std::string{street} + ", " + number;
    hit.score = score;
    return hit;
}

void go_to(Room& room, Field field) {
    room.ui().intake.field = field;
    room.ui().focus.moved = true;
    room.settle();
}

void take_call(Room& room, const char* address, const char* words) {
    room.press(Key::f2);
    room.press(Key::enter), room.press(Key::enter);
    room.type(address);
    room.press(Key::enter);
    go_to(room, Field::words);
    room.type(words);
    room.press(Key::tab);
}

bool told(Room& room, std::string_view key) {
    const auto& all = room.ui().messages;
    return std::any_of(all.begin(), all.end(), [&](const Message& m) { return m.text_key == key; });
}

}  // namespace

TEST_CASE("the house that was said is found among streets with numbers, flats and floors") {
    CHECK(house_said("15-көше 7") == "7");
    CHECK(house_said("Абая 12") == "12");
    CHECK(house_said("Абая 12, кв. 5") == "12");
    CHECK(house_said("Абая 12 пәтер 5, қабат 3") == "12");
    CHECK(house_said("мкр 2 дом 7а") == "7а");
    CHECK(house_said("7-я линия 31/2") == "31/2");
    CHECK(house_said("Абая") == "");
    CHECK(house_said("15-көше") == "");
}

TEST_CASE("a house with another number, a house between others and a street are only near") {
    CHECK(nearness("15-көше 7", house("15-көше", "15")).near);
    CHECK(nearness("Абая", house("Абая", "12")).near);
    CHECK(nearness("Абая 12", house("Абая", "12а")).near);
    CHECK(nearness("Абая 12", house("Обая", "12", 0.7)).near);
    CHECK_FALSE(nearness("Абая 12", house("Абая", "12")).near);
    CHECK_FALSE(nearness("Абая 12А", house("Абая", "12A")).near);  // the second is a Latin A
    CHECK_FALSE(nearness("абая 12 кв 4", house("Абая", "12")).near);
    AddressHit hit = house("Абая", "12");
    hit.kind = AddressKind::interpolated_house;
    CHECK(nearness("Абая 12", hit).near);
    hit.kind = AddressKind::street;
    CHECK(nearness("Абая 12", hit).near);
    CHECK(nearness("Абая", hit).near);
    hit.kind = AddressKind::coordinates;
    CHECK_FALSE(nearness("43.2,76.9", hit).near);
}

TEST_CASE("a near place is amber, says which house it is and which was said, and stays so") {
    Room room;
    take_call(room, "Абая 14", "болит живот");
    REQUIRE(room.ui().intake.draft.place.has_value());
    CHECK(room.ui().intake.draft.nearness.near);
    CHECK(room.recorder.shows("≈ "));
    CHECK(room.recorder.shows("14"));
    const IncidentId id = room.ui().selected;
    take_call(room, "Сатпаева 7", "кашель");
    CHECK_FALSE(room.recorder.shows("≈ "));
    CHECK(room.recorder.shows("✓ "));
    room.ui().selected = id;
    room.settle();
    room.press(Key::i, ctrl);
    REQUIRE(room.ui().intake.draft.incident == id);
    CHECK(room.ui().intake.draft.nearness.near);
    CHECK(room.recorder.shows("≈ "));
    CHECK_FALSE(room.recorder.shows("✓ " + room.ui().intake.draft.place_name));
}

namespace {

/// A call that is category 4 as far as it is known, and may still be 1.
void open_four(Room& room) {
    take_call(room, "Абая 12", "насморк, кашель");
    go_to(room, Field::age);
    room.type("34");
    room.press(Key::tab);
    for (int i = 0; i < 40 && room.ui().intake.triage.evaluation.proposed != Category::u4; ++i) {
        if (!room.ui().intake.triage.question) break;
        room.press(digit_key(2), ctrl);
    }
}

}  // namespace

TEST_CASE("category 4 is not taken by one key while the call may still be urgent") {
    Room room;
    open_four(room);
    if (!four_is_open(room.ui().intake.triage)) {
        WARN("the rules settle this call at once; another complaint is needed");
    }
    REQUIRE(four_is_open(room.ui().intake.triage));
    SECTION("Ctrl+Enter") { room.press(Key::enter, ctrl); }
    SECTION("F4") { room.press(Key::f4); }
    SECTION("F3 and Enter") {
        room.press(Key::f3);
        room.press(Key::enter);
    }
    const Incident* call = room.only_call();
    REQUIRE(call != nullptr);
    CHECK(call->category == Category::none);
    CHECK(call->tasks.empty());
    CHECK(room.ui().page == Page::intake);
    CHECK(room.ui().intake.field == Field::question);
    CHECK(room.recorder.shows("Категория 4 ещё не ясна"));
    REQUIRE(!room.ui().intake.triage.urgent_if.empty());
    // What is asked is what could make it urgent.
    REQUIRE(room.ui().intake.triage.question);
    const auto& urgent = room.ui().intake.triage.urgent_if;
    CHECK(std::any_of(urgent.begin(), urgent.end(), [&](const triage::WhatIf& what) {
        return what.finding == room.ui().intake.triage.question->finding;
    }));
    // Going on all the same: with a reason and words, never without.
    room.press(Key::o, ctrl);
    room.press(digit_key(4));
    room.press(Key::enter);
    CHECK(room.only_call()->category == Category::none);
    room.press(Key::down);
    room.press(Key::tab);
    room.type("осмотрен врачом рядом");
    room.press(Key::enter);
    CHECK(room.only_call()->category == Category::u4);
    CHECK(room.only_call()->category_changes.back().words == "осмотрен врачом рядом");
}

TEST_CASE("what was typed and is no number says so beside its field and is not dropped") {
    Room room;
    room.press(Key::f2);
    go_to(room, Field::age);
    room.type("тридцать");
    room.press(Key::tab);
    CHECK(room.ui().intake.draft.age == "тридцать");
    CHECK(room.recorder.shows("? Возраст"));
    CHECK(!room.only_call()->first_patient().age_years);
    go_to(room, Field::age);
    for (int i = 0; i < 8; ++i) room.press(Key::backspace);
    room.type("30");
    room.press(Key::tab);
    CHECK_FALSE(room.recorder.shows("? Возраст"));
    CHECK(room.only_call()->first_patient().age_years == 30);
}

TEST_CASE("a field taken up again is not wiped out by the next letter") {
    Room room;
    room.press(Key::f2);
    room.type("7001");
    room.press(Key::tab);
    room.press(Key::tab, shift);
    room.type("55");
    CHECK(room.ui().intake.draft.phone == "700155");
}

TEST_CASE("a call that was refused keeps what was typed and is asked for again") {
    Room room;
    room.press(Key::f2, shift);
    room.type("09:59");
    room.ui().seat = Seat::polyclinic_desk;  // may not open calls
    room.press(Key::enter);
    REQUIRE(room.now()->state.open.empty());
    CHECK(told(room, "message.call_not_opened"));
    room.type("7001");
    CHECK(room.ui().intake.draft.phone == "7001");
    SECTION("by the next field") {
        room.ui().seat = Seat::dispatcher;
        room.press(Key::tab);
    }
    SECTION("by the field after that, while it is refused again") {
        room.press(Key::tab);
        CHECK(room.now()->state.open.empty());
        room.ui().seat = Seat::dispatcher;
        room.press(Key::tab);
        room.press(Key::tab);
    }
    const Incident* call = room.only_call();
    REQUIRE(call != nullptr);
    CHECK(call->first_call().channel == Channel::paper);
    room.press(Key::tab);
    const auto held = room.now();
    CHECK(persons_of(PersonalView{&held->personal}, *room.only_call()).phone() == "7001");
    CHECK_FALSE(room.ui().intake.draft.refused);
}

TEST_CASE("a field the room refused is not saved; the others are, and it is sent again") {
    Room room;
    room.press(Key::f2);
    go_to(room, Field::count);
    room.type("0");  // nobody is ill
    room.press(Key::tab);
    CHECK(room.ui().intake.draft.unsaved);
    CHECK(room.recorder.shows("Есть несохранённые поля"));
    go_to(room, Field::age);
    room.type("54");
    room.press(Key::tab);
    go_to(room, Field::phone);
    room.type("7002");
    room.press(Key::tab);
    const auto held = room.now();
    CHECK(persons_of(PersonalView{&held->personal}, *room.only_call()).phone() == "7002");
    CHECK(room.only_call()->first_patient().age_years == 54);
    CHECK(room.ui().intake.draft.unsaved);
    go_to(room, Field::count);
    room.press(Key::backspace);
    room.type("2");
    room.press(Key::tab);
    CHECK(room.only_call()->patient_count == 2);
    CHECK_FALSE(room.ui().intake.draft.unsaved);
}

TEST_CASE("a form that is left before its answer came loses nothing when that is a refusal") {
    Room room;
    take_call(room, "Абая 12", "кашель");
    const IncidentId first = room.ui().selected;
    go_to(room, Field::count);
    room.type("0");
    room.press(Key::f2);  // the next call, at once
    room.settle();
    REQUIRE(room.ui().selected != first);
    room.ui().selected = first;
    room.settle();
    CHECK(room.ui().intake.draft.incident == first);
    CHECK(room.ui().intake.draft.count == "0");
    CHECK(room.ui().intake.draft.unsaved);
}

TEST_CASE("a message says which call it is about and goes when that is closed") {
    Room room;
    take_call(room, "Абая 12", "болит живот");
    room.press(Key::f6);
    room.press(Key::enter, ctrl);  // without an outcome
    REQUIRE(room.ui().messages.size() == 1);
    CHECK(room.ui().messages.front().number == 1);
    CHECK(room.recorder.shows("№ 1: "));
    room.press(Key::f9);
    CHECK(room.recorder.shows("No. 1: "));  // in the language of the screen
    room.press(digit_key(8));  // a false call
    room.press(Key::enter, ctrl);
    REQUIRE(room.now()->state.open.empty());
    CHECK(room.ui().messages.empty());
}

namespace {

std::string fresh_folder(const char* name) {
    const std::string path = std::string{JEDEL_BINARY_DIR} + "/" + name;
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
    return path + "/";
}

/// Until the store's thread has done its work, at most two seconds.
bool becomes(const std::function<bool()>& done) {
    for (int i = 0; i < 200 && !done(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return done();
}

std::string content(const std::string& path) {
    std::ifstream in{path};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

TEST_CASE("what is being typed lies on disk at once, for its owner only, and comes back") {
    const std::string folder = fresh_folder("draft_kept");
    test::RoomOptions options{.draft_path = folder + "room.draft",
                              .journal = "sqlite:" + folder + "room.journal"};
    {
        Room room{options};
        room.press(Key::f2);
        go_to(room, Field::words);
        room.type("муж не дышит, лежит на полу");  // the field is not left
        REQUIRE(becomes([&] {
            return content(options.draft_path).find("лежит на полу") != std::string::npos;
        }));
        namespace fs = std::filesystem;
        CHECK(fs::status(options.draft_path).permissions() ==
              (fs::perms::owner_read | fs::perms::owner_write));
        std::filesystem::copy(options.draft_path, folder + "as_it_was");
    }
    // As after a kill: the file as it was, the journal without the words.
    std::filesystem::copy(folder + "as_it_was", options.draft_path,
                          std::filesystem::copy_options::overwrite_existing);
    Room again{options};
    again.settle();
    CHECK(again.ui().intake.draft.words == "муж не дышит, лежит на полу");
    CHECK(again.ui().intake.triage.evaluation.proposed == Category::u1);
    CHECK(told(again, "message.draft_back"));
    CHECK(again.now()->state.open.size() == 1);
    again.press(Key::tab);
    CHECK(becomes([&] { return !std::filesystem::exists(options.draft_path); }));
    const Incident* call = again.only_call();
    REQUIRE(call != nullptr);
    const auto held = again.now();
    CHECK(persons_of(PersonalView{&held->personal}, *call).words() ==
          "муж не дышит, лежит на полу");
}

TEST_CASE("kept forms are read back as they were, line breaks and all") {
    IntakeState intake;
    intake.draft.pending_command = "x-1";
    intake.draft.opening.channel = Channel::paper;
    intake.draft.opening.received_at = Instant{1'700'000'000'000};
    intake.draft.words = "первая строка\nвторая = \\ третья";
    intake.draft.age = "тридцать";
    const auto kept = read_kept(kept_text(intake));
    REQUIRE(kept.size() == 1);
    CHECK(!kept.front().incident);
    CHECK(kept.front().opening.channel == Channel::paper);
    CHECK(kept.front().opening.received_at == intake.draft.opening.received_at);
    Draft back;
    put_back(back, kept.front());
    CHECK(back.words == intake.draft.words);
    CHECK(back.age == "тридцать");
    CHECK(read_kept("").empty());
    CHECK(read_kept("\n\n").empty());
    CHECK(read_kept("words").empty());
}
