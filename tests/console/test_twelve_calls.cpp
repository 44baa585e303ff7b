// Twelve calls from the first key to sent and to closed, through the real console, keys counted:
// a chord is one; characters of words and answers to questions are not counted. The table stands
// in console/README.md; this test holds the two together.

#include <catch2/catch.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

#include "console/category_stop.h"
#include "console/help_card.h"
#include "tests/console/room.h"

using namespace jedel;
using namespace jedel::console;
using jedel::console::test::Room;
using jedel::console::test::RoomOptions;

namespace {

constexpr int sent_max = 8, closed_max = 18, closed_two_max = 30;

/// A person at the keyboard, whose presses are counted.
class Hands {
public:
    explicit Hands(Language language = Language::ru) : room(RoomOptions{.language = language}) {}

    void press(Key key, int mods = no_mods) {
        ++keys;
        room.press(key, mods);
    }
    void digits(std::initializer_list<int> list) {
        for (const int digit : list) press(digit_key(digit));
    }
    /// Words, the place, the age; what is empty is passed by.
    void take(const char* words, const char* address, const char* age) {
        press(Key::f2);
        fill_in(words, address, age);
    }
    void fill_in(const char* words, const char* address, const char* age) {
        press(Key::enter);
        room.type(words);
        press(Key::enter);
        room.type(address);
        press(Key::enter);
        room.type(age);
    }
    /// Answers until the rules propose a category.
    void until_category() {
        for (int i = 0; i < 20 && proposed() == Category::none; ++i) answer(1);
        REQUIRE(proposed() != Category::none);
    }
    void answer(int key) {
        REQUIRE(room.ui().intake.triage.question);
        room.press(digit_key(key), ctrl);
    }
    [[nodiscard]] Category proposed() { return room.ui().intake.triage.evaluation.proposed; }
    void send() { press(Key::f3), press(Key::enter); }
    /// What the call is when its brigade (or polyclinic) has it.
    void has_gone() {
        REQUIRE(room.only_call() != nullptr);
        REQUIRE((room.only_call()->first_brigade_at_work() != nullptr ||
                 room.only_call()->polyclinic_at_work() != nullptr));
        sent = keys;
    }
    void transport() {
        press(digit_key(4));
        press(Key::enter);
        digits({5, 6, 7});
    }
    void close(Key outcome) {
        press(Key::f6);
        press(outcome);
        press(Key::enter, ctrl);
        REQUIRE(room.now()->state.open.empty());
        closed = keys;
    }

    Room room;
    int keys = 0, sent = 0, closed = 0;
};

struct Row {
    const char* name;
    int sent, closed;
    int most_closed = closed_max;
};

Row chest_pain() {
    Hands h;
    h.take("боль в груди, холодный пот", "Абая 12", "54");
    h.until_category();
    h.send();
    h.has_gone();
    h.digits({1, 2, 3});
    h.transport();
    h.close(digit_key(1));
    return {"Chest pain, to hospital", h.sent, h.closed};
}

Row cardiac_arrest() {
    Hands h;
    h.take("упал, не дышит", "Абая 12", "61");
    CHECK(h.proposed() == Category::u1);
    CHECK(help_shown(h.room.ui()));
    h.press(Key::b, ctrl);
    CHECK(h.room.ui().help.metronome.running());
    h.send();
    h.has_gone();
    h.digits({1, 2, 3, 7});
    h.close(digit_key(4));
    return {"Cardiac arrest with its card and beats", h.sent, h.closed};
}

Row stroke() {
    Hands h{Language::kk};
    h.take("беті қисайып қалды, қолы жансыз, сөйлей алмайды", "Абая 12", "70");
    h.until_category();
    h.send();
    h.has_gone();
    h.digits({1, 2, 3});
    h.transport();
    h.close(digit_key(1));
    return {"Stroke (kk), to hospital", h.sent, h.closed};
}

Row child_with_fever() {
    Hands h;
    h.take("температура 39, сыпь", "Сатпаева 7", "2");
    h.until_category();
    h.send();
    h.has_gone();
    h.digits({1, 2, 3, 7});
    h.close(digit_key(4));
    return {"Child with fever", h.sent, h.closed};
}

Row birth() {
    Hands h{Language::kk};
    h.take("толғақ басталды, суы кетті", "Абая 12", "27");
    h.until_category();
    h.send();
    h.has_gone();
    h.digits({1, 2, 3});
    h.transport();
    h.close(digit_key(1));
    return {"Birth (kk), to hospital", h.sent, h.closed};
}

Row road_accident() {
    Hands h{Language::en};
    h.take("авария, двое раненых", "Абая 12", "");
    h.until_category();
    h.send();
    h.has_gone();
    h.send();
    REQUIRE(h.room.only_call()->tasks.size() == 2);
    h.digits({1, 2, 3, 7});
    h.digits({1, 2, 3});
    h.transport();
    h.close(digit_key(1));
    return {"Road accident (en), two brigades", h.sent, h.closed, closed_two_max};
}

Row psychosis() {
    Hands h;
    h.take("галлюцинации, угрожает ножом", "Сатпаева 7", "33");
    h.until_category();
    h.send();
    h.has_gone();
    h.digits({1, 2, 3});
    h.transport();
    h.close(digit_key(1));
    return {"Psychosis with a threat", h.sent, h.closed};
}

Row polyclinic_and_back() {
    Hands h;
    h.take("насморк, кашель, температура 36,6", "Абая 12", "34");
    for (int i = 0; i < 60 && h.room.ui().intake.triage.question; ++i) h.answer(2);
    REQUIRE(h.proposed() == Category::u4);
    REQUIRE_FALSE(four_is_open(h.room.ui().intake.triage));
    h.press(Key::f4);  // no one goes to a polyclinic without a name
    REQUIRE(h.room.only_call()->polyclinic_at_work() == nullptr);
    h.room.type("Науқас");
    h.press(Key::f4);
    h.has_gone();
    h.press(Key::a);
    h.press(Key::v);
    h.press(digit_key(1));
    REQUIRE(h.room.only_call()->last_polyclinic()->returned_at().has_value());
    h.send();
    h.digits({1, 2, 3, 7});
    h.close(digit_key(4));
    return {"Category 4 to the polyclinic and back", h.sent, h.closed};
}

Row refusal() {
    Hands h;
    h.take("давление 180 на 100, болит голова", "Абая 12", "66");
    h.until_category();
    // What could still make it urgent is asked before a brigade goes for category 4.
    for (int i = 0; i < 60 && four_is_open(h.room.ui().intake.triage); ++i) h.answer(2);
    h.send();
    h.has_gone();
    h.digits({1, 2, 3, 7});
    h.press(Key::f6);
    h.press(digit_key(5));
    h.digits({2, 1, 1});  // help, signed, can decide
    h.press(Key::enter, ctrl);
    REQUIRE(h.room.now()->state.open.empty());
    h.closed = h.keys;
    return {"Refused on the spot", h.sent, h.closed};
}

Row duplicate() {
    Hands h;
    h.take("авария, есть раненые", "Абая 12", "");
    const IncidentId first = h.room.ui().selected;
    h.keys = 0;
    h.take("авария, раненые", "Абая 12", "");
    REQUIRE(!h.room.ui().intake.similar.hints.empty());
    h.press(Key::m, ctrl);
    REQUIRE(h.room.now()->state.open.size() == 1);
    h.sent = h.keys;  // the brigade of the first call is the second one's too
    h.press(Key::u, ctrl);
    REQUIRE(h.room.now()->state.open.size() == 2);
    h.press(Key::m, ctrl);
    REQUIRE(h.room.ui().selected == first);
    h.closed = h.keys;
    return {"The same event: merged, undone, merged", h.sent, h.closed};
}

Row caller_lost() {
    Hands h;
    h.take("плохо с сердцем", "Абая 12", "58");
    h.press(Key::e, ctrl);
    REQUIRE(h.room.only_call()->caller_lost());
    h.press(Key::e, ctrl);
    REQUIRE_FALSE(h.room.only_call()->caller_lost());
    h.until_category();
    h.send();
    h.has_gone();
    h.digits({1, 2, 3, 7});
    h.close(digit_key(4));
    return {"Caller lost and called back", h.sent, h.closed};
}

/// With all its times, as the paper has them.
Row from_paper() {
    Hands h;
    h.press(Key::f2, shift);
    h.room.type("0615");
    h.press(Key::enter);
    h.fill_in("болит живот", "Сатпаева 7", "41");
    h.until_category();
    h.press(Key::f3);
    h.room.type("0618");
    h.press(Key::enter);
    h.has_gone();
    const auto then = [&](const char* time) {
        h.room.type(time);
        h.press(Key::enter);
    };
    then("0619"), then("06:21"), then("06.33"), then("0650");
    h.press(Key::enter);  // the hospital
    then("0702"), then("0712"), then("0715");
    const Task& task = h.room.only_call()->tasks.front();
    const auto minute = [&](std::optional<Instant> at) {
        REQUIRE(at);
        const CivilTime civil = to_civil(*at, 300);
        return civil.hour * 100 + civil.minute;
    };
    CHECK(minute(task.time_of(TaskStep::sent)) == 618);
    CHECK(minute(task.time_of(TaskStep::accepted)) == 619);
    CHECK(minute(task.on_scene_at()) == 633);
    CHECK(minute(task.left_scene_at()) == 650);
    CHECK(minute(task.at_hospital_at()) == 702);
    CHECK(minute(task.handed_over_at()) == 712);
    h.close(digit_key(1));
    return {"From paper, with all its times", h.sent, h.closed};
}

std::string line_of(const Row& row) {
    return "| " + std::string{row.name} + " | " + std::to_string(row.sent) + " | " +
           std::to_string(row.closed) + " |";
}

}  // namespace

TEST_CASE("twelve calls: keys from F2 to sent and to closed, as the README says") {
    std::ifstream in{std::string{JEDEL_SOURCE_DIR} + "/console/README.md"};
    const std::string readme{std::istreambuf_iterator<char>{in}, {}};
    for (Row (*call)() : {chest_pain, cardiac_arrest, stroke, child_with_fever, birth,
                          road_accident, psychosis, polyclinic_and_back, refusal, duplicate,
                          caller_lost, from_paper}) {
        const Row row = call();
        const std::string line = line_of(row);
        std::cout << line << "\n";
        INFO(line);
        CHECK(row.sent <= sent_max);
        CHECK(row.closed <= row.most_closed);
        CHECK(readme.find(line) != std::string::npos);
    }
}
